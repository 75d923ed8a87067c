#include "glove.h"

#include <algorithm>
#include <cstring>

namespace tactus::layer {
namespace {

constexpr Duration kFarthestAhead = 100ms;  // as far as ipc::pose_at extrapolates

/// True for finite floats: their exponent is not all ones. A loop without branches.
template <class Array>
bool are_finite(const Array& values) noexcept {
  using Words = std::uint32_t __attribute__((vector_size(16)));
  static_assert(sizeof(Array) % sizeof(float) == 0 && sizeof(Array) >= sizeof(Words));
  const auto* bytes = reinterpret_cast<const std::byte*>(&values);
  Words wrong{};
  // The last four may overlap those before.
  for (std::size_t at = 0; at < sizeof(Array); at += sizeof(Words)) {
    Words words;
    std::memcpy(&words, bytes + std::min(at, sizeof(Array) - sizeof(Words)), sizeof(words));
    wrong |= (words & 0x7F800000u) + 0x00800000u;
  }
  return ((wrong[0] | wrong[1] | wrong[2] | wrong[3]) & 0x80000000u) == 0;
}

bool is_sound(const HandPose& pose, ipc::Parts parts) noexcept {
  if (pose.origin == PoseOrigin::None || !are_finite(pose.T_world_joint) ||
      !are_finite(pose.radius_m)) {
    return false;
  }
  if (parts == ipc::Parts::All &&
      (!are_finite(pose.v_world_joint) || !are_finite(pose.omega_world_joint))) {
    return false;
  }
  bool is_right = true;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Quat& q = pose.T_world_joint[j].q;
    const float length2 = q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w;
    is_right &= length2 > 0.98f && length2 < 1.02f && pose.radius_m[j] > 0;
  }
  return is_right;
}

/// How far to trust `pose`, which pose_at gave for `t`. Looking ahead of the newest estimate is
/// what every application does with the time of display and makes a tracked hand no less tracked;
/// past the reach of extrapolation it is only held.
PoseOrigin origin_at(const ipc::Published& published, const HandPose& pose) noexcept {
  ipc::PoseHead newest;
  if (!ipc::newest_head(published, pose.hand, newest) || pose.t < newest.t) return pose.origin;
  return newest.t >= pose.t - kFarthestAhead ? newest.origin : PoseOrigin::Held;
}

bool read_hand(const ipc::Published& published, Hand hand, HostTime t, ipc::Parts parts,
               HandPose& pose) noexcept {
  ipc::pose_at(published, hand, t, parts, pose);
  pose.hand = hand;  // whatever the memory says
  pose.origin = origin_at(published, pose);
  return is_sound(pose, parts);
}

}  // namespace

HostTime now_of(const ipc::Published& published) noexcept {
  using Clock = std::chrono::steady_clock;
  ipc::PublishedState state;
  if (published.header.clock == ipc::ClockKind::Monotonic) {
    return HostTime(std::chrono::duration_cast<Duration>(Clock::now().time_since_epoch()));
  }
  return published.state.read(state) ? HostTime(Duration(state.heartbeat_ns)) : HostTime();
}

bool is_live(const ipc::Published& published, Hand hand, HostTime t, Duration lead) noexcept {
  ipc::PublishedState state;
  if (!published.state.read(state) || state.links[index(hand)].connected == 0) return false;
  return HostTime(Duration(state.heartbeat_ns)) >= t - kStaleAfter - lead;
}

bool is_glove_on(Instance& instance, Hand hand, XrTime time) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  return lease && instance.time_map.to_host(time, t) &&
         is_live(lease.published(), hand, t, instance.time_map.lead());
}

bool is_any_glove_on(Instance& instance, std::uint8_t hands) noexcept {
  const ServiceLink::Lease lease(instance.link);
  ipc::PublishedState state;
  if (!lease || !lease.published().state.read(state)) return false;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    if ((hands >> hand & 1) != 0 && state.links[hand].connected != 0) return true;
  }
  return false;
}

bool glove_hand_at(Instance& instance, Hand hand, XrTime time, ipc::Parts parts,
                   HandPose& pose) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  if (!is_live(lease.published(), hand, t, instance.time_map.lead())) return false;
  return read_hand(lease.published(), hand, t, parts, pose);
}

bool glove_hand_now(Instance& instance, Hand hand, HandPose& pose) noexcept {
  const ServiceLink::Lease lease(instance.link);
  if (!lease) return false;
  const HostTime t = now_of(lease.published());
  return is_live(lease.published(), hand, t, {}) &&
         read_hand(lease.published(), hand, t, ipc::Parts::Places, pose);
}

}  // namespace tactus::layer
