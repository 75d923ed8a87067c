// XR_EXT_hand_interaction, what hands say: each "must" of musts.txt, where it holds and where it
// bites.
#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

Vec3 axis(const Pose& T, Vec3 v) { return rotate(T.q, v); }
const Pose& joint(const HandPose& hand, HandJoint j) { return hand.T_world_joint[index(j)]; }

TEST_F(EXT_hand_interaction, Must_2_1_Positive_ControllersOfARuntimeWithoutThemGetTheirAim) {
  begin_input();
  const XrAction pinch = make(XR_ACTION_TYPE_POSE_INPUT), poke = make(XR_ACTION_TYPE_POSE_INPUT);
  const XrAction grip = make(XR_ACTION_TYPE_POSE_INPUT);
  EXPECT_EQ(try_bind({{pinch, "/user/hand/left/input/pinch_ext/pose"},
                      {poke, "/user/hand/right/input/poke_ext/pose"},
                      {grip, "/user/hand/left/input/grip/pose"}},
                     kSimpleProfile),
            XR_SUCCESS);
  EXPECT_EQ(
      runtime.suggested[kSimpleProfile],
      (std::vector<std::string>{"/user/hand/left/input/aim/pose", "/user/hand/right/input/aim/pose",
                                "/user/hand/left/input/grip/pose"}));
}
TEST_F(EXT_hand_interaction, Must_2_1_Positive_OfARuntimeThatHasThemTheyAreItsOwn) {
  runtime.offered.insert(kHandInteraction);
  begin_input();
  const XrAction pinch = make(XR_ACTION_TYPE_POSE_INPUT);
  EXPECT_EQ(try_bind({{pinch, "/user/hand/left/input/pinch_ext/pose"}}, kSimpleProfile),
            XR_SUCCESS);
  EXPECT_EQ(runtime.suggested[kSimpleProfile],
            std::vector<std::string>{"/user/hand/left/input/pinch_ext/pose"});
}
TEST_F(EXT_hand_interaction, Must_2_1_Negative_OnlyPosesAndOnlyWithTheExtension) {
  begin_input();
  const XrAction pinch = make(XR_ACTION_TYPE_FLOAT_INPUT);
  EXPECT_EQ(try_bind({{pinch, "/user/hand/left/input/pinch_ext/value"}}, kSimpleProfile),
            XR_ERROR_PATH_UNSUPPORTED);
  ASSERT_EQ(create({}), XR_SUCCESS);
  begin_actions();
  const XrAction without = make(XR_ACTION_TYPE_POSE_INPUT);
  EXPECT_EQ(try_bind({{without, "/user/hand/left/input/pinch_ext/pose"}}, kSimpleProfile),
            XR_ERROR_PATH_UNSUPPORTED);
}

TEST_F(EXT_hand_interaction, Must_2_2_Positive) {
  begin_input();
  const XrSpace space =
      make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/pinch_ext/pose"));
  start();
  const Quat before = where(space).T.q;
  const Quat turn = axis_angle({1, 2, -1}, 0.7f);
  left = shaped_hand(Hand::Left, 0, {turn * T_left.q, T_left.p});
  show();
  EXPECT_LT(length(log_rotation(conjugate(turn * before) * where(space).T.q)), 1e-3f);
}
TEST_F(EXT_hand_interaction, Must_2_2_Negative_ThePlaceOfTheHandDoesNotTurnIt) {
  begin_input();
  const XrSpace space =
      make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/pinch_ext/pose"));
  start();
  const Located before = where(space);
  left = shaped_hand(Hand::Left, 0, {T_left.q, T_left.p + Vec3{0.1f, 0, 0}});
  show();
  EXPECT_LT(length(log_rotation(conjugate(before.T.q) * where(space).T.q)), 1e-3f);
  EXPECT_NEAR(where(space).T.p.x, before.T.p.x + 0.1f, kSame);
}
TEST_F(EXT_hand_interaction, Must_2_3_Positive) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/poke_ext/pose"));
  start();
  close_left(0.6f);
  const Quat tip = joint(left, HandJoint::IndexTip).q;
  EXPECT_LT(length(log_rotation(conjugate(tip) * where(space).T.q)), 1e-3f);
}
TEST_F(EXT_hand_interaction, Must_2_3_Negative_OtherFingersDoNotTurnIt) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/poke_ext/pose"));
  start();
  const Located before = where(space);
  left.T_world_joint[index(HandJoint::MiddleTip)].q = axis_angle({1, 0, 0}, 1.0f);
  show();
  EXPECT_LT(length(log_rotation(conjugate(before.T.q) * where(space).T.q)), kSame);
}

