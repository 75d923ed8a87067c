// What the runtime saw an application do, written to $TACTUS_RUNTIME_STATS when the instance ends.
//
//   Clocks   none
//   Units    counts
//   Errors   a file that cannot be written is reported on stderr.
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/hello_xr_test.cc
#pragma once
#include <cstdint>

#include "xr.h"

namespace tactus::runtime {

struct Statistics {
  std::uint64_t frames_ended = 0;
  std::uint64_t frames_with_layers = 0;
  std::uint64_t pictures_written = 0;
  XrSessionState highest_state = XR_SESSION_STATE_UNKNOWN;  ///< up to FOCUSED

  /// Lines "NAME VALUE". Does nothing without $TACTUS_RUNTIME_STATS.
  void write() const;
};

}  // namespace tactus::runtime
