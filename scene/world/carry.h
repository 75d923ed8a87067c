// A thing that the participant's hands pick up, carry about and let go.
//
// While a hand grasps it, it follows the joints that hold, turned with the palm: by the tracked hand,
// since the drawn one rests on the thing itself and would push it on. Else it stays where it is, and
// glides home if it has one.
//
//   Clocks   seconds of the scene's own clock, as steps.
//   Frames   space: the scene's. hand: the palm's axes, origin in the middle of the joints that hold.
//   Units    metres, seconds.
//   Errors   a hand that is lost lets go.
//   Threads  one owner.
//   Proof    tests/scene/carry_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scene/world/geometry.h"
#include "scene/world/hand_shape.h"

namespace tactus::scene {

/// What is known of one hand in a frame.
struct CarryingHand {
  std::optional<std::array<Pose, kHandJoints>> T_space_joint;  ///< tracked, not drawn; none: lost
  bool grasps = false;                       ///< the thing, as xrGetTouchHoldsTACTUSX says
  std::vector<std::uint32_t> pressing = {};  ///< joints of its contacts with the thing, once each
};

class Carry {
 public:
  /// `T_space_home`: where it is at first, and where it glides when nobody holds it.
  explicit Carry(const Pose& T_space_home)
      : T_space_home_(T_space_home), at_{T_space_home, {}, {}} {}

  /// Where a thing is said to be, and drawn.
  struct Place {
    Pose T_space_thing;  ///< to draw it
    /// Carried: by which hand (0 left, 1 right), by which joints, and where it is in that hand's
    /// frame. What XrTouchBodyCarryTACTUSX takes.
    struct InHand {
      std::size_t hand = 0;
      std::vector<std::uint32_t> joints;
      Pose T_hand_thing;
    };
    std::optional<InHand> in_hand;
    float alone_s = 0;  ///< since nobody holds it
  };

  /// The next frame. A hand that has it keeps it, whatever the other does.
  const Place& step(float passed_s, std::span<const CarryingHand, 2> hands);

 private:
  Pose T_space_home_;
  Place at_;
};

}  // namespace tactus::scene
