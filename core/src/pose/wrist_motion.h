// Strapdown integration of the palm unit's readings, from the ring that keeps them.
//
//   Clocks   HostTime.
//   Frames   world, wrist.
//   Units    SI, radians.
//   Errors   where no reading is near, `is_coasting` says so.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/wrist_filter_test.cc; docs/notes/hand_filters.md (1)-(2)
#pragma once
#include <algorithm>

#include "linear.h"
#include "tactus/pose/wrist_filter.h"

namespace tactus {

inline constexpr double kGravity = 9.80665;

/// One reading, corrected for what is known of the unit.
struct Inertial {
  Vector3d turned_gyro = Vector3d::Zero();  ///< mounting applied, bias not yet removed
  Vector3d turned_accel = Vector3d::Zero();
  Vector3d omega = Vector3d::Zero();
  Vector3d force = Vector3d::Zero();
  Vector3d jolt = Vector3d::Zero();  ///< d force / dt
};

/// The i-th oldest reading that is kept.
[[nodiscard]] inline const TimedImu& kept(const WristFilterState& state, std::uint32_t i) noexcept {
  return state.ring[(state.ring_head + kInertialRing - state.ring_count + i) % kInertialRing];
}

/// What is known of the palm unit, ready for use.
struct Unit {
  Matrix3d R_wrist_segment;
  Vector3d gyro_bias;
  Vector3d accel_bias;
  double accel_lag_s;

  explicit Unit(const WristFilterState& state) noexcept
      : R_wrist_segment(rotation(state.q_wrist_segment).toRotationMatrix()),
        gyro_bias(vector(state.gyro_bias)),
        accel_bias(vector(state.accel_bias)),
        accel_lag_s(state.accel_lag_s) {}
};

/// A WristMotion while it is integrated.
struct Moving {
  Vector3d p_world_imu;
  Vector3d v_world_imu;
  Quaterniond q_world_wrist;

  explicit Moving(const WristMotion& motion) noexcept
      : p_world_imu(vector(motion.p_world_imu)),
        v_world_imu(vector(motion.v_world_imu)),
        q_world_wrist(rotation(motion.q_world_wrist)) {}
  [[nodiscard]] WristMotion at(HostTime t) const noexcept {
    return {t, array(p_world_imu), array(v_world_imu), array(q_world_wrist.normalized())};
  }
};

/// The mean reading over [t_a, t_b], both inside the interval that ends with kept reading `next`.
[[nodiscard]] Inertial mean_reading(const WristFilterState& state, const Unit& unit,
                                    std::uint32_t next, HostTime t_a, HostTime t_b) noexcept;

/// True when nothing was measured near [t_a, t_b]: no readings, or a hole in them.
[[nodiscard]] bool is_coasting(const WristFilterState& state, std::uint32_t next, HostTime t_a,
                               HostTime t_b) noexcept;

/// Strapdown with the rotation of the middle of the step. `blind`: position is damped to rest and
/// gravity levels the orientation.
void step(Moving& motion, const Inertial& r, double dt, bool blind) noexcept;

/// The first kept reading later than `t`.
[[nodiscard]] std::uint32_t first_after(const WristFilterState& state, HostTime t) noexcept;

/// Calls each(next, t_a, t_b) for the pieces of [from, to] between readings.
template <class EachStep>
void carry(const WristFilterState& state, HostTime from, HostTime to, EachStep&& each) noexcept {
  std::uint32_t next = first_after(state, from);
  while (from < to) {
    const bool inside = next < state.ring_count && kept(state, next).t < to;
    const HostTime until = inside ? kept(state, next).t : to;
    each(next, from, until);
    from = until;
    ++next;
  }
}

}  // namespace tactus
