// The state of the runtime in this process, and its one lock.
//
// One lock is enough: all calls but two take microseconds. xrWaitFrame and xrEndFrame let go of it
// while they wait for time or for the graphics device.
//
//   Clocks   none
//   Units    none
//   Errors   none
//   Threads  hold `mutex` to touch `objects` or anything found in it.
//   Proof    tests/simulator/runtime/threads_test.cc
#pragma once
#include <condition_variable>
#include <mutex>

#include "object.h"

namespace tactus::runtime {

struct Runtime {
  std::mutex mutex;
  std::condition_variable changed;  ///< a frame was begun or a session ended
  ObjectTable objects;
};

/// The C interface passes no context, so the process has exactly one.
[[nodiscard]] Runtime& runtime();

template <typename T>
[[nodiscard]] T* find(typename T::Xr handle) {
  return runtime().objects.find<T>(handle);
}

}  // namespace tactus::runtime
