// The runtime as a tracker: where the headset is, from which and the gloves a body is made.
//
//   Clocks   XrTime of the runtime, behind its now by what a headset is late.
//   Frames   world.
//   Units    metres, m/s, rad/s.
//   Errors   a headset that the runtime does not track is not told.
//   Threads  that of xrWaitFrame. One call of the runtime; no lock is held in it.
//   Proof    tests/openxr-layer/seen_head_test.cc
#pragma once
#include "instance.h"

namespace tactus::layer {

/// Once a frame, if the application asks for bodies or shows some to be touched, which the wearer's own
/// does too, and a glove is on: without hands there is none.
void tell_head(const Session& session) noexcept;

}  // namespace tactus::layer
