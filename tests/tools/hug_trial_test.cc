#include "tools/eval/hug_trial.h"

#include <gtest/gtest.h>

namespace tactus::tools {
namespace {

constexpr double kOnset_s = 0.3, kRelease_s = 0.4;

TEST(HugTrial, AHugIsRecognisedWhenItIsTrulyOne) {
  for (const bool has_trackers : {true, false}) {
    const HugScore score = run_trial(make_trunk(), {.has_trackers = has_trackers, .stay_s = 1});
    ASSERT_TRUE(score.closed_s && score.opened_s);
    EXPECT_GT(*score.opened_s - *score.closed_s, 1) << "the stay, and what it takes to come and go";
    ASSERT_EQ(score.begins_s.size(), 1u) << has_trackers;
    ASSERT_EQ(score.ends_s.size(), 1u) << has_trackers;
    EXPECT_NEAR(score.begins_s[0], *score.closed_s, kOnset_s);
    EXPECT_NEAR(score.ends_s[0], *score.opened_s, kRelease_s);
  }
}

TEST(HugTrial, WhoOnlyTouchesHugsNeitherTrulyNorForTheEngine) {
  for (const HugTrial& trial : {HugTrial{.has_chest = false, .has_forearms = false, .stay_s = 1},
                                HugTrial{.has_right_arm = false, .stay_s = 1}}) {
    const HugScore score = run_trial(make_trunk(), trial);
    EXPECT_FALSE(score.closed_s.has_value());
    EXPECT_TRUE(score.begins_s.empty());
  }
}

}  // namespace
}  // namespace tactus::tools
