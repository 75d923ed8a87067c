// What the facilitator does, as events of XR_TACTUSX_touch_preview.
//
//   Clocks   none.
//   Units    none.
//   Errors   while the service is away nothing is said: nothing is known.
//   Threads  any; the instance's lock.
//   Proof    tests/openxr-layer/touch_event_test.cc
#pragma once
#include "instance.h"

namespace tactus::layer {

/// Writes an event that a session has not had yet; false when there is none. Only for an
/// application that enabled the extension.
[[nodiscard]] bool next_touch_event(Instance& instance, XrEventDataBuffer& event) noexcept;

}  // namespace tactus::layer
