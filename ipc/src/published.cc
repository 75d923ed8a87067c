#include "tactus/ipc/published.h"

#include <algorithm>

namespace tactus::ipc {
namespace {

constexpr Duration kMaxExtrapolation = 100ms;

/// From `b` to `a`. The times are another process's: those that are absurdly far apart saturate.
Duration difference(HostTime a, HostTime b) noexcept {
  std::int64_t ns = 0;
  const std::int64_t a_ns = a.time_since_epoch().count();
  if (__builtin_sub_overflow(a_ns, b.time_since_epoch().count(), &ns)) {
    return a_ns < 0 ? Duration::min() : Duration::max();
  }
  return Duration(ns);
}

/// The pose `after` seconds later, with constant velocities.
HandPose extrapolate(HandPose pose, HostTime t) noexcept {
  const Duration ahead = std::clamp(difference(t, pose.t), -kMaxExtrapolation, kMaxExtrapolation);
  const auto dt = static_cast<float>(seconds(ahead));
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    Pose& T = pose.T_world_joint[j];
    T.p += dt * pose.v_world_joint[j];
    T.q = normalized(exp_rotation(dt * pose.omega_world_joint[j]) * T.q);
  }
  if (pose.origin == PoseOrigin::Measured || pose.origin == PoseOrigin::Filled) {
    pose.origin = PoseOrigin::Predicted;
  }
  pose.t = t;
  return pose;
}

HandPose between(const HandPose& before, const HandPose& after, HostTime t) noexcept {
  const auto s =
      static_cast<float>(seconds(difference(t, before.t)) / seconds(difference(after.t, before.t)));
  HandPose pose = after;
  pose.t = t;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    pose.T_world_joint[j] = interpolate(before.T_world_joint[j], after.T_world_joint[j], s);
    pose.v_world_joint[j] = lerp(before.v_world_joint[j], after.v_world_joint[j], s);
    pose.omega_world_joint[j] = lerp(before.omega_world_joint[j], after.omega_world_joint[j], s);
  }
  return pose;
}

}  // namespace

void publish(Published& published, const HandPose& pose) noexcept {
  const std::size_t hand = index(pose.hand);
  std::atomic<std::uint64_t>& count = published.pose_count[hand];
  const std::uint64_t n = count.load(std::memory_order_relaxed);
  published.poses[hand][n % kPoseHistory].write(pose);
  count.store(n + 1, std::memory_order_release);
}

HandPose pose_at(const Published& published, Hand hand, HostTime t) noexcept {
  HandPose none;
  none.hand = hand;
  none.t = t;
  const std::uint64_t count = published.pose_count[index(hand)].load(std::memory_order_acquire);
  if (count == 0) return none;
  const auto& ring = published.poses[index(hand)];

  HandPose later;
  if (!ring[(count - 1) % kPoseHistory].read(later)) return none;
  if (t >= later.t) return extrapolate(later, t);

  // The writer may be on its way round: the oldest slot is not ours to trust.
  const std::uint64_t oldest = count > kPoseHistory - 1 ? count - (kPoseHistory - 1) : 0;
  for (std::uint64_t n = count - 1; n > oldest; --n) {
    HandPose earlier;
    if (!ring[(n - 1) % kPoseHistory].read(earlier)) break;
    if (earlier.epoch != later.epoch || earlier.t >= later.t) break;
    if (earlier.t <= t) return between(earlier, later, t);
    later = earlier;
  }
  return extrapolate(later, t);
}

}  // namespace tactus::ipc
