// [docs/XR_TACTUSX_touch_preview.md] bodies, their bones, contacts, STOP.
#include <algorithm>
#include <cstring>

#include "tactus/base/hand_patches.h"
#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(TouchTest, CreateTouchBody_UnsupportedSystemIsFeatureUnsupported) {
  begin({kTouch});
  EXPECT_EQ(try_create_body(tube), XR_ERROR_FEATURE_UNSUPPORTED);
}

TEST_F(TouchTest, CreateTouchBody_DataReachesTheServiceInASealedFile) {
  begin_touch();
  create_body();
  ASSERT_TRUE(service->await(ipc::Kind::CreateBody, 1));
  const Message message = service->received(ipc::Kind::CreateBody).front();
  EXPECT_EQ(message.attached, tube);
  EXPECT_EQ(message.head<ipc::CreateBody>().bytes, tube.size());
}

TEST_F(TouchTest, CreateTouchBody_DataThatIsNoBodyIsAValidationFailure) {
  begin_touch();
  EXPECT_EQ(try_create_body({}), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(try_create_body(std::span(tube).first(100)), XR_ERROR_VALIDATION_FAILURE);
  std::vector<std::byte> spoilt = tube;
  spoilt[200] ^= std::byte{1};
  EXPECT_EQ(try_create_body(spoilt), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(body, XR_NULL_HANDLE);
  poll_all();
  EXPECT_TRUE(service->received(ipc::Kind::CreateBody).empty());
}

TEST_F(TouchTest, CreateTouchBody_DataNeedNotBeAligned) {
  begin_touch();
  std::vector<std::byte> shifted(tube.size() + 1);
  std::copy(tube.begin(), tube.end(), shifted.begin() + 1);
  EXPECT_EQ(try_create_body(std::span(shifted).subspan(1)), XR_SUCCESS);
}

TEST_F(TouchTest, CreateTouchBody_ArgumentsAreChecked) {
  begin_touch();
  const auto create_touch_body = get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX");
  XrTouchBodyCreateInfoTACTUSX info{XR_TYPE_TOUCH_BODY_POSES_TACTUSX, nullptr,
                                    static_cast<uint32_t>(tube.size()), tube.data()};
  EXPECT_EQ(create_touch_body(session, &info, &body), XR_ERROR_VALIDATION_FAILURE);
  info.type = XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX;
  EXPECT_EQ(create_touch_body(session, &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(create_touch_body(session, nullptr, &body), XR_ERROR_VALIDATION_FAILURE);
  info.data = nullptr;
  EXPECT_EQ(create_touch_body(session, &info, &body), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(create_touch_body(reinterpret_cast<XrSession>(0xbad), &info, &body),
            XR_ERROR_HANDLE_INVALID);
}

TEST_F(TouchTest, CreateTouchBody_EightAtOnceAndNotNine) {
  begin_touch();
  XrTouchBodyTACTUSX last = XR_NULL_HANDLE;
  for (std::size_t i = 0; i < ipc::kMaxBodiesPerClient; ++i) last = create_body();
  EXPECT_EQ(try_create_body(tube), XR_ERROR_LIMIT_REACHED);
  EXPECT_EQ(destroy_body(last), XR_SUCCESS);
  EXPECT_EQ(try_create_body(tube), XR_SUCCESS);
}

TEST_F(TouchTest, DestroyTouchBody_TellsTheServiceAndEndsTheHandle) {
  begin_touch();
  create_body();
  EXPECT_EQ(destroy_body(body), XR_SUCCESS);
  EXPECT_EQ(destroy_body(body), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(update(body, poses(stage)), XR_ERROR_HANDLE_INVALID);
  ASSERT_TRUE(service->await(ipc::Kind::DestroyBody, 1));
  EXPECT_EQ(service->received(ipc::Kind::DestroyBody)[0].head<ipc::DestroyBody>().body,
            service->received(ipc::Kind::CreateBody)[0].head<ipc::CreateBody>().body);
}

TEST_F(TouchTest, DestroySession_BodiesGoWithItAndFocusEnds) {
  begin_touch();
  create_body();
  ASSERT_TRUE(service->await(ipc::Kind::CreateBody, 1));
  ASSERT_EQ(get<PFN_xrDestroySession>("xrDestroySession")(session), XR_SUCCESS);
  EXPECT_EQ(update(body, poses(stage)), XR_ERROR_HANDLE_INVALID);
  EXPECT_TRUE(service->await(ipc::Kind::DestroyBody, 1));
  ASSERT_TRUE(service->await(ipc::Kind::Focus, 2));
  EXPECT_EQ(service->received(ipc::Kind::Focus).back().head<ipc::Focus>().focused, 0u);
}

TEST_F(TouchTest, UpdateTouchBody_BonesArriveInWorldAtTheHostsTimeOfDisplay) {
  begin_touch();
  create_body();
  const Pose T_stage_space{axis_angle({0, 1, 0.3f}, 0.8f), {0.2f, 0.1f, -1}};
  const XrSpace space = runtime.add_space({.T_stage_space = T_stage_space});
  ASSERT_EQ(update(body, poses(space)), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::BodyFrame, 1));
  const Message message = service->received(ipc::Kind::BodyFrame).front();
  const auto frame = message.head<ipc::BodyFrame>();
  EXPECT_EQ(frame.t_shown_ns, host(kNow).time_since_epoch().count());
  EXPECT_EQ(frame.bone_count, 2u);
  EXPECT_EQ(frame.epoch, 0u);
  ASSERT_EQ(message.body.size(), sizeof(frame) + 2 * sizeof(Pose));
  std::array<Pose, 2> T_world_bone;
  std::memcpy(T_world_bone.data(), message.body.data() + sizeof(frame), sizeof(T_world_bone));
  for (std::size_t i = 0; i < 2; ++i) {
    const Pose expected = T_stage_space * Pose{quat(bones[i].orientation), vec(bones[i].position)};
    EXPECT_LT(length(T_world_bone[i].p - expected.p), kTolerance_m);
    EXPECT_LT(length(log_rotation(conjugate(expected.q) * T_world_bone[i].q)), 1e-4f);
  }
}

TEST_F(TouchTest, UpdateTouchBody_ArgumentsAreChecked) {
  begin_touch();
  create_body();
  auto wrong = poses(stage);
  wrong.type = XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX;
  EXPECT_EQ(update(body, wrong), XR_ERROR_VALIDATION_FAILURE);
  wrong = poses(stage);
  wrong.boneCount = 1;
  EXPECT_EQ(update(body, wrong), XR_ERROR_VALIDATION_FAILURE);
  wrong.boneCount = 129;
  EXPECT_EQ(update(body, wrong), XR_ERROR_VALIDATION_FAILURE);
  wrong = poses(stage);
  wrong.bones = nullptr;
  EXPECT_EQ(update(body, wrong), XR_ERROR_VALIDATION_FAILURE);
  wrong = poses(stage);
  wrong.displayTime = 0;
  EXPECT_EQ(update(body, wrong), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(update(body, poses(reinterpret_cast<XrSpace>(0xbad))), XR_ERROR_HANDLE_INVALID);
  bones[1].orientation.w = 0;
  EXPECT_EQ(update(body, poses(stage)), XR_ERROR_POSE_INVALID);
  bones[1] = {{0, 0, 0, 1}, {std::nanf(""), 0, 0}};
  EXPECT_EQ(update(body, poses(stage)), XR_ERROR_POSE_INVALID);
}

TEST_F(TouchTest, UpdateTouchBody_RecentreOfALocalAnchorBeginsANewEpochAtItsTime) {
  runtime.has_stage = false;
  begin_touch();
  create_body();
  runtime.post_space_change(session, XR_REFERENCE_SPACE_TYPE_LOCAL, kNow, true, {{}, {0, 0, 1}});
  poll_all();
  auto before = poses(stage);
  before.displayTime = kNow - 1;
  ASSERT_EQ(update(body, before), XR_SUCCESS);
  ASSERT_EQ(update(body, poses(stage)), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::BodyFrame, 2));
  const auto frames = service->received(ipc::Kind::BodyFrame);
  EXPECT_EQ(frames[0].head<ipc::BodyFrame>().epoch + 1, frames[1].head<ipc::BodyFrame>().epoch);
}

TEST_F(TouchTest, GetTouchContacts_TwoCallsAndEverythingInBaseSpace) {
  begin_touch();
  publish_contacts({some_contact(Hand::Left), some_contact(Hand::Right)});
  const Pose T_stage_base{axis_angle({0, 1, 0}, kPi / 2), {1, 0, 0}};
  const XrSpace base = runtime.add_space({.T_stage_space = T_stage_base});
  ASSERT_EQ(get_contacts(base, 0), XR_SUCCESS);
  EXPECT_EQ(contacts.contactCountOutput, 2u);
  EXPECT_EQ(get_contacts(base, 1), XR_ERROR_SIZE_INSUFFICIENT);
  EXPECT_EQ(contacts.contactCountOutput, 2u);
  ASSERT_EQ(get_contacts(base, 32), XR_SUCCESS);
  EXPECT_EQ(contacts.isActive, XR_TRUE);
  const Contact published = some_contact(Hand::Left);
  const Vec3 p_base = inverse(T_stage_base) * published.p_world;
  EXPECT_LT(length(vec(contact[0].position) - p_base), kTolerance_m);
  EXPECT_LT(length(vec(contact[0].normal) - Vec3{-1, 0, 0}), 1e-5f);
  EXPECT_EQ(contact[0].hand, XR_HAND_LEFT_EXT);
  EXPECT_EQ(contact[1].hand, XR_HAND_RIGHT_EXT);
  EXPECT_EQ(contact[0].joint, XR_HAND_JOINT_INDEX_TIP_EXT);
  EXPECT_EQ(contact[0].actuator, 2u);
  EXPECT_EQ(contact[0].region, 2u);
  EXPECT_FLOAT_EQ(contact[0].depth, 0.002f);
  EXPECT_FLOAT_EQ(contact[0].force, 0.7f);
  EXPECT_FLOAT_EQ(contact[0].slipSpeed, 0.05f);
  EXPECT_EQ(contact[0].since, kNow - 300'000'000);
}

TEST_F(TouchTest, GetTouchContacts_InactiveWithoutFocusGloveOrService) {
  begin_touch();
  publish_contacts({some_contact(Hand::Left)});
  enter(XR_SESSION_STATE_VISIBLE);
  const auto is_inactive = [&](XrTime time) {
    return get_contacts(stage, 32, time) == XR_SUCCESS && contacts.isActive == XR_FALSE &&
           contacts.contactCountOutput == 0;
  };
  EXPECT_TRUE(is_inactive(kNow));
  enter(XR_SESSION_STATE_FOCUSED);
  EXPECT_FALSE(is_inactive(kNow));
  service->beat(host(kNow), false, false);
  EXPECT_TRUE(is_inactive(kNow));
  service->beat(host(kNow), true, true);
  EXPECT_TRUE(is_inactive(kNow + 100'000'001)) << "the service is dead";
}

TEST_F(TouchTest, GetTouchContacts_OnlyOfTheGloveThatIsOn) {
  begin_touch();
  publish_contacts({some_contact(Hand::Left), some_contact(Hand::Right)});
  service->beat(host(kNow), false, true);
  ASSERT_EQ(get_contacts(stage, 32), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 1u);
  EXPECT_EQ(contact[0].hand, XR_HAND_RIGHT_EXT);
}

TEST_F(TouchTest, GetTouchContacts_UnsoundContactsOfAServiceAreNotShown) {
  begin_touch();
  Contact bad_actuator = some_contact(Hand::Left);
  bad_actuator.actuator = kPatches;
  Contact bad_hand = some_contact(Hand::Left);
  bad_hand.hand = static_cast<Hand>(2);
  Contact bad_place = some_contact(Hand::Left);
  bad_place.p_world.x = std::nanf("");
  publish_contacts({bad_actuator, bad_hand, bad_place, some_contact(Hand::Right)});
  ASSERT_EQ(get_contacts(stage, 32), XR_SUCCESS);
  EXPECT_EQ(contacts.contactCountOutput, 1u);
}

TEST_F(TouchTest, GetTouchContacts_SkinWithoutAnActuatorIsTouchedToo) {
  begin_touch();
  Contact segment = some_contact(Hand::Left);
  segment.actuator = kPatches - 1;
  publish_contacts({segment});
  ASSERT_EQ(get_contacts(stage, 32), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 1u);
  EXPECT_EQ(contact[0].actuator, XR_TOUCH_NO_ACTUATOR_TACTUSX);
  EXPECT_EQ(contact[0].joint, static_cast<XrHandJointEXT>(kPatchSites.back().joint));
}

TEST_F(TouchTest, GetTouchContacts_ArgumentsAreChecked) {
  begin_touch();
  EXPECT_EQ(get_contacts(stage, 32, 0), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(get_contacts(reinterpret_cast<XrSpace>(0xbad), 32), XR_ERROR_HANDLE_INVALID);
  const auto get_touch = get<PFN_xrGetTouchContactsTACTUSX>("xrGetTouchContactsTACTUSX");
  XrTouchContactsGetInfoTACTUSX info{XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, nullptr, stage, kNow};
  contacts = {XR_TYPE_TOUCH_CONTACTS_TACTUSX, nullptr, 0, 1, 0, nullptr};
  EXPECT_EQ(get_touch(session, &info, &contacts), XR_ERROR_VALIDATION_FAILURE);
  contacts.type = XR_TYPE_TOUCH_BODY_POSES_TACTUSX;
  EXPECT_EQ(get_touch(session, &info, &contacts), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(get_touch(session, nullptr, &contacts), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(TouchTest, StopTouch_ReachesTheServiceAtOnceAndResumeToo) {
  begin_touch();
  ASSERT_EQ(get<PFN_xrStopTouchTACTUSX>("xrStopTouchTACTUSX")(session), XR_SUCCESS);
  EXPECT_TRUE(service->await(ipc::Kind::Stop, 1));
  ASSERT_EQ(get<PFN_xrResumeTouchTACTUSX>("xrResumeTouchTACTUSX")(session), XR_SUCCESS);
  EXPECT_TRUE(service->await(ipc::Kind::Resume, 1));
  EXPECT_EQ(get<PFN_xrStopTouchTACTUSX>("xrStopTouchTACTUSX")(nullptr), XR_ERROR_HANDLE_INVALID);
}

TEST_F(TouchTest, Focus_FollowsTheStateOfTheSession) {
  begin_touch();
  enter(XR_SESSION_STATE_VISIBLE);
  enter(XR_SESSION_STATE_SYNCHRONIZED);  // says nothing new
  enter(XR_SESSION_STATE_FOCUSED);
  ASSERT_TRUE(service->await(ipc::Kind::Focus, 3));
  std::vector<std::uint32_t> said;
  for (const Message& m : service->received(ipc::Kind::Focus)) {
    said.push_back(m.head<ipc::Focus>().focused);
  }
  EXPECT_EQ(said, (std::vector<std::uint32_t>{1, 0, 1}));
}

TEST_F(TouchTest, Focus_EndsBeforeTheInstanceDoes) {
  begin_touch();
  ASSERT_EQ(get<PFN_xrDestroyInstance>("xrDestroyInstance")(instance), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::Focus, 2));
  EXPECT_EQ(service->received(ipc::Kind::Focus).back().head<ipc::Focus>().focused, 0u);
}

}  // namespace
}  // namespace tactus::layer_test
