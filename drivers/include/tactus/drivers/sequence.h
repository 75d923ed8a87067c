// Follows a device's sequence numbers: what was lost, what came twice, what came late.
//
// A window of the last 64 numbers makes the counts exact: a report that comes late is taken back
// from the lost ones, and one seen before is known as such.
//
//   Clocks   none.
//   Units    reports.
//   Errors   a number far behind is stale; two stale ones in a row, in order, are a device that
//            started anew.
//   Threads  one owner per link. RT-safe.
//   Proof    tests/drivers/sequence_test.cc
#pragma once
#include <cstdint>
#include <type_traits>

namespace tactus {

struct SequenceState {
  std::uint64_t gaps = 0;        ///< numbers skipped and not seen since
  std::uint64_t duplicates = 0;  ///< numbers seen before, within the window
  std::uint64_t reordered = 0;   ///< came after a later one
  std::uint64_t stale = 0;       ///< 64 or more behind the newest
  std::uint64_t restarts = 0;    ///< the device began a new count
  std::uint64_t seen = 0;        ///< bit k: newest - k was seen
  std::uint32_t newest = 0;
  std::uint32_t after_stale = 0;  ///< the number that would prove a restart
  bool started = false;
  bool has_stale = false;
};
static_assert(std::is_trivially_copyable_v<SequenceState>);

enum class SequenceStep : std::uint8_t {
  Next,       ///< exactly the one expected
  Skipped,    ///< newer, and numbers between are missing
  Late,       ///< older than the newest, not seen before
  Duplicate,  ///< seen before
  Stale,      ///< too far behind to say: do not use
  Restarted,  ///< a new count begins here (also the very first report)
};

/// Notes one number. Numbers wrap at 2^32.
[[nodiscard]] SequenceStep follow(SequenceState& state, std::uint32_t sequence) noexcept;

}  // namespace tactus
