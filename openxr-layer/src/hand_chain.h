// What an application hangs on a locate of hands, and what of it those below may see.
//
// Until revision 2 the specification put the aim and capsule states into the input's chain; both
// places are filled.
//
//   Clocks   none.
//   Frames   the base space of the call.
//   Units    metres; strengths in [0, 1].
//   Errors   only structs of enabled extensions are found, the first of each type.
//   Threads  a chain belongs to the call it came with.
//   Proof    tests/openxr-layer/must_aim_test.cc, must_capsules_test.cc
#pragma once
#include "chain.h"
#include "instance.h"
#include "newer_openxr.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::layer {

struct HandChain {
  HandChain(const Instance& instance, const XrHandJointsLocateInfoEXT& info,
            XrHandJointLocationsEXT& locations) noexcept;

  XrHandJointVelocitiesEXT* velocities = nullptr;
  XrHandTrackingDataSourceStateEXT* source = nullptr;
  const XrHandJointsMotionRangeInfoEXT* motion_range = nullptr;
  XrHandTrackingAimStateFB* aims[2] = {};           ///< of the outputs', of the inputs' chain
  XrHandTrackingCapsulesStateFB* capsules[2] = {};  ///< likewise
  const XrTouchShownHandTACTUSX* shown = nullptr;
  bool has_others = false;  ///< that we know nothing of

  /// Writes aim and capsules from the joints in `locations`, which are valid or not active; with
  /// `only_emulated`, those alone that those below have not written already.
  void fill_gestures(const Instance& instance, const XrHandJointLocationsEXT& locations,
                     bool only_emulated, std::atomic<std::uint8_t>& pinching) const noexcept;
};

/// Locates below, without the structs of extensions that are not enabled there.
[[nodiscard]] XrResult locate_hand_below(const Instance& instance, XrHandTrackerEXT tracker,
                                         const XrHandJointsLocateInfoEXT& info,
                                         XrHandJointLocationsEXT& locations) noexcept;

}  // namespace tactus::layer
