// Which extensions the application asked for, which go down, which we add: so that no application
// fails to start because of us.
//
// The loader lets an application enable what any layer or the runtime offers, then passes the whole
// list to everybody. We take out what only we provide, and add what we use ourselves.
//
//   Clocks   none.
//   Units    none.
//   Errors   what those below refuse is tried again with less; the last try's result counts.
//   Threads  no state.
//   Proof    tests/openxr-layer/create_instance_test.cc
#pragma once
#include "loader_contract.h"

namespace tactus::layer {

struct Wishes {
  bool hands = false;
  bool touch = false;
  bool timespec = false;
  [[nodiscard]] bool any_of_ours() const noexcept { return hands || touch; }
};

/// What of our concern the application enabled.
[[nodiscard]] Wishes wishes_of(const XrInstanceCreateInfo& info) noexcept;

struct CreatedBelow {
  XrResult result = XR_ERROR_RUNTIME_FAILURE;
  bool has_hands = false;  ///< hand tracking was enabled below
};

/// Creates the instance below, with the extensions those below have. `layer_info` is ours as the
/// loader gave it; `adds_timespec`: XR_KHR_convert_timespec_time is wanted for ourselves.
[[nodiscard]] CreatedBelow create_below(const XrInstanceCreateInfo& info, const Wishes& wishes,
                                        bool adds_timespec, const XrApiLayerCreateInfo& layer_info,
                                        XrInstance* instance) noexcept;

}  // namespace tactus::layer
