// The hand as it is drawn: it rests on the skin, fingers wrapped, where the tracked hand is inside.
//
// No glove stops a hand, so the tracked one sinks into what it touches. Of all hands that do not, the
// nearest is drawn, and fingers yield before the wrist does. What the last frame yielded is taken
// back at a limited speed, then whatever is inside is pushed out again. What would go farther than may
// be seen to move in a frame is held back, and comes out to where that is nearest: so nothing jumps when
// a contact begins, nor when it ends, nor when what was pushed out on one side is nearer to another.
//
//   Clocks   HostTime of the display. Frames: world.
//   Units    metres, radians.
//   Errors   a hand never seen or not finite is given back as it came.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/shown_hand_test.cc, tests/simulator/touch/shown_trial_test.cc;
//            docs/notes/shown_hand.md
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "tactus/contact/query.h"
#include "tactus/pose/give_way.h"

namespace tactus {

enum class ShownMode : std::uint8_t {
  Outer,    ///< rests on the skin
  Blended,  ///< goes part of the way from the tracked hand to there
  Tracked,  ///< where the hand really is, in the skin or not
};

struct ShownHandParams {
  ShownMode mode = ShownMode::Outer;
  float blended_share = 0.5f;   ///< [0, 1] of the way out
  float return_time_s = 0.02f;  ///< what was yielded and is needed no more fades in this time ...
  float return_m_per_s = 1.0f;  ///< ... and no patch faster
  /// No patch goes faster than the tracked one by more than this, and by what it needs to come out.
  float stray_m_per_s = 0.4f;
  float band_m = 0.025f;         ///< no search looks further
  Layers layers = kLayers;       ///< a hand sinks into these
  Duration longest_gap = 100ms;  ///< from display to display; a longer one forgets
};

/// Plain memory of one hand. A zeroed one has yielded nothing.
struct ShownHandState {
  HandPose tracked;  ///< at the last display
  HandYield yield;
  HandPose tracked_before;  ///< at the display before that ...
  HandYield yield_before;   ///< ... with this
  std::array<std::array<Neighbourhood, kPatches>, kMaxBodies> around{};
};
static_assert(std::is_trivially_copyable_v<ShownHandState>);

/// The hand to draw at `tracked.t`, against the bodies as they are then: continued for a whole frame
/// beyond the last, which is what an application asks before it has posed its own. Called again for
/// the same time with a better `tracked` it goes on from there. Velocities are the tracked hand's.
[[nodiscard]] HandPose rest_on_skin(ShownHandState& state, const ShownHandParams& params,
                                    const HandPose& tracked,
                                    std::span<const BodyInterval> bodies) noexcept;

}  // namespace tactus
