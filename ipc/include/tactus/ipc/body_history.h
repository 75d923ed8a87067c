// The body's last poses, and the body at any time.
//
//   Clocks   HostTime. Frames: world.
//   Units    metres.
//   Errors   the memory is another process's: what is found there is a body, or is refused.
//   Threads  one writer, any number of readers in any process. No locks, no calls.
//   Proof    tests/ipc/body_history_test.cc; tests/fuzz/published_fuzz.cc
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "tactus/ipc/cell.h"
#include "tactus/pose/body_pose.h"

namespace tactus::ipc {

inline constexpr std::size_t kBodyHistory = 64;  ///< one body each 4 ms
inline constexpr Duration kMaxBodyExtrapolation = 100ms;

struct BodyHistory {
  std::atomic<std::uint64_t> count;  ///< bodies written; the last is at (count-1) % N
  Cell<BodyPose> poses[kBodyHistory];
};

/// Adds a body.
void publish(BodyHistory& history, const BodyPose& pose) noexcept;

/// Writes the body at `t`: interpolated between neighbours of the newest epoch, ahead of them
/// carried on as in the last 20 ms for kMaxBodyExtrapolation and held after that. False: nothing is
/// known then, or the numbers there are no body's.
[[nodiscard]] bool body_at(const BodyHistory& history, HostTime t, BodyPose& pose) noexcept;

/// Whether every bone is one that a person can have.
[[nodiscard]] bool is_sound(const BodyProportions& body) noexcept;

}  // namespace tactus::ipc
