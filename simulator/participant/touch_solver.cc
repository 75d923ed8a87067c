#include "touch_solver.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kReach_m = 0.08;
constexpr double kMostBend_rad = 28 * kDeg;
constexpr int kRounds = 4;
constexpr std::size_t kFirstPalmSite = 2 * kFingers;

HandJoint tip_of(std::size_t finger) { return kTipJoints[finger]; }

}  // namespace

Q4d rotation_of_axes(V3d x, V3d y, V3d z) {
  const double trace = x.x + y.y + z.z;
  Q4d q;
  if (trace > 0) {
    q = {y.z - z.y, z.x - x.z, x.y - y.x, 1 + trace};
  } else if (x.x > y.y && x.x > z.z) {
    q = {1 + x.x - y.y - z.z, x.y + y.x, x.z + z.x, y.z - z.y};
  } else if (y.y > z.z) {
    q = {x.y + y.x, 1 - x.x + y.y - z.z, y.z + z.y, z.x - x.z};
  } else {
    q = {x.z + z.x, y.z + z.y, 1 - x.x - y.y + z.z, x.y - y.x};
  }
  return normalized(q);
}

V3d in_plane(V3d v, V3d n) { return normalized(v - dot(v, n) * n); }

TrueHand TouchSolver::true_hand(const HandSample& hand) const {
  return {hand_, hand.T_world_wrist, hand.finger, bones_};
}

double TouchSolver::distance(V3d p_world, double radius_m) const {
  return body_.closest(p_world, kReach_m).distance_m - radius_m;
}

double TouchSolver::pulp_distance(const HandSample& hand, std::size_t finger) const {
  const TrueHand truth = true_hand(hand);
  const TrueSite pulp = true_sites(truth, true_joints(truth))[2 * finger];
  return distance(pulp.p_world, pulp.radius_m);
}

/// Turns the hand about its wrist: touching fingers along, tips inclined into the skin.
void TouchSolver::turn_to(HandSample& hand, const TouchGoal& goal) const {
  const TrueJoints joints = true_joints(true_hand(hand));
  V3d tip_z{}, tip_x{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    if (!goal.fingers[f]) continue;
    const Q4d& q = joints[index(tip_of(f))].q;
    tip_z = tip_z + rotate(q, {0, 0, 1});
    tip_x = tip_x + rotate(q, {1, 0, 0});
  }
  const V3d z = normalized(tip_z), x = in_plane(tip_x, z);
  const Q4d now = rotation_of_axes(x, cross(z, x), z);
  const V3d along = in_plane(goal.along_world, goal.n_world);
  const double c = std::cos(goal.incline_rad), s = std::sin(goal.incline_rad);
  const V3d z_wanted = s * goal.n_world - c * along;
  const V3d x_wanted = cross(along, goal.n_world);
  const Q4d wanted = rotation_of_axes(x_wanted, cross(z_wanted, x_wanted), z_wanted);
  hand.T_world_wrist.q = normalized(wanted * conjugate(now) * hand.T_world_wrist.q);
}

/// Shifts the hand: the touching pulps' middle over the place, at the wanted depth.
void TouchSolver::move_to(HandSample& hand, const TouchGoal& goal) const {
  const TrueHand truth = true_hand(hand);
  const auto sites = true_sites(truth, true_joints(truth));
  V3d middle{};
  double radius_m = 0, count = 0;
  for (std::size_t f = 0; f < kFingers; ++f) {
    if (!goal.fingers[f]) continue;
    middle = middle + sites[2 * f].p_world;
    radius_m += sites[2 * f].radius_m;
    count += 1;
  }
  const V3d wanted = goal.p_world + (radius_m / count - goal.depth_m) * goal.n_world;
  hand.T_world_wrist.p = hand.T_world_wrist.p + (wanted - (1 / count) * middle);
}

/// Bends the finger at its base until the pulp is at the depth; returns what is left to it.
double TouchSolver::bend_to(HandSample& hand, std::size_t finger, double depth_m) const {
  double& angle = hand.finger[finger].base_flexion;
  const double start = angle;
  double low = start - kMostBend_rad, high = start + kMostBend_rad;
  for (int i = 0; i < 14; ++i) {
    angle = 0.5 * (low + high);
    (pulp_distance(hand, finger) > -depth_m ? low : high) = angle;
  }
  return pulp_distance(hand, finger) + depth_m;
}

