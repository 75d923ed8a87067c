#include "tactus/simulator/kneeling_person.h"

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

// Joint centres of an adult of 1.70 m, as shares of height rounded from motion-capture skeletons
// (simulator/person/true_person.cc).
constexpr double kHeight_m = 1.70;
constexpr double kThigh_m = 0.243 * kHeight_m, kTrunk_m = 0.298 * kHeight_m;
constexpr double kUpperArm_m = 0.157 * kHeight_m, kForearm_m = 0.146 * kHeight_m;
constexpr V3d kNeckToHead{0, 0.068 * kHeight_m, -0.027 * kHeight_m};
constexpr V3d kHeadToEyes{0, 0.028 * kHeight_m, -0.052 * kHeight_m};
constexpr V3d kNeckToShoulder{0.102 * kHeight_m, -0.032 * kHeight_m, 0.002 * kHeight_m};
constexpr V3d kKnees{0, 0.06, 0.10};  // of one whose eyes are over the origin, upright

// Skin: a chest 24 cm deep and 30 cm wide, its front 12 cm before the spine; a forearm 26 cm around
// below the elbow and 17 cm above the wrist.
struct Ball {
  V3d p;  // from the neck, in the trunk's frame, right side
  double radius_m;
};
constexpr std::array<Ball, 3> kBreast = {
    {{{0.06, -0.11, -0.035}, 0.08}, {{0.06, -0.17, -0.040}, 0.08}, {{0.06, -0.23, -0.035}, 0.08}}};
constexpr std::array<std::array<double, 2>, 4> kForearm = {
    {{0.2, 0.041}, {0.45, 0.037}, {0.7, 0.031}, {0.9, 0.027}}};  // share of the way, radius

Q4d axes(V3d x, V3d y, V3d z) {
  const double trace = x.x + y.y + z.z;
  if (trace > 0) return normalized(Q4d{y.z - z.y, z.x - x.z, x.y - y.x, 1 + trace});
  if (x.x > y.y && x.x > z.z)
    return normalized(Q4d{1 + x.x - y.y - z.z, x.y + y.x, x.z + z.x, y.z - z.y});
  if (y.y > z.z) return normalized(Q4d{x.y + y.x, 1 - x.x + y.y - z.z, y.z + z.y, z.x - x.z});
  return normalized(Q4d{x.z + z.x, y.z + z.y, 1 - x.x - y.y + z.z, x.y - y.x});
}

/// The joint between two bones of these lengths, on the side of `n_pole`; `over_m`: what they lack.
V3d between_bones(V3d a, V3d b, double first_m, double second_m, V3d n_pole, double& over_m) {
  const V3d line = b - a;
  const double d = norm(line);
  const V3d n = normalized(line);
  over_m = std::max({0.0, d - first_m - second_m, std::fabs(first_m - second_m) - d});
  const double reach = std::clamp(d, std::fabs(first_m - second_m) + 1e-6, first_m + second_m);
  const double along = (first_m * first_m + reach * reach - second_m * second_m) / (2 * reach);
  const double aside = std::sqrt(std::max(0.0, first_m * first_m - along * along));
  return a + along * n + aside * normalized(n_pole - dot(n_pole, n) * n);
}

/// The trunk goes straight from pelvis to neck and faces as level ahead as that lets it.
Q4d trunk_turn(V3d p_pelvis, V3d p_neck) {
  const V3d y = normalized(p_neck - p_pelvis);
  const V3d x = normalized(cross({0, 0, -1}, y));
  return axes(x, y, cross(x, y));
}

bool is_of_trunk(Region region) {
  constexpr std::array kTrunk = {Region::None, Region::Neck, Region::Shoulder, Region::Chest,
                                 Region::Back, Region::Lap,  Region::Cloth};
  return std::find(kTrunk.begin(), kTrunk.end(), region) != kTrunk.end();
}

double depth_of(const PosedBody& trunk, V3d p_world, double radius_m) {
  return radius_m - trunk.closest(p_world, kTruthReach_m + radius_m).distance_m;
}

}  // namespace

KneelingPerson kneeling_person(const Pose3d& T_world_head,
                               const std::array<Pose3d, kHands>& T_world_wrist) {
  KneelingPerson person;
  const V3d p_head = T_world_head * (-1.0 * kHeadToEyes);
  double over_m = 0;
  constexpr int kPasses = 3;  // the neck turns half with the head, and carries it
  for (int pass = 0; pass < kPasses; ++pass) {
    const Q4d q_half =
        turn(rotation_vector(conjugate(person.q_trunk) * T_world_head.q),
             0.5 * norm(rotation_vector(conjugate(person.q_trunk) * T_world_head.q)));
    person.p_neck = p_head - rotate(person.q_trunk * q_half, kNeckToHead);
    person.p_pelvis = between_bones(kKnees, person.p_neck, kThigh_m, kTrunk_m, {0, 0, 1}, over_m);
    person.q_trunk = trunk_turn(person.p_pelvis, person.p_neck);
  }
  person.stretch_m = over_m;
  for (std::size_t h = 0; h < kHands; ++h) {
    const double side = h == index(Hand::Right) ? 1 : -1;
    const V3d from_neck{side * kNeckToShoulder.x, kNeckToShoulder.y, kNeckToShoulder.z};
    person.p_shoulder[h] = person.p_neck + rotate(person.q_trunk, from_neck);
    person.p_wrist[h] = T_world_wrist[h].p;
    person.p_elbow[h] = between_bones(person.p_shoulder[h], person.p_wrist[h], kUpperArm_m,
                                      kForearm_m, {side * 0.8, -0.6, 0.2}, over_m);
    person.stretch_m = std::max(person.stretch_m, over_m);
  }
  return person;
}

TrueBody trunk_of(const TrueBody& body) {
  TrueBody trunk = body;
  std::erase_if(trunk.triangles, [](const auto& t) { return !is_of_trunk(t.region); });
  divide(trunk);
  return trunk;
}

EmbraceDepth embrace_depth(const PosedBody& trunk, const KneelingPerson& person) {
  EmbraceDepth depth;
  depth.breast_m = -kTruthReach_m;
  for (const double side : {-1.0, 1.0}) {
    for (const Ball& ball : kBreast) {
      const V3d p = person.p_neck + rotate(person.q_trunk, {side * ball.p.x, ball.p.y, ball.p.z});
      depth.breast_m = std::max(depth.breast_m, depth_of(trunk, p, ball.radius_m));
    }
  }
  for (std::size_t h = 0; h < kHands; ++h) {
    depth.forearm_m[h] = -kTruthReach_m;
    for (const auto& [share, radius_m] : kForearm) {
      const V3d p = person.p_elbow[h] + share * (person.p_wrist[h] - person.p_elbow[h]);
      depth.forearm_m[h] = std::max(depth.forearm_m[h], depth_of(trunk, p, radius_m));
    }
  }
  return depth;
}

bool is_embrace(const EmbraceDepth& depth, const BothHandsTruth& hands) {
  std::array<bool, kHands> forearm{}, arm{};
  for (std::size_t h = 0; h < kHands; ++h) {
    forearm[h] = depth.forearm_m[h] > 0;
    arm[h] = forearm[h] || std::any_of(hands[h].begin(), hands[h].end(), [](const TruthContact& c) {
               return c.touching() && is_of_trunk(c.region);
             });
  }
  return arm[0] && arm[1] && (depth.breast_m > 0 || (forearm[0] && forearm[1]));
}

}  // namespace tactus::simulator
