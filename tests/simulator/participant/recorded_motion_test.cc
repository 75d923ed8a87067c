// Truth: a skeleton written here, in centimetres and facing the wrong way, whose hands' ways are
// known.
#include "tactus/simulator/recorded_motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>

#include "model_child.h"
#include "tactus/simulator/participant.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kFrame_s = 1.0 / 30;

/// A person 170 units tall with arms out to the sides, palms down, standing at (300, 90, -40) with
/// its hips turned by `yaw_deg` about Y; BVH skeletons face +Z at rest. The right arm turns about
/// the shoulder's Y by `swing_deg(frame)`: 90 points it forward.
template <class Swing>
std::string skeleton(double yaw_deg, int frames, Swing swing_deg) {
  std::string text =
      "HIERARCHY\nROOT Hips\n{\n OFFSET 0 0 0\n CHANNELS 6 Xposition Yposition Zposition "
      "Yrotation Xrotation Zrotation\n"
      " JOINT Head { OFFSET 0 60 0 CHANNELS 3 Yrotation Xrotation Zrotation End Site { OFFSET 0 20 "
      "0 } }\n"
      " JOINT LeftArm { OFFSET 18 45 0 CHANNELS 3 Yrotation Xrotation Zrotation\n"
      "  JOINT LeftHand { OFFSET 52 0 0 CHANNELS 3 Yrotation Xrotation Zrotation End Site { OFFSET "
      "18 0 0 } } }\n"
      " JOINT RightArm { OFFSET -18 45 0 CHANNELS 3 Yrotation Xrotation Zrotation\n"
      "  JOINT RightHand { OFFSET -52 0 0 CHANNELS 3 Yrotation Xrotation Zrotation End Site { "
      "OFFSET -18 0 0 } } }\n"
      " JOINT LeftUpLeg { OFFSET 9 0 0 CHANNELS 3 Yrotation Xrotation Zrotation End Site { OFFSET "
      "0 -90 0 } }\n"
      " JOINT RightUpLeg { OFFSET -9 0 0 CHANNELS 3 Yrotation Xrotation Zrotation End Site { "
      "OFFSET 0 -90 0 } }\n}\n";
  text += "MOTION\nFrames: " + std::to_string(frames) + "\nFrame Time: 0.0333333333\n";
  for (int f = 0; f < frames; ++f) {
    text += "300 90 -40 " + std::to_string(yaw_deg) + " 0 0 0 0 0 0 0 0 0 0 0 " +
            std::to_string(swing_deg(f)) + " 0 0 0 0 0 0 0 0 0 0 0\n";
  }
  return text;
}

RecordedMotion motion_of(const std::string& text) {
  const auto bvh = read_bvh(text);
  EXPECT_TRUE(bvh) << describe(bvh.error());
  auto motion = recorded_motion(*bvh);
  EXPECT_TRUE(motion) << motion.error();
  return *std::move(motion);
}

void expect_near(V3d a, V3d b, double tolerance_m) {
  EXPECT_NEAR(a.x, b.x, tolerance_m);
  EXPECT_NEAR(a.y, b.y, tolerance_m);
  EXPECT_NEAR(a.z, b.z, tolerance_m);
}

TEST(RecordedMotion, StandsOnTheFloorAtTheOriginAndFacesAhead) {
  for (const double yaw_deg : {0.0, 137.0}) {
    const RecordedMotion motion = motion_of(skeleton(yaw_deg, 2, [](int) { return 0.0; }));
    const RecordedFrame& frame = motion.frames.front();
    expect_near(frame.T_stage_wrist[0].p, {-0.70, 1.35, 0}, 1e-6);
    expect_near(frame.T_stage_wrist[1].p, {0.70, 1.35, 0}, 1e-6);
    expect_near(rotate(frame.T_stage_head.q, {0, 0, -1}), {0, 0, -1}, 1e-6);
    EXPECT_GT(frame.T_stage_head.p.y, 1.5);
    EXPECT_LT(frame.T_stage_head.p.y, 1.7);
    EXPECT_LT(frame.T_stage_head.p.z, -0.03);
    // Palms down, fingers outwards.
    for (std::size_t h = 0; h < kHands; ++h) {
      const double side = h == 0 ? -1 : 1;
      expect_near(rotate(frame.T_stage_wrist[h].q, {0, 0, -1}), {side, 0, 0}, 1e-6);
      expect_near(rotate(frame.T_stage_wrist[h].q, {0, 1, 0}), {0, 1, 0}, 1e-6);
    }
  }
}

TEST(RecordedMotion, ArmSwingsForward) {
  const RecordedMotion motion = motion_of(skeleton(50, 2, [](int f) { return f == 0 ? 0 : 90; }));
  const Pose3d& wrist = motion.frames[1].T_stage_wrist[1];
  expect_near(wrist.p, {0.18, 1.35, -0.52}, 1e-6);
  expect_near(rotate(wrist.q, {0, 0, -1}), {0, 0, -1}, 1e-6);
  expect_near(rotate(wrist.q, {0, 1, 0}), {0, 1, 0}, 1e-6);
}

