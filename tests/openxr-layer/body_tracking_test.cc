// Bodies by either extension, beyond their specifications: the runtime's own, history, spaces.
#include "body_bd_fixture.h"
#include "body_fb_fixture.h"

namespace tactus::layer_test {
namespace {

/// One test for both.
template <class Extension>
class BodyTracking : public Extension {
 public:
  static constexpr const char* kExtension = Extension::kExtension;
  using Joints = typename Extension::Joints;
  using Joint = typename Extension::Joint;
};
using Extensions = ::testing::Types<FB_body_tracking, BD_body_tracking>;
TYPED_TEST_SUITE(BodyTracking, Extensions);

TYPED_TEST(BodyTracking, LocatedInAnySpaceIsTheOneOfLocalCarriedOver) {
  this->runtime.local.T_stage_space = {axis_angle({0, 1, 0}, 0.8f), {0.3f, 1.6f, -0.5f}};
  this->begin_with_body({TestFixture::kExtension});
  const XrSpace in_local = this->make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, {});
  this->wait_frame();
  const auto body = this->tracker();
  typename TestFixture::Joints of_local, of_box;
  ASSERT_EQ(this->locate(body, in_local, of_local), XR_SUCCESS);
  const Pose T_local_box{axis_angle({1, 0, 1}, 0.4f), {0.1f, -0.2f, 0.3f}};
  const XrSpace box =
      this->runtime.add_space({.T_stage_space = this->runtime.local.T_stage_space * T_local_box});
  ASSERT_EQ(this->locate(body, box, of_box), XR_SUCCESS);
  for (std::size_t j = 0; j < of_box.location.size(); ++j) {
    const auto joint = static_cast<typename TestFixture::Joint>(j);
    const Pose carried = T_local_box * of_box[joint];
    EXPECT_LT(length(carried.p - of_local[joint].p), kSamePlace_m) << j;
    EXPECT_LT(length(log_rotation(conjugate(carried.q) * of_local[joint].q)), 1e-3f) << j;
  }
}

TYPED_TEST(BodyTracking, IsInterpolatedThrough50msOfThePast) {
  this->begin_with_body({TestFixture::kExtension});
  const auto body = this->tracker();
  for (const XrTime t : {TestFixture::kNow - 50'000'000, TestFixture::kNow - 41'700'000,
                         TestFixture::kNow - 100'000, TestFixture::kNow}) {
    typename TestFixture::Joints joints;
    ASSERT_EQ(this->locate(body, this->stage, joints, t), XR_SUCCESS);
    const BodyPose truth = this->body_at(this->host(t));
    EXPECT_LT(length(joints[TestFixture::Joint::Head].p - truth[BodyJoint::Head].p), kSamePlace_m);
    EXPECT_LT(length(joints[TestFixture::Joint::Neck].p - truth[BodyJoint::Neck].p), kSamePlace_m);
  }
}

TYPED_TEST(BodyTracking, IsInactiveUnfocusedOrLost) {
  this->begin_with_body({TestFixture::kExtension});
  const auto body = this->tracker();
  const auto expect_none = [&](const char* why) {
    typename TestFixture::Joints joints;
    ASSERT_EQ(this->locate(body, this->stage, joints), XR_SUCCESS);
    this->expect_inactive(joints, why);
  };
  this->enter(XR_SESSION_STATE_VISIBLE);
  expect_none("unfocused");
  this->enter(XR_SESSION_STATE_FOCUSED);
  typename TestFixture::Joints joints;
  ASSERT_EQ(this->locate(body, this->stage, joints), XR_SUCCESS);
  this->expect_active(joints);
  this->take_off();
  expect_none("no glove");
  this->service->beat(this->host(TestFixture::kNow), true, true);
  this->publish_bodies([](BodyPose& pose) { pose.origin.fill(PoseOrigin::Held); });
  expect_none("held");
  this->publish_bodies(
      [](BodyPose& pose) { pose.origin[index(BodyJoint::Head)] = PoseOrigin::Held; });
  expect_none("no headset");
  this->publish_bodies();
  this->publish_bodies([](BodyPose& pose) { pose.T_world_joint[3].p.x = std::nanf(""); });
  expect_none("no numbers");
  this->publish_bodies();
  this->service->beat(this->host(TestFixture::kNow) - 5s, true, true);
  expect_none("a dead service");
}

TYPED_TEST(BodyTracking, OfTheRuntimeIsUntouchedWhereOursIsNotKnown) {
  this->runtime.offered.insert(TestFixture::kExtension);
  this->begin_with_body({TestFixture::kExtension});
  const auto body = this->tracker();
  typename TestFixture::Joints joints;
  ASSERT_EQ(this->locate(body, this->stage, joints), XR_SUCCESS);
  EXPECT_EQ(this->runtime.locate_body_calls, 0);
  EXPECT_LT(joints[TestFixture::Joint::Head].p.x, kRuntimeBodyMark_m);
  this->take_off();
  ASSERT_EQ(this->locate(body, this->stage, joints), XR_SUCCESS);
  EXPECT_EQ(this->runtime.locate_body_calls, 1);
  for (const auto& joint : joints.location) {
    EXPECT_EQ(joint.pose.position.x, kRuntimeBodyMark_m);
    EXPECT_EQ(joint.locationFlags, kTrackedFlags);
  }
  EXPECT_EQ(this->destroy(body), XR_SUCCESS);
  EXPECT_TRUE(this->runtime.body_trackers.empty());
}

TYPED_TEST(BodyTracking, WhatElseIsAskedOfTheRuntimesTrackerIsItsOwnToSay) {
  this->runtime.offered.insert(TestFixture::kExtension);
  this->begin_with_body({TestFixture::kExtension});
  typename TestFixture::Joints joints;
  joints.locations.next = &this->unknown;
  ASSERT_EQ(this->locate(this->tracker(), this->stage, joints), XR_SUCCESS);
  EXPECT_EQ(this->runtime.locate_body_calls, 1);
  EXPECT_LT(joints[TestFixture::Joint::Head].p.x, kRuntimeBodyMark_m);
}

TYPED_TEST(BodyTracking, ARuntimeWhoseSystemHasNoneIsNoMatter) {
  this->runtime.offered.insert(TestFixture::kExtension);
  this->runtime.supports_bodies = false;
  this->begin_with_body({TestFixture::kExtension});
  typename TestFixture::Joints joints;
  ASSERT_EQ(this->locate(this->tracker(), this->stage, joints), XR_SUCCESS);
  this->expect_active(joints);
}

TYPED_TEST(BodyTracking, WithoutAServiceTheRuntimesFunctionsAreItsOwn) {
  this->runtime.offered.insert(TestFixture::kExtension);
  this->begin({TestFixture::kExtension});
  this->stage = this->runtime.add_space({});
  EXPECT_EQ(this->supports_bodies(), XR_TRUE);
  typename TestFixture::Joints joints;
  ASSERT_EQ(this->locate(this->tracker(), this->stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints[TestFixture::Joint::Head].p.x, kRuntimeBodyMark_m);
}

TYPED_TEST(BodyTracking, TimesBeforeTheFirstAreInvalid) {
  this->begin_with_body({TestFixture::kExtension});
  const auto body = this->tracker();
  for (const XrTime t : {XrTime{0}, XrTime{-1}, INT64_MIN}) {
    typename TestFixture::Joints joints;
    EXPECT_EQ(this->locate(body, this->stage, joints, t), XR_ERROR_TIME_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}

TYPED_TEST(BodyTracking, TrackersEndWithTheirSession) {
  this->begin_with_body({TestFixture::kExtension});
  const auto body = this->tracker();
  ASSERT_EQ(this->template get<PFN_xrDestroySession>("xrDestroySession")(this->session),
            XR_SUCCESS);
  typename TestFixture::Joints joints;
  EXPECT_EQ(this->locate(body, this->stage, joints), XR_ERROR_HANDLE_INVALID);
}

}  // namespace
}  // namespace tactus::layer_test
