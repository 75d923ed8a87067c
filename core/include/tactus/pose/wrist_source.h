// Which tracker places a hand: its own, or what an OpenXR runtime sees of it.
//
// A tracker of ours knows the wrist to half a millimetre and says when; it comes first. A runtime's
// controller or hand is taken where there is none, and kept until it falls silent: two trackers
// disagree by centimetres, and what is learnt of one (its delay, its mounting) is wrong of another.
//
//   Clocks   HostTime of arrival.
//   Units    none.
//   Errors   none.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/wrist_source_test.cc
#pragma once
#include <cstdint>
#include <type_traits>

#include "tactus/sense/seen_wrist.h"

namespace tactus {

inline constexpr Duration kSourceSilence = 500ms;  ///< then another may take its place

struct WristSourceState {
  WristSource source = WristSource::None;
  HostTime t_heard;  ///< when it last knew a place
};
static_assert(std::is_trivially_copyable_v<WristSourceState>);

enum class SourceStep : std::uint8_t {
  Ignored,  ///< another is in charge
  Kept,     ///< it is in charge, as before
  Changed,  ///< it is in charge from now on: forget what was learnt of the one before
};

/// `source` spoke; `tracked`: it knows a place.
[[nodiscard]] SourceStep hear(WristSourceState& state, WristSource source, bool tracked,
                              HostTime t_arrived) noexcept;

}  // namespace tactus
