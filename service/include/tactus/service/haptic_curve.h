// An effect that is drawn rather than sampled: how strong and how high it is at which instant, with
// clicks in between, all of it known at once or sent piece by piece while it plays.
//
// The clicks of an effect need room above it to be felt, so the curve itself is played a little
// softer than it says.
//
//   Clocks   HostTime; points are seconds after the effect's beginning.
//   Units    drive, full scale 1; Hz; s.
//   Errors   points are sound (are_curve_points); what does not fit is not played.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/service/haptic_curve_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "tactus/base/inline_vector.h"
#include "tactus/base/time.h"
#include "tactus/ipc/messages.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus::service {

inline constexpr std::size_t kCurvePoints = 1024;  ///< of each kind that wait: two calls' most
inline constexpr float kCurveHeadroom = 0.8f;      ///< of what the curve says, where nothing clicks
inline constexpr Duration kClick = 12ms;           ///< falls to nothing over this

struct CurvePoint {
  float t_s = 0;
  float value = 0;  ///< amplitude, or Hz
};
struct CurveClick {
  float t_s = 0;
  float amplitude = 0;
  float frequency_Hz = 0;
};

/// Points in order of time; those before `at` are over.
template <class Point>
struct CurveRow {
  InlineVector<Point, kCurvePoints> points;
  std::uint32_t at = 0;
};

/// One hand's memory.
struct CurveState {
  HostTime t_start;
  HostTime t_said;  ///< when the last points came
  Duration hold{};  ///< how long the last value lasts if no more come; 0: that was all
  float phase_turns = 0;
  CurveRow<CurvePoint> amplitudes;
  CurveRow<CurvePoint> frequencies;
  CurveRow<CurveClick> clicks;
};

/// Whether a message of this form carries points that can be played.
[[nodiscard]] bool are_curve_points(ipc::HapticForm form, std::span<const float> floats) noexcept;

/// From `now` on, a new one without points.
void begin(CurveState& state, HostTime now) noexcept;

/// More of one kind of points. `hold` is of amplitudes.
void add(CurveState& state, ipc::HapticForm form, std::span<const float> floats, Duration hold,
         HostTime now) noexcept;

/// One millisecond as it sounds.
struct CurveSound {
  std::array<float, kFrameSamples> wave{};
  float envelope = 0;
  float frequency_Hz = 0;
};
/// False: it is over, and no more will come.
bool play(CurveState& state, HostTime t, CurveSound& sound) noexcept;

}  // namespace tactus::service
