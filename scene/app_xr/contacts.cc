#include "scene/app_xr/contacts.h"

#include <algorithm>
#include <cmath>

namespace tactus::scene {
namespace {

constexpr float kBrightest_N = 1.5f;  ///< a firm caress
constexpr float kGlowTime_s = 0.08f;

bool is(std::uint32_t region, TouchRegion wanted) {
  return region == static_cast<std::uint32_t>(wanted);
}

// A fingertip's light reaches half as strongly into the phalanx behind it.
bool is_tip(std::size_t joint) {
  return joint == XR_HAND_JOINT_THUMB_TIP_EXT ||
         (joint > XR_HAND_JOINT_THUMB_TIP_EXT && joint % 5 == 0);
}

}  // namespace

void Feeling::take(std::span<const XrTouchContactTACTUSX> contacts, float dt_s) {
  cheek_ = hand_ = false;
  std::array<std::array<float, kHandJoints>, 2> force_N{};
  for (const XrTouchContactTACTUSX& contact : contacts) {
    const std::size_t hand = contact.hand == XR_HAND_RIGHT_EXT ? 1 : 0;
    const auto joint = static_cast<std::size_t>(contact.joint);
    const bool is_hand = contact.part == XR_TOUCH_PART_HAND_TACTUSX && !contact.isOwn;
    if (!is_hand || joint >= kHandJoints || !(contact.force >= 0)) continue;
    force_N[hand][joint] = std::max(force_N[hand][joint], contact.force);
    if (is_tip(joint))
      force_N[hand][joint - 1] = std::max(force_N[hand][joint - 1], 0.5f * contact.force);
    cheek_ = cheek_ || is(contact.region, TouchRegion::CheekLeft) ||
             is(contact.region, TouchRegion::CheekRight);
    hand_ = hand_ || is(contact.region, TouchRegion::HandLeft);
    regions_.insert(contact.region);
    ++seen_;
  }
  const float share = 1.0f - std::exp(-std::max(dt_s, 0.0f) / kGlowTime_s);
  for (std::size_t h = 0; h < 2; ++h)
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const float wanted = std::min(force_N[h][j] / kBrightest_N, 1.0f);
      glow_[h][j] += share * (wanted - glow_[h][j]);
    }
}

}  // namespace tactus::scene
