// Where skin without an actuator is felt: near it, on the same skin, at the same power.
#include "tactus/touch/phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

TEST(Phantom, PowersAddUpToOne) {
  const PhantomTable table = place_phantoms();
  for (std::size_t p = 0; p < kPatches; ++p) {
    double power = 0;
    for (const PhantomShare& share : table[p]) power += double(share.gain) * share.gain;
    EXPECT_NEAR(power, table[p].empty() ? 0 : 1, 1e-6) << p;
  }
}

TEST(Phantom, AnActuatorsOwnPatchIsItsAlone) {
  const PhantomTable table = place_phantoms();
  for (std::size_t a = 0; a < kActuators; ++a) {
    ASSERT_EQ(table[a].size(), 1u);
    EXPECT_EQ(table[a][0].actuator, a);
    EXPECT_EQ(table[a][0].gain, 1.0f);
  }
}

TEST(Phantom, FingersAreSeparateSkin) {
  // By the numbers of docs/devices/tg1.md: a finger's tip and the palm's cell at its base, for the
  // ring finger those of its neighbours.
  const std::array<std::set<int>, kFingers> own = {
      {{0, 1, 13}, {2, 3, 10}, {4, 5, 11}, {6, 7, 11, 12}, {8, 9, 12}}};
  const PhantomTable table = place_phantoms();
  int checked = 0;
  for (std::size_t p = kActuators; p < kPatches; ++p) {
    const std::size_t joint = index(kPatchSites[p].joint);
    for (std::size_t f = 0; f < kFingers; ++f) {
      const std::size_t first = index(kMetacarpalJoints[f]) + 1;
      if (joint < first || joint > index(kTipJoints[f]) || kPatchSites[p].p_joint.z > 0) continue;
      for (const PhantomShare& share : table[p]) EXPECT_TRUE(own[f].contains(share.actuator)) << p;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 18);
}

TEST(Phantom, TheNearestIsStrongestAndTheFarHaveNoPart) {
  const PhantomTable table = place_phantoms();
  const auto joints = forward_kinematics(HandProfile{}, Hand::Right, HandAngles{});
  const auto place = [&](std::size_t p) {
    return joints[index(kPatchSites[p].joint)] * kPatchSites[p].p_joint;
  };
  int between = 0;
  for (std::size_t p = kActuators; p < kPatches; ++p) {
    float last_m = 0;
    for (const PhantomShare& share : table[p]) {
      const float distance_m = length(place(p) - place(share.actuator));
      EXPECT_GE(distance_m, last_m);
      last_m = distance_m;
      EXPECT_LE(distance_m, kFingerReach_m) << p;
    }
    between += table[p].size() > 1 ? 1 : 0;
  }
  EXPECT_GE(between, 5);
}

TEST(Phantom, TheMiddleOfAFingerIsFeltBetweenItsEnds) {
  const PhantomTable table = place_phantoms();
  const auto joints = forward_kinematics(HandProfile{}, Hand::Right, HandAngles{});
  int fingers = 0;
  for (std::size_t f = index(Finger::Index); f < kFingers; ++f) {
    double last = 1;  // the base's share of power, which falls outwards
    for (std::size_t p = kActuators; p < kPatches; ++p) {
      const std::size_t outwards = index(kPatchSites[p].joint) - index(kMetacarpalJoints[f]);
      if (outwards < 1 || outwards > 2 || kPatchSites[p].p_joint.z > 0) continue;
      double base = 0, tip = 0, mean_m = 0;
      const Vec3 place = joints[index(kPatchSites[p].joint)] * kPatchSites[p].p_joint;
      for (const PhantomShare& share : table[p]) {
        const double power = double(share.gain) * share.gain;
        const Vec3 at = joints[index(kActuatorSites[share.actuator].joint)] *
                        kActuatorSites[share.actuator].p_joint;
        (share.actuator < static_cast<int>(PalmCell::IndexBase) ? tip : base) += power;
        mean_m += power * static_cast<double>(place.z - at.z);  // fingers point along -Z
      }
      EXPECT_GT(tip, 0) << p;
      EXPECT_GT(base, 0) << p;
      EXPECT_LT(base, last) << p;
      EXPECT_LT(std::abs(mean_m), 0.016) << p << " felt on the phalanx that is touched, or nearly";
      last = base;
      ++fingers;
    }
  }
  EXPECT_EQ(fingers, 16);
}

TEST(Phantom, TheRingFingersBaseIsFeltThroughItsNeighbours) {
  // The base of the ring finger has no cell; it lies between those of its neighbours.
  for (std::size_t p = kActuators; p < kPatches; ++p) {
    if (kPatchSites[p].joint != HandJoint::RingProximal || kPatchSites[p].p_joint.z < 0) continue;
    const Phantom phantom = place_phantoms()[p];
    std::set<int> actuators;
    for (const PhantomShare& share : phantom) actuators.insert(share.actuator);
    EXPECT_TRUE(actuators.contains(11));
    EXPECT_TRUE(actuators.contains(12));
    return;
  }
  FAIL() << "no such patch";
}

}  // namespace
}  // namespace tactus
