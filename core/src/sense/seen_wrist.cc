#include "tactus/sense/seen_wrist.h"

namespace tactus {
namespace {

constexpr float kMaxPosition_m = 1e4f;

}  // namespace

WristMeasurement measured(const HandProfile& profile, const SeenWrist& seen) noexcept {
  const bool is_controller = seen.source == WristSource::Controller;
  WristMeasurement m;
  m.t = seen.t;
  m.hand = seen.hand;
  m.T_world_wrist =
      is_controller ? seen.T_world_seen * inverse(profile.T_wrist_tracker) : seen.T_world_seen;
  const bool fine = is_valid(m.T_world_wrist) && length(m.T_world_wrist.p) < kMaxPosition_m;
  if (!fine) m.T_world_wrist = {};
  m.T_world_wrist.q = normalized(m.T_world_wrist.q);
  m.tracked = seen.tracked && fine;
  m.sigma_m = is_controller ? 0.002f : 0.011f;
  m.sigma_rad = (is_controller ? 0.5f : 6.0f) * kRadPerDeg;
  return m;
}

}  // namespace tactus
