// XR_FB_body_tracking: each "must" of musts.txt, where it holds and where it bites; and what is not
// in the specification: the runtime's own bodies, history, spaces.
#include "body_fixture.h"

namespace tactus::layer_test {
namespace {

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

class FB_body_tracking : public BodyTest {
 protected:
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

TEST_F(FB_body_tracking, Must_2_1_Positive) {
  begin({kBodyFb});
  ASSERT_EQ(supports_bodies(), XR_FALSE);
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_2_1_Negative) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(supports_bodies(), XR_TRUE);
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_3_1_Positive) {
  begin({kBodyFb});
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(made, XrBodyTrackerFB{XR_NULL_HANDLE});
}
TEST_F(FB_body_tracking, Must_3_1_Negative_GlovesThatAreOffAreBodyTrackingStill) {
  begin_with_body({kBodyFb});
  take_off();
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_3_2_Positive) {
  begin({kBodyFb});
  ASSERT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(supports_bodies(), XR_FALSE);
}
TEST_F(FB_body_tracking, Must_3_2_Negative_ItStaysTrueWhenGlovesComeOff) {
  begin_with_body({kBodyFb});
  take_off();
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}

TEST_F(FB_body_tracking, Must_4_1_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const uint32_t count : {0u, 1u, 69u, 71u, 84u, UINT32_MAX}) {
    Joints joints;
    joints.locations.jointCount = count;
    EXPECT_EQ(locate(body, stage, joints), XR_ERROR_VALIDATION_FAILURE) << count;
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(FB_body_tracking, Must_4_1_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_4_2_Positive_FingersAreThoseOfTheGlove) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (std::size_t j = 0; j < tactus::kHandJoints; ++j) {
    const Pose T = joints[fb_hand_joint(Hand::Left, static_cast<HandJoint>(j))];
    EXPECT_LT(length(T.p - left.T_world_joint[j].p), kTolerance_m) << j;
  }
}
TEST_F(FB_body_tracking, Must_4_2_Negative_OneHandHoldsNoOtherBack) {
  begin_with_body({kBodyFb});
  service->beat(host(kNow), true, false);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const std::size_t left_tip = index(fb_hand_joint(Hand::Left, HandJoint::IndexTip));
  const std::size_t right_tip = index(fb_hand_joint(Hand::Right, HandJoint::IndexTip));
  EXPECT_EQ(joints.location[left_tip].locationFlags, kTrackedFlags);
  EXPECT_EQ(joints.location[right_tip].locationFlags, kValidFlags);
}
TEST_F(FB_body_tracking, Must_4_3_Positive_AHandWithoutAGloveIsRelaxedOnItsWrist) {
  begin_with_body({kBodyFb});
  service->beat(host(kNow), true, false);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const Vec3 wrist = body_at(host(kNow))[BodyJoint::RightWrist].p;
  EXPECT_LT(length(joints[fb_hand_joint(Hand::Right, HandJoint::Wrist)].p - wrist), 1e-3f);
  const float reach = length(joints[fb_hand_joint(Hand::Right, HandJoint::MiddleTip)].p - wrist);
  EXPECT_GT(reach, 0.05f);
  EXPECT_LT(reach, 0.25f);
}
TEST_F(FB_body_tracking, Must_4_3_Negative_NothingIsFilledInWhereAGloveTells) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const Vec3 tip = right.T_world_joint[index(HandJoint::MiddleTip)].p;
  EXPECT_LT(length(joints[fb_hand_joint(Hand::Right, HandJoint::MiddleTip)].p - tip), kTolerance_m);
}
TEST_F(FB_body_tracking, Must_4_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const BodyPose truth = body_at(host(kNow));
  const std::pair<FbJoint, BodyJoint> same[] = {{FbJoint::Hips, BodyJoint::Pelvis},
                                                {FbJoint::Chest, BodyJoint::Chest},
                                                {FbJoint::Neck, BodyJoint::Neck},
                                                {FbJoint::Head, BodyJoint::Head},
                                                {FbJoint::LeftShoulder, BodyJoint::LeftCollar},
                                                {FbJoint::LeftArmLower, BodyJoint::LeftElbow},
                                                {FbJoint::RightArmUpper, BodyJoint::RightShoulder}};
  for (const auto& [fb, ours] : same) {
    EXPECT_LT(length(joints[fb].p - truth[ours].p), kSamePlace_m) << index(fb);
    EXPECT_LT(length(log_rotation(conjugate(joints[fb].q) * truth[ours].q)), 1e-3f) << index(fb);
  }
}
TEST_F(FB_body_tracking, Must_4_4_Negative_NoJointStandsInAnothersPlace) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_GT(length(joints[FbJoint::LeftArmLower].p - joints[FbJoint::RightArmLower].p), 0.1f);
  EXPECT_GT(length(joints[FbJoint::Hips].p - joints[FbJoint::Head].p), 0.1f);
}
TEST_F(FB_body_tracking, Must_4_5_Positive) {
  static_assert(XR_BODY_JOINT_COUNT_FB == 70 && index(FbJoint::LeftHandPalm) == 18 &&
                index(FbJoint::RightHandPalm) == 44);
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_NEAR(joints[FbJoint::Root].p.y, 0, kSamePlace_m) << "on the floor";
  EXPECT_LT(length(joints[FbJoint::LeftHandPalm].p - left.T_world_joint[0].p), kTolerance_m);
  EXPECT_LT(length(joints[FbJoint::RightHandPalm].p - right.T_world_joint[0].p), kTolerance_m);
}
TEST_F(FB_body_tracking, Must_4_5_Negative_NothingIsWrittenBeyondIt) {
  begin_with_body({kBodyFb});
  std::array<XrBodyJointLocationFB, kFbJoints + 1> more{};
  more.back().locationFlags = Joints::kUntouchedFlags;
  Joints joints;
  joints.locations.jointLocations = more.data();
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(more.back().locationFlags, Joints::kUntouchedFlags);
}
TEST_F(FB_body_tracking, Must_4_6_Positive_LegsThatAreGuessedAreValidAndNotTracked) {
  begin_with_body({kBodyFb});
  publish_bodies([](BodyPose& pose) { pose.joint_confidence[index(BodyJoint::LeftElbow)] = 0.3f; });
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
  EXPECT_EQ(joints.location[index(FbJoint::LeftArmLower)].locationFlags, kValidFlags);
  EXPECT_EQ(joints.location[index(FbJoint::RightArmLower)].locationFlags, kTrackedFlags);
  EXPECT_EQ(joints.locations.confidence, 0.75f);
  EXPECT_EQ(joints.locations.time, kNow);
}
TEST_F(FB_body_tracking, Must_4_6_Negative_ASpaceThatIsNowhereMakesTheBodyInactive) {
  begin_with_body({kBodyFb});
  FakeSpace lost;
  lost.flags = XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  Joints joints;
  ASSERT_EQ(locate(tracker(), runtime.add_space(lost), joints), XR_SUCCESS);
  expect_inactive(joints, "lost");
}
TEST_F(FB_body_tracking, Must_4_7_Positive) {
  begin_with_body({kBodyFb});
  enter(XR_SESSION_STATE_VISIBLE);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_inactive(joints, "unfocused");
}
TEST_F(FB_body_tracking, Must_4_7_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_5_1_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const uint32_t count : {0u, 69u, 71u, UINT32_MAX}) {
    skeleton.jointCount = count;
    EXPECT_EQ(skeleton_of(body, &skeleton), XR_ERROR_VALIDATION_FAILURE) << count;
  }
}
TEST_F(FB_body_tracking, Must_5_1_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_5_2_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  const auto at = [&](FbJoint joint) { return vec(bones[index(joint)].pose.position); };
  EXPECT_NEAR(length(at(FbJoint::LeftArmLower) - at(FbJoint::LeftArmUpper)),
              proportions.upper_arm_m, kSamePlace_m);
  for (std::size_t j = 0; j < kFbJoints; ++j) {
    EXPECT_EQ(bones[j].parentJoint, static_cast<int>(index(fb_parent(static_cast<FbJoint>(j)))));
  }
  EXPECT_LT(at(FbJoint::LeftArmLower).x, at(FbJoint::LeftArmUpper).x) << "a T";
}
TEST_F(FB_body_tracking, Must_5_2_Negative_AnotherPersonHasAnotherSkeleton) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  const std::uint32_t before = joints.locations.skeletonChangedCount;
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  const float head_m = bones[index(FbJoint::Head)].pose.position.y;
  service->published().proportions.write(proportions_of_height(1.2f));
  publish_bodies([](BodyPose& pose) { pose.proportions_changed = 1; });
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.skeletonChangedCount, before + 1);
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  EXPECT_LT(bones[index(FbJoint::Head)].pose.position.y, 0.8f * head_m);
}

TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_2_Negative) {
  begin_with_body({kBodyFb});
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}, ~std::uint64_t{0}}) {
    session = reinterpret_cast<XrSession>(wrong);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_HANDLE_INVALID);
  }
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_3_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerCreateInfoFB before = create_info;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &create_info, sizeof(before)), 0);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_3_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(nullptr, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_4_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_NE(made, XrBodyTrackerFB{XR_NULL_HANDLE});
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_4_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(&create_info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_2_Negative) {
  begin_with_body({kBodyFb});
  create_info.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_3_Positive) {
  begin_with_body({kBodyFb});
  create_info.next = &unknown;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(create_info.next, &unknown);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyFb});
  create_info.next = nullptr;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(made, stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_4_Positive) {
  begin_with_body({kBodyFb});
  create_info.bodyJointSet = XR_BODY_JOINT_SET_DEFAULT_FB;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_4_Negative) {
  begin_with_body({kBodyFb});
  for (const int set : {1, -1, 1000274000, INT32_MAX}) {
    create_info.bodyJointSet = static_cast<XrBodyJointSetFB>(set);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE) << set;
  }
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(destroy(tracker()), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(destroy(ended), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(XR_NULL_HANDLE), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(reinterpret_cast<XrBodyTrackerFB>(session)), XR_ERROR_HANDLE_INVALID);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_2_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  for (const XrBodyTrackerFB wrong : {ended, XrBodyTrackerFB{XR_NULL_HANDLE}}) {
    Joints joints;
    EXPECT_EQ(locate(wrong, stage, joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_3_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_3_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), nullptr, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.type, XR_TYPE_BODY_JOINT_LOCATIONS_FB);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(joints.locations.jointLocations, joints.location.data());
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_4_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, nullptr, stage, kNow};
  EXPECT_EQ(locate_of(tracker(), &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_2_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINT_LOCATIONS_FB, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_3_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, &unknown, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), runtime.add_space({}), joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_4_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}}) {
    Joints joints;
    EXPECT_EQ(locate(body, reinterpret_cast<XrSpace>(wrong), joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_2_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_2_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_3_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.next = &unknown;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
  EXPECT_EQ(joints.locations.next, &unknown);
  EXPECT_EQ(unknown.type, XR_TYPE_COMPOSITION_LAYER_QUAD);
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_3_Negative_WithoutAChainOnlyJointsAreGiven) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(unknown.next, nullptr);
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (const auto& joint : joints.location) {
    EXPECT_NE(joint.locationFlags, Joints::kUntouchedFlags);
  }
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_4_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrGetBodySkeletonFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrGetBodySkeletonFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(skeleton_of(ended, &skeleton), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(skeleton_of(XR_NULL_HANDLE, &skeleton), XR_ERROR_HANDLE_INVALID);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_3_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  EXPECT_EQ(skeleton.type, XR_TYPE_BODY_SKELETON_FB);
  EXPECT_EQ(skeleton.joints, bones.data());
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_3_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_2_Negative) {
  begin_with_body({kBodyFb});
  skeleton.type = XR_TYPE_BODY_JOINT_LOCATIONS_FB;
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_3_Positive) {
  begin_with_body({kBodyFb});
  skeleton.next = &unknown;
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  EXPECT_EQ(skeleton.next, &unknown);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  EXPECT_EQ(skeleton.next, nullptr);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_4_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  for (std::size_t j = 0; j < kFbJoints; ++j) EXPECT_EQ(bones[j].joint, static_cast<int>(j));
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_4_Negative) {
  begin_with_body({kBodyFb});
  skeleton.joints = nullptr;
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrSystemBodyTrackingPropertiesFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}
TEST_F(FB_body_tracking,
       Must_XrSystemBodyTrackingPropertiesFB_2_Negative_OfAnotherTypeItIsNotTouched) {
  begin_with_body({kBodyFb});
  runtime.refuses_unknown_chains = false;
  XrSystemBodyTrackingPropertiesFB bodies{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 99};
  XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &bodies, 0, 0, {}, {}, {}};
  ASSERT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_SUCCESS);
  EXPECT_EQ(bodies.supportsBodyTracking, 99u);
}

