#include "tactus/ipc/published.h"

#include <algorithm>
#include <cstring>

#include "tactus/base/lanes.h"

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

/// Of nearly unit length: one step of Newton's for 1/sqrt, within 1e-5 where the length is within
/// 0.5 %. What is nowhere near, or no number, stays so and is seen as such.
Lanes renormalized(Lanes q) noexcept { return (1.5f - 0.5f * sum(q * q)) * q; }

/// exp_rotation by its series, for an angle of 2 rad at most: within 1e-6, in a fraction of the
/// time. The fourth lane of `r` is 0.
Lanes small_rotation(Lanes r) noexcept {
  const Lanes h2 = 0.25f * sum(r * r);  // of half the angle, at most 1
  const Lanes half_sin_h_by_h =
      0.5f + h2 * (-0.5f / 6 + h2 * (0.5f / 120 + h2 * (-0.5f / 5040 + h2 * (0.5f / 362880))));
  const Lanes cos_h =
      1 + h2 * (-1.0f / 2 + h2 * (1.0f / 24 + h2 * (-1.0f / 720 + h2 * (1.0f / 40320))));
  return half_sin_h_by_h * r + cos_h * Lanes{0, 0, 0, 1};
}

/// The pose at `t`, with constant velocities.
void extrapolate(HandPose& pose, HostTime t) noexcept {
  const Duration ahead = std::clamp(difference(t, pose.t), -kMaxExtrapolation, kMaxExtrapolation);
  const auto dt = static_cast<float>(seconds(ahead));
  bool is_small = true;  // false for what is no number too
  for (const Vec3& omega : pose.omega_world_joint) is_small &= dot(omega, omega) * dt * dt < 4.0f;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    Pose& T = pose.T_world_joint[j];
    const Vec3 r = dt * pose.omega_world_joint[j];
    const Lanes turn = is_small ? small_rotation(lanes(r)) : lanes(exp_rotation(r));
    T.q = to_quat(renormalized(product(turn, lanes(T.q))));
    T.p += dt * pose.v_world_joint[j];
  }
  if (pose.origin == PoseOrigin::Measured || pose.origin == PoseOrigin::Filled) {
    pose.origin = PoseOrigin::Predicted;
  }
  pose.t = t;
}

bool is_unit(Quat q) noexcept { return std::fabs(norm(q) - 1.0f) < 0.01f; }

/// Neighbours are a millisecond apart: along the chord, which at 8 degrees is 2e-5 rad off. What is
/// no rotation gives none.
Quat between(Quat a, Quat b, float s) noexcept {
  const Lanes la = lanes(a), lb = lanes(b);
  const float c = sum(la * lb)[0];
  if (std::fabs(c) < 0.9975f) return is_unit(a) && is_unit(b) ? slerp(a, b, s) : Quat{0, 0, 0, 0};
  return to_quat(renormalized((1 - s) * la + (c < 0 ? -s : s) * lb));
}

/// Part by part, as one row of floats.
template <std::size_t kCount>
void blend(const std::array<Vec3, kCount>& before, float s,
           std::array<Vec3, kCount>& after) noexcept {
  float a[3 * kCount], b[3 * kCount];
  std::memcpy(a, &before, sizeof(a));
  std::memcpy(b, &after, sizeof(b));
  for (std::size_t i = 0; i < 3 * kCount; ++i) b[i] = a[i] + s * (b[i] - a[i]);
  std::memcpy(&after, b, sizeof(b));
}

/// `pose` is the later one and becomes the one at `t`.
void interpolate(const HandPose& before, HostTime t, Parts parts, HandPose& pose) noexcept {
  const auto s =
      static_cast<float>(seconds(difference(t, before.t)) / seconds(difference(pose.t, before.t)));
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    Pose& T = pose.T_world_joint[j];
    T = {between(before.T_world_joint[j].q, T.q, s), lerp(before.T_world_joint[j].p, T.p, s)};
  }
  pose.t = t;
  if (parts == Parts::Places) return;
  blend(before.v_world_joint, s, pose.v_world_joint);
  blend(before.omega_world_joint, s, pose.omega_world_joint);
}

using Ring = Cell<HandPose>[kPoseHistory];

bool read(const Ring& ring, std::uint64_t n, PoseHead& head) noexcept {
  return ring[n % kPoseHistory].read_front<sizeof(head)>(&head);
}

bool read(const Ring& ring, std::uint64_t n, Parts parts, HandPose& pose) noexcept {
  const Cell<HandPose>& cell = ring[n % kPoseHistory];
  constexpr std::size_t kPlacesBytes = offsetof(HandPose, v_world_joint);
  return parts == Parts::All ? cell.read(pose) : cell.read_front<kPlacesBytes>(&pose);
}

/// How many poses there were until `t` or in an epoch before `newest`: the later neighbour's
/// number, if it is one of those above `oldest`, up to `last`.
std::uint64_t find_later(const Ring& ring, std::uint64_t oldest, std::uint64_t last, HostTime t,
                         const PoseHead& newest) noexcept {
  while (oldest < last) {
    const std::uint64_t middle = oldest + (last - oldest) / 2;
    PoseHead head;
    const bool is_before = !read(ring, middle, head) || head.epoch != newest.epoch || head.t <= t;
    if (is_before) {
      oldest = middle + 1;
    } else {
      last = middle;
    }
  }
  return last;
}

}  // namespace

void publish(Published& published, const HandPose& pose) noexcept {
  const std::size_t hand = index(pose.hand);
  std::atomic<std::uint64_t>& count = published.pose_count[hand];
  const std::uint64_t n = count.load(std::memory_order_relaxed);
  published.poses[hand][n % kPoseHistory].write(pose);
  count.store(n + 1, std::memory_order_release);
}

bool newest_head(const Published& published, Hand hand, PoseHead& head) noexcept {
  const std::uint64_t count = published.pose_count[index(hand)].load(std::memory_order_acquire);
  return count != 0 &&
         published.poses[index(hand)][(count - 1) % kPoseHistory].read_front<sizeof(head)>(&head);
}

void pose_at(const Published& published, Hand hand, HostTime t, Parts parts,
             HandPose& pose) noexcept {
  pose.origin = PoseOrigin::None;
  const std::uint64_t count = published.pose_count[index(hand)].load(std::memory_order_acquire);
  if (count == 0) return;
  const Ring& ring = published.poses[index(hand)];
  PoseHead newest;
  if (!read(ring, count - 1, newest)) return;

  // The writer may be on its way round: the oldest slot is not ours to trust.
  const std::uint64_t oldest = count > kPoseHistory - 1 ? count - (kPoseHistory - 1) : 0;
  std::uint64_t later = count - 1;
  if (t < newest.t) later = find_later(ring, oldest, later, t, newest);
  UnreadPose before;
  const bool is_between = t < newest.t && later > oldest &&
                          read(ring, later - 1, parts, before.pose) &&
                          before.pose.epoch == newest.epoch && before.pose.t <= t;
  if (!read(ring, later, is_between ? parts : Parts::All, pose)) {
    pose.origin = PoseOrigin::None;
  } else if (is_between && pose.t > t && pose.epoch == newest.epoch) {
    interpolate(before.pose, t, parts, pose);
  } else {
    extrapolate(pose, t);
  }
}

}  // namespace tactus::ipc
