#include "tactus/drivers/sequence.h"

namespace tactus {
namespace {

constexpr std::uint32_t kWindow = 64;
constexpr std::uint32_t kHalf = 0x80000000u;

void begin(SequenceState& state, std::uint32_t sequence) noexcept {
  state.started = true;
  state.has_stale = false;
  state.newest = sequence;
  state.seen = ~std::uint64_t{0};  // nothing before the first report counts as missing
}

}  // namespace

SequenceStep follow(SequenceState& state, std::uint32_t sequence) noexcept {
  if (!state.started) {
    begin(state, sequence);
    return SequenceStep::Restarted;
  }
  const std::uint32_t ahead = sequence - state.newest;
  if (ahead != 0 && ahead < kHalf) {
    state.gaps += ahead - 1;
    state.seen = ahead < kWindow ? (state.seen << ahead) | 1u : 1u;
    state.newest = sequence;
    state.has_stale = false;
    return ahead == 1 ? SequenceStep::Next : SequenceStep::Skipped;
  }
  const std::uint32_t behind = state.newest - sequence;
  if (behind < kWindow) {
    const std::uint64_t bit = std::uint64_t{1} << behind;
    if ((state.seen & bit) != 0) {
      ++state.duplicates;
      return SequenceStep::Duplicate;
    }
    state.seen |= bit;
    --state.gaps;
    ++state.reordered;
    return SequenceStep::Late;
  }
  if (state.has_stale && sequence == state.after_stale) {
    ++state.restarts;
    begin(state, sequence);
    return SequenceStep::Restarted;
  }
  ++state.stale;
  state.has_stale = true;
  state.after_stale = sequence + 1;
  return SequenceStep::Stale;
}

}  // namespace tactus
