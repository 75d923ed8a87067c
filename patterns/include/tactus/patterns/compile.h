// Makes of a pattern the plain data that core plays, on the actuators it shall be felt on.
//
//   Clocks   seconds from the pattern's start.
//   Units    s, Hz, drive; as core/include/tactus/touch/pattern.h.
//   Errors   a pattern too long or too dense for one hand, or too fast for its stroke, gives a line
//            that says so.
//   Threads  pure; allocates.
//   Proof    tests/patterns/compile_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/patterns/pattern.h"

namespace tactus::patterns {

/// What an actuator without a pitch of its own plays: within 8 % of the resonance of most linear
/// resonant actuators (150 to 235 Hz), near where the skin feels best.
inline constexpr double kOwn_Hz = 175;

struct Placement {
  enum class Kind : std::uint8_t {
    AsFile,     ///< where the file says; both index fingertips where it does not
    Actuators,  ///< all of it on the same actuators
    Stroke,     ///< on the stops, one after the other (stroke.h)
    Contacts,   ///< on whatever touches, everywhere or on one region
  };
  using Actuators = std::array<std::uint16_t, kHands>;  ///< bit a: actuator a of that hand
  Kind kind = Kind::AsFile;
  Actuators actuators{};
  std::vector<Actuators> stops;
  Region region = Region::None;
};

/// "index_tip", "right_palm", "hand", "left_index_tip,left_thumb_tip": joints by their OpenXR names,
/// one or more, of both hands unless a side is named. None: a joint without an actuator.
[[nodiscard]] std::optional<Placement> place_on_joints(std::string_view names);

/// The same names as the stops of a stroke, in their order.
[[nodiscard]] std::optional<Placement> place_along(std::string_view names);

/// The names that these take, without sides.
[[nodiscard]] std::string joint_names();

/// The bytes of a pattern that `view_pattern` accepts.
[[nodiscard]] Expected<std::vector<std::byte>, std::string> compile(const Pattern& pattern,
                                                                    const Placement& placement);

}  // namespace tactus::patterns
