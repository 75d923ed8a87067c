// XR_BD_body_tracking: each "must" of musts.txt, where it holds and where it bites; and what is not
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

class BD_body_tracking : public BodyTest {
 protected:
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

TEST_F(BD_body_tracking, Must_2_1_Positive) {
  begin({kBodyBd});
  ASSERT_EQ(supports_bodies(), XR_FALSE);
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_2_1_Negative) {
  begin_with_body({kBodyBd});
  ASSERT_EQ(supports_bodies(), XR_TRUE);
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_3_1_Positive) {
  begin({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(made, XrBodyTrackerBD{XR_NULL_HANDLE});
}
TEST_F(BD_body_tracking, Must_3_1_Negative_GlovesThatAreOffAreBodyTrackingStill) {
  begin_with_body({kBodyBd});
  take_off();
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_3_2_Positive) {
  begin({kBodyBd});
  ASSERT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(supports_bodies(), XR_FALSE);
}
TEST_F(BD_body_tracking, Must_3_2_Negative_ItStaysTrueWhenGlovesComeOff) {
  begin_with_body({kBodyBd});
  take_off();
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}

TEST_F(BD_body_tracking, Must_3_3_Positive) {
  begin_with_body({kBodyBd});
  for (const int set : {0, 3, INT32_MAX}) {
    create_info.jointSet = static_cast<XrBodyJointSetBD>(set);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE) << set;
  }
}
TEST_F(BD_body_tracking, Must_3_3_Negative) {
  begin_with_body({kBodyBd});
  for (const XrBodyJointSetBD set :
       {XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD, XR_BODY_JOINT_SET_FULL_BODY_JOINTS_BD}) {
    create_info.jointSet = set;
    EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  }
}
TEST_F(BD_body_tracking, Must_4_1_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  Joints before, after;
  ASSERT_EQ(locate(body, stage, before, kNow - 40'000'000), XR_SUCCESS);
  ASSERT_EQ(locate(body, stage, after, kNow), XR_SUCCESS);
  for (const BdJoint joint : {BdJoint::Pelvis, BdJoint::LeftKnee, BdJoint::RightElbow}) {
    EXPECT_NEAR(after[joint].p.x - before[joint].p.x, 0.04f, kSamePlace_m);
  }
}
TEST_F(BD_body_tracking, Must_4_1_Negative_ABodyThatIsNotSeenIsNotMadeUp) {
  begin_with_body({kBodyBd});
  take_off();
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_inactive(joints, "no glove");
}
TEST_F(BD_body_tracking, Must_4_2_Positive) {
  begin_with_body({kBodyBd});
  create_info.jointSet = XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD;
  Joints joints;
  joints.locations.jointLocationCount = XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const BodyPose truth = body_at(host(kNow));
  EXPECT_LT(length(joints[BdJoint::Pelvis].p - truth[BodyJoint::Pelvis].p), kSamePlace_m);
  EXPECT_LT(length(joints[BdJoint::RightCollar].p - truth[BodyJoint::RightCollar].p), kSamePlace_m);
  EXPECT_LT(length(joints[BdJoint::Head].p - truth[BodyJoint::Head].p), kSamePlace_m);
}
TEST_F(BD_body_tracking, Must_4_2_Negative_OfASmallerSetNoArmIsWritten) {
  begin_with_body({kBodyBd});
  create_info.jointSet = XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD;
  Joints joints;
  joints.locations.jointLocationCount = XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (std::size_t j = XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD; j < kBdJoints; ++j) {
    EXPECT_EQ(joints.location[j].locationFlags, Joints::kUntouchedFlags) << j;
  }
}
TEST_F(BD_body_tracking, Must_4_3_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const BodyPose truth = body_at(host(kNow));
  const std::pair<BdJoint, BodyJoint> same[] = {{BdJoint::Pelvis, BodyJoint::Pelvis},
                                                {BdJoint::LeftHip, BodyJoint::LeftHip},
                                                {BdJoint::RightKnee, BodyJoint::RightKnee},
                                                {BdJoint::LeftFoot, BodyJoint::LeftToe},
                                                {BdJoint::Head, BodyJoint::Head},
                                                {BdJoint::LeftElbow, BodyJoint::LeftElbow},
                                                {BdJoint::RightWrist, BodyJoint::RightWrist},
                                                {BdJoint::Spine2, BodyJoint::SpineMiddle}};
  for (const auto& [bd, ours] : same) {
    EXPECT_LT(length(joints[bd].p - truth[ours].p), kSamePlace_m) << index(bd);
  }
  EXPECT_LT(length(joints[BdJoint::LeftHand].p - left.T_world_joint[0].p), kTolerance_m);
}
TEST_F(BD_body_tracking, Must_4_3_Negative_NothingIsWrittenBeyondIt) {
  begin_with_body({kBodyBd});
  std::array<XrBodyJointLocationBD, kBdJoints + 1> more{};
  more.back().locationFlags = Joints::kUntouchedFlags;
  Joints joints;
  joints.locations.jointLocations = more.data();
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(more.back().locationFlags, Joints::kUntouchedFlags);
}
TEST_F(BD_body_tracking, Must_4_4_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  for (const uint32_t count : {0u, 16u, 23u, 25u, UINT32_MAX}) {
    Joints joints;
    joints.locations.jointLocationCount = count;
    EXPECT_EQ(locate(body, stage, joints), XR_ERROR_VALIDATION_FAILURE) << count;
    EXPECT_TRUE(joints.is_untouched());
  }
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(body, stage, joints), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_4_4_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_4_5_Positive) {
  begin_with_body({kBodyBd});
  publish_whole_bodies();
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.allJointPosesTracked, XR_TRUE);
  for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags, kTrackedFlags);
}
TEST_F(BD_body_tracking, Must_4_5_Negative_GuessedLegsOrASpaceThatIsGuessed) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.allJointPosesTracked, XR_FALSE);
  EXPECT_EQ(joints.location[index(BdJoint::LeftKnee)].locationFlags, kValidFlags);
  EXPECT_EQ(joints.location[index(BdJoint::LeftElbow)].locationFlags, kTrackedFlags);
  publish_whole_bodies();
  FakeSpace guessed;
  guessed.flags = kValidFlags;
  ASSERT_EQ(locate(body, runtime.add_space(guessed), joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.allJointPosesTracked, XR_FALSE);
}

TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_1_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerBD"), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerBD"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_2_Negative) {
  begin_with_body({kBodyBd});
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}, ~std::uint64_t{0}}) {
    session = reinterpret_cast<XrSession>(wrong);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_HANDLE_INVALID);
  }
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_3_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerCreateInfoBD before = create_info;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &create_info, sizeof(before)), 0);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_3_Negative) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(nullptr, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_4_Positive) {
  begin_with_body({kBodyBd});
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_NE(made, XrBodyTrackerBD{XR_NULL_HANDLE});
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_4_Negative) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_2_Negative) {
  begin_with_body({kBodyBd});
  create_info.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_3_Positive) {
  begin_with_body({kBodyBd});
  create_info.next = &unknown;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(create_info.next, &unknown);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyBd});
  create_info.next = nullptr;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(made, stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_4_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  create_info.jointSet = XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_4_Negative) {
  begin_with_body({kBodyBd});
  create_info.jointSet = XR_BODY_JOINT_SET_MAX_ENUM_BD;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_1_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerBD"), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerBD"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(destroy(tracker()), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_2_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(destroy(ended), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(XR_NULL_HANDLE), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(reinterpret_cast<XrBodyTrackerBD>(session)), XR_ERROR_HANDLE_INVALID);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_1_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsBD"), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsBD"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_2_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_2_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  for (const XrBodyTrackerBD wrong : {ended, XrBodyTrackerBD{XR_NULL_HANDLE}}) {
    Joints joints;
    EXPECT_EQ(locate(wrong, stage, joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_3_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_3_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), nullptr, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_4_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.type, XR_TYPE_BODY_JOINT_LOCATIONS_BD);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(joints.locations.jointLocations, joints.location.data());
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_4_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, nullptr, stage, kNow};
  EXPECT_EQ(locate_of(tracker(), &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_2_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_2_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINT_LOCATIONS_BD, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_3_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, &unknown, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_4_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), runtime.add_space({}), joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_4_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}}) {
    Joints joints;
    EXPECT_EQ(locate(body, reinterpret_cast<XrSpace>(wrong), joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_2_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_2_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_3_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.next = &unknown;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
  EXPECT_EQ(joints.locations.next, &unknown);
  EXPECT_EQ(unknown.type, XR_TYPE_COMPOSITION_LAYER_QUAD);
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_3_Negative_WithoutAChainOnlyJointsAreGiven) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(unknown.next, nullptr);
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_4_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (const auto& joint : joints.location) {
    EXPECT_NE(joint.locationFlags, Joints::kUntouchedFlags);
  }
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_4_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}

TEST_F(BD_body_tracking, Must_XrSystemBodyTrackingPropertiesBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}
TEST_F(BD_body_tracking,
       Must_XrSystemBodyTrackingPropertiesBD_2_Negative_OfAnotherTypeItIsNotTouched) {
  begin_with_body({kBodyBd});
  runtime.refuses_unknown_chains = false;
  XrSystemBodyTrackingPropertiesBD bodies{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 99};
  XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &bodies, 0, 0, {}, {}, {}};
  ASSERT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_SUCCESS);
  EXPECT_EQ(bodies.supportsBodyTracking, 99u);
}

