#include <cmath>
#include <numbers>

#include "tactus/simulator/sensors.h"

namespace tactus::simulator {
namespace {

Pose as_float(const Pose3d& T) {
  return {{float(T.q.x), float(T.q.y), float(T.q.z), float(T.q.w)},
          {float(T.p.x), float(T.p.y), float(T.p.z)}};
}

}  // namespace

SyntheticTracker::SyntheticTracker(std::uint64_t seed, Hand hand, const TrackerFaults& faults,
                                   const Pose3d& T_world_universe, const Pose3d& T_wrist_tracker)
    : hand_(hand),
      faults_(faults),
      world_universe_(T_world_universe),
      wrist_tracker_(T_wrist_tracker),
      random_(seed * 2 + index(hand) + 0x7461637475730002ull) {}

double SyntheticTracker::uniform(double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random_);
}

TrackerSample SyntheticTracker::sample(const Trajectory& truth, double t_s) {
  const double elapsed_s = sequence_ == 0 ? 0 : t_s - t_last_s_;
  t_last_s_ = t_s;
  if (uniform(0, 1) < faults_.gaps_per_s * elapsed_s) {
    blind_until_s_ = t_s + uniform(faults_.gap_low_s, faults_.gap_high_s);
  }
  Pose3d seen = inverse(world_universe_) * truth(t_s).T_world_wrist * wrist_tracker_;
  seen.p = seen.p + faults_.noise_m * V3d{normal_(random_), normal_(random_), normal_(random_)};
  const V3d tilt{normal_(random_), normal_(random_), normal_(random_)};
  const double tilt_rad = faults_.noise_deg * std::numbers::pi / 180 * norm(tilt);
  seen.q = normalized(seen.q * turn(tilt, tilt_rad));

  TrackerSample sample;
  sample.t = DeviceTime(from_seconds(t_s * (1 + faults_.clock_skew) + faults_.clock_offset_s));
  sample.sequence = sequence_++;
  sample.hand = hand_;
  sample.tracked = t_s >= blind_until_s_;
  if (sample.tracked) last_ = as_float(seen);
  sample.T_universe_tracker = last_;
  return sample;
}

void SyntheticTracker::describe(HandProfile& profile) const {
  profile.T_wrist_tracker = as_float(wrist_tracker_);
  profile.tracker_latency_s = float(faults_.latency_s);
}

}  // namespace tactus::simulator
