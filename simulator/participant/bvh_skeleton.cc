#include "tactus/simulator/bvh_skeleton.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "touch_solver.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
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

V3d offset_of(const BvhJoint& joint) { return {joint.offset[0], joint.offset[1], joint.offset[2]}; }

}  // namespace

int find_joint(const BvhMotion& bvh, std::initializer_list<const char*> names) {
  for (const char* wanted : names) {
    for (std::size_t i = 0; i < bvh.joints.size(); ++i) {
      if (plain(bvh.joints[i].name) == wanted) return static_cast<int>(i);
    }
  }
  return -1;
}

BvhRoles roles_of(const BvhMotion& bvh) {
  const auto find = [&bvh](std::initializer_list<const char*> names) {
    return find_joint(bvh, names);
  };
  return {find({"head"}),
          find({"neck", "neck1"}),
          find({"lefthip", "leftupleg", "leftupperleg", "lthigh", "lhipjoint", "lhip"}),
          find({"righthip", "rightupleg", "rightupperleg", "rthigh", "rhipjoint", "rhip"}),
          {find({"leftwrist", "lefthand", "lhand", "lwrist", "handl"}),
           find({"rightwrist", "righthand", "rhand", "rwrist", "handr"})},
          {find({"leftankle", "leftfoot", "lfoot", "lankle", "footl"}),
           find({"rightankle", "rightfoot", "rfoot", "rankle", "footr"})}};
}

std::vector<V3d> rest_places(const BvhMotion& bvh) {
  std::vector<V3d> p(bvh.joints.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    const int parent = bvh.joints[i].parent;
    const V3d from = parent < 0 ? V3d{} : p[static_cast<std::size_t>(parent)];
    p[i] = parent < 0 ? V3d{} : from + offset_of(bvh.joints[i]);
  }
  return p;
}

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

Q4d turn_between(V3d from, V3d to) {
  const V3d axis = cross(from, to);
  if (norm(axis) < 1e-9)
    return dot(from, to) > 0 ? Q4d{} : turn(in_plane({0, 0, 1}, from), std::numbers::pi);
  return turn(axis, std::atan2(norm(axis), dot(from, to)));
}

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

double floor_of(const BvhMotion& bvh, double scale) {
  std::vector<double> lowest_m;
  for (std::size_t f = 0; f < bvh.frame_count; ++f) {
    double low_m = std::numeric_limits<double>::infinity();
    for (const Pose3d& T : joints_of(bvh, f)) low_m = std::min(low_m, scale * T.p.y);
    lowest_m.push_back(low_m);
  }
  const auto tenth = lowest_m.begin() + static_cast<std::ptrdiff_t>(lowest_m.size() / 10);
  std::nth_element(lowest_m.begin(), tenth, lowest_m.end());
  return *tenth;
}

}  // namespace tactus::simulator
