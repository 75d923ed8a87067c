// Laws of the child's motion: limbs reach, glances are shared and bounded, nothing ever jumps.
#include <gtest/gtest.h>

#include <random>

#include "child_skeleton.h"
#include "scene/world/child.h"
#include "scene/world/gaze.h"
#include "scene/world/life.h"

namespace tactus::scene {
namespace {

constexpr float kReachTolerance_m = 1e-4f;
constexpr float kAngleTolerance_rad = 0.1f * kRadPerDeg;

float angle_between(const Quat& a, const Quat& b) { return a.angularDistance(b); }

Pose facing_her(const Vec3& p_head) { return look_at(p_head, {0, p_head.y(), 0}); }

Limb left_arm() { return {{0.088f, 0.795f, 0}, {0.225f, 0.795f, 0}, {0.355f, 0.795f, 0}}; }

TEST(Reach, EndsAtEveryTargetWithinTheLimb) {
  const Limb limb = left_arm();
  std::mt19937 random(7);
  std::uniform_real_distribution<float> spread(-1, 1), far(0.05f, 0.25f);
  for (int i = 0; i < 1000; ++i) {
    const Vec3 n = direction({spread(random), spread(random), spread(random)}, Vec3::UnitX());
    const Vec3 target = limb.p_root + far(random) * n;
    const LimbPose pose = reach(limb, limb.p_root, target, {0.3f, -1, -0.4f});
    EXPECT_LT((pose.p_end - target).norm(), kReachTolerance_m) << "target " << target.transpose();
  }
}

TEST(Reach, TurnsTheBonesToWhereItSaysTheJointsAre) {
  const Limb limb = left_arm();
  const LimbPose pose = reach(limb, {0.09f, 0.8f, 0.01f}, {0.1f, 0.65f, 0.17f}, {0.3f, -1, -0.4f});
  const Vec3 p_mid = Vec3(0.09f, 0.8f, 0.01f) + pose.q_model_upper * (limb.p_mid - limb.p_root);
  const Vec3 p_end = p_mid + pose.q_model_lower * (limb.p_end - limb.p_mid);
  EXPECT_LT((p_mid - pose.p_mid).norm(), kReachTolerance_m);
  EXPECT_LT((p_end - pose.p_end).norm(), kReachTolerance_m);
}

TEST(Reach, BendsTowardsThePole) {
  const Limb limb = left_arm();
  const Vec3 target = limb.p_root + Vec3(0, -0.05f, 0.19f);
  for (const Vec3& pole : {Vec3(0, -1, 0), Vec3(1, 0, 0), Vec3(-1, 0.2f, 0)}) {
    const LimbPose pose = reach(limb, limb.p_root, target, pole);
    const Vec3 middle = 0.5f * (limb.p_root + target);
    EXPECT_GT((pose.p_mid - middle).dot(pole), 0.02f);
  }
}

TEST(Reach, NeverJumpsOnTheWayOutOfReach) {
  const Limb limb = left_arm();
  constexpr float kStep_m = 1e-3f, kMostPerStep_m = 6e-3f;
  Vec3 last = Vec3::Zero();
  for (int i = 0; i < 400; ++i) {
    const Vec3 target = limb.p_root + (0.1f + kStep_m * static_cast<float>(i)) * Vec3::UnitZ();
    const LimbPose pose = reach(limb, limb.p_root, target, {0, -1, 0});
    EXPECT_TRUE(pose.p_mid.allFinite());
    EXPECT_LT((pose.p_end - limb.p_root).norm(), 0.267f);
    if (i > 0) {
      EXPECT_LT((pose.p_mid - last).norm(), kMostPerStep_m) << "at step " << i;
    }
    last = pose.p_mid;
  }
}

TEST(Gaze, LeavesSmallGlancesToTheEyes) {
  for (const float deg : {-5.0f, 0.0f, 3.0f}) {
    const GazeShares shares = share_gaze({deg * kRadPerDeg, -deg * kRadPerDeg});
    EXPECT_EQ(shares.head.yaw_rad, 0);
    EXPECT_EQ(shares.head.pitch_rad, 0);
    EXPECT_EQ(shares.back.yaw_rad, 0);
  }
}

TEST(Gaze, HeadTakesWhatIsBeyondTwelveDegrees) {
  const GazeShares shares = share_gaze({30 * kRadPerDeg, 0});
  EXPECT_NEAR(shares.head.yaw_rad, 18 * kRadPerDeg, 1 * kRadPerDeg);
  EXPECT_NEAR(shares.back.yaw_rad, 0, kAngleTolerance_rad);
}

TEST(Gaze, StaysWithinWhatANeckCanDoAndKeepsItsSide) {
  for (int deg = -180; deg <= 180; ++deg) {
    const float wanted = static_cast<float>(deg) * kRadPerDeg;
    const GazeShares shares = share_gaze({wanted, 0.5f * wanted});
    EXPECT_LE(std::fabs(shares.head.yaw_rad), 60 * kRadPerDeg);
    EXPECT_LE(std::fabs(shares.head.pitch_rad), 40 * kRadPerDeg);
    EXPECT_LE(std::fabs(shares.back.yaw_rad), 20 * kRadPerDeg);
    EXPECT_GE(shares.head.yaw_rad * wanted, 0);
    const Angles eyes = limit_eyes({wanted, wanted});
    EXPECT_LE(std::fabs(eyes.yaw_rad), 35 * kRadPerDeg);
    EXPECT_LE(std::fabs(eyes.pitch_rad), 28 * kRadPerDeg);
  }
}

TEST(Gaze, TurnsForwardToTheTarget) {
  const Vec3 eye(0.1f, 1, 0.2f), target(0.4f, 1.3f, 0.9f);
  const Vec3 n = turn_to(angles_to(eye, target)) * Vec3::UnitZ();
  EXPECT_LT(std::acos(std::min(n.dot((target - eye).normalized()), 1.0f)), kAngleTolerance_rad);
}

TEST(Gaze, LetsGoOfWhatGoesRoundBehindHerWithoutAJump) {
  float last = 0;
  for (int tenth = 0; tenth <= 3600; ++tenth) {
    const float a = 0.1f * static_cast<float>(tenth) * kRadPerDeg;
    const float yaw =
        share_gaze(angles_to(Vec3::Zero(), {std::sin(a), 0, std::cos(a)})).head.yaw_rad;
    EXPECT_LT(std::fabs(yaw - last), 0.6f * kRadPerDeg) << "at " << tenth / 10.0 << " deg";
    last = yaw;
  }
}

TEST(Life, BlinksAreShortAndTwoToSixSecondsApart) {
  constexpr double kStep_s = 0.005;
  double last_s = -10;
  bool closed = false;
  int blinks = 0;
  for (double t = 0; t < 300; t += kStep_s) {
    const float lids = blink(t);
    ASSERT_GE(lids, 0);
    ASSERT_LE(lids, 1);
    if (lids > 0 && !closed) {
      if (blinks++ > 0) {
        EXPECT_GE(t - last_s, 2.0 - 0.02);
        EXPECT_LE(t - last_s, 6.0 + 0.02);
      }
      last_s = t;
    }
    EXPECT_TRUE(lids == 0 || t - last_s <= 0.17) << "at " << t;
    closed = lids > 0;
  }
  EXPECT_NEAR(blinks, 75, 1);
}

TEST(Life, BreathGoesInAndOutTwentyOneTimesAMinute) {
  int out = 0;
  for (int ms = 1; ms < 60000; ++ms)
    if (breath((ms - 1) * 1e-3) >= 0 && breath(ms * 1e-3) < 0) ++out;
  EXPECT_EQ(out, 21);
}

TEST(Story, ReadsSpansAndRefusesNonsense) {
  const auto story = parse_story("cheek=1-2.5,hand=4-9");
  ASSERT_TRUE(story);
  EXPECT_EQ(story->cheek.to_s, 2.5f);
  EXPECT_EQ(offer(*story, 0), 0);
  EXPECT_EQ(offer(*story, 6), 1);
  EXPECT_EQ(parse_story("hug=3-8")->hug.to_s, 8);
  EXPECT_EQ(presence(story->hair, 8, 1), 0);
  ASSERT_TRUE(parse_story("none"));
  for (double t = 0; t < 30; t += 0.5) EXPECT_EQ(offer(*parse_story("none"), t), 0);
  for (const char* bad : {"nose=1-2", "cheek", "cheek=2-1", "cheek=1", "cheek=1-x", "hand=-3-4"})
    EXPECT_FALSE(parse_story(bad)) << bad;
}

class ChildMotion : public testing::Test {
 protected:
  ChildMotion() { story.hug = {1000, 1001}; }  // embrace_test.cc has that