TEST_F(EXT_hand_interaction, Must_aim_pose_Positive) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/aim/pose"));
  start();
  const Pose T = where(space).T;
  const Vec3 ahead = joint(left, HandJoint::IndexProximal).p - joint(left, HandJoint::Wrist).p;
  EXPECT_GT(dot(axis(T, {0, 0, -1}), normalized(ahead)), 0.9999f);
  EXPECT_GT(axis(T, {0, 1, 0}).y, 0.9f) << "palm down, up is up";
}
TEST_F(EXT_hand_interaction, Must_aim_pose_Negative_APinchDoesNotMoveTheRay) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/aim/pose"));
  start();
  const Quat before = where(space).T.q;
  pinch(left, 0);
  EXPECT_LT(length(log_rotation(conjugate(before) * where(space).T.q)), 1e-4f);
}
/// Both palms face each other, fingers ahead: X to the user's right, -Z up out of the fists.
TEST_F(EXT_hand_interaction, Must_grip_pose_Positive) {
  begin_input();
  const XrAction grip = bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose");
  const XrSpace left_grip = make_action_space(grip), right_grip = make_action_space(grip, kRight);
  start();
  left = shaped_hand(Hand::Left, 0, {axis_angle({0, 0, 1}, -kPi / 2), {}});
  right = shaped_hand(Hand::Right, 0, {axis_angle({0, 0, 1}, kPi / 2), {}});
  show();
  for (const auto& [space, hand] : {std::pair{left_grip, &left}, {right_grip, &right}}) {
    const Pose T = where(space).T;
    const float out = hand == &left ? 1.0f : -1.0f;  // x of out of the palm, if palms face
    EXPECT_NEAR(std::abs(axis(T, {1, 0, 0}).x), 1, 0.05f);
    const Vec3 out_of_palm = axis(joint(*hand, HandJoint::Palm), {0, -1, 0});
    EXPECT_GT(out * dot(axis(T, {1, 0, 0}), out_of_palm), 0.99f);
    const Vec3 knuckles =
        joint(*hand, HandJoint::IndexProximal).p - joint(*hand, HandJoint::LittleProximal).p;
    EXPECT_GT(dot(axis(T, {0, 0, -1}), normalized(knuckles)), 0.95f);
    const Vec3 from_palm = T.p - joint(*hand, HandJoint::Palm).p;
    EXPECT_NEAR(dot(from_palm, out_of_palm), hand->radius_m[0], 1e-4f) << "at the skin";
  }
}
TEST_F(EXT_hand_interaction, Must_grip_surface_pose_Positive) {
  version = XR_MAKE_VERSION(1, 1, 0);
  begin_input();
  const XrAction surface = bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip_surface/pose");
  const XrSpace on_left = make_action_space(surface), on_right = make_action_space(surface, kRight);
  start();
  for (const auto& [space, hand] : {std::pair{on_left, &left}, {on_right, &right}}) {
    const Pose T = where(space).T;
    const Pose& palm = joint(*hand, HandJoint::Palm);
    const Vec3 out_of_palm = axis(palm, {0, -1, 0});
    EXPECT_GT(dot(axis(T, {0, 0, -1}), axis(palm, {0, 0, -1})), 0.999f);
    EXPECT_GT((hand == &left ? 1.0f : -1.0f) * dot(axis(T, {1, 0, 0}), out_of_palm), 0.999f);
    EXPECT_LT(length(T.p - palm.p - hand->radius_m[0] * out_of_palm), 1e-4f) << "on the skin";
  }
}
TEST_F(EXT_hand_interaction, Must_grip_surface_pose_Negative_OpenXr10HasNone) {
  begin_input();
  const XrAction surface = make(XR_ACTION_TYPE_POSE_INPUT);
  EXPECT_EQ(try_bind({{surface, "/user/hand/left/input/grip_surface/pose"}}),
            XR_ERROR_PATH_UNSUPPORTED);
}
TEST_F(EXT_hand_interaction, Must_grip_pose_Negative_FingersDoNotMoveIt) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose"));
  start();
  const Pose before = where(space).T;
  close_left(1);
  EXPECT_LT(length(where(space).T.p - before.p), 1e-4f);
  EXPECT_LT(length(log_rotation(conjugate(before.q) * where(space).T.q)), 1e-3f);
}
TEST_F(EXT_hand_interaction, Must_pinch_ext_pose_Positive) {
  begin_input();
  const XrSpace space =
      make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/pinch_ext/pose"));
  start();
  pinch(left, 0);
  const Pose T = where(space).T;
  const Vec3 p_thumb = joint(left, HandJoint::ThumbTip).p,
             p_tip = joint(left, HandJoint::IndexTip).p;
  EXPECT_LT(length(T.p - 0.5f * (p_thumb + p_tip)), kSame) << "where the tips meet";
  const Vec3 knuckles =
      0.5f * (joint(left, HandJoint::ThumbProximal).p + joint(left, HandJoint::IndexProximal).p);
  EXPECT_GT(dot(axis(T, {0, 0, 1}), normalized(knuckles - T.p)), 0.9999f);
  // The thumb's side of a left hand is the palm's +X.
  EXPECT_GT(dot(axis(T, {0, 1, 0}), axis(joint(left, HandJoint::Palm), {1, 0, 0})), 0.7f);
}
TEST_F(EXT_hand_interaction, Must_pinch_ext_pose_Negative_OtherFingersAreNoPartOfIt) {
  begin_input();
  const XrSpace space =
      make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/pinch_ext/pose"));
  start();
  const Pose before = where(space).T;
  left.T_world_joint[index(HandJoint::RingTip)].p.y += 0.1f;
  show();
  EXPECT_LT(length(where(space).T.p - before.p), kSame);
}
TEST_F(EXT_hand_interaction, Must_poke_ext_pose_Positive) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/poke_ext/pose"));
  start();
  const Pose T = where(space).T;
  const float radius_m = left.radius_m[index(HandJoint::IndexTip)];
  const Vec3 p_centre = T * Vec3{0, 0, radius_m};
  EXPECT_LT(length(p_centre - joint(left, HandJoint::IndexTip).p), kSame)
      << "of the fingertip's ball";
  const Vec3 back = joint(left, HandJoint::IndexDistal).p - joint(left, HandJoint::IndexTip).p;
  EXPECT_GT(dot(axis(T, {0, 0, 1}), normalized(back)), 0.99f) << "along the last bone";
}
TEST_F(EXT_hand_interaction, Must_poke_ext_pose_Negative_TheThumbIsNoPartOfIt) {
  begin_input();
  const XrSpace space = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/poke_ext/pose"));
  start();
  const Pose before = where(space).T;
  left.T_world_joint[index(HandJoint::ThumbTip)].p.y += 0.1f;
  show();
  EXPECT_LT(length(where(space).T.p - before.p), kSame);
}

