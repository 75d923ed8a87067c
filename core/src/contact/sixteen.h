// Sixteen numbers that are worked on together, in as many pieces as a processor's registers ask for.
//
// The compiler's own vectors are used; but those wider than the registers it takes apart into single
// numbers where they are compared. What they are put to gives the same bits in any pieces.
//
//   Units    none.
//   Errors   none; a NaN stays where it is.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/neighbourhood_test.cc
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "tactus/base/wide.h"
#include "tactus/contact/deform.h"

namespace tactus {

inline constexpr std::size_t kLanes = kLeafTriangles;
template <class T>
using Lanes = std::array<T, kLanes>;

/// `kBytes`: of a register.
template <class T, std::size_t kBytes>
struct Sixteen {
  // GCC 12 takes a width that a template gives in a typedef alone. NOLINTNEXTLINE(modernize-use-using)
  typedef T Piece __attribute__((vector_size(kBytes)));
  static constexpr std::size_t kPieces = sizeof(Lanes<T>) / kBytes;
  using Bits = Sixteen<std::int32_t, kBytes>;  ///< of a comparison: all bits of a number, or none

  Piece piece[kPieces];  // NOLINT(modernize-avoid-c-arrays): std::array drops a vector's attribute

  static TACTUS_INLINE Sixteen load(const void* from) {
    Sixteen loaded;
    const auto* bytes = static_cast<const char*>(from);
    for (std::size_t i = 0; i < kPieces; ++i)
      std::memcpy(&loaded.piece[i], bytes + i * kBytes, kBytes);
    return loaded;
  }
  static TACTUS_INLINE Sixteen load(const Lanes<T>& from) { return load(from.data()); }
  /// Of a constant: GCC 12 sets any other number by number.
  static TACTUS_INLINE Sixteen all(T constant) {
    Sixteen made;
    for (Piece& p : made.piece) p = Piece{} + constant;
    return made;
  }
  TACTUS_INLINE void store(Lanes<T>& to) const {
    auto* bytes = reinterpret_cast<char*>(to.data());
    for (std::size_t i = 0; i < kPieces; ++i) std::memcpy(bytes + i * kBytes, &piece[i], kBytes);
  }

  /// Piece by piece; by reference, for a vector that is wide is passed differently by each instruction set.
  template <class Result = Sixteen, class Do>
  TACTUS_INLINE Result each(Do what) const {
    Result result;
    for (std::size_t i = 0; i < kPieces; ++i) what(piece[i], result.piece[i]);
    return result;
  }
  template <class Result = Sixteen, class Do>
  TACTUS_INLINE Result each(const Sixteen& b, Do what) const {
    Result result;
    for (std::size_t i = 0; i < kPieces; ++i) what(piece[i], b.piece[i], result.piece[i]);
    return result;
  }
  friend TACTUS_INLINE Sixteen operator+(const Sixteen& a, const Sixteen& b) {
    return a.each(b, [](const auto& x, const auto& y, auto& to) { to = x + y; });
  }
  friend TACTUS_INLINE Sixteen operator-(const Sixteen& a, T b) {
    return a.each([b](const auto& x, auto& to) { to = x - b; });
  }
  friend TACTUS_INLINE Sixteen operator-(T a, const Sixteen& b) {
    return b.each([a](const auto& x, auto& to) { to = a - x; });
  }
  friend TACTUS_INLINE Sixteen operator*(const Sixteen& a, const Sixteen& b) {
    return a.each(b, [](const auto& x, const auto& y, auto& to) { to = x * y; });
  }
  friend TACTUS_INLINE Sixteen operator&(const Sixteen& a, T b) {
    return a.each([b](const auto& x, auto& to) { to = x & b; });
  }
  friend TACTUS_INLINE Sixteen operator|(const Sixteen& a, const Sixteen& b) {
    return a.each(b, [](const auto& x, const auto& y, auto& to) { to = x | y; });
  }
  friend TACTUS_INLINE Bits operator<(const Sixteen& a, T b) {
    return a.template each<Bits>([b](const auto& x, auto& to) { to = x < b; });
  }
  friend TACTUS_INLINE Bits operator==(const Sixteen& a, T b) {
    return a.template each<Bits>([b](const auto& x, auto& to) { to = x == b; });
  }
  friend TACTUS_INLINE Sixteen smaller(const Sixteen& a, const Sixteen& b) {
    return a.each(b, [](const auto& x, const auto& y, auto& to) { to = x < y ? x : y; });
  }
  friend TACTUS_INLINE Sixteen larger(const Sixteen& a, const Sixteen& b) {
    return a.each(b, [](const auto& x, const auto& y, auto& to) { to = x > y ? x : y; });
  }
  /// `a` where the bits are set, else `b`.
  friend TACTUS_INLINE Sixteen choose(const Bits& bits, const Sixteen& a, const Sixteen& b) {
    Sixteen chosen;
    for (std::size_t i = 0; i < kPieces; ++i) {
      chosen.piece[i] = bits.piece[i] ? a.piece[i] : b.piece[i];
    }
    return chosen;
  }
};

using FourInts = std::int32_t __attribute__((vector_size(16)));

/// Halves are taken together until one is left, in registers.
template <std::size_t kBytes, class Take>
TACTUS_INLINE std::int32_t reduce(const Sixteen<std::int32_t, kBytes>& all, Take take) {
  FourInts a, b, c, d;
  const auto* quarter = reinterpret_cast<const char*>(&all);
  std::memcpy(&a, quarter, sizeof(a));
  std::memcpy(&b, quarter + 16, sizeof(b));
  std::memcpy(&c, quarter + 32, sizeof(c));
  std::memcpy(&d, quarter + 48, sizeof(d));
  take(a, b);
  take(c, d);
  take(a, c);
  b = __builtin_shufflevector(a, a, 2, 3, 0, 1);
  take(a, b);
  b = __builtin_shufflevector(a, a, 1, 0, 3, 2);
  take(a, b);
  return a[0];
}
template <std::size_t kBytes>
TACTUS_INLINE std::int32_t least_of(const Sixteen<std::int32_t, kBytes>& all) {
  return reduce(all, [](FourInts& a, const FourInts& b) { a = a < b ? a : b; });
}
template <std::size_t kBytes>
TACTUS_INLINE std::int32_t greatest_of(const Sixteen<std::int32_t, kBytes>& all) {
  return reduce(all, [](FourInts& a, const FourInts& b) { a = a > b ? a : b; });
}

/// None may be negative: their bits have the same order as the numbers.
template <std::size_t kBytes>
TACTUS_INLINE float least_of(const Sixteen<float, kBytes>& all) {
  return std::bit_cast<float>(least_of(Sixteen<std::int32_t, kBytes>::load(&all)));
}
template <std::size_t kBytes>
TACTUS_INLINE float greatest_of(const Sixteen<float, kBytes>& all) {
  return std::bit_cast<float>(greatest_of(Sixteen<std::int32_t, kBytes>::load(&all)));
}

inline constexpr Lanes<std::int32_t> kLane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
inline constexpr Lanes<std::int32_t> kLaneBit = {
    1,      1 << 1, 1 << 2,  1 << 3,  1 << 4,  1 << 5,  1 << 6,  1 << 7,
    1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15};

}  // namespace tactus