// Beyond the specification.

TEST_F(BD_body_tracking, Body_LocatedInAnySpaceIsTheOneOfLocalCarriedOver) {
  runtime.local.T_stage_space = {axis_angle({0, 1, 0}, 0.8f), {0.3f, 1.6f, -0.5f}};
  begin_with_body({kBodyBd});
  const XrSpace in_local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, {});
  wait_frame();
  const XrBodyTrackerBD body = tracker();
  Joints of_local, of_box;
  ASSERT_EQ(locate(body, in_local, of_local), XR_SUCCESS);
  const Pose T_local_box{axis_angle({1, 0, 1}, 0.4f), {0.1f, -0.2f, 0.3f}};
  const XrSpace box =
      runtime.add_space({.T_stage_space = runtime.local.T_stage_space * T_local_box});
  ASSERT_EQ(locate(body, box, of_box), XR_SUCCESS);
  for (std::size_t j = 0; j < kBdJoints; ++j) {
    const auto joint = static_cast<BdJoint>(j);
    const Pose carried = T_local_box * of_box[joint];
    EXPECT_LT(length(carried.p - of_local[joint].p), kSamePlace_m) << j;
    EXPECT_LT(length(log_rotation(conjugate(carried.q) * of_local[joint].q)), 1e-3f) << j;
  }
}

TEST_F(BD_body_tracking, Body_IsInterpolatedThrough50msOfThePast) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  for (const XrTime t : {kNow - 50'000'000, kNow - 41'700'000, kNow - 100'000, kNow}) {
    Joints joints;
    ASSERT_EQ(locate(body, stage, joints, t), XR_SUCCESS);
    const BodyPose truth = body_at(host(t));
    EXPECT_LT(length(joints[BdJoint::Head].p - truth[BodyJoint::Head].p), kSamePlace_m);
    EXPECT_LT(length(joints[BdJoint::Neck].p - truth[BodyJoint::Neck].p), kSamePlace_m);
  }
}

TEST_F(BD_body_tracking, Body_IsInactiveUnfocusedOrLost) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
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

TEST_F(BD_body_tracking, Body_OfTheRuntimeIsUntouchedWhereOursIsNotKnown) {
  runtime.offered.insert(kBodyBd);
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.locate_body_calls, 0);
  EXPECT_LT(joints[BdJoint::Head].p.x, kRuntimeBodyMark_m);
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

TEST_F(BD_body_tracking, Body_WhatElseIsAskedOfTheRuntimesTrackerIsItsOwnToSay) {
  runtime.offered.insert(kBodyBd);
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.next = &unknown;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.locate_body_calls, 1);
  EXPECT_LT(joints[BdJoint::Head].p.x, kRuntimeBodyMark_m);
}

TEST_F(BD_body_tracking, Body_ARuntimeWhoseSystemHasNoneIsNoMatter) {
  runtime.offered.insert(kBodyBd);
  runtime.supports_bodies = false;
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}

TEST_F(BD_body_tracking, Body_WithoutAServiceTheRuntimesFunctionsAreItsOwn) {
  runtime.offered.insert(kBodyBd);
  begin({kBodyBd});
  stage = runtime.add_space({});
  EXPECT_EQ(supports_bodies(), XR_TRUE);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints[BdJoint::Head].p.x, kRuntimeBodyMark_m);
}

TEST_F(BD_body_tracking, Body_TimesBeforeTheFirstAreInvalid) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  for (const XrTime t : {XrTime{0}, XrTime{-1}, INT64_MIN}) {
    Joints joints;
    EXPECT_EQ(locate(body, stage, joints, t), XR_ERROR_TIME_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}

TEST_F(BD_body_tracking, Body_TrackersEndWithTheirSession) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  ASSERT_EQ(get<PFN_xrDestroySession>("xrDestroySession")(session), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(body, stage, joints), XR_ERROR_HANDLE_INVALID);
}

}  // namespace
}  // namespace tactus::layer_test
