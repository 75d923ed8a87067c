#include "tactus/ipc/body_history.h"

#include <algorithm>

namespace tactus::ipc {
namespace {

constexpr Duration kSpeedOver = 20ms;  // of which a body's speed is taken: less is its tremor
constexpr float kLongest_m = 3;        // of a bone
constexpr Duration kLatest = 24h * 365 * 100;

/// How a body begins.
struct BodyHead {
  HostTime t;
  std::uint32_t epoch = 0;
};
static_assert(offsetof(BodyPose, t) == offsetof(BodyHead, t) &&
              offsetof(BodyPose, epoch) == offsetof(BodyHead, epoch));

/// The number of the last body, down to `oldest`, that was there at `t` in this epoch; `none` when
/// there is none.
std::uint64_t find_before(const BodyHistory& history, std::uint64_t oldest, std::uint64_t last,
                          HostTime t, std::uint32_t epoch, std::uint64_t none) noexcept {
  for (std::uint64_t n = last + 1; n-- > oldest;) {
    BodyHead head;
    const Cell<BodyPose>& cell = history.poses[n % kBodyHistory];
    if (!cell.read_front<offsetof(BodyHead, epoch) + sizeof(head.epoch)>(&head)) continue;
    if (head.epoch != epoch) break;
    if (head.t <= t) return n;
  }
  return none;
}

/// `pose` is the later one and becomes the one at `t`, `s` of the way from `before`, or further.
void blend(const BodyPose& before, float s, BodyPose& pose) noexcept {
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    Pose& T = pose.T_world_joint[j];
    T = interpolate(before.T_world_joint[j], T, s);
  }
}

bool is_part(float share) noexcept { return share >= 0 && share <= 1; }

bool is_sound(const BodyPose& pose) noexcept {
  const Duration t = pose.t.time_since_epoch();
  bool is_right = is_part(pose.confidence) && t > -kLatest && t < kLatest;
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    is_right = is_right && is_valid(pose.T_world_joint[j]) && pose.origin[j] <= PoseOrigin::Held &&
               is_part(pose.joint_confidence[j]);
  }
  return is_right;
}

/// As a share of the way from `from` to `to`; the times are another process's.
float share(HostTime from, HostTime to, HostTime t) noexcept {
  const auto ns = [](HostTime at) { return static_cast<double>(at.time_since_epoch().count()); };
  return static_cast<float>((ns(t) - ns(from)) / (ns(to) - ns(from)));
}

}  // namespace

void publish(BodyHistory& history, const BodyPose& pose) noexcept {
  const std::uint64_t n = history.count.load(std::memory_order_relaxed);
  history.poses[n % kBodyHistory].write(pose);
  history.count.store(n + 1, std::memory_order_release);
}

bool body_at(const BodyHistory& history, HostTime t, BodyPose& pose) noexcept {
  const std::uint64_t count = history.count.load(std::memory_order_acquire);
  BodyPose newest;
  if (count == 0 || !history.poses[(count - 1) % kBodyHistory].read(newest)) return false;
  if (!is_sound(newest)) return false;
  // The writer may be on its way round: the oldest slot is not ours to trust.
  const std::uint64_t oldest = count > kBodyHistory - 1 ? count - (kBodyHistory - 1) : 0;
  const bool is_ahead = t >= newest.t;
  const HostTime t_before = is_ahead ? newest.t - kSpeedOver : t;
  const std::uint64_t n = find_before(history, oldest, count - 1, t_before, newest.epoch, count);
  BodyPose before;
  const bool has_before = n != count && history.poses[n % kBodyHistory].read(before) &&
                          is_sound(before) && before.epoch == newest.epoch && before.t <= t_before;
  pose = newest;
  if (is_ahead) {
    const HostTime t_reach = std::min(t, newest.t + kMaxBodyExtrapolation);
    if (has_before) blend(before, share(before.t, newest.t, t_reach), pose);
  } else if (!has_before || n + 1 >= count || !history.poses[(n + 1) % kBodyHistory].read(pose) ||
             !is_sound(pose) || pose.epoch != newest.epoch || pose.t <= t) {
    return false;
  } else {
    blend(before, share(before.t, pose.t, t), pose);
  }
  pose.t = t;
  return is_sound(pose);
}

bool is_sound(const BodyProportions& body) noexcept {
  const auto is_bone = [](float length_m) { return length_m > 0 && length_m < kLongest_m; };
  const auto is_point = [&](Vec3 p) { return is_finite(p) && is_bone(length(p)); };
  return is_bone(body.height_m) && is_point(body.p_pelvis_hip) && is_point(body.p_pelvis_neck) &&
         is_point(body.p_neck_head) && is_point(body.p_neck_collar) &&
         is_point(body.p_collar_shoulder) && is_bone(body.upper_arm_m) && is_bone(body.forearm_m) &&
         is_bone(body.thigh_m) && is_bone(body.shank_m) && is_bone(body.ankle_height_m) &&
         is_point(body.p_ankle_toe);
}

}  // namespace tactus::ipc
