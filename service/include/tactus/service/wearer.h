// Who wears the gloves, as far as safety must remember: today's dose of each hand, and how strong
// touch may be for them.
//
// The dose belongs to a day, not to a session: a service that begins again goes on counting. The
// file is short text that a technician can read and correct.
//
//   Clocks   days of the local calendar, as "2026-11-21".
//   Units    m²/s³ (core/include/tactus/touch/exposure.h); comfort is drive, full scale 1.
//   Errors   in words, with the line and the remedy. No file is a day without dose.
//   Threads  plain functions; they block on the file.
//   Proof    tests/service/wearer_test.cc; tests/fuzz/wearer_fuzz.cc
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "tactus/base/expected.h"
#include "tactus/base/hand.h"

namespace tactus::service {

struct Wearer {
  std::array<double, kHands> dose_m2_per_s3{};
  float comfort = 1;  ///< the wearer's own ceiling of the drive, [0, 1]
  std::uint32_t reserved = 0;
};
static_assert(sizeof(Wearer) == 24 && std::is_trivially_copyable_v<Wearer>);

/// Every number is one that can be.
[[nodiscard]] bool is_sound(const Wearer& wearer) noexcept;

/// Reads what `to_text` wrote; the dose of another day than `day` is over.
[[nodiscard]] Expected<Wearer, std::string> parse_wearer(std::string_view text,
                                                         std::string_view day);
[[nodiscard]] std::string to_text(const Wearer& wearer, std::string_view day);

[[nodiscard]] Expected<Wearer, std::string> read_wearer(const std::string& path,
                                                        std::string_view day);
/// The whole file or, on failure, the one that was there.
[[nodiscard]] bool write_wearer(const std::string& path, const Wearer& wearer,
                                std::string_view day);

/// $XDG_STATE_HOME/tactus/wearer, or below ~/.local/state.
[[nodiscard]] std::string wearer_path();

/// By the local calendar.
[[nodiscard]] std::string today();

}  // namespace tactus::service
