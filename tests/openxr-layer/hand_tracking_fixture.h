// What the tests of XR_EXT_hand_tracking share beside the gloves.
//
//   Clocks   XrTime. Frames: stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "hand_fixture.h"

namespace tactus::layer_test {

class EXT_hand_tracking : public HandTest {
 protected:
  XrBool32 supports_hands() {
    XrSystemHandTrackingPropertiesEXT hands{XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT, nullptr,
                                            99};
    XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &hands, 0, 0, {}, {}, {}};
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
              XR_SUCCESS);
    return hands.supportsHandTracking;
  }
  XrResult create_of(const XrHandTrackerCreateInfoEXT* info, XrHandTrackerEXT* tracker) {
    return get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT")(session, info, tracker);
  }
  XrResult locate_of(XrHandTrackerEXT tracker, const XrHandJointsLocateInfoEXT* info,
                     XrHandJointLocationsEXT* locations) {
    return get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(tracker, info, locations);
  }
  /// The left glove's joints in the stage.
  void expect_located(Joints& joints) {
    ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
    ASSERT_EQ(joints.locations.isActive, XR_TRUE);
  }
  /// Both hands' gloves are taken off.
  void take_off() { service->beat(host(kNow), false, false); }
  void republish_left() {
    left.t += 1ms;
    ipc::publish(service->published(), left);
  }
  XrHandTrackerCreateInfoEXT create_info{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, nullptr,
                                         XR_HAND_LEFT_EXT, XR_HAND_JOINT_SET_DEFAULT_EXT};
  /// Of an extension that nobody enabled.
  XrBaseOutStructure unknown{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr};
};

}  // namespace tactus::layer_test
