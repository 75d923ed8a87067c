// What a BVH skeleton's joints are and where they are: names of many exporters, rest, frames.
//
//   Clocks   frames by number.
//   Frames   the file's own. Units: the file's; radians once computed.
//   Errors   a joint that is not found is -1.
//   Threads  pure.
//   Proof    tests/simulator/participant/recorded_motion_test.cc, recorded_person_test.cc
#pragma once
#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "tactus/base/hand.h"
#include "tactus/simulator/bvh.h"
#include "tactus/simulator/math3d.h"

namespace tactus::simulator {

/// The first joint that has one of these names, without prefix, case and punctuation
/// ("mixamorig:LeftHand" is "lefthand"); -1 when none has.
[[nodiscard]] int find_joint(const BvhMotion& bvh, std::initializer_list<const char*> names);

/// The joints that matter, by the names that exporters give them; -1 is missing.
struct BvhRoles {
  int head = -1, neck = -1, left_hip = -1, right_hip = -1;
  std::array<int, kHands> wrist{-1, -1};
  std::array<int, kHands> ankle{-1, -1};
};
[[nodiscard]] BvhRoles roles_of(const BvhMotion& bvh);

/// Where the joints are when nothing is turned.
[[nodiscard]] std::vector<V3d> rest_places(const BvhMotion& bvh);

/// All joints of one frame.
[[nodiscard]] std::vector<Pose3d> joints_of(const BvhMotion& bvh, std::size_t frame);

/// The shortest turn from one unit direction to another; half a turn about a level axis for
/// opposite ones.
[[nodiscard]] Q4d turn_between(V3d from, V3d to);

/// OpenXR's wrist axes in the joint's frame: whichever way the arms are held at rest, that pose
/// came from palms down and arms out to the sides by the shortest turn.
[[nodiscard]] Q4d wrist_axes(const BvhMotion& bvh, const std::vector<V3d>& rest, int wrist,
                             V3d outwards);

/// The height that a tenth of all frames' lowest joints are below, with `scale` metres per unit:
/// the floor is where the feet usually are, not where one frame's noise went.
[[nodiscard]] double floor_of(const BvhMotion& bvh, double scale);

}  // namespace tactus::simulator
