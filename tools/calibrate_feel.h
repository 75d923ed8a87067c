// `tactus calibrate feel`: tones on the running service's gloves, and what the wearer says of them.
//
//   Clocks   the machine's, for the pauses between tones.
//   Units    dB of full drive.
//   Errors   said on stderr with a remedy; exit code 1. What was found before a Ctrl-C is kept.
//   Threads  one owner. Blocks on the wearer.
//   Proof    tests/calibration/feel_session_test.cc; tests/tools/live.sh
#pragma once
#include "commands.h"

namespace tactus::tools {

/// `arguments`: those after `feel`.
int run_calibrate_feel(Arguments arguments);

}  // namespace tactus::tools
