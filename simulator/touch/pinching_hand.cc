#include "tactus/simulator/pinching_hand.h"

#include <array>

#include "tactus/base/glove_layout.h"

namespace tactus::simulator {
namespace {

constexpr std::size_t kThumb = 0, kIndex = 1;

/// Skin to skin of the two pulps.
double gap_of(const TrueHand& hand) {
  const auto sites = true_sites(hand, true_joints(hand));
  const TrueSite& a = sites[pulp_actuator(Finger::Thumb)];
  const TrueSite& b = sites[pulp_actuator(Finger::Index)];
  return norm(b.p_world - a.p_world) - a.radius_m - b.radius_m;
}

}  // namespace

TrueHand pinching(TrueHand hand, double gap_m) {
  constexpr int kRounds = 60;
  constexpr double kStep_rad = 1e-5;
  hand.finger[kThumb] = {0.35, 0.75, 0.35, 0.3, 0};
  hand.finger[kIndex] = {0.8, 0, 0.8, 0.4, 0};
  for (std::size_t f = kIndex + 1; f < kFingers; ++f) hand.finger[f] = {1.2, 0, 1.4, 0.7, 0};
  const std::array<double*, 5> free = {
      &hand.finger[kThumb].base_flexion, &hand.finger[kThumb].base_abduction,
      &hand.finger[kIndex].base_flexion, &hand.finger[kIndex].middle, &hand.finger[kThumb].middle};
  // Least squares steps along the slope of the gap.
  for (int round = 0; round < kRounds; ++round) {
    const double miss_m = gap_of(hand) - gap_m;
    std::array<double, 5> slope{};
    double square = 1e-6;
    for (std::size_t k = 0; k < free.size(); ++k) {
      *free[k] += kStep_rad;
      slope[k] = (gap_of(hand) - gap_m - miss_m) / kStep_rad;
      *free[k] -= kStep_rad;
      square += slope[k] * slope[k];
    }
    for (std::size_t k = 0; k < free.size(); ++k) *free[k] -= miss_m * slope[k] / square;
  }
  return hand;
}

PinchedPlace pinched_place(const TrueHand& hand) {
  const auto sites = true_sites(hand, true_joints(hand));
  const TrueSite& a = sites[pulp_actuator(Finger::Thumb)];
  const TrueSite& b = sites[pulp_actuator(Finger::Index)];
  const V3d n = normalized(b.p_world - a.p_world);
  return {0.5 * ((a.p_world + a.radius_m * n) + (b.p_world - b.radius_m * n)), n};
}

HandPose tracked_pose(const TrueHand& hand, HostTime t) {
  const auto to_float = [](double v) { return static_cast<float>(v); };
  HandPose pose;
  pose.t = t;
  pose.hand = hand.hand;
  pose.origin = PoseOrigin::Measured;
  const TrueJoints joints = true_joints(hand);
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const auto& [q, p] = joints[j];
    pose.T_world_joint[j] = {
        normalized(Quat{to_float(q.x), to_float(q.y), to_float(q.z), to_float(q.w)}),
        {to_float(p.x), to_float(p.y), to_float(p.z)}};
  }
  return pose;
}

}  // namespace tactus::simulator