TEST(RecordedMotion, IsSmoothBetweenFramesAndHeldOutside) {
  const RecordedMotion motion =
      motion_of(skeleton(0, 60, [](int f) { return 45 * std::sin(0.2 * f); }));
  constexpr double kStep = 1e-3;
  const auto x = [&](double t) { return motion.at(t).T_stage_wrist[1].p.z; };
  double largest = 0;
  for (double t = 0.1; t < 1.9; t += kStep) {
    const double third =
        (x(t + 2 * kStep) - 3 * x(t + kStep) + 3 * x(t) - x(t - kStep)) / (kStep * kStep * kStep);
    largest = std::max(largest, std::fabs(third));
  }
  // 0.52 m of arm, 45 degrees at 6 rad/s: third derivative about 88 m/s^3, splines somewhat more.
  EXPECT_LT(largest, 300);
  EXPECT_GT(largest, 40);
  EXPECT_EQ(x(-1), x(0));
  EXPECT_EQ(x(99), x(motion.duration_s()));
}

TEST(RecordedMotion, SaysWhatASkeletonLacks) {
  std::string text = skeleton(0, 1, [](int) { return 0.0; });
  text.replace(text.find("LeftHand"), 8, "LeftHook");
  const auto bvh = read_bvh(text);
  ASSERT_TRUE(bvh);
  const auto motion = recorded_motion(*bvh);
  ASSERT_FALSE(motion);
  EXPECT_NE(motion.error().find("wrist"), std::string::npos);
}

TEST(RecordedMotion, ParticipantShowsTheCuesAndThenTheMotion) {
  const RecordedMotion motion =
      motion_of(skeleton(0, 90, [](int f) { return 60 * std::sin(0.05 * f); }));
  Participant person({}, motion);
  const double begin_s = person.end_s() - 0.5 - motion.duration_s();
  while (person.now_s() < begin_s + 1) person.step({});
  const double t_s = person.now_s();
  expect_near(person.hand_at(Hand::Right, t_s).T_world_wrist.p,
              motion.at(t_s - begin_s).T_stage_wrist[1].p, 1e-4);
  expect_near(person.head_at(t_s).p, motion.at(t_s - begin_s).T_stage_head.p, 1e-4);
  EXPECT_GT(begin_s, kThumbsUp.to_s + 0.5);
}

/// A hand of the child's height that sweeps slowly through where her head could be.
RecordedMotion sweeping() {
  RecordedMotion motion;
  motion.frame_time_s = kFrame_s;
  for (int f = 0; f < 240; ++f) {
    const double s = std::sin(2 * std::numbers::pi * f / 240);
    const double c = std::cos(2 * std::numbers::pi * f / 240);
    RecordedFrame frame;
    frame.T_stage_head = {{}, {0, 1.5, 0}};
    frame.T_stage_wrist[0] = {{}, {-0.4, 0.3, 0.3}};
    frame.T_stage_wrist[1] = {{}, {0.2 + 0.12 * s, 1.05 + 0.10 * c, -0.35}};
    motion.frames.push_back(frame);
  }
  return motion;
}

TEST(Placement, PutsTheChildWhereTheHandsTouchThreeRegions) {
  const TrueBody body = model_child();
  const RecordedMotion motion = sweeping();
  const auto place = place_within_reach(motion, kMediumBones, body, {});
  ASSERT_TRUE(place);
  EXPECT_GE(place->regions, 3);
  EXPECT_GT(place->touching_s, 0.3);
  EXPECT_DOUBLE_EQ(place->y_m, 0);
  // The truth agrees that she is touched there.
  const Pose3d T_stage_model{turn({0, 1, 0}, place->yaw_rad), {place->x_m, 0, place->z_m}};
  std::vector<Pose3d> bones;
  for (const TrueBody::Bone& bone : body.bones) bones.push_back(T_stage_model * bone.T_rest_bone);
  PosedBody posed;
  posed.pose(body, bones);
  bool touched = false;
  for (const RecordedFrame& frame : motion.frames) {
    const TrueHand hand{Hand::Right, frame.T_stage_wrist[1], {}, kMediumBones};
    for (const TruthContact& contact : truth_contacts(posed, hand)) {
      touched = touched || contact.touching();
    }
  }
  EXPECT_TRUE(touched);
  const auto again = place_within_reach(motion, kMediumBones, body, {});
  EXPECT_EQ(again->x_m, place->x_m);
  EXPECT_EQ(again->yaw_rad, place->yaw_rad);
}

TEST(Placement, HandsThatReachNothingHaveNoPlace) {
  RecordedMotion motion = sweeping();
  for (RecordedFrame& frame : motion.frames) {
    for (Pose3d& wrist : frame.T_stage_wrist) wrist.p.y = 2.2;
  }
  EXPECT_FALSE(place_within_reach(motion, kMediumBones, model_child(), {}));
}

}  // namespace
}  // namespace tactus::simulator
