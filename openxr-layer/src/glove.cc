#include "glove.h"

namespace tactus::layer {
namespace {

constexpr Duration kFarthestAhead = 100ms;  // as far as ipc::pose_at extrapolates

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

/// How far to trust `pose`, which pose_at gave for `t`. Looking ahead of the newest estimate is
/// what every application does with the time of display and makes a tracked hand no less tracked;
/// past the reach of extrapolation it is only held.
PoseOrigin origin_at(const ipc::Published& published, const HandPose& pose) noexcept {
  const std::size_t hand = index(pose.hand);
  const std::uint64_t count = published.pose_count[hand].load(std::memory_order_acquire);
  HandPose newest;
  if (count == 0 || !published.poses[hand][(count - 1) % ipc::kPoseHistory].read(newest) ||
      pose.t < newest.t) {
    return pose.origin;
  }
  return newest.t >= pose.t - kFarthestAhead ? newest.origin : PoseOrigin::Held;
}

}  // namespace

bool is_live(const ipc::Published& published, Hand hand, HostTime t, Duration lead) noexcept {
  ipc::PublishedState state;
  if (!published.state.read(state) || state.links[index(hand)].connected == 0) return false;
  return HostTime(Duration(state.heartbeat_ns)) >= t - kStaleAfter - lead;
}

bool glove_hand_at(Instance& instance, Hand hand, XrTime time, HandPose& pose) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  if (!is_live(lease.published(), hand, t, instance.time_map.lead())) return false;
  pose = ipc::pose_at(lease.published(), hand, t);
  pose.hand = hand;  // whatever the memory says
  pose.origin = origin_at(lease.published(), pose);
  return is_sound(pose);
}

}  // namespace tactus::layer
