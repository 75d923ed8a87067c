// The judge must be able to condemn: perfect, silent, always-on, misplaced and late gloves, on one
// made-up contact whose every figure can be worked out by hand.
#include "tactus/simulator/score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace tactus::simulator {
namespace {

constexpr std::int64_t kEnd_ms = 3000, kOn_ms = 1000, kOff_ms = 2000;
constexpr std::size_t kTouching = 2;  // the right index finger's pulp
constexpr std::size_t kBeside = 6;    // skin without an actuator is touched near this one
using Drives = std::array<float, kActuators>;
using Glove = std::function<Drives(Hand, std::int64_t)>;

/// The right index pulp presses 4 mm into a cheek from 1 s to 2 s, at 0.25 m/s; all else is 30 mm
/// away, but the apex beside it which comes as near as 2 mm.
BothHandsTruth truth_at(double t_s) {
  BothHandsTruth truth{};
  const double in_s = t_s - kOn_ms * 1e-3, out_s = kOff_ms * 1e-3 - t_s;
  const double depth_m = std::clamp(0.25 * std::min(in_s, out_s), -0.03, 0.004);
  truth[1][kTouching] = {-depth_m, Region::CheekLeft};
  truth[1][kTouching + 1] = {0.006 - depth_m, Region::CheekLeft};
  truth[1][kBeside].around_m = -depth_m;
  return truth;
}

DemoScore judge(const Glove& glove, double truth_every_s = 0.004) {
  Score score;
  double t_s = 0;
  for (std::int64_t ms = 0; ms < kEnd_ms; ++ms) {
    while (t_s <= static_cast<double>(ms) * 1e-3) {
      score.add_truth(t_s, truth_at(t_s));
      t_s += truth_every_s;
    }
    for (const Hand hand : {Hand::Left, Hand::Right}) score.add_drive(hand, ms, glove(hand, ms));
  }
  return score.finish();
}

Drives only(std::size_t actuator, float drive) {
  Drives drives{};
  drives[actuator] = drive;
  return drives;
}

Glove perfect(std::int64_t late_ms = 0, std::size_t actuator = kTouching) {
  return [=](Hand hand, std::int64_t ms) {
    const bool on = hand == Hand::Right && ms >= kOn_ms + late_ms && ms < kOff_ms + late_ms;
    return on ? only(actuator, 0.3f) : Drives{};
  };
}

bool complains(const DemoScore& score, const char* about) {
  for (const std::string& failure : failures(score)) {
    if (failure.find(about) != std::string::npos) return true;
  }
  return false;
}

TEST(Score, PerfectGloveIsPerfect) {
  const DemoScore score = judge(perfect());
  EXPECT_DOUBLE_EQ(score.touch_recall_percent, 100);
  EXPECT_EQ(score.wrong_actuator_frames, 0);
  EXPECT_EQ(score.free_air_output_frames, 0);
  EXPECT_EQ(score.onsets, 1);
  EXPECT_EQ(score.onsets_missed, 0);
  EXPECT_LE(score.onset_error_p95_ms, 1);
  EXPECT_EQ(score.unreported_ms, 0);
  // 1 mm deep from 4 ms after the touch to 4 ms before the end.
  EXPECT_NEAR(static_cast<double>(score.touched_ms), 992, 2);
  EXPECT_EQ(score.felt_ms[static_cast<std::size_t>(Region::CheekLeft)], score.touched_ms);
  EXPECT_EQ(score.regions_touched, 1);
}

TEST(Score, SilentGloveFailsRecall) {
  const DemoScore score = judge([](Hand, std::int64_t) { return Drives{}; });
  EXPECT_DOUBLE_EQ(score.touch_recall_percent, 0);
  EXPECT_EQ(score.onsets_missed, 1);
  EXPECT_DOUBLE_EQ(score.onset_error_p95_ms, 100);
  EXPECT_EQ(score.regions_touched, 0);
  EXPECT_TRUE(complains(score, "felt"));
}

TEST(Score, AlwaysOnGloveFailsFreeAirAndWrong) {
  Drives all;
  all.fill(0.3f);
  const DemoScore score = judge([&](Hand, std::int64_t) { return all; });
  EXPECT_DOUBLE_EQ(score.touch_recall_percent, 100);
  // The left hand never touches; the right is near from 40 ms before to 40 ms after: 5 mm at
  // 0.25 m/s and 20 ms.
  EXPECT_NEAR(static_cast<double>(score.wrong_actuator_frames), 1080, 4);
  EXPECT_NEAR(static_cast<double>(score.free_air_output_frames), 2.0 * kEnd_ms - 1080, 4);
  EXPECT_TRUE(complains(score, "free air"));
  EXPECT_TRUE(complains(score, "where nothing touched"));
}

TEST(Score, FaintHumIsStillAnOutput) {
  Drives hum;
  hum.fill(0.006f);
  EXPECT_GT(judge([&](Hand, std::int64_t) { return hum; }).free_air_output_frames, 4000);
}

TEST(Score, OtherFingerIsWrongAndTheNeighbourWithinToleranceIsNot) {
  EXPECT_NEAR(static_cast<double>(judge(perfect(0, 4)).wrong_actuator_frames), 1000, 1);
  const DemoScore apex = judge(perfect(0, kTouching + 1));
  EXPECT_EQ(apex.wrong_actuator_frames, 0);
  EXPECT_DOUBLE_EQ(apex.touch_recall_percent, 0);
}

TEST(Score, SkinBesideAnActuatorIsFeltThere) {
  const DemoScore score = judge(perfect(0, kBeside));
  EXPECT_EQ(score.wrong_actuator_frames, 0);
  EXPECT_EQ(score.free_air_output_frames, 0);
  EXPECT_DOUBLE_EQ(score.touch_recall_percent, 0) << "it is not the patch that was touched";
}

TEST(Score, OtherHandIsFreeAir) {
  const DemoScore score = judge([](Hand hand, std::int64_t ms) {
    return hand == Hand::Left ? perfect()(Hand::Right, ms) : Drives{};
  });
  EXPECT_EQ(score.free_air_output_frames, 1000);
  EXPECT_DOUBLE_EQ(score.touch_recall_percent, 0);
}

TEST(Score, LatenessIsTheOnsetErrorAndThenLeftoverOutput) {
  const DemoScore late = judge(perfect(30));
  EXPECT_NEAR(late.onset_error_p95_ms, 30, 1);
  EXPECT_TRUE(complains(late, "onsets"));
  EXPECT_NEAR(late.touch_recall_percent, 100.0 * (992 - 26) / 992, 0.2);
  // 70 ms late the output outlives tolerance (40 ms after the last touch) by 30 ms.
  EXPECT_NEAR(static_cast<double>(judge(perfect(70)).free_air_output_frames), 30, 2);
  EXPECT_NEAR(judge(perfect(-15)).onset_error_p95_ms, 15, 1);
}

TEST(Score, ToneIsFeltThroughItsZeroCrossings) {
  const DemoScore score = judge([](Hand hand, std::int64_t ms) {
    Drives drives = perfect()(hand, ms);
    if (ms % 8 != 0) drives[kTouching] *= 0.01f;
    return drives;
  });
  EXPECT_GT(score.touch_recall_percent, 99);
  EXPECT_LE(score.onset_error_p95_ms, 8);
}

TEST(Score, NotANumberIsAnOutput) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const DemoScore score = judge([&](Hand, std::int64_t) { return only(0, nan); });
  EXPECT_GT(score.free_air_output_frames, 4000);
  EXPECT_DOUBLE_EQ(score.touch_recall_percent, 0);
}

