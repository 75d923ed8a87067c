#include "tactus/pose/hand_habit.h"

#include <cstddef>

namespace tactus {
namespace {

constexpr std::size_t kAngles = 4 * kFingers;
constexpr double kDeg = 3.14159265358979323846 / 180;
using Square = std::array<std::array<double, kAngles>, kAngles>;

struct Usual {
  double mean_deg;
  double sigma_deg;
};
// Base flexion, base abduction, middle, distal; ranges of recorded grasping (ManipNet), p0.5 to
// p99.5 being five sigmas.
constexpr std::array<Usual, 4> kThumb = {{{12, 10}, {25, 11}, {20, 12}, {28, 16}}};
constexpr std::array<Usual, 4> kLong = {{{35, 23}, {0, 6}, {42, 23}, {28, 0}}};
constexpr double kNeighbours = 0.86;         // of flexions of adjacent fingers: 0.85 to 0.92
constexpr double kMiddleByBase = 0.4;        // correlation within a finger
constexpr double kDistalByMiddle = 2.0 / 3;  // soft: 6 degrees in the air, 15 in contact
constexpr double kDistalSigma_deg = 9;

constexpr const std::array<Usual, 4>& usual(std::size_t finger) {
  return finger == 0 ? kThumb : kLong;
}

/// Correlation of two fingers' flexions: falls geometrically with their distance; the thumb goes
/// its own way.
constexpr double together(std::size_t a, std::size_t b) {
  if (a == b) return 1;
  if (a == 0 || b == 0) return 0;
  double r = 1;
  for (std::size_t k = a < b ? a : b; k < (a < b ? b : a); ++k) r *= kNeighbours;
  return r;
}

constexpr Square covariance() {
  Square c{};
  for (std::size_t a = 0; a < kFingers; ++a) {
    for (std::size_t b = 0; b < kFingers; ++b) {
      const auto at = [&](std::size_t i, std::size_t j) -> double& {
        return c[4 * a + i][4 * b + j];
      };
      const double base = usual(a)[0].sigma_deg * usual(b)[0].sigma_deg;
      const double middle = usual(a)[2].sigma_deg * usual(b)[2].sigma_deg;
      at(0, 0) = together(a, b) * base;
      at(2, 2) = together(a, b) * middle;
      at(0, 2) = kMiddleByBase * together(a, b) * usual(a)[0].sigma_deg * usual(b)[2].sigma_deg;
      at(2, 0) = kMiddleByBase * together(a, b) * usual(a)[2].sigma_deg * usual(b)[0].sigma_deg;
      if (a == b) at(1, 1) = usual(a)[1].sigma_deg * usual(a)[1].sigma_deg;
      if (a == 0 || b == 0) {
        if (a == b) at(3, 3) = usual(a)[3].sigma_deg * usual(a)[3].sigma_deg;
        continue;
      }
      at(3, 0) = kDistalByMiddle * at(2, 0);
      at(0, 3) = kDistalByMiddle * at(0, 2);
      at(3, 2) = at(2, 3) = kDistalByMiddle * at(2, 2);
      at(3, 3) = kDistalByMiddle * kDistalByMiddle * at(2, 2) +
                 (a == b ? kDistalSigma_deg * kDistalSigma_deg : 0);
    }
  }
  for (auto& row : c) {
    for (double& x : row) x *= kDeg * kDeg;
  }
  return c;
}

/// Gauss and Jordan, without pivots: the matrix is positive definite.
constexpr Square inverse(Square m) {
  Square inv{};
  for (std::size_t i = 0; i < kAngles; ++i) inv[i][i] = 1;
  for (std::size_t p = 0; p < kAngles; ++p) {
    const double pivot = m[p][p];
    for (std::size_t j = 0; j < kAngles; ++j) {
      m[p][j] /= pivot;
      inv[p][j] /= pivot;
    }
    for (std::size_t i = 0; i < kAngles; ++i) {
      if (i == p) continue;
      const double factor = m[i][p];
      for (std::size_t j = 0; j < kAngles; ++j) {
        m[i][j] -= factor * m[p][j];
        inv[i][j] -= factor * inv[p][j];
      }
    }
  }
  return inv;
}

/// The hand given: each finger's block of the precision as U^T D U, and how far the others move
/// its mean.
struct Conditional {
  std::array<std::array<std::array<double, 4>, 4>, kFingers> along{};
  std::array<std::array<double, 4>, kFingers> variance{};
  std::array<std::array<std::array<double, kAngles>, 4>, kFingers> by_others{};
};

constexpr Conditional conditional() {
  const Square precision = inverse(covariance());
  Conditional c{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    std::array<std::array<double, 4>, 4> left{};
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) left[i][j] = precision[4 * f + i][4 * f + j];
    }
    auto& move = c.by_others[f];
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < kAngles; ++j) {
        move[i][j] = j / 4 == f ? 0 : -precision[4 * f + i][j];
      }
    }
    for (std::size_t p = 0; p < 4; ++p) {
      c.variance[f][p] = 1 / left[p][p];
      for (std::size_t j = p; j < 4; ++j) c.along[f][p][j] = left[p][j] / left[p][p];
      for (std::size_t i = p + 1; i < 4; ++i) {
        const double factor = c.along[f][p][i];
        for (std::size_t j = p; j < 4; ++j) left[i][j] -= factor * left[p][j];
        for (std::size_t j = 0; j < kAngles; ++j) move[i][j] -= factor * move[p][j];
      }
    }
    for (std::size_t p = 4; p-- > 0;) {
      for (double& x : move[p]) x *= c.variance[f][p];
      for (std::size_t i = p + 1; i < 4; ++i) {
        for (std::size_t j = 0; j < kAngles; ++j) move[p][j] -= c.along[f][p][i] * move[i][j];
      }
    }
  }
  return c;
}

constexpr Conditional kConditional = conditional();
constexpr std::array<std::array<std::array<double, 4>, 4>, kFingers> kFingerCovariance = [] {
  const Square all = covariance();
  std::array<std::array<std::array<double, 4>, 4>, kFingers> own{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) own[f][i][j] = all[4 * f + i][4 * f + j];
    }
  }
  return own;
}();
constexpr std::array<double, kAngles> kUsual = [] {
  std::array<double, kAngles> mean{};
  for (std::size_t k = 0; k < kAngles; ++k) mean[k] = kDeg * usual(k / 4)[k % 4].mean_deg;
  return mean;
}();

}  // namespace

FingerHabit habit_of(Finger finger, const std::array<double, kAngles>& believed) noexcept {
  const std::size_t f = index(finger);
  FingerHabit habit{{}, kConditional.along[f], kConditional.variance[f]};
  for (std::size_t i = 0; i < 4; ++i) {
    double mean = kUsual[4 * f + i];
    for (std::size_t j = 0; j < kAngles; ++j) {
      mean += kConditional.by_others[f][i][j] * (believed[j] - kUsual[j]);
    }
    habit.mean[i] = mean;
  }
  return habit;
}

const std::array<std::array<double, 4>, 4>& usual_covariance(Finger finger) noexcept {
  return kFingerCovariance[index(finger)];
}

std::array<double, kAngles> usual_angles() noexcept { return kUsual; }

}  // namespace tactus
