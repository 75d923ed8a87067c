#include "tactus/ipc/hand_history.h"

#include <algorithm>
#include <bit>

namespace tactus::ipc {
namespace {

constexpr Duration kPosePeriod = 1ms;

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
LaneQuat renormalized(const LaneQuat& q) noexcept { return (1.5f - 0.5f * dot(q, q)) * q; }

/// exp_rotation by its series, for an angle of 2 rad at most: within 1e-6, in a fraction of the
/// time. `h2` is the square of half the angle.
LaneQuat small_rotation(const LaneVec& r, Lanes h2) noexcept {
  const Lanes half_sin_h_by_h =
      0.5f + h2 * (-0.5f / 6 + h2 * (0.5f / 120 + h2 * (-0.5f / 5040 + h2 * (0.5f / 362880))));
  const Lanes cos_h =
      1 + h2 * (-1.0f / 2 + h2 * (1.0f / 24 + h2 * (-1.0f / 720 + h2 * (1.0f / 40320))));
  const LaneVec u = half_sin_h_by_h * r;
  return {u.x, u.y, u.z, cos_h};
}

/// The joints of `from` after `dt`, with constant velocities.
void extrapolate(const SharedHand& from, float dt, SharedHand& hand) noexcept {
  LaneMask is_small = kAllLanes;  // not what is no number either
  for (std::size_t g = 0; g < kJointGroups; ++g) {
    const LaneVec r = lanes(dt) * from.omega_world_joint[g];
    const Lanes h2 = 0.25f * dot(r, r);
    is_small &= h2 < lanes(1.0f);
    hand.q_world_joint[g] = renormalized(small_rotation(r, h2) * from.q_world_joint[g]);
    hand.p_world_joint[g] = from.p_world_joint[g] + lanes(dt) * from.v_world_joint[g];
  }
  hand.radius_m = from.radius_m;
  if (is_all(is_small)) return;
  for (std::size_t j = 0; j < kJointGroups * kLanes; ++j) {
    const std::size_t g = j / kLanes, lane = j % kLanes;
    const Quat turn = exp_rotation(dt * at(from.omega_world_joint[g], lane));
    set(hand.q_world_joint[g], lane, normalized(turn * at(from.q_world_joint[g], lane)));
  }
}

bool is_unit(Quat q) noexcept { return std::fabs(norm(q) - 1.0f) < 0.01f; }

/// Along the arc; what is no rotation gives none.
Quat between_far(Quat a, Quat b, float s) noexcept {
  return is_unit(a) && is_unit(b) ? slerp(a, b, s) : Quat{0, 0, 0, 0};
}

/// Neighbours are a millisecond apart: along the chord, which at 8 degrees is 2e-5 rad off.
void interpolate(const SharedHand& before, const SharedHand& after, float s,
                 SharedHand& hand) noexcept {
  constexpr LaneMask kSign = {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN};
  LaneMask is_near = kAllLanes;
  for (std::size_t g = 0; g < kJointGroups; ++g) {
    const LaneQuat& a = before.q_world_joint[g];
    const LaneQuat& b = after.q_world_joint[g];
    const Lanes c = dot(a, b);
    is_near &= c * c > lanes(0.995f);
    // The shorter way: with the sign of c.
    const auto toward = std::bit_cast<Lanes>((std::bit_cast<LaneMask>(c) & kSign) ^
                                             std::bit_cast<LaneMask>(lanes(s)));
    hand.q_world_joint[g] = renormalized(lanes(1 - s) * a + toward * b);
    const LaneVec& p = before.p_world_joint[g];
    hand.p_world_joint[g] = p + lanes(s) * (after.p_world_joint[g] - p);
  }
  hand.radius_m = after.radius_m;
  if (is_all(is_near)) return;
  for (std::size_t j = 0; j < kJointGroups * kLanes; ++j) {
    const std::size_t g = j / kLanes, lane = j % kLanes;
    set(hand.q_world_joint[g], lane,
        between_far(at(before.q_world_joint[g], lane), at(after.q_world_joint[g], lane), s));
  }
}

void interpolate_rest(const SharedHand& before, const SharedHand& after, float s,
                      SharedHand& hand) noexcept {
  for (std::size_t g = 0; g < kJointGroups; ++g) {
    const LaneVec& v = before.v_world_joint[g];
    const LaneVec& omega = before.omega_world_joint[g];
    hand.v_world_joint[g] = v + lanes(s) * (after.v_world_joint[g] - v);
    hand.omega_world_joint[g] = omega + lanes(s) * (after.omega_world_joint[g] - omega);
  }
  hand.confidence = after.confidence;
}

/// What is no number, or infinite, makes the sum so.
LaneMask are_finite(Lanes total) noexcept { return total - total == lanes(0); }
LaneMask are_finite(const LaneVec& v) noexcept { return are_finite(v.x + v.y + v.z); }

/// Rotations are rotations, skin is outside its bone, all is finite.
bool is_sound(const SharedHand& hand, Parts parts) noexcept {
  LaneMask is_right = kAllLanes;
  for (std::size_t g = 0; g < kJointGroups; ++g) {
    const LaneQuat& q = hand.q_world_joint[g];
    const Lanes off = dot(q, q) - 1;
    is_right &= (off * off < lanes(0.019f * 0.019f)) & are_finite(hand.p_world_joint[g]) &
                (hand.radius_m[g] > lanes(0)) & are_finite(hand.radius_m[g]);
  }
  for (std::size_t g = 0; g < kJointGroups && parts == Parts::All; ++g) {
    is_right &= are_finite(hand.v_world_joint[g]) & are_finite(hand.omega_world_joint[g]);
  }
  return is_all(is_right) && hand.head.origin > PoseOrigin::None &&
         hand.head.origin <= PoseOrigin::Held;
}

bool read(const HandHistory& history, std::uint64_t n, PoseHead& head) noexcept {
  return history.poses[n % kPoseHistory].read_front<sizeof(head)>(&head);
}

bool read(const HandHistory& history, std::uint64_t n, Parts parts, SharedHand& hand) noexcept {
  const Cell<SharedHand>& cell = history.poses[n % kPoseHistory];
  constexpr std::size_t kPlacesBytes = offsetof(SharedHand, v_world_joint);
  return parts == Parts::All ? cell.read(hand) : cell.read_front<kPlacesBytes>(&hand);
}

/// The later of the neighbours of `t`: the first number from `oldest` on, up to `last`, whose pose
/// is after `t` and of the epoch of `newest`. A pose comes each millisecond, so it is looked for
/// where that says.
std::uint64_t find_later(const HandHistory& history, std::uint64_t oldest, std::uint64_t last,
                         HostTime t, const PoseHead& newest) noexcept {
  const auto is_before = [&](std::uint64_t n) {
    PoseHead head;
    return !read(history, n, head) || head.epoch != newest.epoch || head.t <= t;
  };
  const auto back = static_cast<std::uint64_t>((difference(newest.t, t) - 1ns) / kPosePeriod);
  std::uint64_t later = last - std::min(back, last - oldest);
  while (later < last && is_before(later)) ++later;
  while (later > oldest && !is_before(later - 1)) --later;
  return later;
}

/// Ahead of the newest pose, or what else has only one neighbour.
void carry_on(const SharedHand& from, HostTime t, Parts parts, SharedHand& hand) noexcept {
  const Duration ahead = difference(t, from.head.t);
  hand.head = from.head;
  if (parts == Parts::All) {
    hand.v_world_joint = from.v_world_joint;
    hand.omega_world_joint = from.omega_world_joint;
    hand.confidence = from.confidence;
  }
  const Duration reach = std::clamp(ahead, -kMaxExtrapolation, kMaxExtrapolation);
  extrapolate(from, static_cast<float>(seconds(reach)), hand);
  const bool was_sure =
      from.head.origin == PoseOrigin::Measured || from.head.origin == PoseOrigin::Filled;
  if (ahead < Duration(0) && was_sure) hand.head.origin = PoseOrigin::Predicted;
  if (ahead > kMaxExtrapolation && from.head.origin != PoseOrigin::None)
    hand.head.origin = PoseOrigin::Held;
}

}  // namespace

SharedHand to_shared(const HandPose& pose) noexcept {
  SharedHand hand{};
  hand.head = {pose.t, pose.hand, pose.origin, pose.epoch};
  for (std::size_t n = 0; n < kJointGroups * kLanes; ++n) {
    const std::size_t g = n / kLanes, lane = n % kLanes, j = n % kHandJoints;
    set(hand.q_world_joint[g], lane, pose.T_world_joint[j].q);
    set(hand.p_world_joint[g], lane, pose.T_world_joint[j].p);
    hand.radius_m[g][lane] = pose.radius_m[j];
    set(hand.v_world_joint[g], lane, pose.v_world_joint[j]);
    set(hand.omega_world_joint[g], lane, pose.omega_world_joint[j]);
  }
  hand.confidence = pose.confidence;
  return hand;
}

HandPose to_pose(const SharedHand& hand, Parts parts) noexcept {
  HandPose pose;
  pose.t = hand.head.t;
  pose.hand = hand.head.hand;
  pose.origin = hand.head.origin;
  pose.epoch = hand.head.epoch;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const std::size_t g = j / kLanes, lane = j % kLanes;
    pose.T_world_joint[j] = {at(hand.q_world_joint[g], lane), at(hand.p_world_joint[g], lane)};
    pose.radius_m[j] = hand.radius_m[g][lane];
    if (parts == Parts::Places) continue;
    pose.v_world_joint[j] = at(hand.v_world_joint[g], lane);
    pose.omega_world_joint[j] = at(hand.omega_world_joint[g], lane);
    pose.confidence[j] = hand.confidence[j];
  }
  return pose;
}

