// Where the patches of a hand's skin are: a sphere each.
//
//   Frames   world.
//   Units    metres, m/s, rad/s.
//   Errors   a hand whose bones have no length gets the medium hand's scale.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/query_test.cc
#pragma once
#include <cstddef>

#include "tactus/base/hand_patches.h"
#include "tactus/pose/hand_pose.h"

namespace tactus {

/// Middle finger of the medium hand that kActuatorSites describes, metacarpal to tip along the
/// bones (HandProfile's defaults).
inline constexpr float kMediumMiddleFinger_m = 0.0646f + 0.0446f + 0.0263f + 0.0214f;

struct Probe {
  Vec3 p_world;  ///< centre
  Vec3 v_world;  ///< of the centre
  Vec3 omega_world;
  float radius_m = 0;
};

/// True for a hand that was seen, finite and within the world's limit.
[[nodiscard]] bool is_usable(const HandPose& pose) noexcept;

/// This hand's size over the medium hand's, by the length of the middle finger's bones, which no
/// posture changes. [0.5, 1.5]; 1 when the pose has no such bones.
[[nodiscard]] float hand_scale(const HandPose& pose) noexcept;

/// The sphere of one patch, kPatchSites times `scale`, moving with its joint.
[[nodiscard]] Probe place_probe(const HandPose& pose, std::size_t patch, float scale) noexcept;

}  // namespace tactus
