// A real person's recorded motion as head and wrists in the stage, and a place for the child in it.
//
// A skeleton has no unit, no agreed axes and no fingers: it is scaled to a person's height, turned
// so that the hips face -Z at the start, put on the floor, and its wrists are given OpenXR axes
// from the way the arms hang at rest.
//
//   Clocks   seconds from the recording's start.
//   Frames   stage; joints as OpenXR defines them.
//   Units    metres.
//   Errors   recorded_motion says in words what the skeleton lacks.
//   Threads  pure, plain value.
//   Proof    tests/simulator/participant/recorded_motion_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/simulator/bvh.h"
#include "tactus/simulator/true_body.h"
#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

inline constexpr double kPersonHeight_m = 1.70;  ///< assumed of every recorded skeleton

/// One recorded instant.
struct RecordedFrame {
  Pose3d T_stage_head;
  std::array<Pose3d, kHands> T_stage_wrist;
};

struct RecordedMotion {
  double frame_time_s = 0;
  std::vector<RecordedFrame> frames;  ///< at least one
  [[nodiscard]] double duration_s() const {
    return frame_time_s * static_cast<double>(frames.size() - 1);
  }

  /// The instant at `t_s`, on a curve that is twice continuously differentiable; held at the ends.
  [[nodiscard]] RecordedFrame at(double t_s) const;
};

[[nodiscard]] Expected<RecordedMotion, std::string> recorded_motion(const BvhMotion& bvh);

/// Where to put the child: her model's origin and her turn about +Y, 0 facing +Z.
struct Placement {
  double x_m = 0, y_m = 0, z_m = 0;
  double yaw_rad = 0;
  int regions = 0;        ///< different regions that the recorded hands will touch
  double touching_s = 0;  ///< time in which any patch touches
  double deepest_m = 0;   ///< a recorded hand does not stop at a skin that was not there
};

/// Searches the place where the recorded hands, relaxed, touch at least three regions of the body
/// with as little intrusion as can be found. `T_model_bone`: how she stands, in her own frame;
/// empty for the rest pose. Nothing when no place is good enough; the same answer every time.
[[nodiscard]] std::optional<Placement> place_within_reach(
    const RecordedMotion& motion, const std::array<TrueBones, kFingers>& bones,
    const TrueBody& body, std::span<const Pose3d> T_model_bone);

}  // namespace tactus::simulator
