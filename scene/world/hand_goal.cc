#include "scene/world/hand_goal.h"

namespace tactus::scene {
namespace {

constexpr float kNeckAside_m = 0.085f;  ///< of a wrist that lies on a shoulder
constexpr float kNeckBehind_m = 0.03f;
constexpr float kNeckAbove_m = 0.01f;

// Takes the hand at rest (fingers to the side, palm down) to fingers along `n_fingers` with the
// palm towards `n_palm`.
Quat hand_turn(float side, const Vec3& n_fingers, const Vec3& n_palm) {
  Mat3 rest, held;
  const Vec3 rest_fingers = side * Vec3::UnitX();
  const Vec3 rest_palm = -Vec3::UnitY();
  rest << rest_fingers, rest_palm, rest_fingers.cross(rest_palm);
  const Vec3 f = n_fingers.normalized();
  const Vec3 p = (n_palm - n_palm.dot(f) * f).normalized();
  held << f, p, f.cross(p);
  return Quat(Mat3(held * rest.transpose()));
}

}  // namespace

HandGoal resting(const Arm& arm) {
  const Vec3& p_shoulder = arm.rest.p_root;
  const float s = arm.side;
  return {p_shoulder + Vec3(s * 0.085f, -0.245f, 0.020f),
          Vec3(s * 0.35f, 0, -1),
          hand_turn(s, {s * 0.22f, -1, 0.16f}, {-s, -0.15f, -0.25f}),
          {0.16f, 0.22f, 0.28f, 0.34f, 0.40f}};
}

HandGoal offering(const Arm& arm) {
  const Vec3& p_shoulder = arm.rest.p_root;
  const float s = arm.side;
  return {p_shoulder + Vec3(-s * 0.018f, -0.135f, 0.195f),
          Vec3(s * 0.45f, -1, -0.30f),
          hand_turn(s, {-s * 0.10f, -0.06f, 1}, {-s * 0.12f, 1, 0.10f}),
          {0.05f, 0.10f, 0.13f, 0.17f, 0.22f}};
}

HandGoal opening(const Arm& arm) {
  const Vec3& p_shoulder = arm.rest.p_root;
  const float s = arm.side;
  return {p_shoulder + Vec3(s * 0.170f, 0.045f, 0.150f),
          Vec3(s * 0.55f, -1, -0.45f),
          hand_turn(s, {s * 0.70f, 0.30f, 0.65f}, {-s * 0.45f, 0.30f, 0.85f}),
          {0.02f, 0.08f, 0.10f, 0.13f, 0.17f}};
}

HandGoal embracing(const Arm& arm, const Vec3& p_neck) {
  const float s = arm.side;
  return {p_neck + Vec3(s * kNeckAside_m, kNeckAbove_m, kNeckBehind_m),
          Vec3(s, -0.65f, -0.20f),
          hand_turn(s, {-s * 0.75f, 0.10f, 0.60f}, {-s * 0.55f, -0.20f, -0.80f}),
          {0.10f, 0.16f, 0.18f, 0.20f, 0.24f}};
}

HandGoal blend(const HandGoal& a, const HandGoal& b, float u) {
  HandGoal goal;
  goal.p_wrist = a.p_wrist + u * (b.p_wrist - a.p_wrist);
  goal.n_elbow = (a.n_elbow + u * (b.n_elbow - a.n_elbow)).normalized();
  goal.q_hand = a.q_hand.slerp(u, b.q_hand);
  for (std::size_t f = 0; f < goal.curl_rad.size(); ++f)
    goal.curl_rad[f] = a.curl_rad[f] + u * (b.curl_rad[f] - a.curl_rad[f]);
  return goal;
}

}  // namespace tactus::scene
