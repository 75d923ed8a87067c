#include "still_hand.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "over_threshold.h"
#include "tactus/pipeline.h"
#include "tactus/simulator/sensors.h"

namespace tactus::tools {
namespace {

constexpr int kMinute_ms = 60000, kSettled_ms = 5000;
constexpr int kGloveEvery_ms = 4, kTrackerEvery_ms = 10;
constexpr double kNoise_m = 0.0001;
constexpr std::array kDepths_m = {0.001, 0.003, 0.006};
constexpr std::size_t kPalmCentre = static_cast<std::size_t>(PalmCell::Centre);

/// A flat hand, back upwards from the skin, its palm pressed in.
simulator::TrueHand laid(const HeldPlace& place, double depth_m) {
  const auto wide = [](Vec3 v) { return simulator::V3d{v.x, v.y, v.z}; };
  const Vec3 turn = cross(Vec3{0, 1, 0}, place.n);
  const auto sine = static_cast<double>(length(turn));
  const double angle_rad = std::atan2(sine, static_cast<double>(place.n.y));
  simulator::TrueHand hand;
  if (sine > 0) {
    const double half = std::sin(angle_rad / 2) / sine;
    hand.T_world_wrist.q = {half * static_cast<double>(turn.x), half * static_cast<double>(turn.y),
                            half * static_cast<double>(turn.z), std::cos(angle_rad / 2)};
  }
  const auto site = true_sites(hand, true_joints(hand))[kPalmCentre];
  hand.T_world_wrist.p = wide(place.p) + (site.radius_m - depth_m) * wide(place.n) - site.p_world;
  return hand;
}

struct Minute {
  double onset_db = kSilence_db, still_db = kSilence_db;
  int touching = 0;  ///< patches, at the end
};

Minute rest(const simulator::TouchSubject& subject, const simulator::TrueHand& hand,
            unsigned seed) {
  const auto state = std::make_unique<PipelineState>();
  PipelineParams params;
  params.limit.validated = true;
  simulator::SyntheticGlove glove(seed, hand.hand);
  simulator::TrackerFaults faults;
  faults.noise_m = kNoise_m;
  simulator::SyntheticTracker tracker(seed, hand.hand, faults);
  HandProfile& profile = state->profiles[index(hand.hand)];
  profile = glove.nominal_profile();
  tracker.describe(profile);
  DeformedBody still(subject.model);
  std::vector<Pose> T_world_bone;
  for (const BodyBone& bone : subject.bones) T_world_bone.push_back(bone.T_rest_bone);
  static_cast<void>(skin(subject.model, HostTime{}, T_world_bone, still));
  const BodyInterval interval{&subject.model, &still, &still, 1.0f};
  const auto at = [&hand](double) { return hand; };
  Minute minute;
  TickOutput out;
  for (int ms = 0; ms < kMinute_ms; ++ms) {
    const HostTime now{Duration{1ms} * ms};
    const double t_s = 1e-3 * ms;
    if (ms % kGloveEvery_ms == 0) sense(*state, params, glove.sample(at, t_s), now);
    if (ms % kTrackerEvery_ms == 0 && t_s > faults.latency_s) {
      sense(*state, params, tracker.sample(at, t_s - faults.latency_s), now);
    }
    tick(*state, params, {&interval, 1}, now, out);
    double& most = ms < kSettled_ms ? minute.onset_db : minute.still_db;
    most = std::max(most, loudest_db(out.frames[index(hand.hand)]));
  }
  minute.touching = static_cast<int>(out.contacts.size());
  return minute;
}

}  // namespace

double score_still_hand(EvalReport& report, const simulator::TouchSubject& subject,
                        const HeldPlace& place, unsigned seed) {
  EvalTable table{"a palm laid on the skin and left there for a minute, dB over threshold",
                  {"laid down", "after 5 s", "patches touching"},
                  {}};
  double worst = kSilence_db;
  for (const double depth_m : kDepths_m) {
    const Minute minute = rest(subject, laid(place, depth_m), seed);
    table.rows.push_back({fmt::format("{} mm deep", 1e3 * depth_m),
                          {minute.onset_db, minute.still_db, double(minute.touching)}});
    worst = std::max(worst, minute.still_db);
  }
  report.print(table);
  return worst;
}

}  // namespace tactus::tools
