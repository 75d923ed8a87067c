// The trackers of ours: is one there, and where is it?
//
//   Clocks   HostTime, on the service's clock. Frames: world.
//   Units    SI.
//   Errors   whatever is not certain is "no tracker".
//   Threads  any, no system call; names are given under the instance's lock.
//   Proof    tests/openxr-layer/must_vive_tracker_test.cc
#pragma once
#include "user.h"

namespace tactus::layer {

/// A tracker of this name or in this role is linked to a service that lives. Of several in one role
/// the first counts.
[[nodiscard]] bool is_tracker_on(Instance& instance, User user) noexcept;

/// Where it is at `time`.
[[nodiscard]] bool tracker_at(Instance& instance, User user, XrTime time,
                              ipc::TrackerAt& tracker) noexcept;

/// Writes an event for a tracker that came or changed its role; false when there is none.
[[nodiscard]] bool next_tracker_event(Instance& instance, XrEventDataBuffer& event) noexcept;

}  // namespace tactus::layer
