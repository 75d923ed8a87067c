#include "touch.h"

namespace tactus::simulator {
namespace {

/// Position, turn since the first key, way to leave, then four angles per finger.
std::vector<double> channels(const HandSample& hand, V3d n, const Q4d& q_first) {
  const V3d r = rotation_vector(conjugate(q_first) * hand.T_world_wrist.q);
  const V3d p = hand.T_world_wrist.p;
  std::vector<double> row = {p.x, p.y, p.z, r.x, r.y, r.z, n.x, n.y, n.z};
  for (const TrueFinger& f : hand.finger) {
    row.insert(row.end(), {f.base_flexion, f.base_abduction, f.middle, f.distal});
  }
  return row;
}

std::vector<std::vector<double>> rows(const Pose3d& T_bone_world,
                                      std::span<const TouchAnswer> keys) {
  std::vector<std::vector<double>> result;
  const Q4d q_first = T_bone_world.q * keys.front().hand.T_world_wrist.q;
  for (const TouchAnswer& key : keys) {
    HandSample in_bone = key.hand;
    in_bone.T_world_wrist = T_bone_world * key.hand.T_world_wrist;
    result.push_back(channels(in_bone, rotate(T_bone_world.q, key.n_world), q_first));
  }
  return result;
}

}  // namespace

Touch::Touch(std::size_t bone, const Pose3d& T_world_bone, std::span<const TouchAnswer> keys,
             double hover_m)
    : lift(hover_m),
      bone_(bone),
      q_bone_first_(conjugate(T_world_bone.q) * keys.front().hand.T_world_wrist.q),
      path_(rows(inverse(T_world_bone), keys)) {}

HandSample Touch::at(double t_s, const Pose3d& T_world_bone) const {
  const std::vector<double> row = path_.at(progress.at(t_s));
  const V3d r{row[3], row[4], row[5]}, n{row[6], row[7], row[8]};
  const V3d p = V3d{row[0], row[1], row[2]} + lift.at(t_s) * n;
  HandSample hand;
  hand.T_world_wrist = T_world_bone * Pose3d{q_bone_first_ * turn(r, norm(r)), p};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const double* angle = &row[9 + 4 * f];
    hand.finger[f] = {angle[0], angle[1], angle[2], angle[3]};
  }
  return hand;
}

}  // namespace tactus::simulator
