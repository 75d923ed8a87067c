#include <algorithm>
#include <cmath>
#include <numbers>

#include "tactus/simulator/sensors.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kGravity = 9.80665;
constexpr double kStep_s = 1e-3;  // of the differences that make rates and accelerations

// TG1: 16 bit over ±2000 degrees per second and ±16 g.
constexpr double kGyroLsb = 2000.0 / 32768 * kDeg;
constexpr double kAccelLsb = 16.0 / 32768 * kGravity;

constexpr SensorCurve curve_deg(float low, float high) {
  return {low * kRadPerDeg, high * kRadPerDeg};
}
constexpr std::array<SensorCurve, kGloveFlexions> kFlexionCurves = {
    curve_deg(-25, 55),  curve_deg(-15, 65),  curve_deg(-25, 90),  // thumb CMC, MCP, IP
    curve_deg(-35, 95),  curve_deg(-10, 115), curve_deg(-15, 85),  // fingers MCP, PIP, DIP
    curve_deg(-35, 95),  curve_deg(-10, 115), curve_deg(-15, 85),
    curve_deg(-35, 95),  curve_deg(-10, 115), curve_deg(-15, 85),
    curve_deg(-35, 100), curve_deg(-10, 115), curve_deg(-15, 85),
};
constexpr std::array<SensorCurve, kGloveAbductions> kAbductionCurves = {
    curve_deg(-5, 65), curve_deg(-35, 35), curve_deg(-35, 35), curve_deg(-45, 45)};

constexpr SensorCurve kBendCurve = curve_deg(-60, 300);

double flexion_angle(const TrueHand& hand, std::size_t channel) {
  const TrueFinger& finger = hand.finger[channel / 3];
  const double angles[3] = {finger.base_flexion, finger.middle, finger.distal};
  return angles[channel % 3];
}

// Channel 0 reads the thumb's own abduction, the others the spread between neighbours.
double abduction_angle(const TrueHand& hand, std::size_t channel) {
  if (channel == 0) return hand.finger[0].base_abduction;
  return hand.finger[channel].base_abduction - hand.finger[channel + 1].base_abduction;
}

double on_grid(double value, double lsb, std::uint16_t& status) {
  const double counts = std::round(value / lsb);
  if (counts > 32767 || counts < -32768) status |= kSampleSaturated;
  return std::clamp(counts, -32768.0, 32767.0) * lsb;
}

Vec3 on_grid(const V3d& v, double lsb, std::uint16_t& status) {
  return {float(on_grid(v.x, lsb, status)), float(on_grid(v.y, lsb, status)),
          float(on_grid(v.z, lsb, status))};
}

V3d gained(const std::array<V3d, 3>& rows, const V3d& v) {
  return {dot(rows[0], v), dot(rows[1], v), dot(rows[2], v)};
}

}  // namespace

HandJoint unit_joint(std::size_t unit) {
  if (unit == kPalmImu) return HandJoint::Wrist;
  if (unit >= kGloveImus) {
    const std::size_t finger = unit - kGloveImus;
    return HandJoint(index(kMetacarpalJoints[finger]) + (finger == 0 ? 0 : 1));
  }
  const std::size_t finger = (unit - 1) / 2;
  const std::size_t chain = finger == 0 ? 1 : 2;  // from the metacarpal to the inner segment
  return HandJoint(index(kMetacarpalJoints[finger]) + chain + (unit - 1) % 2);
}

V3d unit_place(std::size_t unit, const TrueHand& hand) {
  const double scale = true_scale(hand);
  if (unit == kPalmImu) return scale * V3d{0, 0.014, -0.060};
  if (unit >= kGloveImus) {
    const TrueBones& bones = hand.bones[unit - kGloveImus];
    return scale * V3d{0, 0.011, -0.5 * (unit == base_unit(0) ? bones.metacarpal : bones.proximal)};
  }
  const std::size_t finger = (unit - 1) / 2;
  const TrueBones& bones = hand.bones[finger];
  const bool distal = (unit - 1) % 2 == 1;
  const double inner = finger == 0 ? bones.proximal : bones.intermediate;
  const double above = distal ? (finger == 0 ? 0.007 : 0.006) : (finger == 0 ? 0.010 : 0.008);
  return {0, scale * above, -0.5 * (distal ? bones.distal : inner)};
}

SyntheticGlove::SyntheticGlove(std::uint64_t seed, Hand hand, const GloveFaults& faults)
    : hand_(hand), faults_(faults), random_(seed * 2 + index(hand) + 0x7461637475730001ull) {
  nominal_.flexion = kFlexionCurves;
  nominal_.abduction = kAbductionCurves;
  for (std::size_t i = 0; i < kGloveImus; ++i) sew_on(units_[i]);
  for (Channel& channel : flexion_) sew_on(channel);
  for (Channel& channel : abduction_) sew_on(channel);
  if (!faults.more_sensors) return;
  for (std::size_t f = 0; f < kFingers; ++f) sew_on(units_[base_unit(f)]);
  for (Channel& channel : bend_) sew_on(channel);
}

void SyntheticGlove::sew_on(Unit& unit) {
  unit.q_segment_imu =
      turn(gauss3(), kDeg * between_ranges(faults_.mounting_low_deg, faults_.mounting_high_deg));
  unit.slip_axis = gauss3();
  unit.gyro_bias_dps = faults_.gyro_bias_dps * gauss3();
  unit.accel_bias_g = 1e-3 * faults_.accel_bias_mg * gauss3();
  unit.gyro_gain = crooked_gain(faults_.gyro_scale);
  unit.accel_gain = crooked_gain(faults_.accel_scale);
}

