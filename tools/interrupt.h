// Ctrl-C and termination as a flag that loops look at, so that everything ends in order.
//
//   Clocks   none.
//   Units    none.
//   Errors   none.
//   Threads  the flag may be read from any thread.
//   Proof    tests/tools
#pragma once
#include <atomic>

namespace tactus::tools {

/// From now on SIGINT and SIGTERM raise the flag instead of ending the program; a second one ends
/// it at once.
const std::atomic<bool>& catch_interrupt();

/// From now on SIGUSR1 raises this flag: STOP for whoever watches over a participant. Whoever acts
/// on it lowers it.
std::atomic<bool>& catch_stop();

}  // namespace tactus::tools
