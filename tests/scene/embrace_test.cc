// Laws of the embrace: she waits with open arms, closes them around who comes, lets go of who lets go,
// stands on her feet, keeps out of faces, and never jerks.
#include "scene/world/embrace.h"

#include <gtest/gtest.h>

#include "child_skeleton.h"
#include "scene/world/child.h"

namespace tactus::scene {
namespace {

constexpr double kStep_s = 1.0 / 90;
constexpr Span kHug{2, 11};
constexpr Span kBeside{3.5f, 9};  ///< when the other's head is beside hers
constexpr float kComes_s = 1.6f;  ///< it comes and goes in
const Vec3 kApart(0, 1.15f, 0.62f);

/// A head that comes beside hers, and goes again.
Pose head_at(double t_s, const Vec3& p_beside) {
  const float way = presence(kBeside, t_s, kComes_s);
  const float aside = presence(kBeside, t_s, 0.5f * kComes_s);
  Vec3 p = kApart + way * (p_beside - kApart);
  p.x() = aside * p_beside.x();
  return look_at(p, p + Vec3(0, -0.2f, -1));
}

class Embracing : public testing::Test {
 protected:
  Embracing() { story = {{-20, -10}, {-20, -10}, {-20, -10}, kHug}; }

  /// One frame more. The other hugs her in `hugs`.
  void live(std::optional<Pose> T_model_head, const Span& hugs = {-2, -1}) {
    t_s += kStep_s;
    Percept percept;
    percept.t_s = t_s;
    percept.T_model_head = T_model_head;
    percept.hugged = t_s >= hugs.from_s && t_s < hugs.to_s;
    animate(state, rig, story, percept, pose);
  }
  void meet_until(double end_s, const Span& hugs = {-2, -1}) {
    while (t_s < end_s) live(head_at(t_s, p_beside), hugs);
  }
  const Vec3& p(const char* bone) const { return pose.T_model_bone[rig.skeleton.find(bone)].p; }
  float lids() const { return pose.expressions[static_cast<std::size_t>(Expression::BlinkLeft)]; }

