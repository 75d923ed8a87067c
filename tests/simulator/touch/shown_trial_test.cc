// The drawn hand judged by brute force, and two that are found out: one that does not yield and one
// that stays away.
#include "tactus/simulator/shown_trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tactus/simulator/generated_head.h"

namespace tactus::simulator {
namespace {

constexpr double kInsideP99_m = 0.001, kInside_m = 0.002;
constexpr double kGapP99_m = 0.002;
constexpr double kPop_m = 0.0055;  // 0.5 m/s for 11 ms

const TouchSubject& small_head() {
  static const TouchSubject subject = [] {
    const GeneratedHead head = generate_head(2000);
    return TouchSubject(head.view());
  }();
  return subject;
}

double p99(std::vector<double> values) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(0.99 * static_cast<double>(values.size() - 1))];
}

ShownScore run_some(const ShownHandParams& params) {
  ShownScore sum;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const ShownScore score = run_trial(
        small_head(), {.seed = seed, .speed_m_per_s = 0.1f * static_cast<float>(seed)}, params);
    sum.tracked_m.insert(sum.tracked_m.end(), score.tracked_m.begin(), score.tracked_m.end());
    sum.inside_m.insert(sum.inside_m.end(), score.inside_m.begin(), score.inside_m.end());
    sum.gap_m.insert(sum.gap_m.end(), score.gap_m.begin(), score.gap_m.end());
    sum.pop_m = std::max(sum.pop_m, score.pop_m);
  }
  return sum;
}

TEST(ShownTrial, TheDrawnHandIsOnTheSkin) {
  const ShownScore score = run_some({});
  ASSERT_GT(score.inside_m.size(), 200u);
  EXPECT_GT(*std::ranges::max_element(score.tracked_m), 0.015);
  EXPECT_LE(p99(score.inside_m), kInsideP99_m);
  EXPECT_LE(*std::ranges::max_element(score.inside_m), kInside_m);
  EXPECT_LE(p99(score.gap_m), kGapP99_m);
  EXPECT_LE(score.pop_m, kPop_m);
}

TEST(ShownTrial, AHandThatDoesNotComeBackIsFoundInTheAir) {
  const ShownScore score = run_some({.return_m_per_s = 0});
  EXPECT_GT(p99(score.gap_m), kGapP99_m);
}

TEST(ShownTrial, AHandThatMayChangeSideAtOnceJumps) {
  const ShownScore score = run_some({.stray_m_per_s = 100});
  EXPECT_GT(score.pop_m, kPop_m);
}

TEST(ShownTrial, AHandThatDoesNotYieldIsFoundInside) {
  const ShownScore score = run_some({.mode = ShownMode::Tracked});
  EXPECT_GT(p99(score.inside_m), 5 * kInsideP99_m);
  EXPECT_EQ(score.pop_m, 0);
}

}  // namespace
}  // namespace tactus::simulator
