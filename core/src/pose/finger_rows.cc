#include "finger_rows.h"

#include <cmath>

#include "tactus/base/wide.h"

namespace tactus {
namespace {

constexpr std::size_t kN = kFingerStride;
constexpr std::size_t kWide = 8;
constexpr std::size_t kAngle = 0, kRate = 4, kLag = 8;  // as in finger_filter.cc
using Wide = float __attribute__((vector_size(kWide * sizeof(float))));
using WideInRow =
    float __attribute__((vector_size(kWide * sizeof(float)), aligned(sizeof(float)), may_alias));
using Row = std::array<float, kN>;

/// Four neighbours of a row as one.
TACTUS_INLINE WideInRow& wide(float* at) { return *reinterpret_cast<WideInRow*>(at); }
TACTUS_INLINE const WideInRow& wide(const float* at) {
  return *reinterpret_cast<const WideInRow*>(at);
}

/// Two blocks at a time, so that the sums of all rows stay in registers.
template <std::size_t kRows>
TACTUS_INLINE void multiply(const FingerCovariance& P, const FingerRows& rows,
                            std::array<Row, kRows>& product) {
  for (std::size_t at = 0; at < kN; at += 2 * kWide) {
    Wide sum[kRows][2] = {};
    for (std::size_t n = 0; n < rows.seen_count; ++n) {
      const float* row = P.data() + kN * rows.seen[n] + at;
      const Wide a = wide(row), b = wide(row + kWide);
      for (std::size_t r = 0; r < kRows; ++r) {
        sum[r][0] += rows.h[r][n] * a;
        sum[r][1] += rows.h[r][n] * b;
      }
    }
    for (std::size_t r = 0; r < kRows; ++r) {
      wide(&product[r][at]) = sum[r][0];
      wide(&product[r][at + kWide]) = sum[r][1];
    }
  }
}

template <std::size_t kRows>
TACTUS_INLINE void take_rows(FingerCovariance& P, FingerErrors& correction, const FingerRows& rows,
                             float gate) {
  std::array<Row, kRows> cross;  // P h of each row, given the rows before it
  multiply<kRows>(P, rows, cross);
  float spread[kRows][kRows] = {};  // h P h
  float corrected[kRows] = {};      // h of what was corrected before
  for (std::size_t n = 0; n < rows.seen_count; ++n) {
    const std::size_t i = rows.seen[n];
    for (std::size_t r = 0; r < kRows; ++r) {
      corrected[r] += rows.h[r][n] * correction[i];
      for (std::size_t q = r; q < kRows; ++q) spread[r][q] += rows.h[q][n] * cross[r][i];
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    const float innovation = rows.residual[r] - corrected[r];
    float root = 1 / std::sqrt(spread[r][r] + rows.variance[r]);
    const float excess = std::fabs(innovation) * root / gate;
    if (excess > 1) root /= std::sqrt(excess);  // pulls no harder than one at the gate
    const float pull = innovation * root * root;
    for (std::size_t at = 0; at < kN; at += kWide) {
      wide(&correction[at]) += pull * wide(&cross[r][at]);
      wide(&cross[r][at]) *= root;
    }
    for (std::size_t q = r + 1; q < kRows; ++q) {
      const float share = root * spread[r][q];
      corrected[q] += pull * spread[r][q];
      for (std::size_t p = q; p < kRows; ++p) spread[q][p] -= share * (root * spread[r][p]);
      for (std::size_t at = 0; at < kN; at += kWide) {
        wide(&cross[q][at]) -= share * wide(&cross[r][at]);
      }
    }
  }
  for (std::size_t i = 0; i < kFingerStates; ++i) {
    float* row = P.data() + kN * i;
    for (std::size_t at = 0; at < kN; at += kWide) {
      Wide less = cross[0][i] * wide(&cross[0][at]);
      for (std::size_t r = 1; r < kRows; ++r) less += cross[r][i] * wide(&cross[r][at]);
      wide(row + at) -= less;
    }
  }
}

TACTUS_INLINE void take_any(FingerCovariance& P, FingerErrors& correction, const FingerRows& rows,
                            float gate) {
  switch (rows.count) {
    case 1:
      return take_rows<1>(P, correction, rows, gate);
    case 2:
      return take_rows<2>(P, correction, rows, gate);
    case 3:
      return take_rows<3>(P, correction, rows, gate);
    case 4:
      return take_rows<4>(P, correction, rows, gate);
    default:
      return;
  }
}

TACTUS_INLINE void carry_any(FingerCovariance& P, float dt_s, float keep, float share) {
  for (std::size_t i = 0; i < 4; ++i) {
    float* angle = P.data() + kN * (kAngle + i);
    const float* rate = P.data() + kN * (kRate + i);
    float* lag = P.data() + kN * (kLag + i);
    for (std::size_t at = 0; at < kN; at += kWide) {
      wide(angle + at) += dt_s * wide(rate + at);
      wide(lag + at) = keep * wide(lag + at) + share * wide(rate + at);
    }
  }
  for (std::size_t i = 0; i < kFingerStates; ++i) {
    float* row = P.data() + kN * i;
    for (std::size_t k = 0; k < 4; ++k) {
      row[kAngle + k] += dt_s * row[kRate + k];
      row[kLag + k] = keep * row[kLag + k] + share * row[kRate + k];
    }
  }
}

void take_plain(FingerCovariance& P, FingerErrors& correction, const FingerRows& rows,
                float gate) noexcept {
  take_any(P, correction, rows, gate);
}
void carry_plain(FingerCovariance& P, float dt_s, float keep, float share) noexcept {
  carry_any(P, dt_s, keep, share);
}

#if TACTUS_WIDE
TACTUS_TARGET("avx2")
void take_avx2(FingerCovariance& P, FingerErrors& correction, const FingerRows& rows,
               float gate) noexcept {
  take_any(P, correction, rows, gate);
}
TACTUS_TARGET("avx2")
void carry_avx2(FingerCovariance& P, float dt_s, float keep, float share) noexcept {
  carry_any(P, dt_s, keep, share);
}
#endif

}  // namespace

FingerKernels plain_kernels() noexcept { return {take_plain, carry_plain}; }

FingerKernels fastest_kernels() noexcept {
#if TACTUS_WIDE
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) return {take_avx2, carry_avx2};
#endif
  return plain_kernels();
}

}  // namespace tactus
