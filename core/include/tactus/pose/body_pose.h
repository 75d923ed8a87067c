// A body at one instant: 22 joints, and how each came to be known.
//
//   Clocks   HostTime. Frames: world, joint frames of body_model.h.
//   Units    metres.
//   Errors   `origin` says how far to trust a joint; the numbers are always finite.
//   Threads  plain value.
//   Proof    tests/core/pose/body_solver_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/base/time.h"
#include "tactus/pose/body_model.h"
#include "tactus/pose/hand_pose.h"

namespace tactus {

struct BodyPose {
  HostTime t;
  std::uint32_t epoch = 0;  ///< of the world frame; poses of two epochs are never interpolated
  std::uint32_t proportions_changed = 0;  ///< counts calibrations: bones may differ from before
  std::array<Pose, kBodyJoints> T_world_joint{};
  std::array<PoseOrigin, kBodyJoints> origin{};
  /// [0, 1]: measured 1, between measured ones 0.6, of a limb on which nothing is worn 0.3, held 0.2
  std::array<float, kBodyJoints> joint_confidence{};
  float confidence = 0;  ///< the mean of the joints'

  /// Told by what is worn, or solved between such.
  [[nodiscard]] bool is_tracked(BodyJoint joint) const noexcept {
    return joint_confidence[index(joint)] >= 0.5f;
  }
  [[nodiscard]] const Pose& operator[](BodyJoint joint) const noexcept {
    return T_world_joint[index(joint)];
  }
  [[nodiscard]] Pose& operator[](BodyJoint joint) noexcept { return T_world_joint[index(joint)]; }
};
static_assert(std::is_trivially_copyable_v<BodyPose>);

}  // namespace tactus
