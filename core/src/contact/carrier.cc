#include "tactus/contact/carrier.h"

#include <algorithm>
#include <bit>

namespace tactus {
namespace {

constexpr std::uint32_t kRight = 1u << 31;
constexpr std::uint32_t kJoints = (1u << kHandJoints) - 1;

}  // namespace

std::uint32_t to_bits(const Carrier& carrier) noexcept {
  if (!carrier.is_hand()) return 0;
  return carrier.joints | (carrier.hand == Hand::Right ? kRight : 0u);
}

bool is_carrier(std::uint32_t bits) noexcept {
  return bits == 0 || ((bits & ~(kJoints | kRight)) == 0 && (bits & kJoints) != 0);
}

Carrier carrier_of(std::uint32_t bits) noexcept {
  return {bits & kJoints, (bits & kRight) != 0 ? Hand::Right : Hand::Left};
}

MovingFrame frame_of(const Carrier& carrier, const HandPose& pose) noexcept {
  const std::size_t palm = index(HandJoint::Palm);
  MovingFrame frame;
  frame.T_world_frame.q = normalized(pose.T_world_joint[palm].q);
  frame.omega_world = pose.omega_world_joint[palm];
  const float share = 1.0f / static_cast<float>(std::max(1, std::popcount(carrier.joints)));
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    if ((carrier.joints >> j & 1u) == 0) continue;
    frame.T_world_frame.p += share * pose.T_world_joint[j].p;
    frame.v_world += share * pose.v_world_joint[j];
  }
  return frame;
}

}  // namespace tactus