TEST(Score, CoarseTruthIsInterpolated) {
  EXPECT_EQ(judge(perfect(), 0.001).touched_ms, judge(perfect(), 0.004).touched_ms);
}

TEST(Score, GloveThatStopsReportingIsCaught) {
  Score score;
  for (std::int64_t ms = 0; ms < kEnd_ms; ++ms) {
    score.add_truth(static_cast<double>(ms) * 1e-3, truth_at(static_cast<double>(ms) * 1e-3));
    score.add_drive(Hand::Left, ms, Drives{});
    if (ms < 500) score.add_drive(Hand::Right, ms, Drives{});
  }
  const DemoScore result = score.finish();
  EXPECT_NEAR(static_cast<double>(result.unreported_ms), kEnd_ms - 500 - 50, 2);
  EXPECT_EQ(result.onsets_missed, 1);
  EXPECT_TRUE(complains(result, "not reported"));
}

TEST(Score, ContactThatCreepsInHasNoOnset) {
  Score score;
  for (std::int64_t ms = 0; ms < kEnd_ms; ++ms) {
    BothHandsTruth truth{};
    const double depth_m = std::min(0.004, 0.005 * (static_cast<double>(ms) * 1e-3 - 1));
    truth[1][kTouching] = {std::min(-depth_m, kTruthReach_m), Region::Hair};
    score.add_truth(static_cast<double>(ms) * 1e-3, truth);
    for (const Hand hand : {Hand::Left, Hand::Right}) score.add_drive(hand, ms, Drives{});
  }
  const DemoScore result = score.finish();
  EXPECT_EQ(result.onsets, 0);
  EXPECT_GT(result.touched_ms, 1500);
}

TEST(Score, NothingAtAllIsTheWorstFigureNotTheBest) {
  Score score;
  const DemoScore result = score.finish();
  EXPECT_DOUBLE_EQ(result.touch_recall_percent, 0);
  EXPECT_DOUBLE_EQ(result.onset_error_p95_ms, 100);
  EXPECT_GT(result.hand_error_mm, 100);
  EXPECT_GE(failures(result).size(), 4u);
}

TEST(Score, HandErrorIsTheMeanOverJoints) {
  TrueHand hand;
  const TrueJoints joints = true_joints(hand);
  HandPose estimate;
  estimate.origin = PoseOrigin::Measured;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const auto f = [](double x) { return static_cast<float>(x); };
    // Half of the joints 4 mm off, all turned by 6 degrees.
    const Q4d q = joints[j].q * turn({0, 1, 0}, 6 * std::numbers::pi / 180);
    const double off_m = j % 2 == 0 ? 0.004 : 0;
    estimate.T_world_joint[j] = {{f(q.x), f(q.y), f(q.z), f(q.w)},
                                 {f(joints[j].p.x + off_m), f(joints[j].p.y), f(joints[j].p.z)}};
  }
  Score score;
  score.add_pose(estimate, joints);
  estimate.origin = PoseOrigin::None;
  score.add_pose(estimate, joints);
  const DemoScore result = score.finish();
  EXPECT_NEAR(result.hand_error_mm, 2, 1e-3);
  EXPECT_NEAR(result.hand_error_deg, 6, 1e-3);
  EXPECT_EQ(result.pose_ticks, 1);
  EXPECT_EQ(result.unposed_ticks, 1);
}

TEST(Score, LinesAreMetrics) {
  const std::string lines = metric_lines(judge(perfect()));
  EXPECT_NE(lines.find("metric demo.touch_recall_percent 100 percent\n"), std::string::npos);
  EXPECT_NE(lines.find("metric demo.wrong_actuator_frames 0 frames\n"), std::string::npos);
  EXPECT_NE(lines.find("metric demo.regions_touched 1 count\n"), std::string::npos);
}

}  // namespace
}  // namespace tactus::simulator
