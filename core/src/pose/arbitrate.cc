#include "tactus/pose/arbitrate.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

/// What a pose is worth by how it came to be known: a hand that is held is one that nobody sees.
float worth(PoseOrigin origin) noexcept {
  switch (origin) {
    case PoseOrigin::Measured:
      return 1.0f;
    case PoseOrigin::Filled:
      return 0.9f;
    case PoseOrigin::Predicted:
      return 0.6f;
    case PoseOrigin::Held:
      return 0.2f;
    case PoseOrigin::None:
      break;
  }
  return 0.0f;
}

bool is_sound(const HandPose& pose) noexcept {
  return std::ranges::all_of(pose.T_world_joint, [](const Pose& T) { return is_valid(T); }) &&
         std::ranges::all_of(pose.v_world_joint, [](Vec3 v) { return is_finite(v); }) &&
         std::ranges::all_of(pose.omega_world_joint, [](Vec3 v) { return is_finite(v); });
}

/// 0 for what cannot be used.
float score_of(const HandOffer& offer) noexcept {
  if (offer.source == HandSource::None || !std::isfinite(offer.confidence)) return 0;
  const float score = std::clamp(offer.confidence, 0.0f, 1.0f) * worth(offer.pose.origin);
  return score > 0 && is_sound(offer.pose) ? score : 0;
}

/// Puts the offer in charge, and notes what the hand differs by from what was last shown.
void change_to(ArbitrateState& state, const ArbitrateParams& params,
               const HandOffer& offer) noexcept {
  const bool shown = state.source != HandSource::None;
  float farthest_m = 0;
  for (std::size_t j = 0; shown && j < kHandJoints; ++j) {
    const Pose& from = state.pose.T_world_joint[j];
    const Pose& to = offer.pose.T_world_joint[j];
    state.moved[j] = from.p - to.p;
    state.turned[j] = log_rotation(from.q * conjugate(to.q));
    farthest_m = std::max(farthest_m, length(state.moved[j]));
  }
  state.share = shown ? 1.0f : 0.0f;
  state.share_per_s =
      1 / std::max(static_cast<float>(seconds(params.let_go)), farthest_m / params.glide_m_per_s);
  state.share_per_step = std::min(1.0f, params.glide_step_m / std::max(farthest_m, 1e-6f));
  if (shown) {
    ++state.changes;
  } else {
    ++state.epoch;  // nothing was shown that it could be continued from
  }
  state.source = offer.source;
  state.source_epoch = offer.pose.epoch;
  state.rival = HandSource::None;
}

/// The offer that is to be in charge from now on, of those with a score.
const HandOffer* choose(ArbitrateState& state, const ArbitrateParams& params,
                        std::span<const HandOffer> offers, HostTime t) noexcept {
  const HandOffer* best = nullptr;
  const HandOffer* present = nullptr;
  for (const HandOffer& offer : offers) {
    if (score_of(offer) <= 0) continue;
    if (best == nullptr || score_of(offer) > score_of(*best)) best = &offer;
    if (offer.source == state.source) present = &offer;
  }
  if (present == nullptr) return best;
  if (score_of(*best) < score_of(*present) + params.advantage) {
    state.rival = HandSource::None;
    return present;
  }
  if (state.rival != best->source) {
    state.rival = best->source;
    state.t_rival = t;
  }
  return t - state.t_rival >= params.patience ? best : present;
}

ArbitratedHand without_offer(ArbitrateState& state, const ArbitrateParams& params,
                             HostTime t) noexcept {
  state.rival = HandSource::None;
  state.pose.t = state.t = t;
  state.pose.v_world_joint = {};
  state.pose.omega_world_joint = {};
  if (state.source != HandSource::None) state.pose.origin = PoseOrigin::Held;
  if (t - state.t_offered > params.keep) {
    state.source = HandSource::None;
    state.pose.origin = PoseOrigin::None;
  }
  return {state.source, state.pose};
}

}  // namespace

ArbitratedHand arbitrate(ArbitrateState& state, const ArbitrateParams& params,
                         std::span<const HandOffer> offers, HostTime t) noexcept {
  const HandOffer* offer = choose(state, params, offers, t);
  if (offer == nullptr) return without_offer(state, params, t);
  const float elapsed_s = std::max(0.0f, static_cast<float>(seconds(t - state.t)));
  float rate_per_s = 0;
  if (offer->source != state.source) {
    change_to(state, params, *offer);
  } else {
    if (offer->pose.epoch != state.source_epoch) {
      state.source_epoch = offer->pose.epoch;
      state.share = 0;  // the world itself has moved: nothing to glide from
      ++state.epoch;
    }
    const float less = std::min({state.share, state.share_per_s * elapsed_s, state.share_per_step});
    state.share -= less;
    rate_per_s = elapsed_s > 0 ? less / elapsed_s : 0;
  }
  HandPose& pose = state.pose;
  pose = offer->pose;
  pose.t = state.t = state.t_offered = t;
  pose.epoch = state.epoch;
  for (std::size_t j = 0; state.share > 0 && j < kHandJoints; ++j) {
    Pose& T = pose.T_world_joint[j];
    T.p += state.share * state.moved[j];
    const Quat q_turned = exp_rotation(state.share * state.turned[j]);
    T.q = normalized(q_turned * T.q);
    pose.v_world_joint[j] -= rate_per_s * state.moved[j];
    pose.omega_world_joint[j] =
        rotate(q_turned, pose.omega_world_joint[j]) - rate_per_s * state.turned[j];
  }
  return {state.source, pose};
}

}  // namespace tactus
