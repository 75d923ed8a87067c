// What a glove and a tracker would say of a known hand, with the faults such sensors have.
//
// Consumer-grade inertial units put on crookedly and slipping, flexion channels that lag, a tracker
// that is noisy, late and sometimes blind. One seed, one sequence of numbers.
//
//   Clocks   `t_s` is true time; sample.t is the device's crystal: t_s (1 + skew) + offset. When a
//            sample arrives is the business of whoever emulates the link (tracker: latency_s
//            later).
//   Frames   inertial units: their own, crooked axes. Tracker: its universe.
//   Units    SI; flexion and abduction in [0, 1] of the channel's range.
//   Errors   none. Call `sample` with times that do not run backwards: noise and hysteresis
//            remember.
//   Threads  one owner.
//   Proof    tests/simulator/sensors/sensors_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <random>

#include "tactus/sense/profile.h"
#include "tactus/sense/sample.h"
#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

/// The truth as a function of time; twice differentiable, or accelerometers will show it.
using Trajectory = std::function<TrueHand(double t_s)>;

/// Each is a standard deviation or a range over the units; zero switches the fault off.
struct GloveFaults {
  double gyro_noise_dps = 0.005;  ///< per sqrt(Hz): consumer grade 0.003 to 0.007
  double gyro_bias_dps = 0.3;     ///< turn-on, per axis
  double gyro_walk_dps = 1e-4;    ///< per sqrt(s)
  double gyro_scale = 0.004;      ///< scale and misalignment, 0.2 to 1 %
  double gyro_g_dps = 0.1;        ///< per g
  double accel_noise_ug = 110;    ///< per sqrt(Hz): 70 to 150
  double accel_bias_mg = 4;
  double accel_scale = 0.003;
  double mounting_low_deg = 5;  ///< crookedness, uniform between these
  double mounting_high_deg = 15;
  double slip_deg_per_min = 1;
  double hysteresis_low = 0.03;  ///< of the travel, uniform between these
  double hysteresis_high = 0.08;
  double creep_low_s = 0.5;  ///< time in which the lag relaxes, uniform between these
  double creep_high_s = 3;
  double flexion_noise = 0.005;  ///< of the channel's range
  bool more_sensors = false;     ///< also has what MoreSensors names
  double clock_skew = 0;         ///< 1e-6 is one part per million
  double clock_offset_s = 0;
};

/// What other gloves have beyond TG1: a unit on each finger's base segment (sixteen with the others)
/// and one channel along each finger, which reads its three flexions together.
struct MoreSensors {
  std::array<ImuReading, kFingers> base_imu{};  ///< raw axes
  std::array<float, kFingers> bend_rad{};
};

class SyntheticGlove {
 public:
  SyntheticGlove(std::uint64_t seed, Hand hand, const GloveFaults& faults = {});

  /// The glove's state at true time `t_s`. Touch cells read zero: contact is not known here.
  [[nodiscard]] GloveSample sample(const Trajectory& truth, double t_s);

  /// What the rest of the glove said at the last sample, if it has more sensors.
  [[nodiscard]] const MoreSensors& more() const { return more_; }

  /// What the device's feature report would say: nominal mounting, factory curves, no bias.
  [[nodiscard]] const HandProfile& nominal_profile() const { return nominal_; }

  /// How a unit really sits on its segment at `t_s`: q_segment_imu.
  [[nodiscard]] Q4d true_mounting(std::size_t unit, double t_s) const;

 private:
  struct Unit {
    Q4d q_segment_imu;
    V3d slip_axis;
    V3d gyro_bias_dps;
    V3d accel_bias_g;
    std::array<V3d, 3> gyro_gain;  ///< rows
    std::array<V3d, 3> accel_gain;
  };
  struct Channel {
    double share = 0;  ///< of the travel that goes into the lag
    double creep_s = 1;
    double lag_rad = 0;
    double angle_rad = 0;
  };

  double gauss() { return normal_(random_); }
  double between_ranges(double low, double high);
  V3d gauss3() { return {gauss(), gauss(), gauss()}; }
  std::array<V3d, 3> crooked_gain(double sigma);
  ImuReading read_unit(Unit& unit, std::size_t i, const std::array<TrueJoints, 3>& joints,
                       double t_s, const V3d& place, double dt_s, std::uint16_t& status);
  void sew_on(Unit& unit);
  void sew_on(Channel& channel);
  float read_channel(Channel& channel, const SensorCurve& curve, double angle_rad, double dt_s);

  Hand hand_;
  GloveFaults faults_;
  HandProfile nominal_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::array<Unit, kGloveImus + kFingers> units_;  ///< the base segments' last
  std::array<Channel, kGloveFlexions> flexion_;
  std::array<Channel, kGloveAbductions> abduction_;
  std::array<Channel, kFingers> bend_;
  MoreSensors more_;
  std::uint32_t sequence_ = 0;
  double t_last_s_ = 0;
};

struct TrackerFaults {
  double rate_Hz = 95;
  double latency_s = 0.021;
  double noise_m = 0.0005;
  double noise_deg = 0.1;
  double gaps_per_s = 0.1;  ///< how often it goes blind …
  double gap_low_s = 0.02;  ///< … and for how long, uniform between these
  double gap_high_s = 0.08;
  double clock_skew = 0;
  double clock_offset_s = 0;
};

class SyntheticTracker {
 public:
  SyntheticTracker(std::uint64_t seed, Hand hand, const TrackerFaults& faults = {},
                   const Pose3d& T_world_universe = {}, const Pose3d& T_wrist_tracker = {});

  /// What the tracker sees at true time `t_s`; it can be delivered at t_s + latency_s.
  [[nodiscard]] TrackerSample sample(const Trajectory& truth, double t_s);

  /// Mounting and latency, as a technician would have measured them.
  void describe(HandProfile& profile) const;
  [[nodiscard]] const TrackerFaults& faults() const { return faults_; }

 private:
  double uniform(double low, double high);

  Hand hand_;
  TrackerFaults faults_;
  Pose3d world_universe_;
  Pose3d wrist_tracker_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::uint32_t sequence_ = 0;
  double t_last_s_ = 0;
  double blind_until_s_ = -1;
  Pose last_;
};

/// The number of a finger's base unit, after the glove's own.
[[nodiscard]] constexpr std::size_t base_unit(std::size_t finger) { return kGloveImus + finger; }

/// Where a glove's inertial unit sits in its segment's frame, metres, of this hand.
[[nodiscard]] V3d unit_place(std::size_t unit, const TrueHand& hand);

/// The joint whose frame is the unit's segment.
[[nodiscard]] HandJoint unit_joint(std::size_t unit);

}  // namespace tactus::simulator
