#include "tactus/pose/wrist_source.h"

#include <gtest/gtest.h>

namespace tactus {
namespace {

constexpr HostTime kStart{10s};

TEST(WristSource, TheFirstThatKnowsAPlaceIsInCharge) {
  WristSourceState state;
  EXPECT_EQ(hear(state, WristSource::Hand, false, kStart), SourceStep::Ignored);
  EXPECT_EQ(hear(state, WristSource::Controller, true, kStart), SourceStep::Kept);
  EXPECT_EQ(hear(state, WristSource::Hand, true, kStart + 10ms), SourceStep::Ignored);
  EXPECT_EQ(hear(state, WristSource::Controller, false, kStart + 20ms), SourceStep::Kept);
  EXPECT_EQ(state.source, WristSource::Controller);
}

TEST(WristSource, ATrackerOfOursTakesOverAtOnceAndKeepsIt) {
  WristSourceState state;
  EXPECT_EQ(hear(state, WristSource::Hand, true, kStart), SourceStep::Kept);
  EXPECT_EQ(hear(state, WristSource::Tracker, false, kStart + 1ms), SourceStep::Ignored);
  EXPECT_EQ(hear(state, WristSource::Tracker, true, kStart + 2ms), SourceStep::Changed);
  EXPECT_EQ(hear(state, WristSource::Hand, true, kStart + 3ms), SourceStep::Ignored);
}

TEST(WristSource, AnotherTakesThePlaceOfOneThatIsSilent) {
  WristSourceState state;
  EXPECT_EQ(hear(state, WristSource::Tracker, true, kStart), SourceStep::Kept);
  EXPECT_EQ(hear(state, WristSource::Tracker, false, kStart + 400ms), SourceStep::Kept);
  EXPECT_EQ(hear(state, WristSource::Hand, true, kStart + kSourceSilence), SourceStep::Ignored);
  EXPECT_EQ(hear(state, WristSource::Hand, true, kStart + kSourceSilence + 1ms),
            SourceStep::Changed);
}

}  // namespace
}  // namespace tactus
