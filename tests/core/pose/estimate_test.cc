#include "tactus/pose/estimate.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <ctime>
#include <limits>
#include <vector>

#include "hand_rig.h"
#include "support/alloc_guard.h"

namespace tactus {
namespace {

using testing::HandRig;
using testing::JointErrors;
using testing::LivelyMotion;

// The limits are 10 mm and 8 degrees over 52 joints; these are what the filters reach.
constexpr double kMeanPosition_mm = 2.0;
constexpr double kMeanOrientation_deg = 2.0;
constexpr double kSettled_s = 3;

// Sanitizers see the same code in less of it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kLength_s = 4;
constexpr double kTipP95_mm = 8.0;  // it has just settled
constexpr int kRandomInputs = 3'000;
#else
constexpr double kLength_s = 15;
constexpr double kTipP95_mm = 4.0;  // at 0.25 m/s: 16 ms of touch onset
constexpr int kRandomInputs = 100'000;
#endif

struct Figures {
  double mean_mm = 0;
  double mean_deg = 0;
  double tip_p95_mm = 0;
  double ns_per_glove = 0;
};

/// Both hands of one seed.
Figures figures_of(std::uint64_t seed, bool holds) {
  Figures figures;
  std::vector<double> tips;
  int count = 0;
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    HandRig rig(seed, hand, LivelyMotion(seed, hand, holds, kLength_s));
    while (rig.t_s < kLength_s) {
      rig.step();
      if (rig.t_s < kSettled_s) continue;
      const JointErrors e = rig.errors();
      figures.mean_mm += e.mean_mm;
      figures.mean_deg += e.mean_deg;
      tips.insert(tips.end(), e.tip_mm.begin(), e.tip_mm.end());
      ++count;
    }
    EXPECT_EQ(rig.state.wrist.reanchored, 0u);
    EXPECT_EQ(rig.state.discarded, 0u);
  }
  std::sort(tips.begin(), tips.end());
  figures.mean_mm /= count;
  figures.mean_deg /= count;
  figures.tip_p95_mm = tips[tips.size() * 95 / 100];
  return figures;
}

class EstimateTruth : public ::testing::TestWithParam<std::tuple<std::uint64_t, bool>> {};

TEST_P(EstimateTruth, LivelyHandsAreFollowed) {
  const auto [seed, holds] = GetParam();
  const Figures f = figures_of(seed, holds);
  std::printf("seed %d, %s: mean %.2f mm %.2f deg, fingertips p95 %.2f mm\n", int(seed),
              holds ? "flat first" : "lively at once", f.mean_mm, f.mean_deg, f.tip_p95_mm);
  EXPECT_LT(f.mean_mm, kMeanPosition_mm);
  EXPECT_LT(f.mean_deg, kMeanOrientation_deg);
  EXPECT_LT(f.tip_p95_mm, kTipP95_mm);
}

INSTANTIATE_TEST_SUITE_P(Seeds, EstimateTruth,
                         ::testing::Combine(::testing::Values(1, 2, 3, 11, 12), ::testing::Bool()));

TEST(Estimate, CalibratedMountingHelpsFromTheFirstSecond) {
  const Hand hand = Hand::Right;
  const auto early = [&](bool calibrated) {
    HandRig rig(6, hand, LivelyMotion(6, hand, false, 5));
    if (calibrated) {
      for (std::size_t i = 0; i < kGloveImus; ++i) {
        const auto q = rig.glove().true_mounting(i, 0);
        rig.profile.q_segment_imu[i] = {float(q.x), float(q.y), float(q.z), float(q.w)};
      }
      rig.profile.validated = true;
    }
    double mean_deg = 0;
    for (int k = 0; k < 2000; ++k) {
      rig.step();
      if (rig.t_s > 0.5) mean_deg += rig.errors().mean_deg / 1500;
    }
    return mean_deg;
  };
  const double without = early(false), with = early(true);
  std::printf("0.5 to 2 s: %.2f deg uncalibrated, %.2f deg calibrated\n", without, with);
  EXPECT_LT(with, without);
  EXPECT_LT(with, kMeanOrientation_deg);
}

TEST(Estimate, AnotherMountingStartsAfreshInAnotherEpoch) {
  const Hand hand = Hand::Left;
  HandRig rig(7, hand, LivelyMotion(7, hand, true, 8));
  rig.run_until(4);
  const std::uint32_t epoch = rig.now().epoch;
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const auto q = rig.glove().true_mounting(i, 0);
    rig.profile.q_segment_imu[i] = {float(q.x), float(q.y), float(q.z), float(q.w)};
  }
  rig.profile.validated = true;
  rig.run_until(5);
  EXPECT_EQ(rig.now().epoch, epoch + 1);
  EXPECT_LT(rig.errors().mean_mm, 2 * kMeanPosition_mm);
  EXPECT_LT(rig.errors().mean_deg, 2 * kMeanOrientation_deg);
}

