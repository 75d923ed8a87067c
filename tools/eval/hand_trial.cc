#include "hand_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <numeric>
#include <random>

#include "tactus/pose/estimate.h"
#include "tactus/pose/mounting.h"
#include "tactus/sense/align.h"
#include "tactus/simulator/grasping.h"
#include "tactus/simulator/sensors.h"

namespace tactus::tools {
namespace {

using simulator::Grasping;
using simulator::TrueHand;

constexpr double kDegPerRad = 180 / 3.14159265358979323846;
constexpr double kStep_s = 0.004;  // of the glove
constexpr double kWindow_s = 5;    // of the curve
constexpr double kMinute_s = 60;
constexpr double kMounting_deg = 10;
constexpr double kHysteresis = 0.05;
constexpr double kBoneError = 0.01;  // of a bone that somebody measured

simulator::GloveFaults faults_of(double noise) {
  simulator::GloveFaults f;
  f.more_sensors = true;
  f.mounting_low_deg = f.mounting_high_deg = kMounting_deg;
  f.hysteresis_low = f.hysteresis_high = kHysteresis;
  for (double* x : {&f.gyro_noise_dps, &f.gyro_bias_dps, &f.gyro_walk_dps, &f.gyro_g_dps,
                    &f.accel_noise_ug, &f.accel_bias_mg, &f.flexion_noise}) {
    *x *= noise;
  }
  return f;
}

std::array<double, kScoredAngles> angles_of_estimate(const HandAngles& hand) {
  std::array<double, kScoredAngles> a{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerAngles& finger = hand.finger[f];
    a[4 * f] = double(finger.base_flexion_rad);
    a[4 * f + 1] = double(finger.base_abduction_rad);
    a[4 * f + 2] = double(finger.middle_rad);
    a[4 * f + 3] = double(finger.distal_rad);
  }
  a[20] = double(axial_rad(Finger::Thumb, hand.finger[0]));
  return a;
}

/// The wearer holds the hand flat: so flat a hand is as good as channels that say so.
void know_flat(GloveMeasurement& m) {
  m.flexion_rad.fill(0);
  m.abduction_rad.fill(0);
}

HandProfile measured(HandProfile profile, const TrueHand& truth, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal(1, kBoneError);
  for (std::size_t f = 0; f < kFingers; ++f) {
    const simulator::TrueBones& b = truth.bones[f];
    profile.bones[f] = {float(b.metacarpal * normal(random)), float(b.proximal * normal(random)),
                        float(b.intermediate * normal(random)), float(b.distal * normal(random))};
  }
  return profile;
}

/// Squares of errors as they come.
class Tally {
 public:
  void add(double t_s, const TrueHand& truth, const HandProfile& profile,
           const HandAngles& estimate) {
    const auto is = scored_angles(truth), said = angles_of_estimate(estimate);
    double sum = 0;
    for (std::size_t k = 0; k < kScoredAngles; ++k) {
      const double error = (said[k] - is[k]) * kDegPerRad;
      angle_[k] += error * error;
      sum += error * error / kScoredAngles;
    }
    ++count_;
    if (window_.empty() || t_s >= window_start_s_ + kWindow_s) {
      window_.push_back({t_s, 0, 0});
      window_start_s_ = t_s;
    }
    window_.back().sum += sum;
    ++window_.back().count;
    add_tips(truth, forward_kinematics(profile, truth.hand, estimate));
    if (!within_limits(estimate)) ++violations_;
  }

  [[nodiscard]] HandScore score() const {
    HandScore s;
    for (const double sum : angle_) s.angle_deg.push_back(std::sqrt(sum / count_));
    s.joint_deg =
        std::sqrt(std::accumulate(angle_.begin(), angle_.end(), 0.0) / kScoredAngles / count_);
    s.worst_deg = *std::max_element(s.angle_deg.begin(), s.angle_deg.end());
    s.tip_mm = std::sqrt(tip_ / count_ / kFingers);
    s.violations = violations_;
    const std::size_t minute = std::min(window_.size() / 2, std::size_t(kMinute_s / kWindow_s));
    s.drift_deg = rms(window_.size() - minute, window_.size()) - rms(0, minute);
    for (std::size_t i = 0; i < window_.size(); ++i) {
      s.t_s.push_back(window_[i].t_s);
      s.joint_deg_at.push_back(rms(i, i + 1));
    }
    return s;
  }

 private:
  struct Window {
    double t_s, sum;
    int count;
  };