// Beyond the specification.

TEST_F(FB_body_tracking, Body_LocatedInAnySpaceIsTheOneOfLocalCarriedOver) {
  runtime.local.T_stage_space = {axis_angle({0, 1, 0}, 0.8f), {0.3f, 1.6f, -0.5f}};
  begin_with_body({kBodyFb});
  const XrSpace in_local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, {});
  wait_frame();
  const XrBodyTrackerFB body = tracker();
  Joints of_local, of_box;
  ASSERT_EQ(locate(body, in_local, of_local), XR_SUCCESS);
  const Pose T_local_box{axis_angle({1, 0, 1}, 0.4f), {0.1f, -0.2f, 0.3f}};
  const XrSpace box =
      runtime.add_space({.T_stage_space = runtime.local.T_stage_space * T_local_box});
  ASSERT_EQ(locate(body, box, of_box), XR_SUCCESS);
  for (std::size_t j = 0; j < kFbJoints; ++j) {
    const auto joint = static_cast<FbJoint>(j);
    const Pose carried = T_local_box * of_box[joint];
    EXPECT_LT(length(carried.p - of_local[joint].p), kSamePlace_m) << j;
    EXPECT_LT(length(log_rotation(conjugate(carried.q) * of_local[joint].q)), 1e-3f) << j;
  }
}

