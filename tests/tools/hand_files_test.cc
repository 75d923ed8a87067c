#include "tools/eval/hand_files.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tools/eval/hand_trial.h"

namespace tactus::tools {
namespace {

const std::string kGloveHead = "t_s,sensor,gx,gy,gz,ax,ay,az,angle\n";
const std::string kTruthHead =
    "t_s,finger,base_flexion,base_abduction,axial,middle,distal,px,py,pz\n";

TEST(HandFiles, AnInstantIsWhateverSensorsSaidThen) {
  const auto rows = read_glove(kGloveHead +
                                   "0.5,palm,1,2,3,4,5,6,\n"
                                   "0.5,index_base_flexion,,,,,,,0.25\n"
                                   "0.75,flat,,,,,,,\r\n"
                                   "0.75,little_bend,,,,,,,1.5\n",
                               Hand::Left);
  ASSERT_TRUE(rows) << rows.error().what;
  ASSERT_EQ(rows->size(), 2u);
  const GloveMeasurement& first = (*rows)[0].measurement;
  EXPECT_EQ(first.hand, Hand::Left);
  EXPECT_FLOAT_EQ(first.imu[kPalmImu].accel_m_per_s2.y, 5);
  EXPECT_FLOAT_EQ(first.flexion_rad[3], 0.25f);
  EXPECT_TRUE(std::isnan(first.flexion_rad[4]));
  EXPECT_TRUE(std::isnan(first.imu[1].gyro_rad_per_s.x));
  EXPECT_FALSE((*rows)[0].flat);
  EXPECT_TRUE((*rows)[1].flat);
  EXPECT_FLOAT_EQ((*rows)[1].measurement.bend_rad[4], 1.5f);
}

TEST(HandFiles, NamesTheLineAtFault) {
  const struct {
    std::string text;
    int line;
  } cases[] = {{"", 0},
               {"time,sensor\n", 1},
               {kGloveHead, 1},
               {kGloveHead + "x,palm,1,2,3,4,5,6,\n", 2},
               {kGloveHead + "0,toe,1,2,3,4,5,6,\n", 2},
               {kGloveHead + "0,palm,1,2,3,4,5,,\n", 2},
               {kGloveHead + "0,index_bend,,,,,,,\n", 2},
               {kGloveHead + "0,palm,1,2,3,4,5,1e9,\n", 2},
               {kGloveHead + "1,flat,,,,,,,\n0,flat,,,,,,,\n", 3}};
  for (const auto& c : cases) {
    const auto rows = read_glove(c.text, Hand::Right);
    ASSERT_FALSE(rows) << c.text;
    EXPECT_EQ(rows.error().line, c.line) << c.text;
  }
}

TEST(HandFiles, AHandHasAllItsBones) {
  const std::string head = "side,finger,metacarpal,proximal,intermediate,distal\n";
  EXPECT_FALSE(read_hand(head + "left,thumb,0.05,0.03,0,0.03\n"));
  EXPECT_FALSE(read_hand(head + "left,thumb,0.05,-0.03,0,0.03\n"));
  EXPECT_FALSE(read_hand(head + "upper,thumb,0.05,0.03,0,0.03\n"));
}

TEST(HandFiles, TruthMayLackWhatNobodySaw) {
  const auto rows =
      read_hand_truth(kTruthHead + "0,thumb,0.1,0.2,0.3,0.4,0.5,,,\n0,index,,,,1,,0,0,0\n");
  ASSERT_TRUE(rows) << rows.error().what;
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ((*rows)[0].angle_rad[kThumbAxial], 0.3);
  EXPECT_EQ((*rows)[0].angle_rad[2], 0.4);
  EXPECT_EQ((*rows)[0].angle_rad[4 + 2], 1);
  EXPECT_TRUE(std::isnan((*rows)[0].angle_rad[4]));
  EXPECT_TRUE(std::isnan((*rows)[0].p_wrist_tip[0].x));
  EXPECT_EQ((*rows)[0].p_wrist_tip[1].x, 0);
}

TEST(HandFiles, ATrackersRotationIsOne) {
  const std::string head = "t_s,t_arrived_s,px,py,pz,qx,qy,qz,qw\n";
  EXPECT_TRUE(read_wrist(head + "0,0.02,0,1,0,0,0,0,1\n", Hand::Right));
  EXPECT_FALSE(read_wrist(head + "0,0.02,0,1,0,0,0,0,2\n", Hand::Right));
  EXPECT_FALSE(read_wrist(head + "0,0.02,0,1,0,0,0,0,1\n0,0.01,0,1,0,0,0,0,1\n", Hand::Right));
}

class HandFilesOf : public ::testing::TestWithParam<GloveKind> {};

TEST_P(HandFilesOf, WrittenAndReadScoreTheSame) {
  constexpr double kSame_deg = 0.02, kSame_mm = 0.02;
  HandRecording recording = record({GetParam(), Hand::Left, 3, 1, 16});
  const HandScore before = score(recording);
  const auto hand = read_hand(hand_csv(recording));
  ASSERT_TRUE(hand) << hand.error().what;
  const auto glove = read_glove(glove_csv(recording), hand->hand);
  const auto wrist = read_wrist(wrist_csv(recording), hand->hand);
  const auto truth = read_hand_truth(truth_csv(recording));
  ASSERT_TRUE(glove) << glove.error().line << glove.error().what;
  ASSERT_TRUE(wrist) << wrist.error().line << wrist.error().what;
  ASSERT_TRUE(truth) << truth.error().line << truth.error().what;
  EXPECT_EQ(glove->size(), recording.glove.size());
  const HandProfile written = recording.profile;
  recording = {"read", hand->profile, *glove, *wrist, *truth};
  recording.profile.flexion = written.flexion;
  recording.profile.abduction = written.abduction;
  const HandScore after = score(recording);
  EXPECT_NEAR(after.joint_deg, before.joint_deg, kSame_deg);
  EXPECT_NEAR(after.tip_mm, before.tip_mm, kSame_mm);
}
INSTANTIATE_TEST_SUITE_P(Gloves, HandFilesOf,
                         ::testing::Values(GloveKind::Imu16, GloveKind::Tg1, GloveKind::Flex5));

}  // namespace
}  // namespace tactus::tools
