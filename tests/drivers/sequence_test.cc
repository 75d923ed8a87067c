// The law of `follow`: whatever order reports come in, gaps are the numbers that never came.
#include "tactus/drivers/sequence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace tactus {
namespace {

TEST(Sequence, FirstReportLosesNothing) {
  SequenceState state;
  EXPECT_EQ(follow(state, 1000), SequenceStep::Restarted);
  EXPECT_EQ(follow(state, 1001), SequenceStep::Next);
  EXPECT_EQ(state.gaps, 0u);
}

TEST(Sequence, CountsExactlyWhatIsMissing) {
  SequenceState state;
  (void)follow(state, 10);
  EXPECT_EQ(follow(state, 14), SequenceStep::Skipped);
  EXPECT_EQ(state.gaps, 3u);
  EXPECT_EQ(follow(state, 500), SequenceStep::Skipped);
  EXPECT_EQ(state.gaps, 3u + 485u);
}

TEST(Sequence, TakesALateReportBackFromTheLost) {
  SequenceState state;
  for (const std::uint32_t s : {1u, 2u, 5u}) (void)follow(state, s);
  EXPECT_EQ(state.gaps, 2u);
  EXPECT_EQ(follow(state, 3), SequenceStep::Late);
  EXPECT_EQ(state.gaps, 1u);
  EXPECT_EQ(state.reordered, 1u);
  EXPECT_EQ(follow(state, 3), SequenceStep::Duplicate);
  EXPECT_EQ(state.duplicates, 1u);
}

TEST(Sequence, WrapsAtTwoToTheThirtyTwo) {
  SequenceState state;
  (void)follow(state, 0xFFFFFFFEu);
  EXPECT_EQ(follow(state, 0xFFFFFFFFu), SequenceStep::Next);
  EXPECT_EQ(follow(state, 0u), SequenceStep::Next);
  EXPECT_EQ(follow(state, 2u), SequenceStep::Skipped);
  EXPECT_EQ(state.gaps, 1u);
}

TEST(Sequence, OneOldReportIsStaleTwoInOrderAreARestart) {
  SequenceState state;
  (void)follow(state, 5000);
  EXPECT_EQ(follow(state, 3), SequenceStep::Stale);
  EXPECT_EQ(follow(state, 5001), SequenceStep::Next);
  EXPECT_EQ(state.gaps, 0u);
  EXPECT_EQ(follow(state, 0), SequenceStep::Stale);
  EXPECT_EQ(follow(state, 1), SequenceStep::Restarted);
  EXPECT_EQ(follow(state, 2), SequenceStep::Next);
  EXPECT_EQ(state.stale, 2u);
  EXPECT_EQ(state.restarts, 1u);
}

/// Numbers 0…N-1 with some removed, some doubled, and neighbours up to 20 apart swapped.
TEST(Sequence, GapsEqualTheNumbersThatNeverCame) {
  std::mt19937 random(7);
  constexpr std::uint32_t kNumbers = 20000;
  std::vector<std::uint32_t> sent;
  std::uint64_t removed = 0, doubled = 0;
  for (std::uint32_t s = 0; s < kNumbers; ++s) {
    const bool edge = s == 0 || s == kNumbers - 1;
    if (!edge && random() % 10 == 0) {
      ++removed;
      continue;
    }
    sent.push_back(s);
    if (!edge && random() % 10 == 0) {
      sent.push_back(s);
      ++doubled;
    }
  }
  for (std::size_t i = 1; i + 22 < sent.size(); i += 21)
    std::swap(sent[i], sent[i + random() % 20]);
  SequenceState state;
  for (const std::uint32_t s : sent) (void)follow(state, s);
  EXPECT_EQ(state.gaps, removed);
  EXPECT_EQ(state.duplicates, doubled);
  EXPECT_GT(state.reordered, 0u);
  EXPECT_EQ(state.stale, 0u);
}

}  // namespace
}  // namespace tactus
