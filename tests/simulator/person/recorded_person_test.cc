#include "tactus/simulator/recorded_person.h"

#include <gtest/gtest.h>

namespace tactus::simulator {
namespace {

constexpr double kTolerance_m = 1e-9;

/// A stick figure 1.7 units tall with arms hanging, two frames: at rest, and one elbow bent.
const char* const kFigure = R"(HIERARCHY
ROOT Hips
{ OFFSET 0 0 0 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Spine
  { OFFSET 0 0.25 0 CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT Neck
    { OFFSET 0 0.25 0 CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT Head
      { OFFSET 0 0.1 0 CHANNELS 3 Zrotation Xrotation Yrotation
        End Site
        { OFFSET 0 0.2 0 } } }
    JOINT LeftArm
    { OFFSET 0.2 0.2 0 CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT LeftForeArm
      { OFFSET 0 -0.3 0 CHANNELS 3 Zrotation Xrotation Yrotation
        JOINT LeftHand
        { OFFSET 0 -0.25 0 CHANNELS 3 Zrotation Xrotation Yrotation
          End Site
          { OFFSET 0 -0.1 0 } } } }
    JOINT RightArm
    { OFFSET -0.2 0.2 0 CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT RightForeArm
      { OFFSET 0 -0.3 0 CHANNELS 3 Zrotation Xrotation Yrotation
        JOINT RightHand
        { OFFSET 0 -0.25 0 CHANNELS 3 Zrotation Xrotation Yrotation
          End Site
          { OFFSET 0 -0.1 0 } } } } }
  JOINT LeftUpLeg
  { OFFSET 0.1 0 0 CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT LeftLeg
    { OFFSET 0 -0.43 0 CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT LeftFoot
      { OFFSET 0 -0.40 0 CHANNELS 3 Zrotation Xrotation Yrotation
        End Site
        { OFFSET 0 -0.07 0.15 } } } }
  JOINT RightUpLeg
  { OFFSET -0.1 0 0 CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT RightLeg
    { OFFSET 0 -0.43 0 CHANNELS 3 Zrotation Xrotation Yrotation
      JOINT RightFoot
      { OFFSET 0 -0.40 0 CHANNELS 3 Zrotation Xrotation Yrotation
        End Site
        { OFFSET 0 -0.07 0.15 } } } } }
MOTION
Frames: 2
Frame Time: 0.01
)";

BvhMotion figure() {
  // 6 channels of the hips and 3 of each of the 15 joints below, in the order of the hierarchy.
  std::string text = kFigure, rest = "0 0.9 0";
  for (int i = 0; i < 3 + 3 * 15; ++i) rest += " 0";
  std::string bent = "0 0.9 0 0 0 0";
  for (int joint = 1; joint <= 15; ++joint) bent += joint == 5 ? " 0 -90 0" : " 0 0 0";
  const auto motion = read_bvh(text + rest + "\n" + bent + "\n");
  EXPECT_TRUE(motion) << (motion ? "" : describe(motion.error()));
  return motion ? *motion : BvhMotion{};
}

TEST(RecordedPerson, HasTheFilesBonesInTheBodysAxes) {
  const auto person = recorded_person(figure());
  ASSERT_TRUE(person) << person.error();
  const auto& p = person->bones.p_parent_joint;
  EXPECT_NEAR(p[index(BodyJoint::LeftElbow)].x, -0.3, kTolerance_m);
  EXPECT_NEAR(p[index(BodyJoint::RightElbow)].x, 0.3, kTolerance_m);
  EXPECT_NEAR(p[index(BodyJoint::RightHip)].x, 0.1, kTolerance_m);
  EXPECT_NEAR(p[index(BodyJoint::LeftKnee)].y, -0.43, kTolerance_m);
  EXPECT_NEAR(p[index(BodyJoint::LeftToe)].z, -0.15, kTolerance_m);
}

TEST(RecordedPerson, RestIsThePoseThatItsBonesMake) {
  const auto person = recorded_person(figure());
  ASSERT_TRUE(person);
  const PersonJoints& T = person->frames[0];
  // The file faces +Z: its left is world's +X.
  EXPECT_NEAR(T[index(BodyJoint::LeftWrist)].p.x, 0.2, kTolerance_m);
  EXPECT_NEAR(T[index(BodyJoint::Head)].p.y, 1.5, kTolerance_m);
  for (std::size_t j = 1; j < kBodyJoints; ++j) {
    if (!person->recorded[j]) continue;
    const std::size_t parent = index(kBodyParents[j]);
    if (!person->recorded[parent]) continue;
    const V3d there = T[parent] * person->bones.p_parent_joint[j];
    EXPECT_LT(norm(there - T[j].p), 1e-6) << j;
  }
}

TEST(RecordedPerson, AnElbowThatBendsForwardTurnsAboutItsHinge) {
  const auto person = recorded_person(figure());
  ASSERT_TRUE(person);
  const PersonJoints& T = person->frames[1];
  const V3d forearm = T[index(BodyJoint::LeftWrist)].p - T[index(BodyJoint::LeftElbow)].p;
  EXPECT_NEAR(forearm.z, 0.25, 1e-6);
  const V3d hinge = rotate(
      conjugate(T[index(BodyJoint::LeftShoulder)].q) * T[index(BodyJoint::LeftElbow)].q, {0, 1, 0});
  EXPECT_NEAR(std::fabs(hinge.y), 1, 1e-6);
}

TEST(RecordedPerson, SaysWhatIsMissing) {
  BvhMotion motion = figure();
  for (BvhJoint& joint : motion.joints) {
    if (joint.name == "LeftFoot") joint.name = "Pedal";
  }
  const auto person = recorded_person(motion);
  ASSERT_FALSE(person);
  EXPECT_NE(person.error().find("ankle"), std::string::npos);
}

}  // namespace
}  // namespace tactus::simulator
