// What is wrong with a machine, and how to mend it: a judgement of facts, one function a finding.
//
//   Clocks   none.
//   Units    none.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/tools/findings_test.cc, a fixture for each
#pragma once
#include <string>
#include <vector>

#include "facts.h"

namespace tactus::tools {

struct Finding {
  std::string id;      ///< stable, for scripts
  std::string what;    ///< is wrong, and what of
  std::string remedy;  ///< what to do
};

/// Causes before what follows from them; empty: all is well.
[[nodiscard]] std::vector<Finding> judge(const Facts& facts);

}  // namespace tactus::tools
