// Two holds teach a glove how its units sit; less than that changes nothing.
#include "tactus/calibration/mounting_session.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tactus/simulator/sensors.h"

namespace tactus::calibration {
namespace {

constexpr double kTolerance_deg = 3;  // of a mounting, slip and sensor faults included

/// A flat hand, still: palm down, or turned about the forearm so that the thumb is on top.
simulator::TrueHand held(Hand hand, bool thumb_up) {
  simulator::TrueHand out;
  out.hand = hand;
  const double side = hand == Hand::Left ? -1 : 1;
  if (thumb_up) out.T_world_wrist.q = simulator::turn({0, 0, 1}, side * M_PI / 2);
  return out;
}

struct MountingSessionTest : ::testing::TestWithParam<Hand> {
  bool hold(MountingSession& session, bool thumb_up, int samples = 200) {
    const simulator::TrueHand hand = held(GetParam(), thumb_up);
    const simulator::V3d up =
        simulator::rotate(simulator::conjugate(hand.T_world_wrist.q), {0, 1, 0});
    for (int i = 0; i < samples; ++i) {
      t_s += 0.004;
      session.add(glove.sample([&](double) { return hand; }, t_s),
                  {float(up.x), float(up.y), float(up.z)});
    }
    return session.end_hold();
  }
  double t_s = 0;
  simulator::SyntheticGlove glove{3, GetParam()};
};

TEST_P(MountingSessionTest, TwoHoldsFindEveryMounting) {
  MountingSession session(GetParam());
  EXPECT_TRUE(hold(session, false));
  EXPECT_TRUE(hold(session, true));
  HandProfile profile = glove.nominal_profile();
  ASSERT_TRUE(session.solve(profile));
  EXPECT_TRUE(profile.validated);
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const simulator::Q4d truth = glove.true_mounting(i, t_s);
    const Quat expected{float(truth.x), float(truth.y), float(truth.z), float(truth.w)};
    const float error_rad = length(log_rotation(conjugate(expected) * profile.q_segment_imu[i]));
    EXPECT_LT(error_rad / kRadPerDeg, kTolerance_deg) << "unit " << i;
  }
}

TEST_P(MountingSessionTest, TooLittleChangesNothing) {
  MountingSession session(GetParam());
  EXPECT_TRUE(hold(session, false));
  EXPECT_FALSE(hold(session, true, 10));
  HandProfile profile = glove.nominal_profile();
  EXPECT_FALSE(session.solve(profile));
  EXPECT_FALSE(profile.validated);
}

TEST_P(MountingSessionTest, TheSameHoldTwiceIsNotEnough) {
  MountingSession session(GetParam());
  EXPECT_TRUE(hold(session, false));
  EXPECT_TRUE(hold(session, false));
  HandProfile profile = glove.nominal_profile();
  EXPECT_FALSE(session.solve(profile));
}

INSTANTIATE_TEST_SUITE_P(Hands, MountingSessionTest, ::testing::Values(Hand::Left, Hand::Right));

}  // namespace
}  // namespace tactus::calibration
