#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string>

#include "touch.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kKeySpacing_m = 0.006;
constexpr double kCheekStroke_m = 0.024;
constexpr double kHairStroke_m = 0.120;

/// The child's own directions, carried by a bone: up, ahead and to her left, in world.
struct Axes {
  V3d up, ahead, left;
};

Axes axes_of(const PosedBody& body, std::size_t bone) {
  const Q4d q = body.bones()[bone].q * conjugate(body.body().bones[bone].T_rest_bone.q);
  return {rotate(q, {0, 1, 0}), rotate(q, {0, 0, 1}), rotate(q, {1, 0, 0})};
}

/// The bone that moves most of a triangle.
std::size_t bone_of(const TrueBody& body, std::uint32_t triangle) {
  std::array<double, 256> share{};
  for (const std::uint32_t v : body.triangles[triangle].vertex) {
    for (std::size_t k = 0; k < 4; ++k) {
      share[body.vertices[v].bone[k]] += body.vertices[v].weight[k];
    }
  }
  return static_cast<std::size_t>(std::max_element(share.begin(), share.end()) - share.begin());
}

/// The skin nearest to a point that is outside, with the normal of its neighbourhood: one triangle
/// is too small a thing to lay a hand on.
TouchPlace skin_near(const PosedBody& body, V3d p_world, V3d n_guess, double around_m) {
  constexpr double kReach_m = 0.4;
  const ClosestSkin middle = body.closest(p_world, kReach_m);
  const V3d u = in_plane(std::fabs(n_guess.x) < 0.8 ? V3d{1, 0, 0} : V3d{0, 1, 0}, n_guess);
  const V3d v = cross(n_guess, u);
  V3d n = middle.n_world;
  for (int i = 0; i < 8; ++i) {
    const double a = i * std::numbers::pi / 4;
    const V3d beside =
        middle.p_world + around_m * (std::cos(a) * u + std::sin(a) * v) + 0.01 * n_guess;
    n = n + body.closest(beside, kReach_m).n_world;
  }
  return {middle.p_world, normalized(n), bone_of(body.body(), middle.triangle)};
}

/// The middle of a region's skin.
std::optional<TouchPlace> middle_of(const PosedBody& body, Region region) {
  V3d centre{}, normal{};
  double area = 0;
  for (const TrueBody::Triangle& t : body.body().triangles) {
    if (t.region != region) continue;
    const V3d a = body.vertices()[t.vertex[0]], b = body.vertices()[t.vertex[1]],
              c = body.vertices()[t.vertex[2]];
    const V3d twice = cross(b - a, c - a);
    centre = centre + (norm(twice) / 3) * (a + b + c);
    normal = normal + twice;
    area += norm(twice);
  }
  if (!(area > 0) || !(norm(normal) > 0)) return std::nullopt;
  const V3d n = normalized(normal);
  return skin_near(body, (1 / area) * centre + 0.02 * n, n, 0.012);
}

/// From outside along a direction until the skin.
std::optional<V3d> march(const PosedBody& body, V3d p_world, V3d direction, double most_m) {
  double way_m = 0;
  while (way_m < most_m) {
    const ClosestSkin skin = body.closest(p_world + way_m * direction, most_m);
    if (!skin.found || skin.distance_m < 0) return std::nullopt;
    if (skin.distance_m < 2e-4) return skin.p_world;
    way_m += skin.distance_m;
  }
  return std::nullopt;
}

Fingers pointing(double mcp_deg, double pip_deg, double dip_deg) {
  Fingers fingers{};
  for (std::size_t f = 1; f < kFingers; ++f) {
    fingers[f] = {mcp_deg * kDeg, 0, pip_deg * kDeg, dip_deg * kDeg};
  }
  fingers[0] = {-10 * kDeg, 4 * kDeg, 0, 0};  // out of the way
  return fingers;
}

/// The goal whose hand keeps clearest of everything else, over the first, middle and last place.
struct Choice {
  TouchGoal goal;
  double worth = 0;
  void offer(const TouchSolver& solver, TouchGoal tried, std::span<const TouchPlace> places) {
    double least = 0.012;  // clear enough
    for (const std::size_t i : {std::size_t{0}, places.size() / 2, places.size() - 1}) {
      tried.p_world = places[i].p_world;
      tried.n_world = places[i].n_world;
      const TouchAnswer answer = solver.fingertips(tried);
      least = std::min(least, answer.clearance_m - 4 * answer.worst_m);
      if (least <= worth) return;
    }
    worth = least;
    goal = tried;
  }
};

/// Follows places over the skin with one hand, each key started from the one before.
std::vector<TouchAnswer> follow(const TouchSolver& solver, TouchGoal goal,
                                const std::vector<TouchPlace>& places) {
  std::vector<TouchAnswer> keys;
  for (const TouchPlace& place : places) {
    goal.p_world = place.p_world;
    goal.n_world = place.n_world;
    keys.push_back(solver.fingertips(goal));
  }
  return keys;
}

}  // namespace