TouchAnswer TouchSolver::fingertips(const TouchGoal& goal) const {
  HandSample hand{{}, goal.shape};
  TouchAnswer answer;
  for (int round = 0; round < kRounds; ++round) {
    // The bending that all fingers would do alike is the wrist's business.
    if (round > 0) {
      double common = 0, count = 0;
      for (std::size_t f = 0; f < kFingers; ++f) {
        if (!goal.fingers[f]) continue;
        common += hand.finger[f].base_flexion - goal.shape[f].base_flexion;
        count += 1;
      }
      for (std::size_t f = 0; f < kFingers; ++f) {
        if (goal.fingers[f]) hand.finger[f].base_flexion -= common / count;
      }
    }
    turn_to(hand, goal);
    move_to(hand, goal);
    double error_m = 0, count = 0;
    for (std::size_t f = 0; f < kFingers; ++f) {
      if (!goal.fingers[f]) continue;
      error_m += pulp_distance(hand, f) + goal.depth_m;
      count += 1;
    }
    hand.T_world_wrist.p = hand.T_world_wrist.p - (error_m / count) * goal.n_world;
    answer.worst_m = 0;
    for (std::size_t f = 0; f < kFingers; ++f) {
      if (!goal.fingers[f]) continue;
      answer.worst_m = std::max(answer.worst_m, std::fabs(bend_to(hand, f, goal.depth_m)));
    }
  }
  answer.hand = hand;
  answer.n_world = goal.n_world;
  const HandTruth truth = truth_contacts(body_, true_hand(hand));
  answer.clearance_m = kTruthReach_m;
  for (std::size_t a = 0; a < kActuators; ++a) {
    const bool wanted = a < kFirstPalmSite && goal.fingers[a / 2];
    if (!wanted) answer.clearance_m = std::min(answer.clearance_m, truth[a].distance_m);
  }
  return answer;
}

HandSample TouchSolver::palm(const TouchGoal& goal) const {
  HandSample hand{{}, goal.shape};
  const V3d z = -1.0 * in_plane(goal.along_world, goal.n_world);
  hand.T_world_wrist.q = rotation_of_axes(cross(goal.n_world, z), goal.n_world, z);
  const TrueHand truth = true_hand(hand);
  const auto sites = true_sites(truth, true_joints(truth));
  const V3d centre = sites[static_cast<std::size_t>(PalmCell::Centre)].p_world;
  double low_m = -0.03, high_m = 0.06;
  const V3d p_over = goal.p_world - centre;
  for (int i = 0; i < 14; ++i) {
    const double height_m = 0.5 * (low_m + high_m);
    const V3d shift = p_over + height_m * goal.n_world;
    bool deep = false;
    for (std::size_t a = kFirstPalmSite; a < kActuators && !deep; ++a) {
      deep = distance(sites[a].p_world + shift, sites[a].radius_m) <= -goal.depth_m;
    }
    (deep ? low_m : high_m) = height_m;
    hand.T_world_wrist.p = shift;
  }
  return hand;
}

HandTruth TouchSolver::distances(const HandSample& hand) const {
  return truth_contacts(body_, true_hand(hand));
}

void TouchSolver::close_fingers(HandSample& hand, double depth_m) const {
  constexpr double kClosed = 1.0, kStep = 0.02;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const TrueFinger open = hand.finger[f];
    // The thumb's metacarpal stays: the ball of the thumb is part of the palm that lies there.
    const TrueFinger bent =
        f == 0 ? TrueFinger{open.base_flexion, open.base_abduction, 50 * kDeg, 60 * kDeg}
               : TrueFinger{80 * kDeg, open.base_abduction, 85 * kDeg, 45 * kDeg};
    for (double s = 0; s <= kClosed; s += kStep) {
      hand.finger[f] = {open.base_flexion + s * (bent.base_flexion - open.base_flexion),
                        open.base_abduction + s * (bent.base_abduction - open.base_abduction),
                        open.middle + s * (bent.middle - open.middle),
                        open.distal + s * (bent.distal - open.distal)};
      const TrueHand truth = true_hand(hand);
      const auto sites = true_sites(truth, true_joints(truth));
      const double nearest_m =
          std::min(distance(sites[2 * f].p_world, sites[2 * f].radius_m),
                   distance(sites[2 * f + 1].p_world, sites[2 * f + 1].radius_m));
      if (nearest_m <= -depth_m) break;
    }
  }
}

}  // namespace tactus::simulator
