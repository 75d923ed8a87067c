// What all kinds of haptic effects share: whose hands, the way to the service, the stream that the
// latest of them ended.
//
//   Clocks   XrDuration since an effect's beginning.
//   Units    ns; amplitudes [0, 1].
//   Errors   without a service nothing is sent.
//   Threads  any.
//   Proof    tests/openxr-layer/haptic_test.cc, must_parametric_*_test.cc
#pragma once
#include <cmath>
#include <cstdint>
#include <span>

#include "instance.h"

namespace tactus::layer {

inline constexpr std::uint8_t kAllElements = 7;               ///< both hands, and all else
inline constexpr XrDuration kShortestHaptic_ns = 20'000'000;  ///< to be just felt

[[nodiscard]] inline bool is_played(XrResult result) noexcept {
  return result == XR_SUCCESS || result == XR_SESSION_LOSS_PENDING;
}

/// Which hands the call is about: those that its action was suggested for, narrowed by its path.
[[nodiscard]] std::uint8_t hands_of(Instance& instance, const XrHapticActionInfo& info) noexcept;

/// Has the service play it; not for those bound to no hand.
void send(Instance& instance, const ipc::Haptic& head, std::span<const float> points) noexcept;

/// Whatever takes their place, these hands' streams of curves are over; 0: those of all else.
void end_streams(Instance& instance, std::uint8_t hands) noexcept;

/// haptic_parametric.cc: an effect of curves, checked before anyone hears of it.
[[nodiscard]] XrResult apply_parametric(const Session& session, const XrHapticActionInfo* info,
                                        const XrHapticParametricVibrationEXT& vibration) noexcept;

}  // namespace tactus::layer
