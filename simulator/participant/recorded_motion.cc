#include "tactus/simulator/recorded_motion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "person_track.h"
#include "touch_solver.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kEyesAboveHead = 0.07;  ///< of a head joint's distance to the crown, about
constexpr V3d kUp{0, 1, 0};

/// A name without its exporter's prefix, case and punctuation: "mixamorig:LeftHand" → "lefthand".
std::string plain(const std::string& name) {
  std::string result;
  for (const char c : name.substr(name.find_last_of(':') + 1)) {
    if (c >= 'A' && c <= 'Z') result += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) result += c;
  }
  return result;
}

int find(const BvhMotion& bvh, std::initializer_list<const char*> names) {
  for (const char* wanted : names) {
    for (std::size_t i = 0; i < bvh.joints.size(); ++i) {
      if (plain(bvh.joints[i].name) == wanted) return static_cast<int>(i);
    }
  }
  return -1;
}

/// The joints that matter, by the names that exporters give them.
struct Roles {
  int head, left_hip, right_hip;
  std::array<int, kHands> wrist;
};

Roles roles_of(const BvhMotion& bvh) {
  return {find(bvh, {"head"}),
          find(bvh, {"lefthip", "leftupleg", "leftupperleg", "lthigh", "lhipjoint", "lhip"}),
          find(bvh, {"righthip", "rightupleg", "rightupperleg", "rthigh", "rhipjoint", "rhip"}),
          {find(bvh, {"leftwrist", "lefthand", "lhand", "lwrist", "handl"}),
           find(bvh, {"rightwrist", "righthand", "rhand", "rwrist", "handr"})}};
}

V3d offset_of(const BvhJoint& joint) { return {joint.offset[0], joint.offset[1], joint.offset[2]}; }

/// Where the joints are when nothing is turned.
std::vector<V3d> rest_places(const BvhMotion& bvh) {
  std::vector<V3d> p(bvh.joints.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    const int parent = bvh.joints[i].parent;
    const V3d from = parent < 0 ? V3d{} : p[static_cast<std::size_t>(parent)];
    p[i] = parent < 0 ? V3d{} : from + offset_of(bvh.joints[i]);
  }
  return p;
}

/// All joints of one frame, in the file's unit and axes.
std::vector<Pose3d> joints_of(const BvhMotion& bvh, std::size_t frame) {
  const double* value = &bvh.values[frame * bvh.channel_count];
  std::vector<Pose3d> T(bvh.joints.size());
  for (std::size_t i = 0; i < T.size(); ++i) {
    const BvhJoint& joint = bvh.joints[i];
    Pose3d local{{}, offset_of(joint)};
    for (std::size_t c = 0; c < joint.channels.size(); ++c) {
      const double x = value[joint.first_channel + c];
      switch (joint.channels[c]) {
        case BvhChannel::Xposition:
          local.p.x += x;
          break;
        case BvhChannel::Yposition:
          local.p.y += x;
          break;
        case BvhChannel::Zposition:
          local.p.z += x;
          break;
        case BvhChannel::Xrotation:
          local.q = local.q * turn({1, 0, 0}, x * kDeg);
          break;
        case BvhChannel::Yrotation:
          local.q = local.q * turn({0, 1, 0}, x * kDeg);
          break;
        case BvhChannel::Zrotation:
          local.q = local.q * turn({0, 0, 1}, x * kDeg);
          break;
      }
    }
    T[i] = joint.parent < 0 ? local : T[static_cast<std::size_t>(joint.parent)] * local;
  }
  return T;
}

/// The shortest turn from one unit direction to another.
Q4d turn_between(V3d from, V3d to) {
  const V3d axis = cross(from, to);
  if (norm(axis) < 1e-9)
    return dot(from, to) > 0 ? Q4d{} : turn(in_plane({0, 0, 1}, from), std::numbers::pi);
  return turn(axis, std::atan2(norm(axis), dot(from, to)));
}

/// What is known of the skeleton at rest.
struct Skeleton {
  Roles roles;
  double scale = 1;  ///< metres per unit
  V3d left;          ///< the person's left at rest
  std::array<Q4d, kHands> q_joint_wrist;
  Pose3d T_joint_head;
};

/// OpenXR's wrist axes in the joint's frame: whichever way the arms are held at rest, that pose
/// came from palms down and arms out to the sides by the shortest turn.
Q4d wrist_axes(const BvhMotion& bvh, const std::vector<V3d>& rest, int wrist, V3d outwards) {
  const auto w = static_cast<std::size_t>(wrist);
  V3d fingers = rest[w] - rest[static_cast<std::size_t>(bvh.joints[w].parent)];
  for (std::size_t i = w + 1; i < rest.size(); ++i) {
    if (bvh.joints[i].parent == wrist && norm(rest[i] - rest[w]) > 0) {
      fingers = rest[i] - rest[w];
      break;
    }
  }
  if (!(norm(fingers) > 0)) fingers = outwards;
  const V3d z = -1.0 * normalized(fingers);
  const V3d back = rotate(turn_between(outwards, normalized(fingers)), kUp);
  const V3d y = in_plane(back, z);
  return rotation_of_axes(cross(y, z), y, z);
}

Expected<Skeleton, std::string> measure(const BvhMotion& bvh) {
  Skeleton s;
  s.roles = roles_of(bvh);
  const Roles& r = s.roles;
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
  double floor_m = std::numeric_limits<double>::infinity();
  std::vector<double> lowest_m;
  for (std::size_t f = 0; f < bvh.frame_count; ++f) {
    double low_m = std::numeric_limits<double>::infinity();
    for (const Pose3d& T : joints_of(bvh, f)) low_m = std::min(low_m, s.scale * T.p.y);
    lowest_m.push_back(low_m);
  }
  // The floor is where the feet usually are, not where one frame's noise went.
  std::nth_element(lowest_m.begin(),
                   lowest_m.begin() + static_cast<std::ptrdiff_t>(lowest_m.size() / 10),
                   lowest_m.end());
  floor_m = lowest_m[lowest_m.size() / 10];
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
