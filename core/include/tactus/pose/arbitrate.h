// Which of several ways to know a hand is shown: a glove, the headset's own eyes, a controller.
//
// Sources come and go, and no two agree to the millimetre. The one in charge stays until another
// has been clearly better for a while, or until it says nothing more; then what the hand differs by
// is carried along and let go at a walking pace, so that nobody sees the change.
//
//   Clocks   HostTime: offers are all of the time asked for.
//   Frames   world. A source's own epoch may rise; the answer's rises with it while it is in
//   charge. Units    metres, radians; confidence in [0, 1]. Errors   without an offer the last pose
//   is Held, then None. Offers that are not finite are none. Threads  plain value, one owner. No
//   locks, no allocation, no system calls: RT-safe. Proof    tests/core/pose/arbitrate_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "tactus/pose/hand_pose.h"

namespace tactus {

enum class HandSource : std::uint8_t {
  None,
  Glove,       ///< glove and wrist tracker, fused
  Runtime,     ///< the headset's own hand tracking
  Controller,  ///< a hand posed around a controller
};

struct HandOffer {
  HandSource source = HandSource::None;
  float confidence = 0;  ///< the source's own, [0, 1]; what `pose.origin` says comes on top
  HandPose pose;
};

struct ArbitrateParams {
  float advantage = 0.15f;      ///< of confidence that another must have …
  Duration patience = 200ms;    ///< … for so long without a break
  Duration keep = 600ms;        ///< without any offer the last pose is Held for so long
  Duration let_go = 250ms;      ///< a difference at a change is gone after this, or later:
  float glide_m_per_s = 0.6f;   ///< no joint is moved faster by it …
  float glide_step_m = 0.015f;  ///< … nor further at a time, however seldom it is asked
};

struct ArbitrateState {
  HandSource source = HandSource::None;  ///< in charge
  HandSource rival = HandSource::None;   ///< clearly better since …
  HostTime t_rival;
  HostTime t_offered;              ///< when the source in charge was last heard
  HostTime t;                      ///< of the last answer
  std::uint32_t source_epoch = 0;  ///< of the source in charge
  std::uint32_t epoch = 0;
  std::uint32_t changes = 0;  ///< of the source, the first not counted
  HandPose pose;              ///< the last answer
  float share = 0;            ///< of the differences below that is left
  float share_per_s = 0;      ///< how fast it is let go
  float share_per_step = 0;
  std::array<Vec3, kHandJoints> moved{};   ///< at the last change: old less new place …
  std::array<Vec3, kHandJoints> turned{};  ///< … and turn
};
static_assert(std::is_trivially_copyable_v<ArbitrateState>);

struct ArbitratedHand {
  HandSource source = HandSource::None;
  HandPose pose;
};

/// The hand at `t`, of all that is offered for it.
[[nodiscard]] ArbitratedHand arbitrate(ArbitrateState& state, const ArbitrateParams& params,
                                       std::span<const HandOffer> offers, HostTime t) noexcept;

}  // namespace tactus
