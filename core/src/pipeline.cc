#include "tactus/pipeline.h"

#include <algorithm>

namespace tactus {
namespace {

void add(const TactileFrame& added, TactileFrame& frame) noexcept {
  for (std::size_t a = 0; a < kActuators; ++a) {
    for (std::size_t i = 0; i < kFrameSamples; ++i) frame.wave[a][i] += added.wave[a][i];
    if (added.envelope[a] <= frame.envelope[a]) continue;
    frame.envelope[a] = added.envelope[a];
    frame.frequency_Hz[a] = added.frequency_Hz[a];
  }
}

/// Learns from a wrist that one of the sources told of, if that is in charge.
void place(PipelineState& state, const PipelineParams& params, WristSource source,
           const WristMeasurement& measurement, HostTime t_arrived) noexcept {
  const std::size_t hand = index(measurement.hand);
  const SourceStep step = hear(state.wrist_source[hand], source, measurement.tracked, t_arrived);
  if (step == SourceStep::Ignored) return;
  if (step == SourceStep::Changed) change_tracker(state.pose[hand]);
  estimate(state.pose[hand], params.pose, state.profiles[hand], measurement);
}

}  // namespace

void sense(PipelineState& state, const PipelineParams& params, const GloveSample& sample,
           HostTime t_arrived) noexcept {
  const std::size_t hand = index(sample.hand);
  const HandProfile& profile = state.profiles[hand];
  const GloveMeasurement measurement = align(state.glove_align[hand], profile, sample, t_arrived);
  estimate(state.pose[hand], params.pose, profile, measurement);
}

void sense(PipelineState& state, const PipelineParams& params, const TrackerSample& sample,
           HostTime t_arrived) noexcept {
  const std::size_t hand = index(sample.hand);
  const HandProfile& profile = state.profiles[hand];
  const WristMeasurement measurement =
      align(state.tracker_align[hand], profile, params.T_world_universe, sample, t_arrived);
  place(state, params, WristSource::Tracker, measurement, t_arrived);
}

void sense(PipelineState& state, const PipelineParams& params, const SeenWrist& seen,
           HostTime t_arrived) noexcept {
  place(state, params, seen.source, measured(state.profiles[index(seen.hand)], seen), t_arrived);
}

void tick(PipelineState& state, const PipelineParams& params, std::span<const BodyInterval> bodies,
          HostTime now, TickOutput& out, const PatternSlots& patterns,
          std::span<const TactileFrame> added) noexcept {
  const HostTime t_felt = now + params.actuator_delay;
  std::array<HandPose, kHands> felt;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    const HandProfile& profile = state.profiles[hand];
    out.poses[hand] = predict(state.pose[hand], params.pose, profile, now);
    felt[hand] = predict(state.pose[hand], params.pose, profile, t_felt);
  }

  out.contacts = query(state.contact, params.contact, felt, bodies, t_felt);

  for (const Hand hand : {Hand::Left, Hand::Right}) {
    LimitParams limits = params.limit;
    limits.validated = state.profiles[index(hand)].validated;
    RenderParams feel = params.render;  // what the limit would clip is not rendered
    feel.peak = std::min(feel.peak, ceiling_of(state.limit[index(hand)], limits));
    TactileFrame wanted = render(state.render[index(hand)], feel, hand, out.contacts, now,
                                 time_to_touch(state.contact, hand));
    for (std::size_t slot = 0; slot < kMaxPatterns; ++slot) {
      if (patterns[slot] == nullptr) continue;
      play(state.patterns[slot][index(hand)], *patterns[slot], out.contacts, wanted);
    }
    if (added.size() == kHands) add(added[index(hand)], wanted);
    out.frames[index(hand)] = limit(state.limit[index(hand)], limits, wanted, now);
  }
}

}  // namespace tactus
