// What a hand does, from all that its glove and tracker have said so far.
//
//   Clocks   HostTime.
//   Frames   world; angles as in hand_model.h.
//   Units    SI, radians.
//   Errors   never fails: measurements that are late, doubled or impossible are counted and left
//            out, and the state says what it lacks. A profile with other mountings starts afresh.
//   Threads  plain value, one owner. No locks, no allocation, no system calls: RT-safe.
//   Proof    tests/core/pose/estimate_test.cc (truth: error in mm and degrees over seeds)
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/pose/finger_filter.h"
#include "tactus/pose/hand_model.h"
#include "tactus/pose/wrist_filter.h"
#include "tactus/pose/wrist_predict.h"
#include "tactus/sense/measurement.h"
#include "tactus/sense/profile.h"

namespace tactus {

/// When thumb and finger are taken to press on each other.
struct PinchParams {
  float pressed_kPa = 3;   ///< on both pulps; a light pinch presses with 5 to 20
  float reach_m = 0.04f;   ///< believed farther apart they press on something else …
  float gate = 3;          ///< … as they do beyond so many sigmas of what is believed
  float sigma_m = 0.004f;  ///< pulps give, and are not spheres
  double every_s = 0.1;    ///< counts as one look every so many seconds
};

struct HandEstimatorParams {
  WristFilterParams wrist;
  FingerFilterParams finger;
  PinchParams pinch;
  std::uint8_t fitted = 0b0111111;  ///< what the glove has on each finger, as in `missing`: TG1's
  Duration fresh =
      60ms;  ///< a tracker pose no older than this is Measured: 95 Hz, 21 ms late, one lost
  Duration hold = 600ms;    ///< without the tracker for longer the hand is Held where it is …
  Duration silent = 300ms;  ///< … and so without the glove
  double unmodelled_rad = 0.023;  ///< of angles that units tell, beyond the filter's sigma: their
                                  ///< segments also turn along the bone, and gloves slip
  double thumb_turn_rad = 0.026;  ///< that the thumb turns beyond what its angles bring
  WristPredictParams wrist_predict;  ///< its horizon holds for the fingers too
};

struct HandEstimatorState {
  bool begun = false;  ///< any measurement has been used; the hand is known
  Hand hand = Hand::Left;
  std::uint32_t epoch_base = 0;
  std::array<Quat, kGloveImus> q_segment_imu{};  ///< of the profile this was learnt with
  bool started = false;                          ///< a glove measurement has been used
  HostTime t;                                    ///< of the newest glove measurement
  std::uint16_t status = 0;  ///< SampleStatus bits of the newest glove measurement
  std::uint8_t missing = 0;  ///< channels that said nothing in it
  WristFilterState wrist;
  std::array<FingerFilterState, kFingers> finger{};
  std::uint32_t discarded = 0;  ///< measurements not used: late, doubled or of the other hand

  /// Raised when the hand had to be put somewhere else: re-anchored, or another profile.
  [[nodiscard]] std::uint32_t epoch() const noexcept { return epoch_base + wrist.reanchored; }
};
static_assert(std::is_trivially_copyable_v<HandEstimatorState>);

/// Learns from one glove measurement of this hand.
void estimate(HandEstimatorState& state, const HandEstimatorParams& params,
              const HandProfile& profile, const GloveMeasurement& measurement) noexcept;

/// Learns from one tracker pose of this hand.
void estimate(HandEstimatorState& state, const HandEstimatorParams& params,
              const HandProfile& profile, const WristMeasurement& measurement) noexcept;

/// From now on another tracker speaks: what was learnt of the one before is forgotten, and the wrist
/// begins anew, in another epoch. The fingers stay as they are.
void change_tracker(HandEstimatorState& state) noexcept;

/// The angles as now believed, inside their limits.
[[nodiscard]] HandAngles angles_of(const HandEstimatorState& state) noexcept;

}  // namespace tactus
