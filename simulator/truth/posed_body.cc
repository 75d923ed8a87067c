#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "tactus/base/hand_patches.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {
namespace {

/// Closest point of a triangle (Ericson, Real-Time Collision Detection, 2005, section 5.1.5).
V3d closest_on_triangle(V3d p, V3d a, V3d b, V3d c) {
  const V3d ab = b - a, ac = c - a, ap = p - a;
  const double d1 = dot(ab, ap), d2 = dot(ac, ap);
  if (d1 <= 0 && d2 <= 0) return a;
  const V3d bp = p - b;
  const double d3 = dot(ab, bp), d4 = dot(ac, bp);
  if (d3 >= 0 && d4 <= d3) return b;
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return a + (d1 / (d1 - d3)) * ab;
  const V3d cp = p - c;
  const double d5 = dot(ab, cp), d6 = dot(ac, cp);
  if (d6 >= 0 && d5 <= d6) return c;
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return a + (d2 / (d2 - d6)) * ac;
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    return b + ((d4 - d3) / ((d4 - d3) + (d5 - d6))) * (c - b);
  }
  const double sum = va + vb + vc;
  return a + (vb / sum) * ab + (vc / sum) * ac;
}

/// Solid angle of a triangle seen from the origin, signed, steradians.
double solid_angle(V3d a, V3d b, V3d c) {
  const double la = norm(a), lb = norm(b), lc = norm(c);
  const double numerator = dot(a, cross(b, c));
  const double denominator = la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb;
  return 2 * std::atan2(numerator, denominator);
}

/// A direction that no edge of a modelled body is likely to be parallel to.
const Q4d kSkew = turn({0.4142, 0.7321, 0.2361}, 0.8737);

double axis(V3d v, int k) { return k == 0 ? v.x : k == 1 ? v.y : v.z; }

/// Twice the signed area of (a, b, origin): antisymmetric to the last bit, so that two triangles
/// never both claim or both refuse a ray through their shared edge.
double twice_area(double ax, double ay, double bx, double by) { return ax * by - ay * bx; }

/// +1 where a ray from the origin along axis k leaves through the triangle, -1 where it enters.
int crossing(V3d a, V3d b, V3d c, int k) {
  const int u = (k + 1) % 3, v = (k + 2) % 3;
  const double ab = twice_area(axis(a, u), axis(a, v), axis(b, u), axis(b, v));
  const double bc = twice_area(axis(b, u), axis(b, v), axis(c, u), axis(c, v));
  const double ca = twice_area(axis(c, u), axis(c, v), axis(a, u), axis(a, v));
  const bool out = ab > 0 && bc > 0 && ca > 0;
  const bool in = ab < 0 && bc < 0 && ca < 0;
  if (!out && !in) return 0;
  const double height = (axis(a, k) * bc + axis(b, k) * ca + axis(c, k) * ab) / (ab + bc + ca);
  if (height <= 0) return 0;
  return out ? 1 : -1;
}

}  // namespace

void PosedBody::Box::include(V3d p) {
  low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
  high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
}

double PosedBody::Box::distance(V3d p) const {
  return norm(V3d{std::max({low.x - p.x, 0.0, p.x - high.x}),
                  std::max({low.y - p.y, 0.0, p.y - high.y}),
                  std::max({low.z - p.z, 0.0, p.z - high.z})});
}

std::vector<V3d> PosedBody::skinned(std::span<const Pose3d> T_world_bone) {
  const TrueBody& body = *body_;
  bones_.resize(body.bones.size());
  std::vector<Pose3d> T_world_rest(body.bones.size());
  for (std::size_t i = 0; i < body.bones.size(); ++i) {
    const Pose3d& T_rest_bone = body.bones[i].T_rest_bone;
    bones_[i] = i < T_world_bone.size() ? T_world_bone[i] : T_rest_bone;
    T_world_rest[i] = bones_[i] * inverse(T_rest_bone);
  }
  std::vector<V3d> p_world;
  p_world.reserve(body.vertices.size());
  for (const TrueBody::Vertex& vertex : body.vertices) {
    V3d p{};
    for (std::size_t k = 0; k < 4; ++k) {
      if (!(vertex.weight[k] > 0)) continue;
      p = p + vertex.weight[k] * (T_world_rest[vertex.bone[k]] * vertex.p_rest);
    }
    p_world.push_back(p);
  }
  return p_world;
}

