// What the layer has to say to a developer: one line on stderr, with cause and remedy.
//
//   Clocks   none.
//   Units    none.
//   Errors   after 32 lines it is silent: a fault that repeats each frame is said often enough.
//   Threads  any.
//   Proof    tests/openxr-layer/touch_test.cc
#pragma once

namespace tactus::layer {

void complain(const char* about, const char* cause_and_remedy) noexcept;

}  // namespace tactus::layer
