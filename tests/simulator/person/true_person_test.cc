#include "tactus/simulator/true_person.h"

#include <gtest/gtest.h>

#include "tactus/simulator/person_motion.h"
#include "tactus/simulator/person_trackers.h"

namespace tactus::simulator {
namespace {

constexpr double kTolerance_m = 1e-9;
constexpr double kNearlyStraight_rad = 0.05;  // legs that just reach the floor

PersonBones someone() { return random_bones(1, 1.7, 0.04); }

double bone(const PersonJoints& T, BodyJoint joint) {
  return norm(T[index(joint)].p - T[index(kBodyParents[index(joint)])].p);
}

TEST(TruePerson, BonesKeepTheirLengthsInEveryActivity) {
  const PersonBones bones = someone();
  for (std::size_t a = 0; a <= kActivities; ++a) {
    const PersonMotion motion(2, bones, static_cast<Activity>(a), 20);
    for (double t_s = 0; t_s < motion.duration_s(); t_s += 0.1) {
      const PersonJoints T = person_joints(bones, motion.at(t_s));
      for (std::size_t j = 1; j < kBodyJoints; ++j) {
        const double should = norm(bones.p_parent_joint[j]);
        ASSERT_NEAR(bone(T, static_cast<BodyJoint>(j)), should, kTolerance_m)
            << name_of(static_cast<Activity>(a)) << " " << t_s << " " << j;
      }
    }
  }
}

TEST(TruePerson, MovesSmoothlyAndStaysAboveTheFloor) {
  const PersonBones bones = someone();
  constexpr double kStep_s = 0.01, kFastest_m_per_s = 8;
  for (std::size_t a = 0; a < kActivities; ++a) {
    const PersonMotion motion(3, bones, static_cast<Activity>(a), 15);
    PersonJoints before = person_joints(bones, motion.at(0));
    for (double t_s = kStep_s; t_s < motion.duration_s(); t_s += kStep_s) {
      const PersonJoints T = person_joints(bones, motion.at(t_s));
      for (std::size_t j = 0; j < kBodyJoints; ++j) {
        ASSERT_LT(norm(T[j].p - before[j].p), kFastest_m_per_s * kStep_s)
            << name_of(static_cast<Activity>(a)) << " " << t_s << " " << j;
        ASSERT_GT(T[j].p.y, -0.05);
      }
      before = T;
    }
  }
}

TEST(TruePerson, TPoseOfZeroAnglesHasTheRestPosesAxes) {
  const PersonBones bones = random_bones(1, 1.7, 0);
  const double leg = norm(bones.p_parent_joint[index(BodyJoint::RightKnee)]) +
                     norm(bones.p_parent_joint[index(BodyJoint::RightAnkle)]);
  Posture p;
  p.p_world_pelvis = {0, leg, 0};
  for (std::size_t side = 0; side < kHands; ++side) {
    const BodyJoint hip = on_side(BodyJoint::LeftHip, static_cast<Hand>(side));
    p.foot[side].p_world_ankle = {bones.p_parent_joint[index(hip)].x, 0, 0};
    p.foot[side].yaw = (side == 0 ? 1 : -1) * bones.toe_out_rad;
  }
  const PersonJoints T = person_joints(bones, p);
  for (const BodyJoint joint : {BodyJoint::Chest, BodyJoint::Head, BodyJoint::LeftShoulder,
                                BodyJoint::RightElbow, BodyJoint::LeftHip, BodyJoint::RightKnee}) {
    EXPECT_LT(norm(rotation_vector(T[index(joint)].q)), kNearlyStraight_rad) << index(joint);
  }
  const V3d fingers = rotate(T[index(BodyJoint::RightWrist)].q, {0, 0, -1});
  EXPECT_NEAR(fingers.x, 1, 1e-9);
}

TEST(PersonMotion, SameSeedSameMotion) {
  const PersonBones bones = someone();
  const PersonMotion a(4, bones, Activity::Hug, 10), b(4, bones, Activity::Hug, 10);
  EXPECT_EQ(a.at(3.3).arm[1].elbow, b.at(3.3).arm[1].elbow);
}

TEST(PersonTrackers, WithoutFaultsSitOnTheirJoints) {
  const PersonBones bones = someone();
  TrackerSet set{};
  set.fill(TrackerKind::Pose);
  PersonTrackers trackers(5, bones, set, scaled({}, 0));
  const PersonJoints T = person_joints(bones, PersonMotion(5, bones, Activity::Reach, 5).at(2));
  const BodyReading reading = trackers.read(T, 2);
  for (std::size_t s = 0; s < kBodySites; ++s) {
    const Pose should = plain(T[index(kSiteJoints[s])] * trackers.mount(static_cast<BodySite>(s)));
    EXPECT_LT(length(reading.site[s].T_world_tracker.p - should.p), 1e-6f);
  }
}

TEST(PersonTrackers, SayOnlyWhatTheirKindCan) {
  const PersonBones bones = someone();
  TrackerSet set{};
  set[0] = TrackerKind::Position;
  set[1] = TrackerKind::Rotation;
  PersonTrackers trackers(6, bones, set);
  const BodyReading reading = trackers.read(person_joints(bones, {}), 0);
  EXPECT_TRUE(reading.site[0].has_position && !reading.site[0].has_rotation);
  EXPECT_TRUE(!reading.site[1].has_position && reading.site[1].has_rotation);
  EXPECT_TRUE(!reading.site[2].has_position && !reading.site[2].has_rotation);
}

}  // namespace
}  // namespace tactus::simulator