TouchPlan plan_cheek(const PosedBody& body, const TouchSolver& solver, Hand hand) {
  // Face to face, the right hand is on the side of her left cheek.
  const auto place = middle_of(body, hand == Hand::Right ? Region::CheekLeft : Region::CheekRight);
  if (!place) return {};
  const Axes axes = axes_of(body, place->bone);
  const V3d down = in_plane(-1.0 * axes.up, place->n_world);
  std::vector<TouchPlace> places;
  for (double way = -0.5 * kCheekStroke_m; way <= 0.5 * kCheekStroke_m + 1e-9;
       way += kKeySpacing_m) {
    const V3d over = place->p_world + way * down + 0.01 * place->n_world;
    places.push_back(skin_near(body, over, place->n_world, 0.012));
  }
  TouchGoal goal{};
  goal.fingers = {false, true, true, true, false};
  Choice choice;
  for (const double tilt_deg : {40.0, 65.0, 90.0}) {
    for (const double curl_deg : {0.0, 8.0}) {
      const double tilt = tilt_deg * kDeg;
      goal.along_world = std::cos(tilt) * axes.up - std::sin(tilt) * axes.ahead;
      goal.shape = pointing(4 + curl_deg, 12, 5);
      goal.shape[4].base_flexion = -12 * kDeg;  // the little finger stays off
      choice.offer(solver, goal, places);
    }
  }
  if (!(choice.worth > 0)) return {};
  return {place->bone, follow(solver, choice.goal, places), kKeySpacing_m};
}

TouchPlan plan_hair(const PosedBody& body, const TouchSolver& solver, Hand hand) {
  V3d low{1e9, 1e9, 1e9}, high{-1e9, -1e9, -1e9};
  const auto place = middle_of(body, Region::Hair);
  if (!place) return {};
  const Axes axes = axes_of(body, place->bone);
  for (const TrueBody::Triangle& t : body.body().triangles) {
    if (t.region != Region::Hair) continue;
    const V3d p = body.vertices()[t.vertex[0]];
    const V3d own{dot(p, axes.left), dot(p, axes.up), dot(p, axes.ahead)};
    low = {std::min(low.x, own.x), std::min(low.y, own.y), std::min(low.z, own.z)};
    high = {std::max(high.x, own.x), std::max(high.y, own.y), std::max(high.z, own.z)};
  }
  const V3d middle = 0.5 * (low + high);
  const V3d centre = middle.x * axes.left + middle.y * axes.up + middle.z * axes.ahead;
  const double radius_m = 0.5 * (high.x - low.x);
  const V3d side = (hand == Hand::Right ? 1.0 : -1.0) * axes.left;
  std::vector<TouchPlace> places;
  const double step = kKeySpacing_m / radius_m;
  for (double a = 20 * kDeg; a * radius_m < 20 * kDeg * radius_m + kHairStroke_m; a += step) {
    const V3d out = std::cos(a) * axes.up + std::sin(a) * side;
    const auto p = march(body, centre + 0.3 * out, -1.0 * out, 0.35);
    if (!p) return {};
    places.push_back(skin_near(body, *p + 0.01 * out, out, 0.018));
  }
  TouchGoal goal{};
  goal.fingers = {false, true, true, true, true};
  goal.incline_rad = 0.66;
  Choice choice;
  for (const double yaw_deg : {0.0, 20.0, -20.0}) {
    for (const double curl_deg : {0.0, 8.0}) {
      goal.along_world = std::sin(yaw_deg * kDeg) * side - std::cos(yaw_deg * kDeg) * axes.ahead;
      goal.shape = pointing(8 + curl_deg, 12, 5);
      goal.shape[0].base_flexion = -18 * kDeg;
      choice.offer(solver, goal, places);
    }
  }
  if (!(choice.worth > 0)) return {};
  return {place->bone, follow(solver, choice.goal, places), kKeySpacing_m};
}

