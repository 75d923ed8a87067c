// Finds where the hands touch the bodies, each millisecond.
//
// Each skin patch is a sphere; it touches where its closest point of the deformed surface is nearer
// than its radius. The place it touches is kept on its triangle and carried with the moving skin: so
// a fingertip pressed into an ear does not find itself behind it, nor one that was struck by a head
// in it. A contact begins and ends with hysteresis, so that a still hand in a noisy tracker does not
// rattle.
//
//   Clocks   HostTime, not decreasing from call to call. Frames: world.
//   Units    metres, m/s, newtons.
//   Errors   none: a hand never seen or not finite, and a slot without a body, touch nothing.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/query_test.cc, carried_test.cc; docs/notes/contact.md
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

#include "tactus/contact/carrier.h"
#include "tactus/contact/contact.h"
#include "tactus/contact/friction.h"
#include "tactus/contact/layer.h"
#include "tactus/contact/neighbourhood.h"
#include "tactus/contact/probe.h"
#include "tactus/contact/surface.h"

namespace tactus {

inline constexpr std::size_t kMaxBodies = 4;

struct ContactParams {
  float band_m =
      0.025f;  ///< no search looks further from a hand's patch: far ones cost 5 to 20 near ones
  /// Deeper than this a contact begins at once; shallower it must last `enter_dwell`. Three times
  /// the 0.1 mm rms of a good tracker.
  float enter_at_once_m = 0.0003f;
  Duration enter_dwell = 3ms;
  float exit_depth_m = -0.0003f;  ///< leaving needs this gap for `exit_dwell` ...
  Duration exit_dwell = 5ms;
  float exit_at_once_m = -0.001f;  ///< ... or this gap
  float slip_filter_s = 0.005f;    ///< smoothing of the slip velocity
  Duration longest_gap = 100ms;    ///< a longer pause forgets all contacts

  /// Hertz contact of two soft bodies: 1/E* = 1/pad + 1/surface. Pad and skin give 30 kPa together:
  /// 1 N at 4.3 mm under a fingertip, the softness of a cheek. Foam is a sponge cake's crumb, a design
  /// value. Rubber is a balloon: where a palm's patch of 10 mm is 3 mm deep, 2.5 kPa of pressure in it
  /// push back on 2 pi * 10 mm * 3 mm with 0.47 N.
  float pad_modulus_kPa = 40;
  std::array<float, kMaterials> surface_modulus_kPa = {120, 10, 60, 1e4f, 12, 45};
  float most_force_N = 10.0f;
  Layers layers = kLayers;    ///< the surface begins beneath
  float layer_fade_s = 0.3f;  ///< of one that was gone through, > 0
  FrictionParams friction;
};

/// What a touch is: remembered of one probe at one body.
struct TouchMemory {
  HostTime t_since;                 ///< in contact: since when
  HostTime t_crossed;               ///< when the depth passed the threshold now being waited for
  Vec3 n_world;                     ///< outward normal at the last tick in contact
  Vec3 away_surface;                ///< from the place on the skin to the probe's centre
  float closest_m = 0;              ///< to the nearest skin ...
  std::uint32_t closest_shell = 0;  ///< ... which belongs to this shell ...
  bool closest_inside = false;      ///< ... and is this side of it
  Vec3 v_slip_world;                ///< smoothed
  float approach_m_per_s = 0;
  float touches_in_s = std::numeric_limits<float>::infinity();  ///< as TimeToTouch
  std::uint32_t triangle = kNoTriangle;  ///< the place on the skin at the last tick ...
  std::array<float, 3> corner{};         ///< ... by weights of the triangle's corners
  FrictionState friction;
  float layer_N = 0;  ///< of the layer that the probe went through in this contact
  bool touching = false;
  bool waiting = false;  ///< depth is past the threshold, dwell is running
};

/// And what only saves time, which need not be forgotten.
struct ProbeMemory : TouchMemory {
  Neighbourhood around;
  void forget() noexcept { static_cast<TouchMemory&>(*this) = {}; }
};

struct ContactState {
  HostTime t;
  std::array<std::array<std::array<ProbeMemory, kPatches>, kHands>, kMaxBodies> probes{};
  std::array<std::array<bool, kHands>, kMaxBodies> remembers{};  ///< some of those probes
  std::array<Carrier, kMaxBodies> carriers{};                    ///< in whose frame
};
static_assert(std::is_trivially_copyable_v<ContactState>);

/// One body's surface around the tick: the two shown frames that enclose it. A slot keeps its body
/// from call to call; null pointers empty it, and the slot forgets.
struct BodyInterval {
  const BodyModel* model = nullptr;
  const DeformedBody* before = nullptr;
  const DeformedBody* after = nullptr;
  float presence = 1;   ///< [0, 1]; fades when its application falls silent, 0 cannot be touched
  Carrier carrier{};    ///< in whose frame both are
  MovingFrame frame{};  ///< where that is at the tick; of the world, not used
};

/// Puts what is carried where the hands are, which are as of the tick. What nobody of them carries
/// cannot be touched.
void place_carried(std::span<BodyInterval> bodies, std::span<const HandPose> hands) noexcept;

/// All contacts of `hands` (any number; at most one per side counts) with `bodies` (at most
/// kMaxBodies) at `t`. A probe in two bodies reports the one it is deeper in.
[[nodiscard]] ContactSet query(ContactState& state, const ContactParams& params,
                               std::span<const HandPose> hands,
                               std::span<const BodyInterval> bodies, HostTime t) noexcept;

/// Of the bodies of the last query, the one that each patch of `hand` touches soonest.
[[nodiscard]] TimeToTouch time_to_touch(const ContactState& state, Hand hand) noexcept;

/// What one probe, wherever it belongs, does to one body's surface at `t`, `dt_s` after the last
/// call: true while it touches, with the contact in `out` but for hand and actuator.
[[nodiscard]] bool touch(ProbeMemory& memory, const ContactParams& params, const Surface& surface,
                         const Probe& probe, float dt_s, HostTime t, Contact& out) noexcept;

/// Virtual force of a sphere pressed `depth_m` into a surface, newtons: through its layer, and from there
/// Hertz's (Johnson, Contact Mechanics, 1985, eq. 4.23). 0 without depth.
[[nodiscard]] float pad_force(const ContactParams& params, Material material, float radius_m,
                              float depth_m) noexcept;

}  // namespace tactus
