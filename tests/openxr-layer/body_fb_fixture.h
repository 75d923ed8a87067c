// What the tests of XR_FB_body_tracking share beside the body.
//
//   Clocks   XrTime. Frames: stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "body_fixture.h"

namespace tactus::layer_test {

class FB_body_tracking : public BodyTest {
 protected:
  static constexpr const char* kExtension = kBodyFb;
  using Joint = FbJoint;

  /// One locate call's memory, filled with a pattern that the layer must overwrite or leave alone.
  struct Joints {
    static constexpr XrSpaceLocationFlags kUntouchedFlags = 0x8000;
    static constexpr XrBool32 kUntouched = 99;

    Joints() {
      for (auto& joint : location) joint.locationFlags = kUntouchedFlags;
      locations.type = XR_TYPE_BODY_JOINT_LOCATIONS_FB;
      locations.isActive = kUntouched;
      locations.jointCount = kFbJoints;
      locations.jointLocations = location.data();
    }
    Joints(const Joints&) = delete;
    Joints& operator=(const Joints&) = delete;
    [[nodiscard]] bool is_untouched() const {
      for (const auto& joint : location) {
        if (joint.locationFlags != kUntouchedFlags) return false;
      }
      return locations.isActive == kUntouched;
    }
    [[nodiscard]] Pose operator[](FbJoint joint) const {
      const XrPosef& T = location[index(joint)].pose;
      return {quat(T.orientation), vec(T.position)};
    }
    std::array<XrBodyJointLocationFB, kFbJoints> location{};
    XrBodyJointLocationsFB locations{};
  };

  XrBool32 supports_bodies() {
    XrSystemBodyTrackingPropertiesFB bodies{XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB, nullptr,
                                            99};
    XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &bodies, 0, 0, {}, {}, {}};
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
              XR_SUCCESS);
    return bodies.supportsBodyTracking;
  }
  XrResult create_of(const XrBodyTrackerCreateInfoFB* info, XrBodyTrackerFB* tracker) {
    return get<PFN_xrCreateBodyTrackerFB>("xrCreateBodyTrackerFB")(session, info, tracker);
  }
  XrBodyTrackerFB tracker() {
    EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
    return made;
  }
  XrResult destroy(XrBodyTrackerFB tracker) {
    return get<PFN_xrDestroyBodyTrackerFB>("xrDestroyBodyTrackerFB")(tracker);
  }
  XrResult locate_of(XrBodyTrackerFB tracker, const XrBodyJointsLocateInfoFB* info,
                     XrBodyJointLocationsFB* locations) {
    return get<PFN_xrLocateBodyJointsFB>("xrLocateBodyJointsFB")(tracker, info, locations);
  }
  XrResult locate(XrBodyTrackerFB tracker, XrSpace base, Joints& joints, XrTime time = kNow) {
    const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, nullptr, base, time};
    return locate_of(tracker, &info, &joints.locations);
  }
  XrResult skeleton_of(XrBodyTrackerFB tracker, XrBodySkeletonFB* into) {
    return get<PFN_xrGetBodySkeletonFB>("xrGetBodySkeletonFB")(tracker, into);
  }
  static void expect_active(const Joints& joints) {
    EXPECT_EQ(joints.locations.isActive, XR_TRUE);
    for (const auto& joint : joints.location) {
      EXPECT_EQ(joint.locationFlags & kValidFlags, kValidFlags);
    }
  }
  static void expect_inactive(const Joints& joints, const char* why) {
    EXPECT_EQ(joints.locations.isActive, XR_FALSE) << why;
    EXPECT_EQ(joints.locations.confidence, 0) << why;
    for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags, 0u) << why;
  }
  std::array<XrBodySkeletonJointFB, kFbJoints> bones{};
  XrBodySkeletonFB skeleton{XR_TYPE_BODY_SKELETON_FB, nullptr, kFbJoints, bones.data()};
  XrBodyTrackerCreateInfoFB create_info{XR_TYPE_BODY_TRACKER_CREATE_INFO_FB, nullptr,
                                        XR_BODY_JOINT_SET_DEFAULT_FB};
  XrBodyTrackerFB made = XR_NULL_HANDLE;
};

}  // namespace tactus::layer_test
