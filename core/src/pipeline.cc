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

/// What gloves play: contacts with bodies, and one with the wearer's other hand where no body is felt.
ContactSet contacts_to_play(const ContactSet& bodies, const OwnContacts& own, float own_hands) {
  ContactSet played = bodies;
  for (Contact contact : own) {
    const bool is_free = std::none_of(bodies.begin(), bodies.end(), [&](const Contact& other) {
      return other.hand == contact.hand && other.actuator == contact.actuator;
    });
    contact.presence = own_hands;
    if (is_free) static_cast<void>(played.push_back(contact));  // its probe's place is free
  }
  return played;
}

/// The same from contact on for what is worn on the body; not fitted to anyone, so never loud.
void tick_garment(PipelineState& state, const PipelineParams& params,
                  std::span<const BodyInterval> bodies, HostTime now, TickOutput& out) noexcept {
  out.wearer_contacts = query_wearer(state.wearer_contact, params.contact, out.body, bodies,
                                     now + params.actuator_delay);
  LimitParams limits = params.limit;
  limits.validated = false;
  for (const Hand side : {Hand::Left, Hand::Right}) {
    LimitState& limiting = state.garment_limit[index(side)];
    RenderParams feel = params.render;
    feel.peak = std::min(feel.peak, ceiling_of(limiting, limits));
    const TactileFrame wanted =
        render(state.garment_render[index(side)], feel, side, out.wearer_contacts, now);
    out.garment[index(side)] = limit(limiting, limits, wanted, now);
  }
}

void recognise_holds(PipelineState& state, const PipelineParams& params,
                     std::span<const BodyInterval> bodies, HostTime t, TickOutput& out) noexcept {
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    out.grasps[index(hand)] = tell_grasp(state.grasps[index(hand)], hand, out.contacts, bodies, t);
  }
  out.hug =
      tell_hug(state.hug, params.contact, out.contacts, out.wearer_contacts, out.body, bodies, t);
}

}  // namespace

void sense(PipelineState& state, const PipelineParams& params, const GloveSample& sample,
           HostTime t_arrived) noexcept {
  const std::size_t hand = index(sample.hand);
  const HandProfile& profile = state.profiles[hand];
  const GloveMeasurement measurement = align(state.glove_align[hand], profile, sample, t_arrived);
  estimate(state.pose[hand], params.pose, profile, measurement);
}

WristMeasurement sense(PipelineState& state, const PipelineParams& params,
                       const TrackerSample& sample, HostTime t_arrived) noexcept {
  const std::size_t hand = index(sample.hand);
  const HandProfile& profile = state.profiles[hand];
  const WristMeasurement measurement =
      align(state.tracker_align[hand], profile, params.T_world_universe, sample, t_arrived);
  place(state, params, WristSource::Tracker, measurement, t_arrived);
  return measurement;
}

void sense(PipelineState& state, const PipelineParams& params, const SeenWrist& seen,
           HostTime t_arrived) noexcept {
  place(state, params, seen.source, measured(state.profiles[index(seen.hand)], seen), t_arrived);
}

void tick(PipelineState& state, const PipelineParams& params, std::span<const BodyInterval> said,
          HostTime now, TickOutput& out, const PatternSlots& patterns,
          std::span<const TactileFrame> added) noexcept {
  const HostTime t_felt = now + params.actuator_delay;
  HandPair felt;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    const HandProfile& profile = state.profiles[hand];
    out.poses[hand] = predict(state.pose[hand], params.pose, profile, now);
    felt[hand] = predict(state.pose[hand], params.pose, profile, t_felt);
  }

  std::array<BodyInterval, kMaxBodies> placed{};
  std::copy_n(said.begin(), std::min(said.size(), kMaxBodies), placed.begin());
  place_carried(placed, felt);
  const std::span<const BodyInterval> bodies(placed.data(), std::min(said.size(), kMaxBodies));

  out.contacts = query(state.contact, params.contact, felt, bodies, t_felt);
  out.own_contacts = touch_own_hands(state.own_hands, params.contact, felt, t_felt);
  const ContactSet played = contacts_to_play(out.contacts, out.own_contacts, params.own_hands);

  for (const Hand hand : {Hand::Left, Hand::Right}) {
    LimitParams limits = params.limit;
    limits.validated = state.profiles[index(hand)].validated;
    RenderParams feel = params.render;  // what the limit would clip is not rendered
    feel.peak = std::min(feel.peak, ceiling_of(state.limit[index(hand)], limits));
    feel.response = felt_responses(params.feel, hand);
    TactileFrame wanted = render(state.render[index(hand)], feel, hand, played, now,
                                 time_to_touch(state.contact, hand));
    for (std::size_t slot = 0; slot < kMaxPatterns; ++slot) {
      if (patterns[slot] == nullptr) continue;
      play(state.patterns[slot][index(hand)], *patterns[slot], out.contacts, wanted);
    }
    if (added.size() == kHands) add(added[index(hand)], wanted);
    out.frames[index(hand)] = limit(state.limit[index(hand)], limits, wanted, now);
  }
  out.body = estimate_body(state.body, params.body, felt, t_felt);
  tick_garment(state, params, bodies, now, out);
  recognise_holds(state, params, bodies, t_felt, out);
}

}  // namespace tactus
