// A stroke along actuators: the published law, and nothing of the pattern lost on the way.
#include "tactus/patterns/stroke.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tactus/patterns/compile.h"

namespace tactus::patterns {
namespace {

constexpr double kTime_s = 1e-5;

TEST(Stroke, EachBeginsAsTheLawSays) {
  for (const std::size_t stops : {2u, 3u, 5u, 9u}) {
    const std::vector<Visit> visits = visit_in_turn(stops, 1);
    ASSERT_EQ(visits.size(), stops);
    for (std::size_t i = 0; i + 1 < stops; ++i) {
      const double onset_s = visits[i + 1].t_start_s - visits[i].t_start_s;
      EXPECT_NEAR(onset_s, 0.32 * visits[i].duration_s + 0.0473, 1e-12);
    }
    EXPECT_NEAR(visits.back().t_start_s + visits.back().duration_s, 1, 1e-12);
  }
}

TEST(Stroke, AsWorkedOutByHand) {
  const std::vector<Visit> three = visit_in_turn(3, 1);
  const double starts_s[] = {0, 0.15705, 0.48037}, durations_s[] = {0.34295, 0.86258, 0.51963};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(three[i].t_start_s, starts_s[i], kTime_s);
    EXPECT_NEAR(three[i].duration_s, durations_s[i], kTime_s);
  }
}

TEST(Stroke, TooFastHasNoVisits) {
  EXPECT_EQ(visit_in_turn(3, 2 * kLeastStep_s + 1e-9).size(), 3u);
  EXPECT_TRUE(visit_in_turn(3, 2 * kLeastStep_s - 1e-9).empty());
  EXPECT_TRUE(visit_in_turn(0, 1).empty());
  ASSERT_EQ(visit_in_turn(1, 0.01).size(), 1u);
  EXPECT_EQ(visit_in_turn(1, 0.01)[0].duration_s, 0.01);
}

TEST(Stroke, APartFollowsTheWholesCurves) {
  Track track;
  track.notes.push_back({0.1, 1, 1, 0, PatternShape::Sine, {{0, 0}, {1, 1}}, {{0.5, 100}}});
  track.taps = {{0.2, 1, 0}, {0.6, 1, 0}};
  const Track part = part_of(track, {0.5, 0.25});
  ASSERT_EQ(part.notes.size(), 1u);
  const Note& note = part.notes[0];
  EXPECT_DOUBLE_EQ(note.t_s, 0.5);
  EXPECT_DOUBLE_EQ(note.duration_s, 0.25);
  for (const double t_s : {0.0, 0.1, 0.25}) {
    EXPECT_NEAR(value_at(note.amplitude, t_s, -1), 0.4 + t_s, 1e-12);
  }
  EXPECT_EQ(value_at(note.frequency_Hz, 0.2, -1), 100);
  ASSERT_EQ(part.taps.size(), 1u);
  EXPECT_EQ(part.taps[0].t_s, 0.6);
  EXPECT_TRUE(part_of(track, {1.2, 0.1}).notes.empty());
}

TEST(Stroke, IsPlayedOnOneActuatorAfterTheOther) {
  Pattern pattern;
  pattern.duration_s = 1;
  pattern.tracks.emplace_back().notes.push_back({0, 1, 1, 0, PatternShape::Sine, {{0, 0.5}}, {}});
  const auto placement = place_along("right_index_tip,right_index_proximal,right_palm");
  ASSERT_TRUE(placement);
  const auto bytes = compile(pattern, *placement);
  ASSERT_TRUE(bytes);
  const auto view = view_pattern(*bytes);
  ASSERT_TRUE(view);
  const std::vector<Visit> visits = visit_in_turn(3, 1);
  ASSERT_EQ(view->voices.size(), 3u);
  const std::uint16_t on[] = {0x000C, 0x0400, 0xFC00};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_DOUBLE_EQ(view->voices[i].t_start_s, visits[i].t_start_s);
    const double left_s = 1 - visits[i].t_start_s;  // what is left of the pattern
    EXPECT_NEAR(view->voices[i].duration_s, std::min(visits[i].duration_s, left_s), 1e-12);
    EXPECT_EQ(view->voices[i].actuators[1], on[i]);
    EXPECT_EQ(view->voices[i].actuators[0], 0);
  }
  pattern.duration_s = pattern.tracks[0].notes[0].duration_s = 0.09;
  const auto fast = compile(pattern, *placement);
  ASSERT_FALSE(fast);
  EXPECT_NE(fast.error().find("0.095 s"), std::string::npos) << fast.error();
  EXPECT_FALSE(place_along("right_index_tip,elbow"));
}

}  // namespace
}  // namespace tactus::patterns
