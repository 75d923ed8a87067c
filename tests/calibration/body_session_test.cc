// Someone who does as asked, more or less, is measured by what they wear.
#include "tactus/calibration/body_session.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tactus/simulator/person_motion.h"
#include "tactus/simulator/person_trackers.h"

namespace tactus::calibration {
namespace {

using simulator::TrackerKind;

constexpr double kStep_s = simulator::kCalibrationStep_s;
constexpr float kLegTolerance_m = 0.02f;  // sway of straps and of the wearer
constexpr float kArmTolerance_m = 0.02f;
constexpr float kAnkleTolerance_m = 0.03f;

simulator::TrackerSet six_trackers() {
  simulator::TrackerSet set{};
  for (const BodySite site : {BodySite::Head, BodySite::LeftHand, BodySite::RightHand,
                              BodySite::Pelvis, BodySite::LeftFoot, BodySite::RightFoot}) {
    set[index(site)] = TrackerKind::Pose;
  }
  return set;
}

/// Calibration movements of one person, fed step by step except those left out.
struct Wearer {
  explicit Wearer(std::uint64_t seed = 11)
      : bones(simulator::random_bones(seed, 1.78, 0.04)),
        trackers(seed, bones, six_trackers(), simulator::PersonTrackerFaults()),
        motion(seed, bones, simulator::Activity::Calibrate, kBodyCalibrationSteps * kStep_s) {}

  simulator::PersonBones bones;
  simulator::PersonTrackers trackers;
  simulator::PersonMotion motion;

  Expected<BodyProfile, BodyCalibrationError> calibrate(std::size_t steps = kBodyCalibrationSteps) {
    BodySession session;
    for (double t_s = 0; t_s < static_cast<double>(steps) * kStep_s - 0.001; t_s += 0.02) {
      const auto step = static_cast<std::size_t>(t_s / kStep_s);
      const BodyReading reading = trackers.read(person_joints(bones, motion.at(t_s)), t_s);
      if (std::fmod(t_s, kStep_s) > 1) session.add(static_cast<BodyStep>(step), reading);
    }
    return session.solve();
  }
  [[nodiscard]] float bone(BodyJoint joint) const {
    return static_cast<float>(norm(bones.p_parent_joint[index(joint)]));
  }
};

TEST(BodySession, StepsAreTheSimulatorsSteps) {
  EXPECT_EQ(kBodyCalibrationSteps, simulator::kCalibrationSteps);
  EXPECT_EQ(static_cast<int>(BodyStep::CircleRightFoot),
            static_cast<int>(simulator::CalibrationStep::CircleRight));
}

TEST(BodySession, FindsBonesAndMounts) {
  constexpr int kPeople = 4;
  float leg_m = 0, arm_m = 0, ankle_m = 0;  // mean errors
  for (int person = 0; person < kPeople; ++person) {
    Wearer wearer(11 + static_cast<std::uint64_t>(person));
    const auto profile = wearer.calibrate();
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->changed, 1u);
    const BodyProportions& b = profile->proportions;
    leg_m += std::fabs(b.thigh_m + b.shank_m - wearer.bone(BodyJoint::RightKnee) -
                       wearer.bone(BodyJoint::RightAnkle)) /
             kPeople;
    arm_m += std::fabs(b.upper_arm_m + b.forearm_m - wearer.bone(BodyJoint::RightElbow) -
                       wearer.bone(BodyJoint::RightWrist)) /
             kPeople;
    const Vec3 ankle = inverse(profile->T_segment_tracker[index(BodySite::LeftFoot)]).p;
    const Pose mount = simulator::plain(wearer.trackers.mount(BodySite::LeftFoot));
    ankle_m += length(ankle - inverse(mount).p) / kPeople;
  }
  EXPECT_LT(leg_m, kLegTolerance_m);
  EXPECT_LT(arm_m, kArmTolerance_m);
  EXPECT_LT(ankle_m, kAnkleTolerance_m);
}

TEST(BodySession, TheTwoStillPosesAreEnoughForAverageBones) {
  Wearer wearer;
  const auto profile = wearer.calibrate(2);
  ASSERT_TRUE(profile);
  EXPECT_NEAR(profile->proportions.height_m, 1.78f, 0.05f);
}

TEST(BodySession, MoreMovementsBringTheAnklesNearer) {
  Wearer wearer;
  const auto off = [&](const BodyProfile& profile) {
    const Vec3 ankle = inverse(profile.T_segment_tracker[index(BodySite::RightFoot)]).p;
    return length(ankle - inverse(simulator::plain(wearer.trackers.mount(BodySite::RightFoot))).p);
  };
  const auto few = wearer.calibrate(2);
  const auto all = wearer.calibrate();
  ASSERT_TRUE(few && all);
  EXPECT_LT(off(*all), off(*few));
}

TEST(BodySession, SaysWhatWasNotSeen) {
  EXPECT_EQ(BodySession().solve().error(), BodyCalibrationError::NotStanding);
  Wearer wearer;
  EXPECT_EQ(wearer.calibrate(1).error(), BodyCalibrationError::NoTPose);
}

TEST(BodySession, AHeadsetOnTheFloorIsNobody) {
  Wearer wearer;
  BodySession session;
  for (const BodyStep step : {BodyStep::Stand, BodyStep::TPose}) {
    BodyReading reading = wearer.trackers.read(person_joints(wearer.bones, wearer.motion.at(6)), 6);
    reading.site[index(BodySite::Head)].T_world_tracker.p.y = 0.1f;
    session.add(step, reading);
  }
  EXPECT_EQ(session.solve().error(), BodyCalibrationError::NotUpright);
}

}  // namespace
}  // namespace tactus::calibration
