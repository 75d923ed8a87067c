// An enumeration as an application filled it in: any number at all.
//
//   Errors   none. To C++ a number that no value of the type can have is not even to be looked at
//            as that type; as a plain number it is, and compares unequal to every value there is.
//   Threads  pure.
//   Proof    tests/openxr-layer/must_hand_tracking_test.cc under the sanitizers
#pragma once
#include <cstdint>
#include <cstring>

namespace tactus::layer {

template <class Enum>
[[nodiscard]] std::uint32_t said(const Enum& value) noexcept {
  static_assert(sizeof(Enum) == sizeof(std::uint32_t));
  std::uint32_t number;
  std::memcpy(&number, &value, sizeof(number));
  return number;
}

}  // namespace tactus::layer
