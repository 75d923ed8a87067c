// A minute of asked-for movement → this person's bones, and how each tracker is
// worn.
//
// Nobody measures the wearer. The headset's height gives an average body; straight limbs on
// circles, still joints and upright standing then move bones and mounts away from it as far as the
// sensors insist: one least-squares problem with the average as its prior.
//
//   Clocks   none: readings in the order they came, each with the step it belongs to.
//   Frames   world in; mounts as T_segment_tracker.
//   Units    metres, radians.
//   Errors   BodyCalibrationError: what was not seen. A step that was not done leaves its bones at
//            the average of the height.
//   Threads  one owner; solve takes a second or two.
//   Proof    tests/calibration/body_session_test.cc; `tactus eval body`; docs/notes/body.md
#pragma once
#include <cstdint>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/pose/body_solver.h"

namespace tactus::calibration {

/// What the wearer is asked to do. Stand and TPose are needed, the others refine.
enum class BodyStep : std::uint8_t {
  Stand,           ///< upright, arms hanging, feet apart under the hips and flat
  TPose,           ///< arms straight out to the sides, palms down
  SwingArms,       ///< straight arms, from the sides to the front and up
  CurlArms,        ///< upper arms still at the sides, forearms up and down
  NodHead,         ///< yes, then no, the trunk still
  SwingLeftLeg,    ///< straight, forward, to the side and back
  LiftLeftHeel,    ///< to the seat, the thigh still
  CircleLeftFoot,  ///< the leg straight, ahead and still
  SwingRightLeg,
  LiftRightHeel,
  CircleRightFoot,
};
inline constexpr std::size_t kBodyCalibrationSteps = 11;

enum class BodyCalibrationError : std::uint8_t {
  NotStanding,  ///< no headset seen during Stand: stand upright in view of the trackers
  NoTPose,      ///< hands not seen during TPose: hold the arms out to the sides
  NotUpright,   ///< the headset is lower than 0.5 m or higher than 2.4 m: set the floor first
};

/// One reading and what the wearer was doing.
struct BodyFrame {
  BodyStep step = BodyStep::Stand;
  BodyReading reading;
};

class BodySession {
 public:
  static constexpr std::size_t kMostReadings = 1u << 16;

  /// One reading while the wearer does `step`. Those beyond kMostReadings are ignored.
  void add(BodyStep step, const BodyReading& reading);

  /// The profile that explains the readings best.
  [[nodiscard]] Expected<BodyProfile, BodyCalibrationError> solve() const;

 private:
  std::vector<BodyFrame> frames_;
};

}  // namespace tactus::calibration
