// Turns contacts into vibration: an onset, the pressure that changes, the stroke that moves.
//
// Skin soon stops telling of what does not change, and so does a glove: a hand that rests falls
// silent, however it trembles in its tracker, and the least movement is felt again.
// Each patch of skin has one tone for onset and pressure, whose amplitude and frequency follow its contact,
// and the texture of what it strokes. Skin between actuators is felt through those near it, but gives way
// to what one of them feels itself, and before that begins: an onset is felt where there was silence.
// Nothing vibrates without a contact of its own or of a patch beside it.
//
//   Clocks   HostTime of the frame's first sample; one frame each millisecond.
//   Units    drive, full scale 1; Hz; m/s; N.
//   Errors   none.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/render_test.cc; docs/notes/touch_synthesis.md
#pragma once
#include <array>
#include <span>
#include <type_traits>

#include "tactus/contact/contact.h"
#include "tactus/touch/perceive.h"
#include "tactus/touch/phantom.h"
#include "tactus/touch/tactile_frame.h"
#include "tactus/touch/texture.h"

namespace tactus {

/// How a material feels.
struct MaterialFeel {
  float onset_gain_s_per_m = 0;  ///< onset amplitude per approach speed
  float onset_Hz = 0;
  float onset_decay_per_s = 0;
  float pressure_Hz = 0;      ///< carrier of sustained pressure
  float stroke_period_m = 0;  ///< spatial period: pitch = speed / period
  float stroke_gain = 0;      ///< amplitude at 1 N and 0.1 m/s
  float slip_gain_per_N = 0;  ///< onset amplitude per drag that was held when it lets go
  float tenderness = 0;       ///< how much stronger a stroke of 3 cm/s is than others, share
  Texture texture;
};

struct RenderParams {
  /// Design values after the impact forms of Okamura, Cutkosky & Dennerlein 2001
  /// (doi 10.1109/3516.951362), brought into the band that glove actuators can play.
  std::array<MaterialFeel, kMaterials> feel = {{
      // Skin: soft ridges.
      {1.2f, 60, 110, 150, 0.0008f, 0.22f, 0.10f, 0.4f, {{-24, -15, -8, -3, 0, -3, -8, -15, -24}}},
      // Hair: many fine strokes.
      {0.5f, 150, 250, 180, 0.0004f, 0.16f, 0.05f, 0.4f, {{-12, -9, -6, -3, 0, 0, -1, -3, -6}}},
      // Cloth: a weave and its octave.
      {0.8f, 80, 200, 160, 0.0006f, 0.24f, 0.12f, 0.0f, {{-18, -14, -9, -4, 0, -6, -9, -3, -9}}},
      // Hard: grit of all sizes.
      {2.0f, 140, 140, 200, 0.0010f, 0.18f, 0.15f, 0.0f, {{-9, -6, -4, -2, 0, -2, -4, -6, -9}}},
      // Foam: crumbs, coarse and dull.
      {0.4f, 50, 160, 120, 0.0016f, 0.20f, 0.06f, 0.0f, {{-4, -2, -1, 0, 0, -4, -9, -14, -20}}},
      // Rubber: a tight skin that rings when struck and squeaks in one tone when rubbed.
      {1.4f, 90, 60, 170, 0.0007f, 0.26f, 0.20f, 0.0f, {{-30, -24, -18, -9, 0, -9, -18, -24, -30}}},
  }};
  /// Of each actuator of a glove; strengths below are of a flat one's at 160 Hz.
  ActuatorResponses response{};
  PhantomTable phantoms = place_phantoms();  ///< by patch
  float peak = 0.6f;                  ///< a voice's amplitude never exceeds it; the limit's ceiling
  float felt = 0.06f;                 ///< what has just changed is never weaker
  float least_onset = 0.16f;          ///< amplitude of the slowest touch
  float pressure_gain = 0.30f;        ///< amplitude a firm press begins with, beyond `felt`
  float pressure_scale_N = 1.0f;      ///< force at which it has reached 63 %
  float settle_s = 0.02f;             ///< time constant of what is taken for the pressure now …
  float slip_settle_s = 0.015f;       ///< … and for the speed of a stroke
  float pressure_fade_s = 0.6f;       ///< time constant of what the skin is used to
  float least_change = 0.06f;         ///< of a firm press: less is a tracker's noise
  float stays_s = 1.5f;               ///< `felt` is gone this long after the last change
  float least_slip_m_per_s = 0.004f;  ///< slower is rest
  TextureBand stroke_band;            ///< 300 Hz passes the limit's slew whole
  float tenderest_m_per_s = 0.03f;    ///< where touch nerves of hairy skin answer most …
  float tender_decades = 0.45f;       ///< … within this standard deviation
  float leaving_settle_s = 0.005f;    ///< time constant of the speed at which a finger leaves
  float release_share = 0.3f;         ///< of an onset's amplitude, for a finger that leaves as fast
  Duration release = 6ms;             ///< to silence when a contact ends
  Duration rearm = 20ms;              ///< a contact lost for less has no new onset, unless struck
  float strike_m_per_s = 0.05f;
  float ahead_s = 0.04f;      ///< so long before an actuator's own touch its phantoms give way …
  float give_way_s = 0.01f;   ///< … in this time …
  float come_back_s = 0.05f;  ///< … and in this they come back when it is over
};

/// What one patch gives to its actuators.
struct Voice {
  HostTime t_since;                    ///< of the contact being played
  HostTime t_last;                     ///< of the last frame with a contact
  float phase_turns = 0;               ///< [0, 1)
  float amplitude = 0;                 ///< at the end of the last frame
  float releasing = 0;                 ///< frames left to silence
  float release_from = 0;              ///< what the tone falls from on the way there
  Material material = Material::Skin;  ///< of the last contact
  float frequency_Hz = 0;
  float onset = 0;            ///< amplitude of the dying onset
  float pressure = 0;         ///< now, smoothed; of a firm press's
  float used_to = 0;          ///< the pressure that the skin is used to
  float speed_m_per_s = 0;    ///< of the stroke, smoothed
  float freshness = 0;        ///< 1 while something changes, 0 once at rest
  float depth_m = 0;          ///< at the last frame
  float leaving_m_per_s = 0;  ///< smoothed
  float presence = 0;         ///< of the last contact
  TextureState texture;
  bool strokes = false;
  bool touching = false;
  bool played = false;  ///< a contact has ever been played
};

/// One glove's memory.
struct RenderState {
  std::array<Voice, kPatches> voices{};
  std::array<float, kActuators>
      taken{};  ///< [0, 1]: how far phantoms give way to the actuator's own
};
static_assert(std::is_trivially_copyable_v<RenderState>);

/// The next millisecond for one glove, or one side of a garment: contacts of the other side are
/// ignored. One state for each. `own` says how soon each actuator's own patch will touch.
[[nodiscard]] TactileFrame render(RenderState& state, const RenderParams& params, Hand hand,
                                  std::span<const Contact> contacts, HostTime t,
                                  const TimeToTouch& own = kNeverTouches) noexcept;

}  // namespace tactus
