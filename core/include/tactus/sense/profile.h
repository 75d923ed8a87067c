// What is known of one wearer in one glove: hand sizes, sensor mounting, sensor curves, ceilings.
//
// A device delivers its own constants in a feature report; calibration replaces them with better
// ones. Everything has a default that is safe and about right for a medium adult hand.
//
//   Frames   segment frames are the OpenXR joint frames at the segment's inner end.
//   Units    SI, radians.
//   Errors   none; `validated` false keeps the actuator ceiling low (docs/safety.md).
//   Threads  written before the engine runs or between ticks; plain value.
//   Proof    tests/core/sense/align_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/glove_layout.h"
#include "tactus/base/hand.h"

namespace tactus {

/// Linear sensor curve: angle = at_zero + (at_one - at_zero) * reading, reading in [0, 1].
struct SensorCurve {
  float at_zero_rad = 0;
  float at_one_rad = 0;
};

/// Bone lengths of one finger, metres, outwards. The metacarpal runs from the OpenXR metacarpal
/// joint (the carpal end, some 32 mm from the wrist joint) to the proximal joint.
struct FingerBones {
  float metacarpal_m = 0;
  float proximal_m = 0;
  float intermediate_m = 0;  ///< unused for the thumb (0)
  float distal_m = 0;        ///< to the end of the skin
};

struct HandProfile {
  bool validated = false;         ///< fitted to this wearer: allows the full actuator ceiling
  std::array<char, 16> serial{};  ///< of the glove it belongs to, NUL padded
  /// Buryanov & Kotiuk 2010, doi 10.4067/S0717-95022010000300015, tip tissue included.
  std::array<FingerBones, kFingers> bones = {{{0.0462f, 0.0316f, 0.0f, 0.0274f},
                                              {0.0681f, 0.0398f, 0.0224f, 0.0196f},
                                              {0.0646f, 0.0446f, 0.0263f, 0.0214f},
                                              {0.0580f, 0.0414f, 0.0257f, 0.0213f},
                                              {0.0537f, 0.0327f, 0.0181f, 0.0200f}}};
  std::array<Quat, kGloveImus> q_segment_imu{};  ///< mounting of each inertial unit
  std::array<Vec3, kGloveImus> gyro_bias_rad_per_s{};
  std::array<SensorCurve, kGloveFlexions> flexion{};
  std::array<SensorCurve, kGloveAbductions> abduction{};
  Pose T_wrist_tracker;         ///< where the tracker sits on the wrist joint
  float tracker_latency_s = 0;  ///< constant part of the tracker's delay, measured per transport
};
static_assert(std::is_trivially_copyable_v<HandProfile>);

/// The size of this hand relative to the medium adult hand of glove_layout.h (by the middle
/// finger's bones): carpus, radii and actuator sites scale with it. 1 for a profile without bones.
[[nodiscard]] inline float hand_scale(const HandProfile& profile) noexcept {
  constexpr float kMedium_m = 0.0646f + 0.0446f + 0.0263f + 0.0214f;
  const FingerBones& b = profile.bones[index(Finger::Middle)];
  const float finger_m = b.metacarpal_m + b.proximal_m + b.intermediate_m + b.distal_m;
  return finger_m > 0 ? finger_m / kMedium_m : 1.0f;
}

}  // namespace tactus