TEST(Estimate, SnapshotAndReplayGiveTheSameBytes) {
  const auto run = [] {
    HandRig rig(8, Hand::Right, LivelyMotion(8, Hand::Right, true, 6));
    rig.run_until(4);
    return rig;
  };
  HandRig first = run();
  HandRig second = run();
  const HandEstimatorState snapshot = first.state;
  second.state = snapshot;
  first.run_until(5);
  second.run_until(5);
  const HandPose a = first.now(), b = second.now();
  EXPECT_EQ(std::memcmp(a.T_world_joint.data(), b.T_world_joint.data(), sizeof a.T_world_joint), 0);
  EXPECT_EQ(std::memcmp(a.v_world_joint.data(), b.v_world_joint.data(), sizeof a.v_world_joint), 0);
  EXPECT_EQ(first.state.finger[2].covariance, second.state.finger[2].covariance);
  EXPECT_EQ(first.state.wrist.covariance, second.state.wrist.covariance);
}

GloveMeasurement measurement_of(HandRig& rig, GloveAlignState& clock,
                                simulator::SyntheticGlove& glove, double t_s) {
  return align(clock, rig.profile, glove.sample(rig.truth, t_s), testing::host(t_s));
}

TEST(Estimate, LateDoubledAndForeignMeasurementsChangeNothing) {
  HandRig rig(9, Hand::Right, LivelyMotion(9, Hand::Right, true, 6));
  rig.run_until(3);
  simulator::SyntheticGlove glove(9, Hand::Right);
  GloveAlignState clock;
  GloveMeasurement m = measurement_of(rig, clock, glove, rig.t_s);
  const HandEstimatorState before = rig.state;
  m.t = rig.state.t;
  estimate(rig.state, rig.params, rig.profile, m);
  m.t = rig.state.t - 5ms;
  estimate(rig.state, rig.params, rig.profile, m);
  m.t = rig.state.t + 4ms;
  m.hand = Hand::Left;
  estimate(rig.state, rig.params, rig.profile, m);
  WristMeasurement w;
  w.hand = Hand::Left;
  w.t = rig.state.t;
  w.tracked = true;
  estimate(rig.state, rig.params, rig.profile, w);
  EXPECT_EQ(rig.state.discarded, before.discarded + 4);
  EXPECT_EQ(rig.state.t, before.t);
  EXPECT_EQ(rig.state.finger[1].angle, before.finger[1].angle);
  EXPECT_EQ(rig.state.wrist.now.p_world_imu, before.wrist.now.p_world_imu);
}

TEST(Estimate, LostSensorsAreFilledAndSaidToBe) {
  constexpr double kFilled_mm = 15;
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  HandRig rig(10, Hand::Right, LivelyMotion(10, Hand::Right, true, 8));
  rig.run_until(5);
  EXPECT_EQ(rig.now().origin, PoseOrigin::Measured);
  simulator::SyntheticGlove glove(10, Hand::Right);
  GloveAlignState clock;
  rig.glove_on = false;
  for (int k = 0; k < 125; ++k) {
    for (int ms = 0; ms < 4; ++ms) rig.step();
    GloveMeasurement m = measurement_of(rig, clock, glove, rig.t_s);
    m.flexion_rad[4] = kNaN;  // index PIP
    m.imu[distal_imu(Finger::Little)].gyro_rad_per_s.x = kNaN;
    m.imu[inner_imu(Finger::Thumb)].accel_m_per_s2.x = kNaN;
    estimate(rig.state, rig.params, rig.profile, m);
  }
  EXPECT_EQ(rig.state.missing, 3);
  EXPECT_EQ(rig.now().origin, PoseOrigin::Filled);
  EXPECT_LT(rig.errors().mean_mm, kFilled_mm);
}

float wild(std::mt19937_64& random, float size) {
  const auto kind = random() % 400;
  if (kind == 0) return std::numeric_limits<float>::quiet_NaN();
  if (kind == 1) return std::numeric_limits<float>::infinity();
  if (kind == 2) return 1e30f;
  return size * (2 * std::generate_canonical<float, 24>(random) - 1);
}

Vec3 wild3(std::mt19937_64& random, float size) {
  return {wild(random, size), wild(random, size), wild(random, size)};
}

GloveSample wild_glove(std::mt19937_64& random, DeviceTime t) {
  GloveSample s;
  s.t = t;
  s.hand = random() % 50 == 0 ? Hand::Left : Hand::Right;
  s.status = static_cast<std::uint16_t>(random());
  for (ImuReading& imu : s.imu) imu = {wild3(random, 35), wild3(random, 160)};
  for (float& x : s.flexion) x = 0.5f + wild(random, 0.7f);
  for (float& x : s.abduction) x = 0.5f + wild(random, 0.7f);
  return s;
}

