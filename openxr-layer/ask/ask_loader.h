// What the machine's real OpenXR loader answers, asked as an application would.
//
// Runtimes and layers of strangers are loaded on the way and may do anything: ask in a process that
// may die.
//
//   Clocks   none.
//   Units    XrResult as a number.
//   Errors   a loader that is not there is an answer; results are the loader's own.
//   Threads  one; blocks for as long as runtime and layers take.
//   Proof    tests/tools/check_doctor.py
#pragma once
#include <string>
#include <vector>

namespace tactus {

inline constexpr int kRuntimeUnavailable = -51;  ///< XR_ERROR_RUNTIME_UNAVAILABLE
inline constexpr int kApiLayerNotPresent = -36;  ///< XR_ERROR_API_LAYER_NOT_PRESENT
inline constexpr const char* kLayerName = "XR_APILAYER_TACTUS_touch";

struct LoaderAnswers {
  std::string missing;              ///< why there is no loader; empty: there is one
  std::vector<std::string> layers;  ///< all it can find, in its order
  int runtime_result = 0;           ///< of asking for the runtime's extensions
  int create_result = 0;            ///< of an instance that enables nothing
  std::string runtime;              ///< its name, once there is an instance
};

[[nodiscard]] LoaderAnswers ask_loader();

}  // namespace tactus