void SyntheticGlove::sew_on(Channel& channel) {
  channel.share = between_ranges(faults_.hysteresis_low, faults_.hysteresis_high);
  channel.creep_s = between_ranges(faults_.creep_low_s, faults_.creep_high_s);
}

double SyntheticGlove::between_ranges(double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random_);
}

std::array<V3d, 3> SyntheticGlove::crooked_gain(double sigma) {
  const V3d x = sigma * gauss3();
  const V3d y = sigma * gauss3();
  const V3d z = sigma * gauss3();
  return {V3d{1, 0, 0} + x, V3d{0, 1, 0} + y, V3d{0, 0, 1} + z};
}

Q4d SyntheticGlove::true_mounting(std::size_t unit, double t_s) const {
  const double slip = kDeg * faults_.slip_deg_per_min * t_s / 60;
  return units_[unit].q_segment_imu * turn(units_[unit].slip_axis, slip);
}

ImuReading SyntheticGlove::read_unit(Unit& unit, std::size_t i,
                                     const std::array<TrueJoints, 3>& joints, double t_s,
                                     const V3d& place, double dt_s, std::uint16_t& status) {
  const std::size_t joint = index(unit_joint(i));
  const Q4d q_imu_world = conjugate(joints[1][joint].q * true_mounting(i, t_s));
  const V3d turned = rotation_vector(joints[2][joint].q * conjugate(joints[0][joint].q));
  const V3d omega = rotate(q_imu_world, (0.5 / kStep_s) * turned);
  const V3d accel =
      (1 / (kStep_s * kStep_s)) *
      (joints[2][joint] * place + joints[0][joint] * place - 2.0 * (joints[1][joint] * place));
  const V3d force = rotate(q_imu_world, accel + V3d{0, kGravity, 0});

  unit.gyro_bias_dps = unit.gyro_bias_dps + faults_.gyro_walk_dps * std::sqrt(dt_s) * gauss3();
  const double bandwidth = 1 / std::sqrt(dt_s);
  const V3d gyro_error_dps = unit.gyro_bias_dps + faults_.gyro_noise_dps * bandwidth * gauss3() +
                             (faults_.gyro_g_dps / kGravity) * force;
  const V3d accel_error_g =
      unit.accel_bias_g + (1e-6 * faults_.accel_noise_ug * bandwidth) * gauss3();
  return {on_grid(gained(unit.gyro_gain, omega) + kDeg * gyro_error_dps, kGyroLsb, status),
          on_grid(gained(unit.accel_gain, force) + kGravity * accel_error_g, kAccelLsb, status)};
}

// Hysteresis and creep as fusion practice has them: y = theta + lag, lag' = -lag / creep + share *
// theta'.
float SyntheticGlove::read_channel(Channel& channel, const SensorCurve& curve, double angle_rad,
                                   double dt_s) {
  const double keep = std::exp(-dt_s / channel.creep_s);
  channel.lag_rad = keep * channel.lag_rad + channel.share * (angle_rad - channel.angle_rad);
  channel.angle_rad = angle_rad;
  const double range = curve.at_one_rad - curve.at_zero_rad;
  const double reading =
      (angle_rad + channel.lag_rad - curve.at_zero_rad) / range + faults_.flexion_noise * gauss();
  return float(std::round(std::clamp(reading, 0.0, 1.0) * 65535) / 65535);
}

GloveSample SyntheticGlove::sample(const Trajectory& truth, double t_s) {
  const std::array<TrueHand, 3> hands = {truth(t_s - kStep_s), truth(t_s), truth(t_s + kStep_s)};
  std::array<TrueJoints, 3> joints;
  for (std::size_t k = 0; k < 3; ++k) joints[k] = true_joints(hands[k]);

  const bool first = sequence_ == 0;
  const double dt_s = first ? 0.004 : std::clamp(t_s - t_last_s_, 5e-4, 0.02);
  const double elapsed_s = first ? 0 : t_s - t_last_s_;
  GloveSample sample;
  sample.t = DeviceTime(from_seconds(t_s * (1 + faults_.clock_skew) + faults_.clock_offset_s));
  sample.sequence = sequence_++;
  sample.hand = hand_;
  sample.battery = 0.9f;
  sample.temperature_C = 30.0f;
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    sample.imu[i] =
        read_unit(units_[i], i, joints, t_s, unit_place(i, hands[1]), dt_s, sample.status);
  }
  for (std::size_t i = 0; i < kGloveFlexions; ++i) {
    if (first) flexion_[i].angle_rad = flexion_angle(hands[1], i);
    sample.flexion[i] =
        read_channel(flexion_[i], nominal_.flexion[i], flexion_angle(hands[1], i), elapsed_s);
  }
  for (std::size_t i = 0; i < kGloveAbductions; ++i) {
    if (first) abduction_[i].angle_rad = abduction_angle(hands[1], i);
    sample.abduction[i] =
        read_channel(abduction_[i], nominal_.abduction[i], abduction_angle(hands[1], i), elapsed_s);
  }
  for (std::size_t f = 0; f < kFingers && faults_.more_sensors; ++f) {
    more_.base_imu[f] = read_unit(units_[base_unit(f)], base_unit(f), joints, t_s,
                                  unit_place(base_unit(f), hands[1]), dt_s, sample.status);
    const TrueFinger& finger = hands[1].finger[f];
    const double bend = finger.base_flexion + finger.middle + finger.distal;
    if (first) bend_[f].angle_rad = bend;
    const float reading = read_channel(bend_[f], kBendCurve, bend, elapsed_s);
    more_.bend_rad[f] =
        kBendCurve.at_zero_rad + (kBendCurve.at_one_rad - kBendCurve.at_zero_rad) * reading;
  }
  t_last_s_ = t_s;
  return sample;
}

}  // namespace tactus::simulator
