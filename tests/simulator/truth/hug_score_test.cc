// The judge of hugs says what a watcher with a stopwatch would.
#include "tactus/simulator/hug_score.h"

#include <gtest/gtest.h>

namespace tactus::simulator {
namespace {

struct Between {
  double from_s, to_s;
};

bool is_in(const std::vector<Between>& spans, double t_s) {
  for (const Between& span : spans) {
    if (t_s >= span.from_s && t_s < span.to_s) return true;
  }
  return false;
}

/// Ten seconds, a millisecond at a time.
HugFigures judged(const std::vector<Between>& truth, const std::vector<Between>& told) {
  HugScore score;
  for (int ms = 0; ms < 10'000; ++ms) {
    const double t_s = 1e-3 * ms;
    if (ms % 4 == 0) score.add_truth(t_s, is_in(truth, t_s));
    score.add_told(t_s, is_in(told, t_s));
  }
  return score.figures();
}

constexpr double kTolerance_ms = 5;  // truth is asked for every 4 ms

TEST(HugScore, TellsOnsetAndRelease) {
  const HugFigures figures = judged({{2, 7}}, {{2.15, 7.2}});
  EXPECT_EQ(figures.hugs, 1);
  EXPECT_EQ(figures.missed, 0);
  EXPECT_EQ(figures.told_falsely, 0);
  EXPECT_NEAR(figures.onset_ms, 150, kTolerance_ms);
  EXPECT_NEAR(figures.release_ms, 200, kTolerance_ms);
  EXPECT_TRUE(failures(figures).empty());
}

TEST(HugScore, OneThatIsToldTooEarlyOrTooLateFails) {
  EXPECT_EQ(failures(judged({{2, 7}}, {{1.7, 7}})).size(), 1u);
  EXPECT_NEAR(judged({{2, 7}}, {{1.7, 7}}).onset_ms, -300, kTolerance_ms);
  EXPECT_EQ(failures(judged({{2, 7}}, {{2, 7.5}})).size(), 1u);
  EXPECT_EQ(failures(judged({{2, 7}}, {{2, 6.5}})).size(), 1u);
}

TEST(HugScore, OneThatIsNotToldIsMissed) {
  const HugFigures figures = judged({{2, 4}, {6, 8}}, {{2, 4}});
  EXPECT_EQ(figures.hugs, 2);
  EXPECT_EQ(figures.missed, 1);
  EXPECT_EQ(failures(figures).size(), 1u);
}

TEST(HugScore, OneThatIsToldTwiceOrWithoutCauseIsFalse) {
  EXPECT_EQ(judged({{2, 7}}, {{2, 4}, {4.2, 7}}).told_falsely, 1);
  EXPECT_EQ(judged({{2, 4}}, {{2, 4}, {6, 7}}).told_falsely, 1);
  EXPECT_EQ(failures(judged({{2, 4}}, {{2, 4}, {6, 7}})).size(), 1u);
}

TEST(HugScore, AHandThatIsLaidAnewIsTheSameHugAndAGlanceIsNone) {
  const HugFigures figures = judged({{2, 4}, {4.2, 7}, {8, 8.1}}, {{2, 7}});
  EXPECT_EQ(figures.hugs, 1);
  EXPECT_NEAR(figures.release_ms, 0, kTolerance_ms);
}

TEST(HugScore, NoHugAtAllIsNoSuccess) {
  EXPECT_EQ(judged({}, {}).hugs, 0);
  EXPECT_FALSE(failures(judged({}, {})).empty());
}

}  // namespace
}  // namespace tactus::simulator
