// From a function's OpenXR name to the function, for applications and the loader.
//
//   Clocks   none
//   Units    none
//   Errors   as xrGetInstanceProcAddr: XR_ERROR_FUNCTION_UNSUPPORTED also for a function of an
//            extension that the application has not enabled.
//   Threads  any
//   Proof    tests/simulator/runtime/instance_test.cc
#pragma once
#include "xr.h"

namespace tactus::runtime {

/// xrGetInstanceProcAddr itself, which leads to all others.
[[nodiscard]] PFN_xrGetInstanceProcAddr first_entry_point();

}  // namespace tactus::runtime
