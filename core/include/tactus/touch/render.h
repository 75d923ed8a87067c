// Turns contacts into vibration: an onset, the pressure that stays, the stroke that moves.
//
// Each actuator is one oscillator whose amplitude and frequency follow its contact, so the waveform
// and the envelope-and-frequency that simpler gloves play are the same signal by construction.
// Nothing vibrates without a contact of its own.
//
//   Clocks   HostTime of the frame's first sample; one frame each millisecond.
//   Units    drive, full scale 1; Hz; m/s; N.
//   Errors   none.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/render_test.cc; docs/notes/touch_synthesis.md
#pragma once
#include <array>
#include <type_traits>

#include "tactus/contact/contact.h"
#include "tactus/touch/perceive.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus {

/// How a material feels.
struct MaterialFeel {
  float onset_gain_s_per_m = 0;  ///< onset amplitude per approach speed
  float onset_Hz = 0;
  float onset_decay_per_s = 0;
  float pressure_Hz = 0;      ///< carrier of sustained pressure
  float stroke_period_m = 0;  ///< spatial period: frequency = speed / period
  float stroke_gain = 0;      ///< amplitude at 1 N and 0.1 m/s
};

struct RenderParams {
  /// Design values after the impact forms of Okamura, Cutkosky & Dennerlein 2001
  /// (doi 10.1109/3516.951362), brought into the band that glove actuators can play.
  std::array<MaterialFeel, kMaterials> feel = {{
      {1.2f, 60, 110, 150, 0.00080f, 0.22f},   // skin
      {0.5f, 150, 250, 180, 0.00040f, 0.16f},  // hair
      {0.8f, 80, 200, 160, 0.00060f, 0.24f},   // cloth
      {2.0f, 140, 140, 200, 0.00100f, 0.18f},  // hard
  }};
  /// Of each actuator of a glove; strengths below are of a flat one's at 160 Hz.
  std::array<ActuatorResponse, kActuators> response{};
  float peak = 0.6f;                  ///< a voice's amplitude never exceeds it; the limit's ceiling
  float felt = 0.06f;                 ///< a lasting contact is never weaker: the perceptible floor
  float least_onset = 0.16f;          ///< amplitude of the slowest touch
  float pressure_gain = 0.30f;        ///< amplitude a firm press begins with, beyond `felt`
  float pressure_scale_N = 1.0f;      ///< force at which it has reached 63 %
  float pressure_stays = 0.3f;        ///< share left of a constant pressure after `pressure_fade_s`
  float pressure_fade_s = 0.6f;       ///< time constant: 30 % within 2 s
  float least_slip_m_per_s = 0.004f;  ///< slower is rest
  float least_stroke_Hz = 40, most_stroke_Hz = 300;  ///< passes the limit's slew whole
  Duration release = 6ms;                            ///< to silence when a contact ends
  Duration rearm = 20ms;  ///< a contact lost for less has no new onset, unless struck
  float strike_m_per_s = 0.05f;
};

/// One actuator's oscillator.
struct Voice {
  HostTime t_since;        ///< of the contact being played
  HostTime t_last;         ///< of the last frame with a contact
  float phase_turns = 0;   ///< [0, 1)
  float amplitude = 0;     ///< at the end of the last frame
  float release_step = 0;  ///< amplitude lost per frame while releasing
  float frequency_Hz = 0;
  float onset = 0;          ///< amplitude of the dying onset
  float slow_pressure = 0;  ///< the part of the pressure already adapted to
  bool touching = false;
  bool played = false;  ///< a contact has ever been played
};

/// One glove's memory.
struct RenderState {
  std::array<Voice, kActuators> voices{};
};
static_assert(std::is_trivially_copyable_v<RenderState>);

/// The next millisecond for one glove: contacts of the other hand are ignored. One state per glove.
[[nodiscard]] TactileFrame render(RenderState& state, const RenderParams& params, Hand hand,
                                  const ContactSet& contacts, HostTime t) noexcept;

}  // namespace tactus
