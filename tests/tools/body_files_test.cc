#include "tools/eval/body_files.h"

#include <gtest/gtest.h>

namespace tactus::tools {
namespace {

const std::string kHead = "t_s,site,px,py,pz,qx,qy,qz,qw,floor,step\n";
const std::string kTruthHead = "t_s,joint,px,py,pz\n";

TEST(BodyFiles, ReadsWhatEachTrackerCanSay) {
  const auto rows = read_trackers(kHead +
                                  "0,head,0.1,1.6,0.2,0,0,0,1,0.05,stand\n"
                                  "0,left_foot,,,,0,0,0,1,,stand\r\n"
                                  "0.5,right_foot,1,2,3,,,,,,\n");
  ASSERT_TRUE(rows) << rows.error().what;
  ASSERT_EQ(rows->size(), 2u);
  const BodyReading& first = (*rows)[0].reading;
  EXPECT_EQ((*rows)[0].step, calibration::BodyStep::Stand);
  EXPECT_TRUE(first.site[index(BodySite::Head)].has_position);
  EXPECT_FLOAT_EQ(first.site[index(BodySite::Head)].T_world_tracker.p.y, 1.6f);
  EXPECT_FALSE(first.site[index(BodySite::LeftFoot)].has_position);
  EXPECT_TRUE(first.site[index(BodySite::LeftFoot)].has_rotation);
  EXPECT_FALSE((*rows)[1].step.has_value());
  EXPECT_FALSE((*rows)[1].reading.site[index(BodySite::RightFoot)].has_rotation);
}

TEST(BodyFiles, NamesTheLineAtFault) {
  const struct {
    std::string text;
    int line;
  } cases[] = {{"", 0},
               {"time,site\n", 1},
               {kHead, 1},
               {kHead + "x,head,0,0,0,0,0,0,1,,\n", 2},
               {kHead + "0,tail,0,0,0,0,0,0,1,,\n", 2},
               {kHead + "0,head,0,0,0,0,0,0,1,,\n0,head,0,zero,0,0,0,0,1,,\n", 3},
               {kHead + "0,head,0,0,0,0,0,0,1,,dance\n", 2},
               {kHead + "1,head,0,0,0,0,0,0,1,,\n0,head,0,0,0,0,0,0,1,,\n", 3},
               {kHead + "0,head,1e9,0,0,0,0,0,1,,\n", 2}};
  for (const auto& c : cases) {
    const auto rows = read_trackers(c.text);
    ASSERT_FALSE(rows) << c.text;
    EXPECT_EQ(rows.error().line, c.line) << c.text;
  }
}

TEST(BodyFiles, TruthMustBeWhole) {
  EXPECT_TRUE(read_truth(kTruthHead + "0,left_knee,0,0.5,0\n"));
  EXPECT_FALSE(read_truth(kTruthHead + "0,left_knee,0,,0\n"));
  EXPECT_FALSE(read_truth(kTruthHead + "0,left_tail,0,0,0\n"));
}

TEST(BodyFiles, PairsReadingsWithTheTruthOfTheirTime) {
  const auto trackers = read_trackers(kHead +
                                      "0,head,0,0,0,0,0,0,1,,t_pose\n"
                                      "1.25,head,0,0,0,0,0,0,1,,\n"
                                      "9,head,0,0,0,0,0,0,1,,\n");
  const auto truth = read_truth(kTruthHead +
                                "1,head,0,1,0\n1,pelvis,0,0,0\n"
                                "2,head,0,2,0\n");
  ASSERT_TRUE(trackers && truth);
  const BodyTrial trial = paired("one", *trackers, *truth);
  ASSERT_EQ(trial.readings.size(), 1u);
  EXPECT_NEAR(trial.truth[0][index(BodyJoint::Head)].p.y, 1.25, 1e-9);
  EXPECT_EQ(trial.scored.count(), 1u) << "a joint that an instant lacks is not scored";
}

TEST(BodyFiles, EveryNameIsRead) {
  for (std::size_t s = 0; s < kBodySites; ++s) {
    const std::string name(name_of(static_cast<BodySite>(s)));
    const auto rows = read_trackers(kHead + "0," + name + ",0,0,0,0,0,0,1,,\n");
    ASSERT_TRUE(rows) << name;
    EXPECT_TRUE(rows->front().reading.site[s].has_position) << name;
  }
}

}  // namespace
}  // namespace tactus::tools
