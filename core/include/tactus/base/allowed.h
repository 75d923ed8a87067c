// What a facilitator lets be felt.
//
//   Units    none.
//   Errors   none.
//   Threads  plain values.
//   Proof    tests/core/touch/limit_test.cc
#pragma once
#include <cstddef>
#include <cstdint>

namespace tactus {

/// What the wearer or whoever is beside them allows. After Stopped only Full is heard.
enum class Allowed : std::uint8_t {
  Full,
  Stopped,  ///< nothing, as fast as the slew allows
  Soft,     ///< half as strong
  Paused,   ///< nothing, after a gentle fade
};
inline constexpr std::size_t kAlloweds = 4;

}  // namespace tactus
