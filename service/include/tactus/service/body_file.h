// The wearer's body on disk: how long its bones are, and how the headset sits on the head.
//
// A technician gives a height, or a calibration finds the bones; the service reads them when it
// starts and when they change. Short text in metres, which can be read and corrected.
//
//   Clocks   none. Frames: those of tactus/pose/body_model.h.
//   Units    metres, unit quaternions.
//   Errors   in words, with the line and the remedy. No file is a person of 1.70 m.
//   Threads  plain functions; those with a path block on the file.
//   Proof    tests/service/body_file_test.cc; tests/fuzz/body_file_fuzz.cc
#pragma once
#include <string>
#include <string_view>

#include "tactus/base/expected.h"
#include "tactus/pose/body_solver.h"

namespace tactus::service {

inline constexpr float kLeastHeight_m = 0.5f, kMostHeight_m = 2.5f;

/// Every bone is one that a person can have, and every mount is one.
[[nodiscard]] bool is_sound(const BodyProfile& body) noexcept;

/// Reads what `to_text` wrote; trackers other than the headset are mounted along their segments.
[[nodiscard]] Expected<BodyProfile, std::string> parse_body(std::string_view text);
[[nodiscard]] std::string to_text(const BodyProfile& body);

[[nodiscard]] Expected<BodyProfile, std::string> read_body(const std::string& path);
/// The whole file or, on failure, the one that was there.
[[nodiscard]] bool write_body(const std::string& path, const BodyProfile& body);

/// $XDG_STATE_HOME/tactus/body, or below ~/.local/state.
[[nodiscard]] std::string body_path();

}  // namespace tactus::service