TEST_F(FB_body_tracking, Body_IsInterpolatedThrough50msOfThePast) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const XrTime t : {kNow - 50'000'000, kNow - 41'700'000, kNow - 100'000, kNow}) {
    Joints joints;
    ASSERT_EQ(locate(body, stage, joints, t), XR_SUCCESS);
    const BodyPose truth = body_at(host(t));
    EXPECT_LT(length(joints[FbJoint::Head].p - truth[BodyJoint::Head].p), kSamePlace_m);
    EXPECT_LT(length(joints[FbJoint::Neck].p - truth[BodyJoint::Neck].p), kSamePlace_m);
  }
}

TEST_F(FB_body_tracking, Body_IsInactiveUnfocusedOrLost) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  const auto expect_none = [&](const char* why) {
    Joints joints;
    ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
    expect_inactive(joints, why);
  };
  enter(XR_SESSION_STATE_VISIBLE);
  expect_none("unfocused");
  enter(XR_SESSION_STATE_FOCUSED);
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  expect_active(joints);
  take_off();
  expect_none("no glove");
  service->beat(host(kNow), true, true);
  publish_bodies([](BodyPose& pose) { pose.origin.fill(PoseOrigin::Held); });
  expect_none("held");
  publish_bodies([](BodyPose& pose) { pose.origin[index(BodyJoint::Head)] = PoseOrigin::Held; });
  expect_none("no headset");
  publish_bodies();
  publish_bodies([](BodyPose& pose) { pose.T_world_joint[3].p.x = std::nanf(""); });
  expect_none("no numbers");
  publish_bodies();
  service->beat(host(kNow) - 5s, true, true);
  expect_none("a dead service");
}