  ChildRig rig = make_rig(child_skeleton());
  Story story;
  ChildState state;
  ChildPose pose;
  double t_s = 0;
  Vec3 p_beside{0.16f, 1.02f, 0.27f};
};

TEST_F(Embracing, OpensHerArmsAndComesAStepNearer) {
  meet_until(kHug.from_s);
  EXPECT_LT(std::fabs(p("leftHand").x() - p("leftUpperArm").x()), 0.10f);
  while (t_s < 6) live(head_at(0, p_beside));
  EXPECT_GT(p("leftHand").x() - p("rightHand").x(), 0.45f) << "between her hands";
  EXPECT_GT(p("leftHand").y(), p("leftUpperArm").y());
  EXPECT_GT(p("hips").z(), 0.20f);
  EXPECT_LT(p("hips").z(), 0.30f);
}

TEST_F(Embracing, WaitsWithOpenArmsForWhoDoesNotCome) {
  while (t_s < 10) live(head_at(0, p_beside));
  EXPECT_GT(p("leftHand").x() - p("rightHand").x(), 0.45f);
  EXPECT_LT(embrace(state.embrace).close, 0.02f);
}

TEST_F(Embracing, StaysWhereSheIsBeforeWhoIsNear) {
  const Pose near = look_at({0, 1.1f, 0.35f}, {0, 1, 0});
  while (t_s < 6) live(near);
  EXPECT_LT(p("hips").z(), 0.08f);
}

TEST_F(Embracing, ClosesArmsAndEyesAroundWhoComes) {
  meet_until(8);
  const Vec3 p_neck = embrace(state.embrace).p_neck;
  EXPECT_NEAR(p_neck.x(), p_beside.x(), 0.01f);
  EXPECT_GT(p_neck.z(), p_beside.z() + 0.08f) << "behind the eyes";
  for (const char* hand : {"leftHand", "rightHand"}) {
    EXPECT_LT((p(hand) - p_neck).norm(), 0.17f) << hand;
    EXPECT_GT(p(hand).z(), p_neck.z() - 0.09f) << hand << " is around the neck";
  }
  EXPECT_GT(p("leftHand").x(), p_neck.x());
  EXPECT_LT(p("rightHand").x(), p_neck.x());
  EXPECT_GT(lids(), 0.95f);
}

TEST_F(Embracing, LetsGoSoftlyOfWhoLetsGo) {
  meet_until(8.8, {5, 7});
  EXPECT_LT(embrace(state.embrace).close, 0.3f);
  EXPECT_GT(embrace(state.embrace).open, 0.95f) << "the other's arms are still on their way out";
  meet_until(10.9, {5, 7});
  EXPECT_LT(embrace(state.embrace).open, 0.3f);
}

TEST_F(Embracing, HoldsOnWhileAHandIsLaidAnew) {
  meet_until(5, {4, 6});
  while (t_s < 6.3) live(head_at(t_s, p_beside), {4, 6});
  while (t_s < 8) live(head_at(t_s, p_beside), {6.3f, 8});
  EXPECT_GT(embrace(state.embrace).close, 0.9f);
}

TEST_F(Embracing, MakesRoomForAHeadOnEitherSideAndForOneThatComesStraight) {
  constexpr float kFace_m = 0.09f;
  for (const float x : {0.16f, -0.16f, 0.0f}) {
    state = {};
    t_s = 0;
    p_beside.x() = x;
    meet_until(8);
    const float room = p("leftEye").x() + p("rightEye").x();
    EXPECT_GT(std::fabs(0.5f * room - x), x == 0 ? 0.03f : kFace_m + 0.09f) << "head at " << x;
    EXPECT_LE(room * x, 0);
  }
}

TEST_F(Embracing, StepsOneFootAfterTheOtherAndStandsAgainWhereSheStood) {
  constexpr float kSinks_m = 2e-4f, kStands_m = 1e-3f;
  const Vec3 p_left = rig.skeleton.T_model_rest[rig.skeleton.find("leftFoot")].p;
  const Vec3 p_right = rig.skeleton.T_model_rest[rig.skeleton.find("rightFoot")].p;
  float highest = 0;
  while (t_s < 20) {
    live(head_at(t_s, p_beside));
    const float left = p("leftFoot").y() - p_left.y(), right = p("rightFoot").y() - p_right.y();
    EXPECT_GT(std::min(left, right), -kSinks_m) << "at " << t_s;
    EXPECT_LT(std::min(left, right), 0.012f) << "both feet are in the air at " << t_s;
    highest = std::max({highest, left, right});
  }
  EXPECT_GT(highest, 0.01f);
  EXPECT_LT((p("leftFoot") - p_left).norm(), kStands_m);
  EXPECT_LT((p("rightFoot") - p_right).norm(), kStands_m);
}

TEST_F(Embracing, NeverAcceleratesHarderThanAGentleChild) {
  constexpr float kMostAcceleration_m_per_s2 = 2.5f;
  const std::size_t n = rig.skeleton.size();
  for (const float side : {1.0f, -1.0f}) {
    for (const float lets_go_s : {7.0f, 14.0f}) {
      state = {};
      t_s = 0;
      p_beside.x() = 0.16f * side;
      std::vector<Vec3> before(n, Vec3::Zero()), last(n, Vec3::Zero());
      for (int k = 0; t_s < 18; ++k) {
        live(head_at(t_s, p_beside), {5.5f, lets_go_s});
        for (std::size_t i = 0; i < n; ++i) {
          const Vec3& now = pose.T_model_bone[i].p;
          const float a =
              (now - 2 * last[i] + before[i]).norm() / static_cast<float>(kStep_s * kStep_s);
          ASSERT_TRUE(k <= 2 || a < kMostAcceleration_m_per_s2)
              << rig.skeleton.name[i] << " at " << t_s << " s: " << a << " m/s2";
          before[i] = last[i];
          last[i] = now;
        }
      }
    }
  }
}

TEST_F(Embracing, WithoutAHeadHerArmsStayOpen) {
  while (t_s < 8) live(std::nullopt);
  EXPECT_GT(p("leftHand").x() - p("rightHand").x(), 0.45f);
}

}  // namespace
}  // namespace tactus::scene
