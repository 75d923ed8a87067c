// What the layer has to say to a developer, with cause and remedy: a line on stderr, and a message
// to whoever listens through XR_EXT_debug_utils.
//
//   Clocks   none.
//   Units    none.
//   Errors   after 32 lines stderr is silent: a fault that repeats each frame is said often enough.
//   Threads  any; none of our locks may be held where an instance is given: a messenger is the
//            application's.
//   Proof    tests/openxr-layer/debug_utils_test.cc
#pragma once
#include <openxr/openxr.h>

#include <cstdint>

namespace tactus::layer {

struct Instance;

/// An object that a complaint is about.
struct Accused {
  XrObjectType type = XR_OBJECT_TYPE_UNKNOWN;
  std::uint64_t handle = 0;
};

void complain(const char* about, const char* cause_and_remedy) noexcept;

/// Of the application's own doing: its messengers hear of it too.
void complain(const Instance& instance, const char* function, const char* cause_and_remedy,
              const Accused& accused = {}) noexcept;

}  // namespace tactus::layer
