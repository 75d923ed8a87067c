#include "tactus/pose/wrist_source.h"

namespace tactus {

SourceStep hear(WristSourceState& state, WristSource source, bool tracked,
                HostTime t_arrived) noexcept {
  if (source == state.source) {
    if (tracked) state.t_heard = t_arrived;
    return SourceStep::Kept;
  }
  const bool is_first = state.source == WristSource::None;
  const bool is_free = is_first || t_arrived - state.t_heard > kSourceSilence;
  if (!tracked || (!is_free && source != WristSource::Tracker)) return SourceStep::Ignored;
  state = {source, t_arrived};
  return is_first ? SourceStep::Kept : SourceStep::Changed;
}

}  // namespace tactus
