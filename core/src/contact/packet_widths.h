// What each instruction set does its own way with sixteen numbers: how many fit its registers, telling
// which of them hold, and putting some of them side by side.
//
// All else is loops, which the compiler makes as wide as it may.
//
//   Units    none.
//   Errors   none; all give the same bits.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/neighbourhood_test.cc
#pragma once
#include <array>
#include <bit>
#include <cstdint>

#include "packet_points.h"

#if TACTUS_WIDE
// GCC 12 takes its own intrinsics' "undefined" for a mistake of ours (GCC bug 105593).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif

namespace tactus {

struct WidthFour {
  using Floats = Sixteen<float, 16>;
  using Ints = Sixteen<std::int32_t, 16>;

  /// Of sixteen, all bits set or none, a bit each.
  static std::uint32_t bits_of(const Ints& holds) {
    const Ints bits = choose(holds, Ints::load(kLaneBit), Ints::all(0));
    return static_cast<std::uint32_t>(reduce(bits, [](FourInts& a, const FourInts& b) { a |= b; }));
  }

  /// Writes those in `lanes`, a bit each, one after the other.
  template <class T>
  static void put(const Lanes<T>& from, std::uint32_t lanes, T* to) {
    for (; lanes != 0; lanes &= lanes - 1) {
      *to++ = from[static_cast<std::size_t>(std::countr_zero(lanes))];
    }
  }
  /// Likewise, where there is room for sixteen: what is behind them is lost.
  template <class T>
  static void put_with_room(const Lanes<T>& from, std::uint32_t lanes, T* to) {
    put(from, lanes, to);
  }
};

#if TACTUS_WIDE
// NOLINTBEGIN(portability-simd-intrinsics): the compiler's vectors neither tell nor move lanes by bits
struct WidthEight : WidthFour {
  using Floats = Sixteen<float, 32>;
  using Ints = Sixteen<std::int32_t, 32>;

  TACTUS_TARGET("avx2")
  static std::uint32_t bits_of(const Ints& holds) {
    const auto* half = reinterpret_cast<const __m256i*>(&holds);
    const int low = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_load_si256(half)));
    const int high = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_load_si256(half + 1)));
    return static_cast<std::uint32_t>(low | high << 8);
  }
};

struct WidthSixteen {
  using Floats = Sixteen<float, 64>;
  using Ints = Sixteen<std::int32_t, 64>;

  TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq")
  static std::uint32_t bits_of(const Ints& holds) {
    return _mm512_movepi32_mask(_mm512_load_si512(&holds));
  }

  template <class T>
  TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq")
  static void put(const Lanes<T>& from, std::uint32_t lanes, T* to) {
    const auto first = static_cast<__mmask16>((1u << std::popcount(lanes)) - 1);
    _mm512_mask_storeu_epi32(to, first, side_by_side(from, lanes));
  }
  template <class T>
  TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq")
  static void put_with_room(const Lanes<T>& from, std::uint32_t lanes, T* to) {
    _mm512_storeu_si512(to, side_by_side(from, lanes));
  }

 private:
  template <class T>
  TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq")
  static __m512i side_by_side(const Lanes<T>& from, std::uint32_t lanes) {
    return _mm512_maskz_compress_epi32(static_cast<__mmask16>(lanes),
                                       _mm512_loadu_si512(from.data()));
  }
};
// NOLINTEND(portability-simd-intrinsics)
#endif

}  // namespace tactus