void publish(HandHistory& history, const HandPose& pose) noexcept {
  const std::uint64_t n = history.count.load(std::memory_order_relaxed);
  history.poses[n % kPoseHistory].write(to_shared(pose));
  history.count.store(n + 1, std::memory_order_release);
}

bool hand_at(const HandHistory& history, HostTime t, Parts parts, SharedHand& hand) noexcept {
  const std::uint64_t count = history.count.load(std::memory_order_acquire);
  PoseHead newest;
  if (count == 0 || !read(history, count - 1, newest)) return false;

  // The writer may be on its way round: the oldest slot is not ours to trust.
  const std::uint64_t oldest = count > kPoseHistory - 1 ? count - (kPoseHistory - 1) : 0;
  std::uint64_t later = count - 1;
  if (t < newest.t) later = find_later(history, oldest, later, t, newest);
  SharedHand before, after;
  const bool is_between = t < newest.t && later > oldest &&
                          read(history, later - 1, parts, before) &&
                          before.head.epoch == newest.epoch && before.head.t <= t;
  if (!read(history, later, is_between ? parts : Parts::All, after)) return false;
  if (is_between && after.head.t > t && after.head.epoch == newest.epoch) {
    const float s = static_cast<float>(difference(t, before.head.t).count()) /
                    static_cast<float>(difference(after.head.t, before.head.t).count());
    hand.head = after.head;
    interpolate(before, after, s, hand);
    if (parts == Parts::All) interpolate_rest(before, after, s, hand);
  } else {
    carry_on(after, t, parts, hand);
  }
  hand.head.t = t;
  return is_sound(hand, parts);
}

}  // namespace tactus::ipc
