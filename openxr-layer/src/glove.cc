#include "glove.h"

namespace tactus::layer {
namespace {

bool is_sound(const HandPose& pose) noexcept {
  if (pose.origin == PoseOrigin::None) return false;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    if (!is_valid(pose.T_world_joint[j]) || !is_finite(pose.v_world_joint[j]) ||
        !is_finite(pose.omega_world_joint[j]) || !(pose.radius_m[j] > 0) ||
        !std::isfinite(pose.radius_m[j])) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_live(const ipc::Published& published, Hand hand, HostTime t, Duration lead) noexcept {
  ipc::PublishedState state;
  if (!published.state.read(state) || state.links[index(hand)].connected == 0) return false;
  return t.time_since_epoch() - Duration(state.heartbeat_ns) <= kStaleAfter + lead;
}

bool glove_hand_at(Instance& instance, Hand hand, XrTime time, HandPose& pose) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  if (!is_live(lease.published(), hand, t, instance.time_map.lead())) return false;
  pose = ipc::pose_at(lease.published(), hand, t);
  return is_sound(pose);
}

}  // namespace tactus::layer
