// One hand in one glove, estimated as it goes and scored against its truth.
//
//   Clocks   true time. Frames: the wrist's; the truth is opened for scoring only.
//   Units    degrees, millimetres.
//   Errors   none.
//   Threads  one owner each.
//   Proof    tests/tools/hand_trial_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "hand_recording.h"
#include "tactus/base/hand.h"
#include "tactus/sense/measurement.h"
#include "tactus/simulator/true_hand.h"

namespace tactus::tools {

/// What a glove has beside the tracker on its wrist.
enum class GloveKind : std::uint8_t {
  Imu16,   ///< inertial units on palm and every phalanx
  Imu11,   ///< the same without the base segments
  Flex10,  ///< knuckle and middle joint of each finger, both outer joints of the thumb
  Flex5,   ///< one along each finger
  Tg1,     ///< eleven inertial units and nineteen channels
};

struct HandTrial {
  GloveKind glove = GloveKind::Imu16;
  Hand hand = Hand::Right;
  std::uint64_t seed = 1;
  double noise = 1;     ///< times the sensors' usual
  double length_s = 0;  ///< with the flat hand at the start, which is not scored
};

struct HandScore {
  double joint_deg = 0;  ///< RMS over the angles
  double tip_mm = 0;     ///< RMS over the fingertips
  double worst_deg = 0;  ///< RMS of the worst angle
  double drift_deg = 0;  ///< joint_deg of the last minute less that of the first
  double violations = 0;
  std::vector<double> t_s, joint_deg_at;  ///< RMS of each five seconds
  std::vector<double> angle_deg;          ///< RMS of each of the 21 angles
};

/// What a synthetic hand's glove and tracker say, and its truth.
[[nodiscard]] HandRecording record(const HandTrial& trial);

/// The estimates of a recording against its truth, once the hand is no longer held flat.
[[nodiscard]] HandScore score(const HandRecording& recording);

/// Both.
[[nodiscard]] HandScore run(const HandTrial& trial);

/// The angles that are scored, radians.
[[nodiscard]] std::array<double, kScoredAngles> scored_angles(const simulator::TrueHand& hand);

/// Leaves of a measurement what such a glove would say.
void leave_only(GloveMeasurement& measurement, GloveKind glove);

}  // namespace tactus::tools
