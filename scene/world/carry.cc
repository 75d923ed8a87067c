#include "scene/world/carry.h"

#include <algorithm>
#include <cmath>

namespace tactus::scene {
namespace {

constexpr std::size_t kPalm = 0;      ///< of XR_EXT_hand_tracking's joints
constexpr float kLies_s = 1.0f;       ///< it stays where it was let go ...
constexpr float kGlide_per_s = 2.5f;  ///< ... and then goes home, by this share of the way

/// As XrTouchBodyCarryTACTUSX has it.
Pose hand_frame(const std::array<Pose, kHandJoints>& T_space_joint,
                std::span<const std::uint32_t> joints) {
  Pose frame{T_space_joint[kPalm].q, Vec3::Zero()};
  for (const std::uint32_t joint : joints) frame.p += T_space_joint[joint].p;
  frame.p /= static_cast<float>(joints.size());
  return frame;
}

}  // namespace

const Carry::Place& Carry::step(float passed_s, std::span<const CarryingHand, 2> hands) {
  const auto holds = [&hands](std::size_t hand) {
    return hands[hand].grasps && hands[hand].T_space_joint.has_value();
  };
  if (at_.in_hand && !holds(at_.in_hand->hand)) at_.in_hand.reset();
  for (std::size_t hand = 0; hand < hands.size() && !at_.in_hand; ++hand) {
    if (!holds(hand) || hands[hand].pressing.empty()) continue;
    const Pose T_space_hand = hand_frame(*hands[hand].T_space_joint, hands[hand].pressing);
    at_.in_hand = {hand, hands[hand].pressing, inverse(T_space_hand) * at_.T_space_thing};
  }
  if (at_.in_hand) {
    const auto& [hand, joints, T_hand_thing] = *at_.in_hand;
    at_.T_space_thing = hand_frame(*hands[hand].T_space_joint, joints) * T_hand_thing;
    at_.alone_s = 0;
    return at_;
  }
  at_.alone_s += passed_s;
  if (at_.alone_s < kLies_s) return at_;
  const float share = 1 - std::exp(-kGlide_per_s * passed_s);
  at_.T_space_thing.p += share * (T_space_home_.p - at_.T_space_thing.p);
  at_.T_space_thing.q = at_.T_space_thing.q.slerp(share, T_space_home_.q);
  return at_;
}

}  // namespace tactus::scene
