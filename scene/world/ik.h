// Where an elbow or a knee goes, when the hand or the foot is told where to be.
//
//   Frames   model, metres.
//   Units    metres; rotations turn from rest, in the model's frame.
//   Errors   a target out of reach is approached as far as the straight limb allows, without a
//            jump; a pole along the limb leaves the bend where it was at rest.
//   Threads  pure.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include "scene/world/geometry.h"

namespace tactus::scene {

/// A limb of two bones as it is at rest.
struct Limb {
  Vec3 p_root, p_mid, p_end;
  Vec3 n_bend = Vec3::UnitZ();  ///< the way the end moves when the limb bends, unit
  float firm = 0.96f;           ///< of its length: beyond it the limb straightens ever more slowly
};

struct LimbPose {
  Quat q_model_upper, q_model_lower;  ///< turn of each bone from rest
  Vec3 p_mid, p_end;
};

/// Bends the limb, its root at `p_root`, so that its end reaches `p_target`. The bend is towards
/// `n_pole`: the side on which the middle joint lies. Closed form by the cosine rule.
[[nodiscard]] LimbPose reach(const Limb& rest, const Vec3& p_root, const Vec3& p_target,
                             const Vec3& n_pole);

}  // namespace tactus::scene
