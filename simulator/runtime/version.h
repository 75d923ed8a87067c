// The versions of OpenXR that the runtime speaks: 1.0 and 1.1. Patches do not tell them apart.
//
//   Clocks   none
//   Units    none
//   Errors   none
//   Threads  plain functions.
//   Proof    tests/simulator/runtime/negotiate_test.cc, openxr_1_1_test.cc
#pragma once
#include "xr.h"

namespace tactus::runtime {

[[nodiscard]] constexpr XrVersion without_patch(XrVersion version) {
  return XR_MAKE_VERSION(XR_VERSION_MAJOR(version), XR_VERSION_MINOR(version), 0);
}

inline constexpr XrVersion kOldestVersion = XR_MAKE_VERSION(1, 0, 0);
inline constexpr XrVersion kNewestVersion = XR_MAKE_VERSION(1, 1, 0);

/// Whether an application may ask for it.
[[nodiscard]] constexpr bool is_offered(XrVersion version) {
  return kOldestVersion <= without_patch(version) && without_patch(version) <= kNewestVersion;
}

}  // namespace tactus::runtime