  void add_tips(const TrueHand& truth, const std::array<Pose, kHandJoints>& T_wrist_joint) {
    const simulator::TrueJoints joints = simulator::true_joints(truth);
    const simulator::Pose3d& wrist = joints[index(HandJoint::Wrist)];
    for (const HandJoint tip : kTipJoints) {
      const simulator::V3d is = rotate(conjugate(wrist.q), joints[index(tip)].p - wrist.p);
      const Vec3 p = T_wrist_joint[index(tip)].p;
      const double mm = 1e3 * norm(is - simulator::V3d{double(p.x), double(p.y), double(p.z)});
      tip_ += mm * mm;
    }
  }

  [[nodiscard]] double rms(std::size_t from, std::size_t to) const {
    double sum = 0, count = 0;
    for (std::size_t i = from; i < to; ++i) {
      sum += window_[i].sum;
      count += window_[i].count;
    }
    return count > 0 ? std::sqrt(sum / count) : 0;
  }

  std::array<double, kScoredAngles> angle_{};
  double tip_ = 0, count_ = 0, violations_ = 0, window_start_s_ = 0;
  std::vector<Window> window_;
};

}  // namespace

std::array<double, kScoredAngles> scored_angles(const TrueHand& hand) {
  std::array<double, kScoredAngles> a{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const auto& finger = hand.finger[f];
    a[4 * f] = finger.base_flexion;
    a[4 * f + 1] = finger.base_abduction;
    a[4 * f + 2] = finger.middle;
    a[4 * f + 3] = finger.distal;
  }
  const auto& thumb = hand.finger[0];
  a[20] = 0.4 * thumb.base_abduction - 0.3 * thumb.base_flexion + thumb.base_axial;
  return a;
}

void leave_only(GloveMeasurement& m, GloveKind glove) {
  const bool units = glove == GloveKind::Imu16 || glove == GloveKind::Imu11;
  if (glove != GloveKind::Imu16) m.base_imu.fill(kNoUnit);
  if (glove != GloveKind::Flex5) m.bend_rad.fill(kNoChannel);
  if (glove == GloveKind::Tg1) return;
  m.abduction_rad.fill(kNoChannel);
  if (units || glove == GloveKind::Flex5) m.flexion_rad.fill(kNoChannel);
  if (units) return;
  m.imu.fill(kNoUnit);
  m.flexion_rad[0] = kNoChannel;  // the thumb's CMC
  for (std::size_t f = 1; f < kFingers; ++f) m.flexion_rad[3 * f + 2] = kNoChannel;
}

HandScore run(const HandTrial& trial) {
  const Grasping truth(trial.seed, trial.hand, trial.length_s);
  simulator::SyntheticGlove glove(trial.seed, trial.hand, faults_of(trial.noise));
  simulator::SyntheticTracker tracker(trial.seed, trial.hand, {});
  HandProfile profile = measured(glove.nominal_profile(), truth(0), trial.seed);
  tracker.describe(profile);
  HandEstimatorParams params;
  HandEstimatorState state;
  GloveAlignState glove_clock;
  TrackerAlignState tracker_clock;
  std::deque<std::pair<double, TrackerSample>> link;
  Tally tally;
  double t_tracker_s = 0;
  const auto host = [](double t_s) { return HostTime(from_seconds(t_s)); };
  for (double t_s = kStep_s; t_s < trial.length_s; t_s += kStep_s) {
    for (; t_tracker_s <= t_s; t_tracker_s += 1 / tracker.faults().rate_Hz) {
      link.emplace_back(t_tracker_s + tracker.faults().latency_s,
                        tracker.sample(truth, t_tracker_s));
    }
    for (; !link.empty() && link.front().first <= t_s; link.pop_front()) {
      estimate(
          state, params, profile,
          align(tracker_clock, profile, Pose{}, link.front().second, host(link.front().first)));
    }
    GloveMeasurement m = align(glove_clock, profile, glove.sample(truth, t_s), host(t_s));
    m.base_imu = glove.more().base_imu;
    m.bend_rad = glove.more().bend_rad;
    leave_only(m, trial.glove);
    if (t_s < Grasping::kFlat_s) know_flat(m);
    estimate(state, params, profile, m);
    if (t_s > Grasping::kFlat_s) tally.add(t_s, truth(t_s), profile, angles_of(state));
  }
  return tally.score();
}

}  // namespace tactus::tools
