// How the hand in an emulated glove moves: by a script, or by someone at a mouse.
//
//   Clocks   true time in seconds from the emulator's start.
//   Frames   world; the wrist hovers in front of the chest, palm down.
//   Units    metres, radians.
//   Errors   an unknown script is an empty function.
//   Threads  one owner.
//   Proof    tests/drivers/emulate_input_test.cc
#pragma once
#include <array>
#include <string_view>

#include "tactus/simulator/sensors.h"

namespace tactus::tools {

inline constexpr std::string_view kScriptNames = "rest, fist, wave, count";

/// rest: hold still; fist: open and close; wave: turn the hand; count: one finger after another.
[[nodiscard]] simulator::Trajectory make_script(std::string_view name, Hand hand);

/// A hand that follows what it is told smoothly enough for its accelerometers.
class MouseHand {
 public:
  explicit MouseHand(Hand hand) : hand_(hand) {}

  /// Where the wrist should go: right and up, [-1, 1] of its reach.
  void aim(double right, double up);
  /// How far a finger should be closed, [0, 1].
  void curl(Finger finger, double closed);
  /// Lives until `t_s`; times do not run backwards.
  void step(double t_s);
  /// The hand at a time within a few milliseconds of the last step.
  [[nodiscard]] simulator::TrueHand at(double t_s) const;

 private:
  /// A value that chases its goal, critically damped, with a continuous acceleration.
  struct Follower {
    double goal = 0, value = 0, rate = 0, acceleration = 0;
    void step(double dt_s);
    [[nodiscard]] double after(double dt_s) const;
  };
  static constexpr std::size_t kRight = kFingers, kUp = kFingers + 1;

  Hand hand_;
  std::array<Follower, kFingers + 2> followers_{};
  double t_s_ = 0;
};

}  // namespace tactus::tools
