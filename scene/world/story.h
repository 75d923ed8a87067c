// When, in the first meeting, which touch is expected: the cheek, the hair, a hand held
// out, and an embrace.
//
//   Clocks   seconds since the scene began.
//   Units    seconds.
//   Errors   parse_story gives nothing for a text it cannot read.
//   Threads  plain values.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include <optional>
#include <string_view>

#include "scene/world/curves.h"

namespace tactus::scene {

struct Story {
  Span cheek{2, 7};
  Span hair{7, 12};
  Span hand{12, 18};  ///< her left hand is held out, palm up
  Span hug{18, 27};   ///< her arms are open, or around whoever comes
};

inline constexpr float kOfferRamp_s = 1.1f;  ///< in which the hand comes out, and goes back after

/// Reads "default", "none", or spans such as "cheek=2-7,hair=7-12,hand=12-18,hug=18-27"; what is not
/// named is never.
[[nodiscard]] std::optional<Story> parse_story(std::string_view text);

/// How far the hand is held out, 0 to 1.
[[nodiscard]] inline float offer(const Story& story, double t_s) {
  return presence(story.hand, t_s, kOfferRamp_s);
}

}  // namespace tactus::scene
