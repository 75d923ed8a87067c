// The trunk and arms of somebody who kneels, and whether they are closed around a body: the truth that
// a hug is judged by.
//
// Knees stay where they are; head and wrists are known; what is between follows from the lengths of
// bones, as in anybody who leans over from their knees. Skin is spheres around it.
//
//   Clocks   the instant that head and wrists are of. Frames: world, the floor at y = 0; the person
//            kneels at its origin and faces -Z.
//   Units    metres.
//   Errors   a head too far away for the bones stretches the trunk, a wrist the arm; `stretch_m` says so.
//   Threads  pure.
//   Proof    tests/simulator/truth/kneeling_person_test.cc
#pragma once
#include <array>

#include "tactus/base/hand.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {

struct KneelingPerson {
  V3d p_pelvis, p_neck;
  Q4d q_trunk;  ///< +X to the right, +Y from pelvis to neck, -Z its front
  std::array<V3d, kHands> p_shoulder, p_elbow, p_wrist;
  double stretch_m = 0;  ///< of trunk or arm, the most
};

/// Between the eyes, -Z the way they look; wrists as XR_EXT_hand_tracking.
[[nodiscard]] KneelingPerson kneeling_person(const Pose3d& T_world_head,
                                             const std::array<Pose3d, kHands>& T_world_wrist);

/// What of a body arms go around: without its own arms, hands, head and hair.
[[nodiscard]] TrueBody trunk_of(const TrueBody& body);

/// How deep breast and forearms are in a trunk; negative: apart by so much, at most kTruthReach_m.
struct EmbraceDepth {
  double breast_m = 0;
  std::array<double, kHands> forearm_m{};
};
[[nodiscard]] EmbraceDepth embrace_depth(const PosedBody& trunk, const KneelingPerson& person);

/// Whether arms are closed around a trunk: each touches it with its hand or its forearm, and the breast
/// does, or both forearms.
[[nodiscard]] bool is_embrace(const EmbraceDepth& depth, const BothHandsTruth& hands);

}  // namespace tactus::simulator