void PosedBody::pose(const TrueBody& body, std::span<const Pose3d> T_world_bone) {
  body_ = &body;
  p_world_ = skinned(T_world_bone);
  bound();
}

void PosedBody::pose_between(const TrueBody& body, std::span<const Pose3d> T_world_before,
                             std::span<const Pose3d> T_world_after, double s) {
  body_ = &body;
  const std::vector<V3d> after = skinned(T_world_after);
  p_world_ = skinned(T_world_before);
  for (std::size_t i = 0; i < after.size(); ++i) {
    p_world_[i] = (1 - s) * p_world_[i] + s * after[i];
  }
  bound();
}

void PosedBody::bound() {
  p_skew_.clear();
  for (const V3d& p : p_world_) p_skew_.push_back(rotate(kSkew, p));
  constexpr double kFar = std::numeric_limits<double>::infinity();
  constexpr Box kEmpty{{kFar, kFar, kFar}, {-kFar, -kFar, -kFar}};
  balls_.resize(body_->triangles.size());
  parts_.assign(body_->parts.size(), kEmpty);
  skewed_.assign(body_->parts.size(), kEmpty);
  all_ = kEmpty;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    for (const std::uint32_t i : body_->parts[part].triangles) {
      const auto& v = body_->triangles[i].vertex;
      const V3d a = p_world_[v[0]], b = p_world_[v[1]], c = p_world_[v[2]];
      const V3d centre = (1.0 / 3.0) * (a + b + c);
      balls_[i] = {centre, std::max({norm(a - centre), norm(b - centre), norm(c - centre)})};
      for (const std::uint32_t vertex : v) {
        parts_[part].include(p_world_[vertex]);
        skewed_[part].include(p_skew_[vertex]);
      }
    }
    all_.include(parts_[part].low);
    all_.include(parts_[part].high);
  }
}

bool PosedBody::is_near(V3d p, double margin_m) const { return all_.distance(p) < margin_m; }

double PosedBody::winding(V3d p_world) const {
  double angle = 0;
  for (const TrueBody::Triangle& triangle : body_->triangles) {
    const auto& v = triangle.vertex;
    angle +=
        solid_angle(p_world_[v[0]] - p_world, p_world_[v[1]] - p_world, p_world_[v[2]] - p_world);
  }
  return angle / (4 * std::numbers::pi);
}

bool PosedBody::is_inside(V3d p_world) const {
  const V3d p = rotate(kSkew, p_world);
  std::array<int, 3> crossings{};
  for (std::size_t part = 0; part < skewed_.size(); ++part) {
    const Box& box = skewed_[part];
    const std::array<bool, 3> beside = {p.x < box.low.x || p.x > box.high.x,
                                        p.y < box.low.y || p.y > box.high.y,
                                        p.z < box.low.z || p.z > box.high.z};
    const std::array<bool, 3> hit = {!beside[1] && !beside[2] && p.x <= box.high.x,
                                     !beside[2] && !beside[0] && p.y <= box.high.y,
                                     !beside[0] && !beside[1] && p.z <= box.high.z};
    if (!hit[0] && !hit[1] && !hit[2]) continue;
    for (const std::uint32_t i : body_->parts[part].triangles) {
      const auto& v = body_->triangles[i].vertex;
      const V3d a = p_skew_[v[0]] - p, b = p_skew_[v[1]] - p, c = p_skew_[v[2]] - p;
      for (std::size_t k = 0; k < 3; ++k) {
        if (hit[k]) crossings[k] += crossing(a, b, c, static_cast<int>(k));
      }
    }
  }
  const int votes = (crossings[0] > 0) + (crossings[1] > 0) + (crossings[2] > 0);
  if (votes == 0) return false;
  if (votes == 3) return true;
  return winding(p_world) > 0.5;
}

