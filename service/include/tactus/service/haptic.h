// What an application plays on a whole hand, as on a controller: a tone, an envelope, samples, or a
// curve.
//
// OpenXR's haptics know hands, not fingers: palm and fingertips play it together, the palm most. It
// is added to what contacts feel like; `limit` comes after.
//
//   Clocks   HostTime of the frame's first sample; samples at 8 kHz.
//   Units    drive, full scale 1; Hz; ns.
//   Errors   a HapticEffect is sound (is_sound); what does not fit into the queue is not played.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/service/haptic_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/ipc/messages.h"
#include "tactus/service/haptic_curve.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus::service {

/// What a client asked for: its message and the floats that came with it.
struct HapticEffect {
  ipc::Haptic said;
  std::array<float, ipc::kMaxHapticPoints> points{};
};
static_assert(std::is_trivially_copyable_v<HapticEffect>);

static_assert(ipc::kHapticRate_Hz == kActuatorRate_Hz);

inline constexpr Duration kLongestHaptic = 10s;    ///< of one call
inline constexpr float kDefaultHaptic_Hz = 170;    ///< where skin and actuators answer best
inline constexpr std::size_t kHapticQueue = 4096;  ///< samples: half a second

/// How strongly each actuator plays what the whole hand does, in order of kActuatorSites.
inline constexpr std::array<float, kActuators> kHandWeights = {
    0.6f, 0.3f, 0.6f, 0.3f, 0.6f, 0.3f, 0.6f, 0.3f, 0.6f, 0.3f, 0.8f, 0.8f, 0.8f, 0.8f, 0.8f, 1.0f};

/// Every number is one that can be played.
[[nodiscard]] bool is_sound(const HapticEffect& effect) noexcept;

/// One hand's memory.
struct HapticState {
  ipc::HapticForm form = ipc::HapticForm::Stop;
  HostTime t_start;
  Duration duration{};
  float amplitude = 0;
  float frequency_Hz = kDefaultHaptic_Hz;
  float phase_turns = 0;
  std::uint32_t point_count = 0;
  std::uint32_t queue_begin = 0, queue_size = 0;
  std::array<float, ipc::kMaxHapticPoints> points{};
  std::array<float, kHapticQueue> queue{};
  CurveState curve;  ///< form Amplitudes: it plays
};
static_assert(std::is_trivially_copyable_v<HapticState>);

/// The new effect replaces what plays; samples may join those that wait.
void begin(HapticState& state, const HapticEffect& effect, HostTime now) noexcept;

/// Adds the millisecond from `frame.t`. False: nothing plays.
bool play(HapticState& state, TactileFrame& frame) noexcept;

}  // namespace tactus::service