TEST_F(EXT_hand_interaction, Must_3_1_Positive_ARelaxedHandDoesNotPinch) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  start();
  for (const float closed : {0.0f, 0.15f, 0.3f}) {
    close_left(closed);
    sync();
    EXPECT_EQ(number(value).currentState, 0) << closed;
  }
}
TEST_F(EXT_hand_interaction, Must_3_1_Negative_OneThatPinchesDoes) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  start();
  pinch(left, 0.0155f);
  sync();
  EXPECT_NEAR(number(value).currentState, 0.5f, 1e-2f) << "linear in the distance";
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
  EXPECT_EQ(number(value, kRight).currentState, 0);
}
TEST_F(EXT_hand_interaction, Must_3_2_Positive_WhoIsNotReadyDoesNotPinch) {
  begin_input();
  const XrAction value = make(XR_ACTION_TYPE_FLOAT_INPUT),
                 ready = make(XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/pinch_ext/value"},
                      {ready, "/user/hand/left/input/pinch_ext/ready_ext"}}),
            XR_SUCCESS);
  start();
  left.origin = PoseOrigin::Held;
  pinch(left, 0);
  sync();
  EXPECT_EQ(boolean(ready).currentState, XR_FALSE);
  EXPECT_EQ(number(value).currentState, 0);
  close_left(0.9f);  // measured again, a fist
  sync();
  EXPECT_EQ(boolean(ready).currentState, XR_FALSE);
  EXPECT_EQ(number(value).currentState, 0);
}
TEST_F(EXT_hand_interaction, Must_3_2_Negative) {
  begin_input();
  const XrAction value = make(XR_ACTION_TYPE_FLOAT_INPUT),
                 ready = make(XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/pinch_ext/value"},
                      {ready, "/user/hand/left/input/pinch_ext/ready_ext"}}),
            XR_SUCCESS);
  start();
  EXPECT_EQ(boolean(ready).currentState, XR_TRUE) << "about to";
  pinch(left, 0);
  sync();
  EXPECT_EQ(boolean(ready).currentState, XR_TRUE);
  EXPECT_EQ(number(value).currentState, 1);
}
TEST_F(EXT_hand_interaction, Must_3_3_Positive) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/aim_activate_ext/value");
  start();
  left.origin = PoseOrigin::Held;
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).currentState, 0);
}
TEST_F(EXT_hand_interaction, Must_3_3_Negative) {
  begin_input();
  const XrAction value = make(XR_ACTION_TYPE_FLOAT_INPUT),
                 ready = make(XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/aim_activate_ext/value"},
                      {ready, "/user/hand/left/input/aim_activate_ext/ready_ext"}}),
            XR_SUCCESS);
  start();
  pinch(left, 0);
  sync();
  EXPECT_EQ(boolean(ready).currentState, XR_TRUE);
  EXPECT_EQ(number(value).currentState, 1);
}
TEST_F(EXT_hand_interaction, Must_3_4_Positive_ARelaxedHandDoesNotGrasp) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/grasp_ext/value");
  start();
  for (const float closed : {0.0f, 0.15f, 0.3f}) {
    close_left(closed);
    sync();
    EXPECT_EQ(number(value).currentState, 0) << closed;
  }
}
TEST_F(EXT_hand_interaction, Must_3_4_Negative_AFistDoes) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/grasp_ext/value");
  start();
  float before = 0;
  for (const float closed : {0.5f, 0.6f, 0.7f}) {
    close_left(closed);
    sync();
    EXPECT_GT(number(value).currentState, before) << closed;
    before = number(value).currentState;
  }
  close_left(1);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
  EXPECT_EQ(number(value, kRight).currentState, 0);
}
TEST_F(EXT_hand_interaction, Must_3_5_Positive) {
  begin_input();
  const XrAction value = make(XR_ACTION_TYPE_FLOAT_INPUT),
                 ready = make(XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/grasp_ext/value"},
                      {ready, "/user/hand/left/input/grasp_ext/ready_ext"}}),
            XR_SUCCESS);
  start();
  close_left(1);
  left.origin = PoseOrigin::Held;
  show();
  sync();
  EXPECT_EQ(boolean(ready).currentState, XR_FALSE);
  EXPECT_EQ(number(value).currentState, 0);
}
TEST_F(EXT_hand_interaction, Must_3_5_Negative) {
  begin_input();
  const XrAction value = make(XR_ACTION_TYPE_FLOAT_INPUT),
                 ready = make(XR_ACTION_TYPE_BOOLEAN_INPUT);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/grasp_ext/value"},
                      {ready, "/user/hand/left/input/grasp_ext/ready_ext"}}),
            XR_SUCCESS);
  start();
  close_left(1);
  sync();
  EXPECT_EQ(boolean(ready).currentState, XR_TRUE);
  EXPECT_EQ(number(value).currentState, 1);
}

}  // namespace
}  // namespace tactus::layer_test
