#include "wrist_motion.h"

namespace tactus {
namespace {

constexpr Duration kCoastStep = 100ms;  // without a reading for longer, nothing is known of motion
constexpr double kDamp_s = 0.05;        // velocity without a tracker
constexpr double kLevel_s = 1.0;        // time constant of gravity's pull on orientation
constexpr double kStillBand = 0.5;      // m/s^2: a force this close to g is gravity

}  // namespace

Inertial mean_reading(const WristFilterState& state, const Unit& unit, std::uint32_t next,
                      HostTime t_a, HostTime t_b) noexcept {
  const TimedImu& b = kept(state, std::min(next, state.ring_count - 1));
  const TimedImu& a = kept(state, next == 0 ? 0 : std::min(next, state.ring_count) - 1);
  Vector3d gyro = vector(b.imu.gyro_rad_per_s);
  Vector3d accel = vector(b.imu.accel_m_per_s2);
  Inertial r;
  if (b.t > a.t) {
    const double per_s = 1e9 / static_cast<double>((b.t - a.t).count());
    const double middle_s = 0.5e-9 * static_cast<double>(((t_a - a.t) + (t_b - a.t)).count());
    const double s = std::clamp(middle_s * per_s, 0.0, 1.0);
    const double late = std::clamp(unit.accel_lag_s * per_s, -1.0, 1.0);
    const Vector3d accel_step = accel - vector(a.imu.accel_m_per_s2);
    gyro -= (1 - s) * (gyro - vector(a.imu.gyro_rad_per_s));
    accel -= (1 - s - late) * accel_step;
    r.jolt = unit.R_wrist_segment * (per_s * accel_step);
  }
  r.turned_gyro = unit.R_wrist_segment * gyro;
  r.turned_accel = unit.R_wrist_segment * accel;
  r.omega = r.turned_gyro - unit.gyro_bias;
  r.force = r.turned_accel - unit.accel_bias;
  return r;
}

bool is_coasting(const WristFilterState& state, std::uint32_t next, HostTime t_a,
                 HostTime t_b) noexcept {
  if (state.ring_count == 0) return true;
  if (next >= state.ring_count) {
    return t_b - kept(state, state.ring_count - 1).t > kCoastStep;
  }
  if (next == 0) return kept(state, 0).t - t_a > kCoastStep;
  return kept(state, next).t - kept(state, next - 1).t > kCoastStep;
}

void step(Moving& motion, const Inertial& r, double dt, bool blind) noexcept {
  const Quaterniond half_turn = exp_so3(0.5 * dt * r.omega);
  const Quaterniond q_mid = motion.q_world_wrist * half_turn;
  motion.q_world_wrist = q_mid * half_turn;
  if (blind) {
    const double keep = std::exp(-dt / kDamp_s);
    motion.p_world_imu += kDamp_s * (1 - keep) * motion.v_world_imu;
    motion.v_world_imu *= keep;
    if (std::fabs(r.force.norm() - kGravity) < kStillBand) {
      const Vector3d up_world = (motion.q_world_wrist * r.force).normalized();
      const Vector3d tilt = up_world.cross(Vector3d::UnitY());
      motion.q_world_wrist = exp_so3(std::min(dt / kLevel_s, 1.0) * tilt) * motion.q_world_wrist;
    }
  } else {
    const Vector3d a = q_mid * r.force - Vector3d(0, kGravity, 0);
    motion.p_world_imu += dt * (motion.v_world_imu + 0.5 * dt * a);
    motion.v_world_imu += dt * a;
  }
}

std::uint32_t first_after(const WristFilterState& state, HostTime t) noexcept {
  std::uint32_t next = state.ring_count;
  while (next > 0 && kept(state, next - 1).t > t) --next;
  return next;
}

}  // namespace tactus
