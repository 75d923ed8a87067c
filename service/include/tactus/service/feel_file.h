// How strongly the wearer feels each actuator, on disk: found by `tactus calibrate feel` or measured by
// whoever has the means, in words that a technician can read, write and correct.
//
//   Units    dB, as in tactus/touch/feel_profile.h.
//   Errors   in words, with the line and the remedy. No file is even actuators and the norm's skin.
//   Threads  plain functions; they block on the file.
//   Proof    tests/service/feel_file_test.cc; tests/fuzz/feel_file_fuzz.cc; docs/feel.md
#pragma once
#include <string>
#include <string_view>

#include "tactus/base/expected.h"
#include "tactus/touch/feel_profile.h"

namespace tactus::service {

/// Reads what `to_text` wrote.
[[nodiscard]] Expected<FeelProfile, std::string> parse_feel(std::string_view text);
[[nodiscard]] std::string to_text(const FeelProfile& feel);

[[nodiscard]] Expected<FeelProfile, std::string> read_feel(const std::string& path);

/// The whole file or, where it is false, the one that was there.
[[nodiscard]] bool write_feel(const std::string& path, const FeelProfile& feel);

/// As the file calls it, without the hand: "index_pulp". `actuator` < kActuators.
[[nodiscard]] std::string_view actuator_name(std::size_t actuator);

/// $XDG_STATE_HOME/tactus/feel, or below ~/.local/state.
[[nodiscard]] std::string feel_path();

}  // namespace tactus::service
