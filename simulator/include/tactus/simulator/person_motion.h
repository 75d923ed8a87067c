// What a person does: stands, walks, reaches, hugs, sits, turns, crouches, and calibrates.
//
// Postures are drawn at random about what each activity asks for, joined by minimum-jerk movements,
// and never quite still. One seed, one motion, whoever asks for which instant.
//
//   Clocks   seconds from the start. Frames: world, floor at y = 0.
//   Units    metres, radians.
//   Errors   none; held before the start and after the end.
//   Threads  plain value.
//   Proof    tests/simulator/person/true_person_test.cc
#pragma once
#include <cstdint>
#include <vector>

#include "tactus/simulator/true_person.h"

namespace tactus::simulator {

enum class Activity : std::uint8_t { Stand, Walk, Reach, Hug, Sit, Turn, Crouch, Calibrate };
inline constexpr std::size_t kActivities = 7;  ///< without the calibration
[[nodiscard]] const char* name_of(Activity activity);

/// What the person is asked to do while calibrating, in this order, kCalibrationStep_s each.
enum class CalibrationStep : std::uint8_t {
  Stand,       ///< upright, arms hanging, feet apart under the hips and flat
  TPose,       ///< arms straight out to the sides, palms down
  SwingArms,   ///< straight arms, from the sides to the front and up
  CurlArms,    ///< upper arms still at the sides, forearms up and down
  NodHead,     ///< yes, then no, the trunk still
  SwingLeft,   ///< the straight left leg forward, to the side and back
  LiftLeft,    ///< the left heel to the seat, the thigh still
  CircleLeft,  ///< the left foot in circles, the leg still
  SwingRight,
  LiftRight,
  CircleRight,
};
inline constexpr std::size_t kCalibrationSteps = 11;
inline constexpr double kCalibrationStep_s = 6;

struct PostureKey {
  double t_s;
  Posture posture;  ///< of its feet only `knee_out` counts: feet go by steps
};

/// One foot in the air, from one place to the next.
struct FootStep {
  double t_s, takes_s;
  std::size_t side;
  FootPlace from, to;
  double lift_m = 0.09;  ///< of the ankle, half-way
  bool rolls = true;     ///< from heel to toe
};

struct MotionScript {
  std::vector<PostureKey> keys;  ///< at least one, ascending
  std::vector<FootStep> steps;   ///< ascending; those of one foot do not overlap
  std::array<FootPlace, kHands> first_foot;
  std::array<double, 24> phases{};
};

class PersonMotion {
 public:
  PersonMotion(std::uint64_t seed, const PersonBones& bones, Activity activity, double duration_s);

  [[nodiscard]] Posture at(double t_s) const;
  [[nodiscard]] double duration_s() const { return script_.keys.back().t_s; }

 private:
  void sway(Posture& posture, double t_s) const;
  MotionScript script_;
};

}  // namespace tactus::simulator