  const ChildPose& at(double t_s, std::optional<Vec3> gaze = Vec3(0.02f, 1.15f, 0.6f)) {
    Percept percept;
    percept.t_s = t_s;
    if (gaze) percept.T_model_head = facing_her(*gaze);
    animate(state, rig, story, percept, pose);
    return pose;
  }
  Vec3 p(const char* bone) const { return pose.T_model_bone[rig.skeleton.find(bone)].p; }
  Quat q(const char* bone) const { return pose.T_model_bone[rig.skeleton.find(bone)].q; }

  ChildRig rig = make_rig(child_skeleton());
  Story story;
  ChildState state;
  ChildPose pose;
};

TEST_F(ChildMotion, IsAPureFunctionOfWhatItIsGiven) {
  for (double t = 0; t <= 14; t += 0.02) at(t);
  const ChildPose first = pose;
  state = {};
  for (double t = 0; t <= 14; t += 0.02) at(t);
  for (std::size_t i = 0; i < pose.bones; ++i) {
    EXPECT_EQ(first.T_model_bone[i].p, pose.T_model_bone[i].p);
    EXPECT_EQ(first.T_model_bone[i].q.coeffs(), pose.T_model_bone[i].q.coeffs());
  }
}

TEST_F(ChildMotion, KeepsBonesAsLongAsTheyAre) {
  constexpr float kBoneTolerance_m = 0.0035f;  // shoulders rise with the breath
  for (double t = 0; t < 20; t += 0.05) {
    at(t, Vec3(0.5f * static_cast<float>(std::sin(t)), 1.2f, 0.5f));
    for (std::size_t i = 1; i < pose.bones; ++i) {
      const int parent = rig.skeleton.parent[i];
      const float rest_m =
          (rig.skeleton.T_model_rest[i].p - rig.skeleton.T_model_rest[parent].p).norm();
      const float now_m = (pose.T_model_bone[i].p - pose.T_model_bone[parent].p).norm();
      EXPECT_NEAR(now_m, rest_m, kBoneTolerance_m) << rig.skeleton.name[i] << " at " << t;
    }
  }
}

TEST_F(ChildMotion, StandsOnHerFeet) {
  constexpr float kFootTolerance_m = 2e-4f;
  for (double t = 0; t < 20; t += 0.1) {
    at(t);
    for (const char* foot : {"leftFoot", "rightFoot"}) {
      const Pose& rest = rig.skeleton.T_model_rest[rig.skeleton.find(foot)];
      EXPECT_LT((p(foot) - rest.p).norm(), kFootTolerance_m) << foot << " at " << t;
      EXPECT_LT(angle_between(q(foot), rest.q), kAngleTolerance_rad);
    }
  }
}

TEST_F(ChildMotion, HoldsOutHerLeftHandPalmUpWhenTheStorySaysSo) {
  at(11.9);
  const Vec3 p_before = p("leftHand");
  EXPECT_LT(p_before.z(), 0.08f);
  at(15);
  EXPECT_GT(p("leftHand").z(), 0.16f);
  const Vec3 n_palm = q("leftHand") * -Vec3::UnitY();
  const Vec3 n_fingers = q("leftHand") * Vec3::UnitX();
  EXPECT_GT(n_palm.y(), 0.95f) << "palm " << n_palm.transpose();
  EXPECT_GT(n_fingers.z(), 0.95f) << "fingers " << n_fingers.transpose();
  EXPECT_LT(p("rightHand").z(), 0.08f);
  at(19.2);
  EXPECT_LT(p("leftHand").z(), 0.08f);
}

TEST_F(ChildMotion, KeepsItsHandsOutOfItsSkirt) {
  constexpr float kSkirtTop_m = 0.64f, kHem_m = 0.375f;
  for (double t = 0; t < 20; t += 0.05) {
    at(t);
    for (const char* bone : {"leftHand", "rightHand", "leftMiddleDistal", "rightMiddleDistal"}) {
      const Vec3 at_bone = p(bone);
      const float down = std::clamp((kSkirtTop_m - at_bone.y()) / 0.27f, 0.0f, 1.0f);
      const float skirt_m = 0.084f + 0.111f * std::pow(down, 0.85f);
      if (at_bone.y() > kSkirtTop_m + 0.02f || at_bone.y() < kHem_m) continue;
      EXPECT_GT(std::hypot(at_bone.x(), at_bone.z()), skirt_m + 0.008f) << bone << " at " << t;
    }
  }
}

TEST_F(ChildMotion, EyesMeetTheParticipants) {
  constexpr float kGazeTolerance_rad = 4 * kRadPerDeg;
  for (const Vec3& target :
       {Vec3(0, 1.1f, 0.62f), Vec3(0.25f, 1.2f, 0.6f), Vec3(-0.3f, 1.5f, 0.7f)}) {
    state = {};
    at(1.0, target);
    for (const char* eye : {"leftEye", "rightEye"}) {
      const Vec3 n = q(eye) * Vec3::UnitZ();
      const Vec3 to_target = (target - p(eye)).normalized();
      EXPECT_LT(std::acos(std::min(n.dot(to_target), 1.0f)), kGazeTolerance_rad) << eye;
    }
  }
}

TEST_F(ChildMotion, FollowsAHeadThatJumpsWithoutJumping) {
  constexpr double kStep_s = 1.0 / 90;
  for (double t = 0; t < 1; t += kStep_s) at(t, Vec3(-0.4f, 1.1f, 0.6f));
  Quat last = q("head");
  float fastest = 0, turned = 0;
  for (double t = 1; t < 3; t += kStep_s) {
    at(t, Vec3(0.4f, 1.1f, 0.6f));
    const float step = angle_between(q("head"), last);
    fastest = std::max(fastest, step / static_cast<float>(kStep_s));
    turned += step;
    last = q("head");
  }
  EXPECT_GT(turned, 20 * kRadPerDeg);
  EXPECT_LT(fastest, 250 * kRadPerDeg);
}

TEST_F(ChildMotion, NeverAcceleratesHarderThanAGentleChild) {
  constexpr double kStep_s = 1.0 / 200;
  constexpr float kMostAcceleration_m_per_s2 = 2.5f;
  const std::size_t n = rig.skeleton.size();
  std::vector<Vec3> before(n, Vec3::Zero()), last(n, Vec3::Zero());
  int k = 0;
  for (double t = 0; t < 21; t += kStep_s, ++k) {
    const auto s = static_cast<float>(t);
    at(t, Vec3(0.15f * std::sin(0.9f * s), 1.15f + 0.05f * std::sin(1.7f * s), 0.6f));
    for (std::size_t i = 0; i < n; ++i) {
      const Vec3& now = pose.T_model_bone[i].p;
      const float a =
          (now - 2 * last[i] + before[i]).norm() / static_cast<float>(kStep_s * kStep_s);
      ASSERT_TRUE(k <= 2 || a < kMostAcceleration_m_per_s2)
          << rig.skeleton.name[i] << " at " << t << " s: " << a << " m/s2";
      before[i] = last[i];
      last[i] = now;
    }
  }
}

TEST_F(ChildMotion, SmilesMoreWhenHerCheekIsTouchedAndOnlyHerFaceChanges) {
  ChildState untouched_state;
  ChildPose untouched;
  Percept percept;
  percept.T_model_head = facing_her({0, 1.1f, 0.6f});
  for (double t = 0; t < 3; t += 0.02) {
    percept.t_s = t;
    percept.cheek_touched = false;
    animate(untouched_state, rig, story, percept, untouched);
    percept.cheek_touched = true;
    animate(state, rig, story, percept, pose);
  }
  constexpr auto kSmile = static_cast<std::size_t>(Expression::Smile);
  EXPECT_GT(pose.expressions[kSmile], untouched.expressions[kSmile] + 0.4f);
  EXPECT_LE(pose.expressions[kSmile], 1.0f);
  for (std::size_t i = 0; i < pose.bones; ++i)
    EXPECT_EQ(pose.T_model_bone[i].p, untouched.T_model_bone[i].p) << rig.skeleton.name[i];
}

TEST_F(ChildMotion, StandsStillForATimeThatRunsBackwards) {
  at(5);
  const Vec3 now = p("chest");
  at(2);
  EXPECT_EQ(p("chest"), now);
}

TEST(ChildRigOfAnother, LeavesOutWhatItHasNot) {
  SkeletonBuilder b;
  b.add("hips", "", {0, 0.5f, 0});
  b.add("head", "hips", {0, 0.9f, 0});
  const ChildRig rig = make_rig(b.skeleton);
  ChildState state;
  ChildPose pose;
  animate(state, rig, Story{}, Percept{1.0, facing_her({0.4f, 1, 0.6f})}, pose);
  ASSERT_EQ(pose.bones, 2u);
  EXPECT_TRUE(pose.T_model_bone[1].p.allFinite());
}

}  // namespace
}  // namespace tactus::scene