ClosestSkin PosedBody::closest(V3d p_world, double reach_m) const {
  ClosestSkin best;
  best.distance_m = reach_m;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    if (parts_[part].distance(p_world) >= best.distance_m) continue;
    for (const std::uint32_t i : body_->parts[part].triangles) {
      const double limit = best.distance_m + balls_[i].radius_m;
      const V3d to_ball = balls_[i].centre - p_world;
      if (dot(to_ball, to_ball) > limit * limit) continue;
      const auto& v = body_->triangles[i].vertex;
      const V3d p = closest_on_triangle(p_world, p_world_[v[0]], p_world_[v[1]], p_world_[v[2]]);
      const double distance_m = norm(p - p_world);
      // A triangle without area may have no such point; its neighbours have its edges.
      if (!(distance_m < best.distance_m)) continue;
      best.distance_m = distance_m;
      best.p_world = p;
      best.triangle = i;
      best.found = true;
    }
  }
  if (!best.found) return best;
  const TrueBody::Triangle& triangle = body_->triangles[best.triangle];
  const auto& v = triangle.vertex;
  best.n_world =
      normalized(cross(p_world_[v[1]] - p_world_[v[0]], p_world_[v[2]] - p_world_[v[0]]));
  best.region = triangle.region;
  if (is_inside(p_world)) best.distance_m = -best.distance_m;
  return best;
}

HandTruth truth_contacts(const PosedBody& body, const TrueHand& hand) {
  HandTruth truth{};
  const auto sites = true_sites(hand, true_joints(hand));
  for (std::size_t a = 0; a < kActuators; ++a) {
    const double reach_m = kTruthReach_m + sites[a].radius_m;
    if (!body.is_near(sites[a].p_world, reach_m)) continue;
    const ClosestSkin skin = body.closest(sites[a].p_world, reach_m);
    truth[a] = {skin.distance_m - sites[a].radius_m, skin.region};
  }
  return truth;
}

namespace {

std::size_t finger_of(HandJoint joint) {
  const std::size_t first = index(HandJoint::IndexMetacarpal);
  return index(joint) < first ? index(Finger::Thumb) : 1 + (index(joint) - first) / 5;
}

/// How far from an actuator's patch the skin at `site` may be and yet be felt through it.
double most_around_m(const ActuatorSite& site, std::size_t actuator) {
  const bool on_palm = site.joint <= HandJoint::ThumbMetacarpal || site.p_joint.z > 0 ||
                       (index(site.joint) - 1) % 5 == 0;
  if (on_palm) return kAround_m;
  const std::size_t finger = finger_of(site.joint);
  const bool beside_ring = finger == index(Finger::Ring) &&
                           (actuator == static_cast<std::size_t>(PalmCell::MiddleBase) ||
                            actuator == static_cast<std::size_t>(PalmCell::LittleBase));
  const bool is_end = finger_of(kActuatorSites[actuator].joint) == finger &&
                      kActuatorSites[actuator].joint > HandJoint::ThumbMetacarpal;
  return is_end || beside_ring ? kAlongFinger_m : kAround_m;
}

}  // namespace

void add_surroundings(HandTruth& truth, const PosedBody& body, const TrueHand& hand) {
  TrueHand flat;
  flat.hand = hand.hand;
  flat.bones = hand.bones;
  const TrueJoints joints = true_joints(hand), flat_joints = true_joints(flat);
  const auto flat_sites = true_sites(flat, flat_joints);
  const double scale = true_scale(hand);
  for (std::size_t p = kActuators; p < kPatches; ++p) {
    const auto& site = kPatchSites[p];
    const V3d p_joint = scale * V3d{site.p_joint.x, site.p_joint.y, site.p_joint.z};
    const double radius_m = scale * static_cast<double>(site.radius_m);
    const V3d p_world = joints[index(site.joint)] * p_joint;
    if (!body.is_near(p_world, kTruthReach_m + radius_m)) continue;
    const double distance_m = body.closest(p_world, kTruthReach_m + radius_m).distance_m - radius_m;
    const V3d p_flat = flat_joints[index(site.joint)] * p_joint;
    for (std::size_t a = 0; a < kActuators; ++a) {
      if (norm(flat_sites[a].p_world - p_flat) > scale * most_around_m(site, a)) continue;
      truth[a].around_m = std::min(truth[a].around_m, distance_m);
    }
  }
}

}  // namespace tactus::simulator
