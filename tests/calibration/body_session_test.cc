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
constexpr float kLegTolerance_m = 0.025f;  // sway of straps and of the wearer
constexpr float kArmTolerance_m = 0.025f;
constexpr float kAnkleTolerance_m = 0.025f;

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
  Wearer() : trackers(11, bones, six_trackers(), simulator::PersonTrackerFaults()) {}

  simulator::PersonBones bones = simulator::random_bones(11, 1.78, 0.04);
  simulator::PersonTrackers trackers;
  simulator::PersonMotion motion{11, bones, simulator::Activity::Calibrate,
                                 kBodyCalibrationSteps* kStep_s};

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
  Wearer wearer;
  const auto profile = wearer.calibrate();
  ASSERT_TRUE(profile);
  const BodyProportions& b = profile->proportions;
  EXPECT_NEAR(b.thigh_m + b.shank_m,
              wearer.bone(BodyJoint::RightKnee) + wearer.bone(BodyJoint::RightAnkle),
              kLegTolerance_m);
  EXPECT_NEAR(b.upper_arm_m + b.forearm_m,
              wearer.bone(BodyJoint::RightElbow) + wearer.bone(BodyJoint::RightWrist),
              kArmTolerance_m);
  const Vec3 ankle = inverse(profile->T_segment_tracker[index(BodySite::LeftFoot)]).p;
  const Vec3 true_ankle = inverse(simulator::plain(wearer.trackers.mount(BodySite::LeftFoot))).p;
  EXPECT_LT(length(ankle - true_ankle), kAnkleTolerance_m);
  EXPECT_EQ(profile->changed, 1u);
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
