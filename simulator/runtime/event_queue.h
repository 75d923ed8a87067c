// Events that wait for xrPollEvent, oldest first.
//
//   Clocks   none
//   Units    none
//   Errors   past the capacity events are dropped and the application is told how many.
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/session_test.cc
#pragma once
#include <cstdint>
#include <cstring>
#include <deque>
#include <optional>

#include "xr.h"

namespace tactus::runtime {

class EventQueue {
 public:
  template <typename Event>
  void push(const Event& event) {
    static_assert(sizeof(Event) <= sizeof(XrEventDataBuffer));
    if (events_.size() >= kCapacity) {
      ++lost_;
      return;
    }
    XrEventDataBuffer& buffer = events_.emplace_back();
    std::memcpy(&buffer, &event, sizeof(Event));
  }

  /// The next event; those of a destroyed session are gone (see `forget`).
  [[nodiscard]] std::optional<XrEventDataBuffer> pop();

  /// Drops what the session has not been told.
  void forget(XrSession session);

 private:
  static constexpr std::size_t kCapacity = 1024;  ///< an application that never polls stops here

  std::deque<XrEventDataBuffer> events_;
  std::uint32_t lost_ = 0;
};

}  // namespace tactus::runtime
