// Everything that strangers' code has to say about OpenXR on this machine, asked in a process of
// its own: a runtime that crashes or hangs there is a finding, not the end.
//
//   Clocks   real time, for the limit.
//   Units    none.
//   Errors   how the process ended is part of the answer.
//   Threads  one. Starts a process and waits for it.
//   Proof    tests/tools/check_doctor.py
#pragma once
#include <string>
#include <vector>

#include "ask_loader.h"
#include "manifests.h"

namespace tactus::tools {

struct OpenxrAnswers {
  LoaderAnswers loader;
  std::vector<Manifest> manifests;  ///< of our layer, each tried
  std::string complaints;           ///< the loader's own errors, a line each
  std::string death;                ///< how the process ended without answering; empty: it answered
};

/// Asks in this process and prints the answers as JSON, for the other one.
int print_openxr_answers();

/// Starts this program again to do that.
[[nodiscard]] OpenxrAnswers ask_openxr();

}  // namespace tactus::tools
