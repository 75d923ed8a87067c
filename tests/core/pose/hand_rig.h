// A synthetic hand with its glove and tracker, stepped a millisecond at a time into an estimator.
//
// The links are honest: crystals with offset and drift, a glove 0.5 to 1.5 ms late, a tracker 21
// ms.
//
//   Clocks   true time is HostTime. Frames: world is the tracker's universe turned and moved.
//   Units    seconds, millimetres and degrees in the errors.
//   Errors   none.
//   Threads  one owner.
//   Proof    used by tests/core/pose
#pragma once
#include <algorithm>
#include <deque>
#include <utility>

#include "lively_motion.h"
#include "tactus/pose/mounting.h"
#include "tactus/pose/predict.h"
#include "tactus/sense/align.h"
#include "tactus/simulator/sensors.h"

namespace tactus::testing {

inline HostTime host(double t_s) { return HostTime(from_seconds(t_s)); }

struct JointErrors {
  double mean_mm = 0;
  double mean_deg = 0;
  std::array<double, kFingers> tip_mm{};
};

inline JointErrors errors_of(const HandPose& pose, const simulator::TrueJoints& truth) {
  JointErrors e;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Pose& T = pose.T_world_joint[j];
    const V3d p{double(T.p.x), double(T.p.y), double(T.p.z)};
    const Q4d q{double(T.q.x), double(T.q.y), double(T.q.z), double(T.q.w)};
    const double mm = 1e3 * simulator::norm(p - truth[j].p);
    e.mean_mm += mm / kHandJoints;
    e.mean_deg +=
        simulator::norm(simulator::rotation_vector(conjugate(q) * truth[j].q)) / kDeg / kHandJoints;
    for (std::size_t f = 0; f < kFingers; ++f) {
      if (index(kTipJoints[f]) == j) e.tip_mm[f] = mm;
    }
  }
  return e;
}

class HandRig {
 public:
  HandRig(std::uint64_t seed, Hand hand, simulator::Trajectory motion,
          simulator::GloveFaults glove = {}, simulator::TrackerFaults tracker = {})
      : truth(std::move(motion)),
        glove_(seed, hand, with_crystal(glove)),
        tracker_(seed, hand, tracker, kUniverse,
                 {simulator::turn({0, 1, 0}, 0.4), {0, 0.03, 0.01}}),
        random_(seed) {
    profile = glove_.nominal_profile();
    tracker_.describe(profile);
  }

  /// One millisecond. Everything that has arrived by then is estimated.
  void step() {
    t_s += 0.001;
    if (t_s >= t_glove_s_ + 0.004) {
      t_glove_s_ += 0.004;
      const double late = 0.0005 + 0.001 * std::generate_canonical<double, 32>(random_);
      glove_link_.push_back({t_glove_s_ + late, glove_.sample(truth, t_glove_s_)});
    }
    const auto& faults = tracker_.faults();
    if (t_s >= t_tracker_s_ + 1 / faults.rate_Hz) {
      t_tracker_s_ += 1 / faults.rate_Hz;
      tracker_link_.push_back(
          {t_tracker_s_ + faults.latency_s, tracker_.sample(truth, t_tracker_s_)});
    }
    for (; !glove_link_.empty() && glove_link_.front().first <= t_s; glove_link_.pop_front()) {
      if (!glove_on) continue;
      const auto& [arrived, sample] = glove_link_.front();
      estimate(state, params, profile, align(glove_state_, profile, sample, host(arrived)));
    }
    for (; !tracker_link_.empty() && tracker_link_.front().first <= t_s;
         tracker_link_.pop_front()) {
      if (!tracker_on) continue;
      auto [arrived, sample] = tracker_link_.front();
      estimate(state, params, profile,
               align(tracker_state_, profile, universe_in_world(), sample, host(arrived)));
    }
  }

  void run_until(double until_s) {
    while (t_s < until_s) step();
  }

  [[nodiscard]] HandPose now() const { return predict(state, params, profile, host(t_s)); }
  [[nodiscard]] JointErrors errors() const {
    return errors_of(now(), simulator::true_joints(truth(t_s)));
  }
  [[nodiscard]] const simulator::SyntheticGlove& glove() const { return glove_; }

  simulator::Trajectory truth;
  HandProfile profile;
  HandEstimatorParams params;
  HandEstimatorState state;
  bool glove_on = true;
  bool tracker_on = true;
  Vec3 shift;  ///< moves what the tracker says: a recentre nobody told of
  double t_s = 0;

 private:
  static constexpr Pose3d kUniverse{{0, 0.3826834323650898, 0, 0.9238795325112867}, {0.5, 0, -1}};

  static simulator::GloveFaults with_crystal(simulator::GloveFaults faults) {
    faults.clock_skew = 40e-6;
    faults.clock_offset_s = 77;
    return faults;
  }
  [[nodiscard]] Pose universe_in_world() const {
    return {{0, float(kUniverse.q.y), 0, float(kUniverse.q.w)},
            Vec3{float(kUniverse.p.x), float(kUniverse.p.y), float(kUniverse.p.z)} + shift};
  }

  simulator::SyntheticGlove glove_;
  simulator::SyntheticTracker tracker_;
  std::mt19937_64 random_;
  GloveAlignState glove_state_;
  TrackerAlignState tracker_state_;
  std::deque<std::pair<double, GloveSample>> glove_link_;
  std::deque<std::pair<double, TrackerSample>> tracker_link_;
  double t_glove_s_ = 0;
  double t_tracker_s_ = 0;
};

}  // namespace tactus::testing