namespace {

constexpr double kPalmFit = 0.92;  ///< of the deepest patch's depth: what all should have

/// How a palm lies on a place: turned about the normal, tilted, and shifted along the fingers.
struct Lay {
  double heading_rad = 0, pitch_rad = 0, roll_rad = 0, slide_m = 0;
};

HandSample lay_palm(const TouchSolver& solver, TouchGoal goal, V3d fingers_of_hers,
                    const Lay& lay) {
  const V3d n = goal.n_world;
  goal.along_world = rotate(turn(n, lay.heading_rad), fingers_of_hers);
  goal.p_world = goal.p_world + lay.slide_m * goal.along_world;
  const V3d side = cross(n, goal.along_world);
  goal.n_world = rotate(turn(side, lay.pitch_rad) * turn(goal.along_world, lay.roll_rad), n);
  return solver.palm(goal);
}

/// More for each palm patch that is as deep as meant, less for one that only grazes, for fingers that
/// touch before they close, and much less for one that is deeper.
double fit_of_palm(const HandTruth& truth, double depth_m) {
  double fit = 0;
  for (std::size_t a = 0; a < kActuators; ++a) {
    const double distance_m = truth[a].distance_m;
    if (a < 2 * kFingers) {
      fit -= distance_m < -depth_m ? 3.0 : distance_m < 0.004 ? 0.5 : 0.0;
      continue;
    }
    const double off = (distance_m + depth_m) / (0.43 * depth_m);
    fit += std::exp(-0.5 * off * off);
    if (distance_m > -0.002 && distance_m < 0.003) fit -= 0.8;
  }
  return fit;
}

/// The best lay near a first one, coordinate by coordinate with shrinking steps.
Lay improve(const TouchSolver& solver, const TouchGoal& goal, V3d fingers_of_hers, Lay best,
            double& best_fit) {
  const auto fit = [&](const Lay& lay) {
    return fit_of_palm(solver.distances(lay_palm(solver, goal, fingers_of_hers, lay)),
                       kPalmFit * goal.depth_m);
  };
  best_fit = fit(best);
  for (const double scale : {1.0, 0.4}) {
    for (const Lay& step : {Lay{0, 8 * kDeg, 0, 0}, Lay{0, 0, 8 * kDeg, 0}, Lay{0, 0, 0, 0.012},
                            Lay{15 * kDeg, 0, 0, 0}}) {
      for (const double sign : {1.0, -1.0}) {
        const double s = sign * scale;
        const Lay tried{best.heading_rad + s * step.heading_rad,
                        best.pitch_rad + s * step.pitch_rad, best.roll_rad + s * step.roll_rad,
                        best.slide_m + s * step.slide_m};
        const double value = fit(tried);
        if (value <= best_fit) continue;
        best_fit = value;
        best = tried;
      }
    }
  }
  return best;
}

/// Two keys: the palm as it lies best, turned by about one of the headings, then fingers closed too.
std::vector<TouchAnswer> palm_and_fingers(const TouchSolver& solver, const TouchGoal& goal,
                                          V3d fingers_of_hers,
                                          const std::array<double, 3>& headings_deg) {
  double best_fit = -std::numeric_limits<double>::infinity();
  Lay best;
  for (const double heading_deg : headings_deg) {
    for (const double slide_m : {-0.02, 0.0, 0.02}) {
      double fit = 0;
      const Lay first{heading_deg * kDeg, 0, 0, slide_m};
      const Lay lay = improve(solver, goal, fingers_of_hers, first, fit);
      if (fit <= best_fit) continue;
      best_fit = fit;
      best = lay;
    }
  }
  const HandSample open = lay_palm(solver, goal, fingers_of_hers, best);
  HandSample closed = open;
  solver.close_fingers(closed, 0.0035);
  return {{open, goal.n_world}, {closed, goal.n_world}};
}

}  // namespace

TouchPlan plan_hold(const PosedBody& body, const TouchSolver& solver) {
  const int bone = body.body().bone("leftHand"), knuckle = body.body().bone("leftMiddleProximal");
  if (bone < 0 || knuckle < 0) return {};
  const auto b = static_cast<std::size_t>(bone);
  const Axes axes = axes_of(body, b);  // at rest: fingers to her left, palm down
  const V3d n_palm = -1.0 * axes.up;
  const V3d p_knuckle = body.bones()[static_cast<std::size_t>(knuckle)].p;
  const V3d p_middle = body.bones()[b].p + 0.55 * (p_knuckle - body.bones()[b].p);
  const auto p = march(body, p_middle + 0.06 * n_palm, -1.0 * n_palm, 0.07);
  if (!p) return {};

  TouchGoal goal{*p, n_palm, {}};
  goal.shape = pointing(-22, 2, 2);
  return {b, palm_and_fingers(solver, goal, axes.left, {150, 180, 210}), 0};
}

TouchPlan plan_back(const PosedBody& body, const TouchSolver& solver, Hand hand) {
  // One hand lies between her shoulder blades, the other below it: they do not meet.
  constexpr double kHigh_m = 0.075, kLow_m = -0.02, kAside_m = 0.03, kBehind_m = 0.3;
  constexpr double kPressed_m = 0.010;  // firmer than a caress
  const int bone = body.body().bone("chest");
  if (bone < 0) return {};
  const auto b = static_cast<std::size_t>(bone);
  const Axes axes = axes_of(body, b);
  const double side = hand == Hand::Right ? 1 : -1;  // face to face, the right hand is on her left
  const V3d over = body.bones()[b].p + (hand == Hand::Right ? kHigh_m : kLow_m) * axes.up +
                   side * kAside_m * axes.left - kBehind_m * axes.ahead;
  const auto p = march(body, over, axes.ahead, kBehind_m);
  if (!p) return {};
  const TouchPlace place = skin_near(body, *p - 0.01 * axes.ahead, -1.0 * axes.ahead, 0.03);

  TouchGoal goal{place.p_world, place.n_world, {}, kPressed_m};
  goal.shape = pointing(-14, 2, 2);
  goal.shape[0] = {-18 * kDeg, 2 * kDeg, -8 * kDeg, -17 * kDeg};  // the thumb as flat as it goes
  const V3d inwards = -side * axes.left;
  return {b, palm_and_fingers(solver, goal, inwards, {0, 15 * side, 30 * side}), 0};
}

}  // namespace tactus::simulator
