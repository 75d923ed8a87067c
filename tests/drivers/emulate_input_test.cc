// What moves an emulated hand: scripts and a mouse, neither jerkier than a hand can be.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "hand_motion.h"
#include "terminal_mouse.h"

namespace tactus::tools {
namespace {

constexpr double kMostFinger_rad_per_s = 15;  // faster than the p99 of real hands, 860 deg/s
constexpr double kMostWrist_m_per_s2 = 100;   // within TG1's 16 g

simulator::V3d second_difference(const simulator::Trajectory& motion, double t_s, double h_s) {
  const auto at = [&](double t) { return motion(t).T_world_wrist.p; };
  return (1 / (h_s * h_s)) * (at(t_s + h_s) - 2.0 * at(t_s) + at(t_s - h_s));
}

void expect_possible(const simulator::Trajectory& motion, double t_s) {
  constexpr double kStep_s = 1e-3;
  EXPECT_LT(norm(second_difference(motion, t_s, kStep_s)), kMostWrist_m_per_s2);
  const simulator::TrueHand before = motion(t_s), after = motion(t_s + kStep_s);
  for (std::size_t f = 0; f < kFingers; ++f) {
    const double turned = std::fabs(after.finger[f].middle - before.finger[f].middle);
    EXPECT_LT(turned / kStep_s, kMostFinger_rad_per_s) << "finger " << f << " at " << t_s << " s";
  }
}

TEST(Script, AnUnknownNameIsNone) {
  EXPECT_FALSE(make_script("", Hand::Left));
  EXPECT_FALSE(make_script("dance", Hand::Left));
}

TEST(Script, EachMovesAsAHandCan) {
  for (const char* name : {"rest", "fist", "wave", "count"}) {
    const simulator::Trajectory motion = make_script(name, Hand::Right);
    ASSERT_TRUE(motion) << name;
    EXPECT_EQ(motion(0).hand, Hand::Right);
    for (double t_s = 0; t_s < 6; t_s += 0.01) expect_possible(motion, t_s);
  }
}

TEST(Script, FistCloses) {
  const simulator::Trajectory motion = make_script("fist", Hand::Left);
  EXPECT_GT(motion(1.0).finger[1].middle - motion(0.0).finger[1].middle, 1.0);
}

TEST(MouseHand, GoesWhereItIsAimedWithoutOvershoot) {
  MouseHand hand(Hand::Right);
  const double start_m = hand.at(0).T_world_wrist.p.y;
  hand.aim(0, 1);
  hand.curl(Finger::Index, 1);
  double highest_m = 0;
  for (double t_s = 0; t_s < 1; t_s += 0.002) {
    hand.step(t_s);
    expect_possible([&](double t) { return hand.at(t); }, t_s);
    highest_m = std::max(highest_m, hand.at(t_s).T_world_wrist.p.y - start_m);
  }
  EXPECT_NEAR(hand.at(1).T_world_wrist.p.y - start_m, 0.25, 1e-3);
  EXPECT_LT(highest_m, 0.2501);
  EXPECT_GT(hand.at(1).finger[1].middle, hand.at(1).finger[2].middle + 1.0);
}

TEST(MouseHand, KeepsToItsReach) {
  MouseHand near(Hand::Left), far(Hand::Left);
  near.aim(1, -1);
  far.aim(50, -50);
  near.step(1);
  far.step(1);
  EXPECT_EQ(near.at(1).T_world_wrist.p.x, far.at(1).T_world_wrist.p.x);
}

TEST(MouseReader, ReadsMotionButtonsAndWheel) {
  MouseReader reader;
  reader.take("\x1b[<35;1;1M", 81, 41);
  EXPECT_DOUBLE_EQ(reader.state().right, -1);
  EXPECT_DOUBLE_EQ(reader.state().up, 1);
  reader.take("\x1b[<0;81;41M", 81, 41);
  EXPECT_DOUBLE_EQ(reader.state().right, 1);
  EXPECT_DOUBLE_EQ(reader.state().up, -1);
  EXPECT_TRUE(reader.state().left_button);
  reader.take("\x1b[<0;41;21m\x1b[<2;41;21M\x1b[<64;41;21M\x1b[<64;41;21M\x1b[<65;41;21M", 81, 41);
  EXPECT_FALSE(reader.state().left_button);
  EXPECT_TRUE(reader.state().right_button);
  EXPECT_EQ(reader.state().wheel, 1);
  EXPECT_DOUBLE_EQ(reader.state().right, 0);
}

TEST(MouseReader, TakesSequencesInAnyPieces) {
  MouseReader reader;
  for (const char byte : std::string_view("\x1b[<0;81;1M3")) reader.take({&byte, 1}, 81, 41);
  EXPECT_TRUE(reader.state().left_button);
  EXPECT_DOUBLE_EQ(reader.state().right, 1);
  EXPECT_EQ(reader.state().key, '3');
}

TEST(MouseReader, SurvivesNoise) {
  MouseReader reader;
  reader.take("\x1b[<;;;M\x1b[<99999999999;1;1M\x1b[Am", 81, 41);
  reader.take(std::string(500, '\x1b'), 81, 41);
  reader.take("\x1b[<0;5;5M", 0, 0);
  EXPECT_TRUE(std::isfinite(reader.state().right));
  reader.take("Mq", 81, 41);
  EXPECT_EQ(reader.state().key, 'q');
}

}  // namespace
}  // namespace tactus::tools
