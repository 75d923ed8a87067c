// The participant who repeats a recorded motion: cues first, then head and wrists as recorded, with
// relaxed fingers.
//
//   Clocks   seconds of the stage's clock, asked in rising order.
//   Frames   world.
//   Units    metres, radians.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/simulator/participant/recorded_motion_test.cc
#pragma once
#include "at_ease.h"
#include "person_track.h"
#include "tactus/simulator/recorded_motion.h"

namespace tactus::simulator {

class RecordedLife {
 public:
  RecordedLife(const ParticipantParams& params, RecordedMotion motion)
      : ease_(params), motion_(std::move(motion)) {}
  [[nodiscard]] PersonSample at(double t_s);
  [[nodiscard]] double end_s() const { return kBegin_s + motion_.duration_s() + kAfter_s; }

  /// The recording's first instant, on the stage's clock; the hands get there from the cues.
  static constexpr double kBegin_s = 4.4;
  static constexpr double kAfter_s = 0.5;

 private:
  AtEase ease_;
  RecordedMotion motion_;
};

}  // namespace tactus::simulator