TEST_F(FB_body_tracking, Body_OfTheRuntimeIsUntouchedWhereOursIsNotKnown) {
  runtime.offered.insert(kBodyFb);
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.locate_body_calls, 0);
  EXPECT_LT(joints[FbJoint::Head].p.x, kRuntimeBodyMark_m);
  take_off();
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.locate_body_calls, 1);
  for (const auto& joint : joints.location) {
    EXPECT_EQ(joint.pose.position.x, kRuntimeBodyMark_m);
    EXPECT_EQ(joint.locationFlags, kTrackedFlags);
  }
  EXPECT_EQ(destroy(body), XR_SUCCESS);
  EXPECT_TRUE(runtime.body_trackers.empty());
}

TEST_F(FB_body_tracking, Body_WhatElseIsAskedOfTheRuntimesTrackerIsItsOwnToSay) {
  runtime.offered.insert(kBodyFb);
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.next = &unknown;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.locate_body_calls, 1);
  EXPECT_LT(joints[FbJoint::Head].p.x, kRuntimeBodyMark_m);
}

TEST_F(FB_body_tracking, Body_ARuntimeWhoseSystemHasNoneIsNoMatter) {
  runtime.offered.insert(kBodyFb);
  runtime.supports_bodies = false;
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}

TEST_F(FB_body_tracking, Body_WithoutAServiceTheRuntimesFunctionsAreItsOwn) {
  runtime.offered.insert(kBodyFb);
  begin({kBodyFb});
  stage = runtime.add_space({});
  EXPECT_EQ(supports_bodies(), XR_TRUE);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints[FbJoint::Head].p.x, kRuntimeBodyMark_m);
}

TEST_F(FB_body_tracking, Body_TimesBeforeTheFirstAreInvalid) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const XrTime t : {XrTime{0}, XrTime{-1}, INT64_MIN}) {
    Joints joints;
    EXPECT_EQ(locate(body, stage, joints, t), XR_ERROR_TIME_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}

TEST_F(FB_body_tracking, Body_TrackersEndWithTheirSession) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  ASSERT_EQ(get<PFN_xrDestroySession>("xrDestroySession")(session), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(body, stage, joints), XR_ERROR_HANDLE_INVALID);
}

TEST_F(FB_body_tracking, Body_TheRuntimesSkeletonIsGivenWithTheRuntimesBodyAndCountsAsAnother) {
  runtime.offered.insert(kBodyFb);
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  Joints ours, theirs;
  ASSERT_EQ(locate(body, stage, ours), XR_SUCCESS);
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  EXPECT_NE(bones[5].pose.position.x, kRuntimeBodyMark_m);
  take_off();
  ASSERT_EQ(locate(body, stage, theirs), XR_SUCCESS);
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  EXPECT_EQ(bones[5].pose.position.x, kRuntimeBodyMark_m);
  EXPECT_NE(ours.locations.skeletonChangedCount, theirs.locations.skeletonChangedCount);
}

TEST_F(FB_body_tracking, Body_OfAJointSetThatOnlyTheRuntimeKnowsIsTheRuntimes) {
  runtime.offered.insert(kBodyFb);
  begin_with_body({kBodyFb});
  create_info.bodyJointSet = static_cast<XrBodyJointSetFB>(1000274000);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints[FbJoint::Head].p.x, kRuntimeBodyMark_m);
}

}  // namespace
}  // namespace tactus::layer_test
