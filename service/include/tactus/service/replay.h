// Runs a recording through a new engine and compares what comes out with what came out then.
//
//   Clocks   the recording's own.
//   Units    none.
//   Errors   a stranger's file: every line is checked before use; what does not fit is counted.
//   Threads  one. Allocates.
//   Proof    tests/service/replay_test.cc; tests/fuzz/mcap_fuzz.cc
#pragma once
#include <cstdint>
#include <span>

#include "tactus/pipeline.h"
#include "tactus/record/mcap.h"

namespace tactus::service {

struct ReplayResult {
  McapStatus status = McapStatus::Reading;
  std::uint64_t lines = 0;
  std::uint64_t bad_lines = 0;          ///< do not fit this binary's layout
  std::uint64_t refused_snapshots = 0;  ///< lines of a snapshot that was not to be taken
  std::uint64_t reports = 0;
  std::uint64_t ticks = 0;
  std::uint64_t outputs = 0;  ///< output reports compared
  std::uint64_t ticks_different = 0;
  std::uint64_t outputs_different = 0;
  HostTime t_first_difference;

  [[nodiscard]] bool identical() const noexcept {
    return ticks > 0 && bad_lines == 0 && refused_snapshots == 0 && ticks_different == 0 &&
           outputs_different == 0;
  }
};

/// A recording that begins in the middle of a session holds the engine's memory as it was. Those
/// bytes cannot be checked, so a stranger's are not taken.
enum class Snapshots : std::uint8_t { Refuse, Take };

[[nodiscard]] ReplayResult replay(std::span<const std::uint8_t> mcap, const PipelineParams& params,
                                  Snapshots snapshots = Snapshots::Refuse);

}  // namespace tactus::service