// Each input has some hundred numbers: 1e5 of them are 1e7 random values.
TEST(Estimate, RandomInputsNeverBreakLimitsOrNumbers) {
  std::mt19937_64 random(12);
  simulator::SyntheticGlove nominal(1, Hand::Right);
  const HandProfile profile = nominal.nominal_profile();
  const HandEstimatorParams params;
  HandEstimatorState state;
  GloveAlignState glove_clock;
  TrackerAlignState tracker_clock;
  int broken = 0;
  double t_s = 1;
  for (int k = 0; k < kRandomInputs; ++k) {
    t_s += random() % 500 == 0 ? 3.0 * double(wild(random, 1) > 0) : 0.004;
    const double jitter_s = random() % 20 == 0 ? -0.02 : 0;
    estimate(
        state, params, profile,
        align(glove_clock, profile, wild_glove(random, DeviceTime(from_seconds(t_s + jitter_s))),
              testing::host(t_s)));
    if (k % 3 == 0) {
      TrackerSample tracker;
      tracker.t = DeviceTime(from_seconds(t_s + jitter_s));
      tracker.hand = Hand::Right;
      tracker.tracked = random() % 10 != 0;
      tracker.T_universe_tracker = {exp_rotation(wild3(random, 2)), wild3(random, 3)};
      estimate(state, params, profile,
               align(tracker_clock, profile, Pose{}, tracker, testing::host(t_s)));
    }
    if (!within_limits(angles_of(state))) ++broken;
    if (k % 4 != 0) continue;
    const HandPose pose = predict(state, params, profile, testing::host(t_s + 0.01 * (k % 9)));
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      if (!is_valid(pose.T_world_joint[j]) || !is_finite(pose.v_world_joint[j]) ||
          !is_finite(pose.omega_world_joint[j])) {
        ++broken;
      }
    }
  }
  EXPECT_EQ(broken, 0);
}

TEST(Estimate, RecoversFromGarbage) {
  std::mt19937_64 random(13);
  HandRig rig(14, Hand::Right, LivelyMotion(14, Hand::Right, true, 12));
  rig.run_until(4);
  GloveAlignState clock;
  for (int k = 0; k < 250; ++k) {
    rig.t_s += 0.004;
    estimate(rig.state, rig.params, rig.profile,
             align(clock, rig.profile, wild_glove(random, DeviceTime(from_seconds(rig.t_s))),
                   testing::host(rig.t_s)));
  }
  rig.run_until(11);
  EXPECT_LT(rig.errors().mean_mm, 10);
  EXPECT_LT(rig.errors().mean_deg, 8);
}

TEST(Estimate, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "a sanitizer owns malloc";
  HandRig rig(15, Hand::Left, LivelyMotion(15, Hand::Left, true, 4));
  rig.run_until(1);
  simulator::SyntheticGlove glove(15, Hand::Left);
  simulator::SyntheticTracker tracker(15, Hand::Left);
  for (int k = 0; k < 20; ++k) {
    const GloveSample g = glove.sample(rig.truth, 1 + 0.004 * k);
    const TrackerSample t = tracker.sample(rig.truth, 1 + 0.004 * k - 0.02);
    GloveAlignState glove_clock;
    TrackerAlignState tracker_clock;
    const testing::AllocGuard guard;
    const HostTime now = testing::host(1 + 0.004 * k);
    estimate(rig.state, rig.params, rig.profile, align(glove_clock, rig.profile, g, now));
    estimate(rig.state, rig.params, rig.profile, align(tracker_clock, rig.profile, Pose{}, t, now));
    const HandPose pose = predict(rig.state, rig.params, rig.profile, now + 5ms);
    EXPECT_EQ(guard.calls(), 0u);
    EXPECT_NE(pose.origin, PoseOrigin::None);
  }
}

TEST(Estimate, PrintsItsCost) {
  HandRig rig(16, Hand::Right, LivelyMotion(16, Hand::Right, true, 4));
  rig.run_until(2);
  simulator::SyntheticGlove glove(16, Hand::Right);
  GloveAlignState clock;
  std::vector<GloveMeasurement> measurements;
  for (int k = 0; k < 250; ++k) {
    measurements.push_back(measurement_of(rig, clock, glove, 2.1 + 0.004 * k));
  }
  const std::clock_t begin = std::clock();
  for (const GloveMeasurement& m : measurements) estimate(rig.state, rig.params, rig.profile, m);
  const double spent_s = double(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.0f ns of processor time per glove measurement, %zu bytes of state\n",
              1e9 * spent_s / double(measurements.size()), sizeof(HandEstimatorState));
  EXPECT_EQ(rig.state.t, measurements.back().t);
}

}  // namespace
}  // namespace tactus
