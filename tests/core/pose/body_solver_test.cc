#include "tactus/pose/body_solver.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "support/alloc_guard.h"
#include "tactus/simulator/person_motion.h"
#include "tactus/simulator/person_trackers.h"

namespace tactus {
namespace {

using simulator::Activity;
using simulator::TrackerKind;

constexpr float kTrackedTolerance_m = 1e-3f;  // a shoulder blade does what no tracker sees
constexpr float kBoneTolerance_m = 5e-5f;
constexpr double kMeanTolerance_cm = 2.0;

constexpr std::array kSix = {BodySite::Head,   BodySite::LeftHand, BodySite::RightHand,
                             BodySite::Pelvis, BodySite::LeftFoot, BodySite::RightFoot};

/// A person without faults but the shape of their bones, and what six ideal trackers say.
struct Person {
  simulator::PersonBones bones = simulator::random_bones(3, 1.7, 0);
  BodyProfile profile = body_profile(1.7f);

  Person() {
    const auto offset = [this](BodyJoint joint) {
      const simulator::V3d p = bones.p_parent_joint[index(joint)];
      return Vec3{float(p.x), float(p.y), float(p.z)};
    };
    BodyProportions& b = profile.proportions;
    bones.toe_out_rad = 0;
    b.p_pelvis_hip = offset(BodyJoint::RightHip);
    b.p_pelvis_neck = offset(BodyJoint::SpineLower) + offset(BodyJoint::SpineMiddle) +
                      offset(BodyJoint::Chest) + offset(BodyJoint::Neck);
    b.p_neck_head = offset(BodyJoint::Head);
    b.p_neck_collar = offset(BodyJoint::RightCollar) - offset(BodyJoint::Neck);
    b.p_collar_shoulder = offset(BodyJoint::RightShoulder);
    b.upper_arm_m = length(offset(BodyJoint::RightElbow));
    b.forearm_m = length(offset(BodyJoint::RightWrist));
    b.thigh_m = length(offset(BodyJoint::RightKnee));
    b.shank_m = length(offset(BodyJoint::RightAnkle));
    b.p_ankle_toe = offset(BodyJoint::RightToe);
    profile.T_segment_tracker.fill({});
  }
  [[nodiscard]] static BodyTrackerReading tracker(const simulator::PersonJoints& T, BodySite site) {
    return {simulator::plain(T[index(kSiteJoints[index(site)])]), true, true};
  }
  [[nodiscard]] static BodyReading read(const simulator::PersonJoints& T, double t_s) {
    BodyReading reading;
    reading.t = HostTime(from_seconds(1 + t_s));
    for (const BodySite site : kSix) reading.site[index(site)] = tracker(T, site);
    return reading;
  }
  [[nodiscard]] simulator::PersonJoints at(Activity activity, double t_s) const {
    return person_joints(bones, simulator::PersonMotion(5, bones, activity, 20).at(t_s));
  }
};

float bone(const BodyPose& pose, BodyJoint left, Hand side) {
  const BodyJoint joint = on_side(left, side);
  return length(pose[joint].p - pose[kBodyParents[index(joint)]].p);
}

TEST(BodySolver, TrackedJointsAreWhereTheirTrackersSay) {
  const Person person;
  BodySolverState state;
  for (const Activity activity : {Activity::Reach, Activity::Hug, Activity::Sit}) {
    const auto truth = person.at(activity, 3);
    const BodyPose pose = solve_body(state = {}, {}, person.profile, Person::read(truth, 3));
    for (const BodySite site : kSix) {
      const BodyJoint joint = kSiteJoints[index(site)];
      const Vec3 should = simulator::plain(truth[index(joint)]).p;
      EXPECT_LT(length(pose[joint].p - should), kTrackedTolerance_m) << index(joint);
      EXPECT_EQ(pose.origin[index(joint)], PoseOrigin::Measured);
    }
  }
}

TEST(BodySolver, LimbsKeepTheirLengths) {
  const Person person;
  const BodyProportions& b = person.profile.proportions;
  BodySolverState state;
  for (int i = 0; i < 200; ++i) {
    const double t_s = 0.05 * i;
    const BodyPose pose =
        solve_body(state, {}, person.profile, Person::read(person.at(Activity::Reach, t_s), t_s));
    for (const Hand side : {Hand::Left, Hand::Right}) {
      EXPECT_NEAR(bone(pose, BodyJoint::LeftElbow, side), b.upper_arm_m, kBoneTolerance_m);
      EXPECT_NEAR(bone(pose, BodyJoint::LeftWrist, side), b.forearm_m, kBoneTolerance_m);
      EXPECT_NEAR(bone(pose, BodyJoint::LeftKnee, side), b.thigh_m, kBoneTolerance_m);
      EXPECT_NEAR(bone(pose, BodyJoint::LeftAnkle, side), b.shank_m, kBoneTolerance_m);
    }
  }
}

TEST(BodySolver, EveryActivityWithinTwoCentimetresWhenBonesAreKnown) {
  const Person person;
  for (std::size_t a = 0; a < simulator::kActivities; ++a) {
    const simulator::PersonMotion motion(7, person.bones, static_cast<Activity>(a), 10);
    BodySolverState state;
    double sum_cm = 0;
    int count = 0;
    for (double t_s = 0; t_s < motion.duration_s(); t_s += 0.02) {
      const auto truth = person_joints(person.bones, motion.at(t_s));
      const BodyPose pose = solve_body(state, {}, person.profile, Person::read(truth, t_s));
      for (std::size_t j = 0; j < kBodyJoints; ++j, ++count) {
        sum_cm += 100 * length(pose.T_world_joint[j].p - simulator::plain(truth[j]).p);
      }
    }
    EXPECT_LT(sum_cm / count, kMeanTolerance_cm) << simulator::name_of(static_cast<Activity>(a));
  }
}

TEST(BodySolver, KneesBendForwardAndElbowsBack) {
  const Person person;
  BodySolverState state;
  const auto truth = person.at(Activity::Sit, 3);
  const BodyPose pose = solve_body(state, {}, person.profile, Person::read(truth, 3));
  for (const BodyJoint hip : {BodyJoint::LeftHip, BodyJoint::RightHip}) {
    const auto knee = static_cast<BodyJoint>(index(hip) + 1);
    const auto ankle = static_cast<BodyJoint>(index(hip) + 2);
    const Vec3 middle = lerp(pose[hip].p, pose[ankle].p, 0.5f);
    const Vec3 ahead = rotate(pose[BodyJoint::Pelvis].q, {0, 0, -1});
    EXPECT_GT(dot(pose[knee].p - middle, ahead), 0.1f);
  }
}

TEST(BodySolver, AMarkerOnTheUpperArmPutsTheElbowThere) {
  const Person person;
  BodyProfile profile = person.profile;
  const std::size_t site = index(BodySite::RightUpperArm);
  profile.T_segment_tracker[site].p = {0.2f, 0, 0.03f};
  const auto truth = person.at(Activity::Hug, 3);
  BodyReading reading = Person::read(truth, 3);
  reading.site[index(BodySite::Chest)] = Person::tracker(truth, BodySite::Chest);
  BodySolverState state;
  const Vec3 without = solve_body(state, {}, profile, reading)[BodyJoint::RightElbow].p;
  const Pose T_upper = simulator::plain(truth[index(BodyJoint::RightShoulder)]);
  reading.site[site] = {{{}, T_upper * profile.T_segment_tracker[site].p}, true, false};
  const BodyPose pose = solve_body(state = {}, {}, profile, reading);
  const Vec3 should = simulator::plain(truth[index(BodyJoint::RightElbow)]).p;
  EXPECT_LT(length(pose[BodyJoint::RightElbow].p - should), 0.02f);
  EXPECT_LT(length(pose[BodyJoint::RightElbow].p - should), length(without - should));
}

TEST(BodySolver, InertialLegsAloneMakeTheLegs) {
  const Person person;
  const auto truth = person.at(Activity::Crouch, 3);
  BodyReading reading = Person::read(truth, 3);
  for (const BodySite site : {BodySite::LeftFoot, BodySite::RightFoot}) {
    reading.site[index(site)].has_position = false;
  }
  for (const BodySite site :
       {BodySite::LeftThigh, BodySite::RightThigh, BodySite::LeftShank, BodySite::RightShank}) {
    reading.site[index(site)] = Person::tracker(truth, site);
    reading.site[index(site)].has_position = false;
  }
  BodySolverState state;
  const BodyPose pose = solve_body(state, {}, person.profile, reading);
  for (const BodyJoint joint : {BodyJoint::LeftKnee, BodyJoint::RightKnee, BodyJoint::LeftAnkle}) {
    EXPECT_LT(length(pose[joint].p - simulator::plain(truth[index(joint)]).p), 0.02f);
  }
}

TEST(BodySolver, ALostTrackerIsPredictedThenHeldWhereTheBodyCarriesIt) {
  const Person person;
  const BodySolverParams params;
  BodySolverState state;
  const auto truth = person.at(Activity::Stand, 0);
  const std::size_t foot = index(BodySite::LeftFoot), ankle = index(BodyJoint::LeftAnkle);
  BodyReading reading = Person::read(truth, 0);
  (void)solve_body(state, params, person.profile, reading);
  reading.site[foot] = {};
  reading.t += params.predict / 2;
  BodyPose pose = solve_body(state, params, person.profile, reading);
  EXPECT_EQ(pose.origin[ankle], PoseOrigin::Predicted);
  reading.t += params.predict;
  pose = solve_body(state, params, person.profile, reading);
  EXPECT_EQ(pose.origin[ankle], PoseOrigin::Held);
  const Vec3 before = pose[BodyJoint::LeftAnkle].p;
  for (const BodySite site : {BodySite::Head, BodySite::Pelvis}) {
    reading.site[index(site)].T_world_tracker.p += Vec3{0.5f, 0, 0};
  }
  reading.t += 10ms;
  pose = solve_body(state, params, person.profile, reading);
  EXPECT_NEAR(pose[BodyJoint::LeftAnkle].p.x - before.x, 0.5f, 1e-3f);
  EXPECT_LT(pose.confidence, 1.0f);
}

TEST(BodySolver, WithoutAnythingThereIsABodyThatNothingIsKnownOf) {
  BodySolverState state;
  const BodyPose pose = solve_body(state, {}, body_profile(1.7f), {});
  for (const Pose& T : pose.T_world_joint) EXPECT_TRUE(is_valid(T));
  EXPECT_EQ(pose.origin[index(BodyJoint::Head)], PoseOrigin::None);
  EXPECT_EQ(pose.confidence, 0.0f);
}

TEST(BodySolver, ANewEpochForgets) {
  const Person person;
  BodySolverState state, fresh;
  BodyReading reading = Person::read(person.at(Activity::Reach, 1), 1);
  (void)solve_body(state, {}, person.profile, reading);
  reading = Person::read(person.at(Activity::Reach, 9), 9);
  reading.epoch = 1;
  const BodyPose after = solve_body(state, {}, person.profile, reading);
  const BodyPose alone = solve_body(fresh, {}, person.profile, reading);
  EXPECT_EQ(std::memcmp(&after.T_world_joint, &alone.T_world_joint, sizeof after.T_world_joint), 0);
}

TEST(BodySolver, ReplayGivesTheSameBytes) {
  const Person person;
  BodySolverState a, b;
  for (int i = 0; i < 50; ++i) {
    const BodyReading reading = Person::read(person.at(Activity::Walk, 0.03 * i), 0.03 * i);
    const BodyPose first = solve_body(a, {}, person.profile, reading);
    const BodyPose second = solve_body(b, {}, person.profile, reading);
    EXPECT_EQ(std::memcmp(&first.T_world_joint, &second.T_world_joint, sizeof first.T_world_joint),
              0);
  }
}

TEST(BodySolver, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "a sanitizer owns malloc";
  const Person person;
  const BodyReading reading = Person::read(person.at(Activity::Reach, 1), 1);
  BodySolverState state;
  const testing::AllocGuard guard;
  (void)solve_body(state, {}, person.profile, reading);
  EXPECT_EQ(guard.calls(), 0u);
}

}  // namespace
}  // namespace tactus
