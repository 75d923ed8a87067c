#include "tactus/simulator/recorded_motion.h"

#include <algorithm>
#include <cmath>

#include "person_track.h"
#include "tactus/simulator/bvh_skeleton.h"
#include "touch_solver.h"

namespace tactus::simulator {
namespace {

constexpr double kEyesAboveHead = 0.07;  ///< of a head joint's distance to the crown, about
constexpr V3d kUp{0, 1, 0};

/// What is known of the skeleton at rest.
struct Skeleton {
  BvhRoles roles;
  double scale = 1;  ///< metres per unit
  V3d left;          ///< the person's left at rest
  std::array<Q4d, kHands> q_joint_wrist;
  Pose3d T_joint_head;
};

Expected<Skeleton, std::string> measure(const BvhMotion& bvh) {
  Skeleton s;
  s.roles = roles_of(bvh);
  const BvhRoles& r = s.roles;
  if (r.head < 0 || r.left_hip < 0 || r.right_hip < 0 || r.wrist[0] < 0 || r.wrist[1] < 0) {
    return Unexpected<std::string>{
        "the skeleton lacks a joint named as a head, hip, or wrist (or hand), left and right"};
  }
  const std::vector<V3d> rest = rest_places(bvh);
  const auto [lowest, highest] = std::minmax_element(
      rest.begin(), rest.end(), [](const V3d& a, const V3d& b) { return a.y < b.y; });
  const double height = highest->y - lowest->y;
  const auto at = [&](int joint) { return rest[static_cast<std::size_t>(joint)]; };
  V3d left = at(r.left_hip) - at(r.right_hip);
  left.y = 0;
  if (!(height > 1e-6) || !(norm(left) > 1e-6 * height)) {
    return Unexpected<std::string>{"the skeleton at rest does not stand upright along +Y"};
  }
  s.scale = kPersonHeight_m / height;
  s.left = normalized(left);
  for (std::size_t h = 0; h < kHands; ++h) {
    s.q_joint_wrist[h] = wrist_axes(bvh, rest, r.wrist[h], h == 0 ? s.left : -1.0 * s.left);
  }
  const V3d right = -1.0 * s.left, ahead = cross(kUp, right);
  const double crown_m = s.scale * (highest->y - at(r.head).y);
  s.T_joint_head = {rotation_of_axes(right, kUp, -1.0 * ahead),
                    (1 / s.scale) * ((crown_m * 0.45) * kUp + kEyesAboveHead * ahead)};
  return s;
}

/// Turns and shifts everything so that the hips face -Z at the origin and the feet stand on y = 0.
Pose3d stage_from_file(const BvhMotion& bvh, const Skeleton& s) {
  const double floor_m = floor_of(bvh, s.scale);
  const std::vector<Pose3d> first = joints_of(bvh, 0);
  const V3d p_left = first[static_cast<std::size_t>(s.roles.left_hip)].p;
  const V3d p_right = first[static_cast<std::size_t>(s.roles.right_hip)].p;
  V3d right = p_right - p_left;
  right.y = 0;
  const double yaw = norm(right) > 0 ? std::atan2(right.z, right.x) : 0;
  const V3d hips = s.scale * (0.5 * (p_left + p_right));
  const Q4d q = turn(kUp, yaw);
  const V3d moved = rotate(q, hips);
  return {q, {-moved.x, -floor_m, -moved.z}};
}

}  // namespace

Expected<RecordedMotion, std::string> recorded_motion(const BvhMotion& bvh) {
  const auto skeleton = measure(bvh);
  if (!skeleton) return Unexpected{skeleton.error()};
  const Skeleton& s = *skeleton;
  const Pose3d T_stage_file = stage_from_file(bvh, s);
  const auto place = [&](const Pose3d& T) { return T_stage_file * Pose3d{T.q, s.scale * T.p}; };
  RecordedMotion motion;
  motion.frame_time_s = bvh.frame_time_s;
  for (std::size_t f = 0; f < bvh.frame_count; ++f) {
    const std::vector<Pose3d> T = joints_of(bvh, f);
    RecordedFrame frame;
    frame.T_stage_head = place(T[static_cast<std::size_t>(s.roles.head)] * s.T_joint_head);
    for (std::size_t h = 0; h < kHands; ++h) {
      const Pose3d& T_wrist = T[static_cast<std::size_t>(s.roles.wrist[h])];
      frame.T_stage_wrist[h] = place({T_wrist.q * s.q_joint_wrist[h], T_wrist.p});
    }
    const Pose3d* const poses[] = {&frame.T_stage_head, &frame.T_stage_wrist[0],
                                   &frame.T_stage_wrist[1]};
    for (const Pose3d* pose : poses) {
      if (!(norm(pose->p) < 1e3)) return Unexpected<std::string>{"the motion leaves any room"};
    }
    motion.frames.push_back(frame);
  }
  return motion;
}

RecordedFrame RecordedMotion::at(double t_s) const {
  const double last = static_cast<double>(frames.size() - 1);
  const double x = std::clamp(t_s / frame_time_s, 0.0, last);
  const auto k = static_cast<std::int64_t>(x);
  std::array<PersonSample, 4> control;
  for (std::int64_t i = 0; i < 4; ++i) {
    const auto n = std::clamp<std::int64_t>(k - 1 + i, 0, static_cast<std::int64_t>(last));
    const RecordedFrame& frame = frames[static_cast<std::size_t>(n)];
    PersonSample& sample = control[static_cast<std::size_t>(i)];
    sample.T_world_head = frame.T_stage_head;
    for (std::size_t h = 0; h < kHands; ++h) sample.hand[h].T_world_wrist = frame.T_stage_wrist[h];
  }
  const PersonSample s = spline(control, x - static_cast<double>(k));
  return {s.T_world_head, {s.hand[0].T_world_wrist, s.hand[1].T_world_wrist}};
}

}  // namespace tactus::simulator
