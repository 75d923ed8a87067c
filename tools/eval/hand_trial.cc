#include "hand_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
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
constexpr double kTruthGap_s = 0.1;
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

/// Mean squares of what is known.
struct MeanSquare {
  double sum = 0, count = 0;

  void add(double error) {
    if (!std::isfinite(error)) return;
    sum += error * error;
    ++count;
  }
  void add(const MeanSquare& other) {
    sum += other.sum;
    count += other.count;
  }
  [[nodiscard]] double root() const { return count > 0 ? std::sqrt(sum / count) : 0; }
};

/// Errors as they come.
class Tally {
 public:
  void add(const HandTruth& truth, const HandProfile& profile, Hand hand,
           const HandAngles& estimate) {
    if (window_.empty() || truth.t_s >= window_.back().t_s + kWindow_s) {
      window_.push_back({truth.t_s, {}});
    }
    const auto said = angles_of_estimate(estimate);
    for (std::size_t k = 0; k < kScoredAngles; ++k) {
      const double error = (said[k] - truth.angle_rad[k]) * kDegPerRad;
      angle_[k].add(error);
      window_.back().angles.add(error);
    }
    const auto joints = forward_kinematics(profile, hand, estimate);
    for (std::size_t f = 0; f < kFingers; ++f) {
      const Vec3 p = joints[index(kTipJoints[f])].p;
      const simulator::V3d tip{double(p.x), double(p.y), double(p.z)};
      tip_.add(1e3 * norm(tip - truth.p_wrist_tip[f]));
    }
    if (!within_limits(estimate)) ++violations_;
  }

  [[nodiscard]] HandScore score() const {
    HandScore s;
    MeanSquare all;
    for (const MeanSquare& angle : angle_) {
      s.angle_deg.push_back(angle.root());
      all.add(angle);
    }
    s.joint_deg = all.root();
    s.worst_deg = *std::max_element(s.angle_deg.begin(), s.angle_deg.end());
    s.tip_mm = tip_.root();
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
    double t_s;
    MeanSquare angles;
  };

  [[nodiscard]] double rms(std::size_t from, std::size_t to) const {
    MeanSquare all;
    for (std::size_t i = from; i < to; ++i) all.add(window_[i].angles);
    return all.root();
  }

  std::array<MeanSquare, kScoredAngles> angle_{};
  MeanSquare tip_;
  double violations_ = 0;
  std::vector<Window> window_;
};

HandTruth truth_of(double t_s, const TrueHand& hand) {
  HandTruth truth;
  truth.t_s = t_s;
  truth.angle_rad = scored_angles(hand);
  const simulator::TrueJoints joints = simulator::true_joints(hand);
  const simulator::Pose3d& wrist = joints[index(HandJoint::Wrist)];
  for (std::size_t f = 0; f < kFingers; ++f) {
    truth.p_wrist_tip[f] = rotate(conjugate(wrist.q), joints[index(kTipJoints[f])].p - wrist.p);
  }
  return truth;
}

/// Between neighbours; nothing where they are further apart than motion allows.
HandTruth truth_at(const std::vector<HandTruth>& truth, std::size_t& next, double t_s) {
  while (next < truth.size() && truth[next].t_s < t_s) ++next;
  if (next == truth.size()) return {t_s};
  const HandTruth& after = truth[next];
  if (after.t_s == t_s) return after;
  if (next == 0 || after.t_s - truth[next - 1].t_s > kTruthGap_s) return {t_s};
  const HandTruth& before = truth[next - 1];
  const double s = (t_s - before.t_s) / (after.t_s - before.t_s);
  HandTruth between{t_s};
  for (std::size_t k = 0; k < kScoredAngles; ++k) {
    between.angle_rad[k] = before.angle_rad[k] + s * (after.angle_rad[k] - before.angle_rad[k]);
  }
  for (std::size_t f = 0; f < kFingers; ++f) {
    between.p_wrist_tip[f] =
        before.p_wrist_tip[f] + s * (after.p_wrist_tip[f] - before.p_wrist_tip[f]);
  }
  return between;
}

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

HandRecording record(const HandTrial& trial) {
  const Grasping truth(trial.seed, trial.hand, trial.length_s);
  simulator::SyntheticGlove glove(trial.seed, trial.hand, faults_of(trial.noise));
  simulator::SyntheticTracker tracker(trial.seed, trial.hand, {});
  HandRecording out;
  out.profile = measured(glove.nominal_profile(), truth(0), trial.seed);
  tracker.describe(out.profile);
  GloveAlignState glove_clock;
  TrackerAlignState tracker_clock;
  const auto host = [](double t_s) { return HostTime(from_seconds(t_s)); };
  for (double t_s = kStep_s; t_s < trial.length_s; t_s += kStep_s) {
    GloveMeasurement m = align(glove_clock, out.profile, glove.sample(truth, t_s), host(t_s));
    m.base_imu = glove.more().base_imu;
    m.bend_rad = glove.more().bend_rad;
    leave_only(m, trial.glove);
    out.glove.push_back({m, t_s < Grasping::kFlat_s});
    out.truth.push_back(truth_of(t_s, truth(t_s)));
  }
  const double step_s = 1 / tracker.faults().rate_Hz;
  for (double t_s = 0; t_s < trial.length_s; t_s += step_s) {
    const HostTime t_arrived = host(t_s + tracker.faults().latency_s);
    out.wrist.push_back({t_arrived, align(tracker_clock, out.profile, Pose{},
                                          tracker.sample(truth, t_s), t_arrived)});
  }
  return out;
}

HandScore score(const HandRecording& recording) {
  const HandEstimatorParams params;
  HandEstimatorState state;
  Tally tally;
  std::size_t next_wrist = 0, next_truth = 0;
  for (const GloveRow& row : recording.glove) {
    GloveMeasurement m = row.measurement;
    for (; next_wrist < recording.wrist.size() && recording.wrist[next_wrist].t_arrived <= m.t;
         ++next_wrist) {
      estimate(state, params, recording.profile, recording.wrist[next_wrist].measurement);
    }
    if (row.flat) know_flat(m);
    estimate(state, params, recording.profile, m);
    const HandTruth truth = truth_at(recording.truth, next_truth, seconds(m.t.time_since_epoch()));
    if (!row.flat) tally.add(truth, recording.profile, m.hand, angles_of(state));
  }
  return tally.score();
}

HandScore run(const HandTrial& trial) { return score(record(trial)); }

}  // namespace tactus::tools
