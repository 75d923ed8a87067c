#include "hand_wild.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>

#include "hand_trial.h"
#include "tactus/pose/estimate.h"

namespace tactus::tools {
namespace {

using Random = std::mt19937_64;

float wild(Random& random, float size) {
  switch (random() % 400) {
    case 0:
      return std::numeric_limits<float>::quiet_NaN();
    case 1:
      return std::numeric_limits<float>::infinity();
    case 2:
      return -1e30f;
    default:
      return size * (2 * std::generate_canonical<float, 24>(random) - 1);
  }
}

ImuReading wild_unit(Random& random) {
  const auto vector = [&](float size) {
    return Vec3{wild(random, size), wild(random, size), wild(random, size)};
  };
  return {vector(35), vector(160)};
}

GloveMeasurement wild_measurement(Random& random, HostTime t) {
  GloveMeasurement m;
  m.t = t;
  m.hand = Hand::Right;
  for (ImuReading& unit : m.imu) unit = wild_unit(random);
  for (ImuReading& unit : m.base_imu) unit = wild_unit(random);
  for (float& x : m.flexion_rad) x = wild(random, 3);
  for (float& x : m.abduction_rad) x = wild(random, 1);
  for (float& x : m.bend_rad) x = wild(random, 6);
  leave_only(m, static_cast<GloveKind>(random() % 5));
  return m;
}

}  // namespace

int violations(std::uint64_t seed, int inputs) {
  Random random(seed);
  const HandProfile profile;
  const HandEstimatorParams params;
  HandEstimatorState state;
  HostTime t{};
  int count = 0;
  for (int k = 0; k < inputs; ++k) {
    t += std::chrono::microseconds(random() % 8000 + 1);
    estimate(state, params, profile, wild_measurement(random, t));
    const HandAngles angles = angles_of(state);
    const auto joints = forward_kinematics(profile, Hand::Right, angles);
    const bool fine = std::ranges::all_of(
        joints, [](const Pose& T) { return is_finite(T.p) && std::isfinite(T.q.w); });
    if (!fine || !within_limits(angles)) ++count;
  }
  return count;
}

}  // namespace tactus::tools
