// Law: the curve through the samples has no jump up to its second derivative, and what was told of
// a time stays true.
#include "person_track.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus::simulator {
namespace {

/// Kinks in position, turn and angle at every step: the roughest input.
PersonSample rough(std::int64_t i) {
  PersonSample s;
  const double zigzag = i % 2 == 0 ? 1 : -1;
  s.hand[1].T_world_wrist = {
      turn({0, 0, 1}, 0.002 * static_cast<double>(i)) * turn({1, 0, 0}, 0.001 * zigzag),
      {0.001 * zigzag, 0.0002 * static_cast<double>(i), 0}};
  s.hand[1].finger[2].middle = 0.01 * zigzag;
  return s;
}

PersonTrack filled(std::int64_t count) {
  PersonTrack track;
  for (std::int64_t i = 0; i < count; ++i) track.push(rough(i));
  return track;
}

TEST(PersonTrack, CurveHasNoJumpUpToTheSecondDerivative) {
  const PersonTrack track = filled(200);
  constexpr double kStep = 2e-5;
  const auto y = [&](double t) { return track.at(t).hand[1].T_world_wrist.p.x; };
  double largest = 0, largest_value = 0;
  for (double t = 0.05; t < 0.06; t += kStep) {
    const auto second = [&](double at) {
      return (y(at - kStep) - 2 * y(at) + y(at + kStep)) / (kStep * kStep);
    };
    largest_value = std::max(largest_value, std::fabs(second(t)));
    largest = std::max(largest, std::fabs(second(t + kStep) - second(t)));
  }
  // Third derivative: 8 mm zigzag differences over 1 ms cubed; the second must follow it step by
  // step.
  EXPECT_GT(largest_value, 1000);
  EXPECT_LT(largest, 1.1 * 0.008 / 1e-9 * kStep);
}

TEST(PersonTrack, SteadyTurnStaysSteady) {
  PersonTrack track;
  for (int i = 0; i < 100; ++i) {
    PersonSample s;
    s.hand[0].T_world_wrist.q = turn({0, 1, 0}, 0.01 * i);
    track.push(s);
  }
  for (const double t_s : {0.0205, 0.05, 0.06025}) {
    const V3d r = rotation_vector(track.at(t_s).hand[0].T_world_wrist.q);
    EXPECT_NEAR(r.y, 10 * t_s, 1e-12) << t_s;
  }
}

TEST(PersonTrack, WhatWasToldStaysTrue) {
  PersonTrack track = filled(100);
  const double newest_s = (99 - PersonTrack::kAhead + 3) * PersonTrack::kStep_s;
  const V3d told = track.at(newest_s).hand[1].T_world_wrist.p;
  for (std::int64_t i = 100; i < 200; ++i) track.push(rough(i));
  const V3d again = track.at(newest_s).hand[1].T_world_wrist.p;
  EXPECT_DOUBLE_EQ(norm(told - again), 0);
}

TEST(PersonTrack, TimesOutsideAreClamped) {
  const PersonTrack track = filled(1000);
  EXPECT_NEAR(track.at(99).hand[1].T_world_wrist.p.y, 0.0002 * 999, 1e-4);
  EXPECT_NEAR(track.at(-5).hand[1].T_world_wrist.p.y, 0.0002 * (1000 - 256), 1e-3);
  EXPECT_NO_FATAL_FAILURE(static_cast<void>(PersonTrack().at(1)));
}

TEST(Blend, EndsAreTheEnds) {
  const HandSample a = rough(3).hand[1], b = rough(40).hand[1];
  EXPECT_NEAR(norm(blend(a, b, 1).T_world_wrist.p - b.T_world_wrist.p), 0, 1e-15);
  EXPECT_NEAR(norm(rotation_vector(conjugate(blend(a, b, 0).T_world_wrist.q) * a.T_world_wrist.q)),
              0, 1e-12);
}

}  // namespace
}  // namespace tactus::simulator
