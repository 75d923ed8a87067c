// What the tests of XR_BD_body_tracking share beside the body.
//
//   Clocks   XrTime. Frames: stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "body_fixture.h"

namespace tactus::layer_test {

class BD_body_tracking : public BodyTest {
 protected:
  static constexpr const char* kExtension = kBodyBd;
  using Joint = BdJoint;

  /// One locate call's memory, filled with a pattern that the layer must overwrite or leave alone.
  struct Joints {
    static constexpr XrSpaceLocationFlags kUntouchedFlags = 0x8000;
    static constexpr XrBool32 kUntouched = 99;

    Joints() {
      for (auto& joint : location) joint.locationFlags = kUntouchedFlags;
      locations.type = XR_TYPE_BODY_JOINT_LOCATIONS_BD;
      locations.allJointPosesTracked = kUntouched;
      locations.jointLocationCount = kBdJoints;
      locations.jointLocations = location.data();
    }
    Joints(const Joints&) = delete;
    Joints& operator=(const Joints&) = delete;
    [[nodiscard]] bool is_untouched() const {
      for (const auto& joint : location) {
        if (joint.locationFlags != kUntouchedFlags) return false;
      }
      return locations.allJointPosesTracked == kUntouched;
    }
    [[nodiscard]] Pose operator[](BdJoint joint) const {
      const XrPosef& T = location[index(joint)].pose;
      return {quat(T.orientation), vec(T.position)};
    }
    std::array<XrBodyJointLocationBD, kBdJoints> location{};
    XrBodyJointLocationsBD locations{};
  };

  XrBool32 supports_bodies() {
    XrSystemBodyTrackingPropertiesBD bodies{XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD, nullptr,
                                            99};
    XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &bodies, 0, 0, {}, {}, {}};
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
              XR_SUCCESS);
    return bodies.supportsBodyTracking;
  }
  XrResult create_of(const XrBodyTrackerCreateInfoBD* info, XrBodyTrackerBD* tracker) {
    return get<PFN_xrCreateBodyTrackerBD>("xrCreateBodyTrackerBD")(session, info, tracker);
  }
  XrBodyTrackerBD tracker() {
    EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
    return made;
  }
  XrResult destroy(XrBodyTrackerBD tracker) {
    return get<PFN_xrDestroyBodyTrackerBD>("xrDestroyBodyTrackerBD")(tracker);
  }
  XrResult locate_of(XrBodyTrackerBD tracker, const XrBodyJointsLocateInfoBD* info,
                     XrBodyJointLocationsBD* locations) {
    return get<PFN_xrLocateBodyJointsBD>("xrLocateBodyJointsBD")(tracker, info, locations);
  }
  XrResult locate(XrBodyTrackerBD tracker, XrSpace base, Joints& joints, XrTime time = kNow) {
    const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, nullptr, base, time};
    return locate_of(tracker, &info, &joints.locations);
  }
  /// The legs are guessed and are not tracked.
  static void expect_active(const Joints& joints) {
    for (const auto& joint : joints.location) {
      EXPECT_EQ(joint.locationFlags & kValidFlags, kValidFlags);
    }
    EXPECT_EQ(joints.location[index(BdJoint::Head)].locationFlags, kTrackedFlags);
  }
  static void expect_inactive(const Joints& joints, const char* why) {
    EXPECT_EQ(joints.locations.allJointPosesTracked, XR_FALSE) << why;
    for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags, 0u) << why;
  }
  XrBodyTrackerCreateInfoBD create_info{XR_TYPE_BODY_TRACKER_CREATE_INFO_BD, nullptr,
                                        XR_BODY_JOINT_SET_FULL_BODY_JOINTS_BD};
  XrBodyTrackerBD made = XR_NULL_HANDLE;
};

}  // namespace tactus::layer_test
