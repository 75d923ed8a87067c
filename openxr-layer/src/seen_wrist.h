// The runtime as a tracker: where it sees the wrists of gloves that have no tracker of their own.
//
// Nothing is created for it. What the application asked of the runtime for itself, a hand tracker or
// a space at a controller's grip, is located once more in each frame, at a time that is past: what a
// runtime predicts of a hand would be fused with what our inertial units say of the same motion.
//
//   Clocks   XrTime of the runtime, behind its now by what such sources are late.
//   Frames   world.
//   Units    metres.
//   Errors   what the runtime does not track is not told.
//   Threads  that of xrWaitFrame. A few calls of the runtime; no lock is held in them.
//   Proof    tests/openxr-layer/seen_wrist_test.cc
#pragma once
#include "instance.h"

namespace tactus::layer {

/// Once a frame.
void tell_wrists(Session& session) noexcept;

}  // namespace tactus::layer
