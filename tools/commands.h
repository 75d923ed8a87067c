// The subcommands of `tactus`: one file each, one function each.
//
//   Clocks   each its own.
//   Units    none.
//   Errors   exit codes: 0 done, 1 failed (said on stderr, with cause and remedy), 2 wrong usage.
//   Threads  called once, from main.
//   Proof    tests/tools
#pragma once
#include <span>

namespace tactus::tools {

/// `arguments` are those after the subcommand's name.
using Arguments = std::span<char* const>;

int run_bake(Arguments arguments);
int run_calibrate(Arguments arguments);
int run_demo(Arguments arguments);
int run_devices(Arguments arguments);
int run_doctor(Arguments arguments);
int run_emulate(Arguments arguments);
int run_eval(Arguments arguments);
int run_layer(Arguments arguments);
int run_play(Arguments arguments);
int run_record(Arguments arguments);
int run_replay(Arguments arguments);
int run_serve(Arguments arguments);
int run_step(Arguments arguments);
int run_stop(Arguments arguments);
int run_trackers(Arguments arguments);

}  // namespace tactus::tools
