#include "hand_switch.h"

namespace tactus::layer {
namespace {

/// A headset sees joints to 9.6 degrees (Quest 2, Abdlkarim et al. 2023), a glove feels them to 1.5
/// to 9: worth less than a glove that is tracked, more than one that has lost its place.
constexpr float kOfGlove = 1.0f;
constexpr float kOfRuntime = 0.8f;

/// From frame to frame: a change may begin this much behind what was shown.
constexpr Duration kRememberEvery = 4ms;

bool is_sure(PoseOrigin origin) noexcept {
  return origin == PoseOrigin::Measured || origin == PoseOrigin::Filled;
}

}  // namespace

HandSource HandSwitch::settled(const ipc::SharedHand* glove) const noexcept {
  const HandSource source = settled_.load(std::memory_order_relaxed);
  if (glove == nullptr) return source == HandSource::Runtime ? source : HandSource::None;
  return source == HandSource::Glove && is_sure(glove->head.origin) ? source : HandSource::None;
}

void HandSwitch::remember(const ipc::SharedHand& glove) noexcept {
  const HostTime t = glove.head.t;
  const HostTime t_last = t_remembered_.load(std::memory_order_relaxed);
  if (t >= t_last && t < t_last + kRememberEvery) return;
  if (!writing_.try_lock()) return;
  const HandPose pose = to_pose(glove, ipc::Parts::Places);
  remembered_.write({t, pose.T_world_joint, pose.radius_m});
  t_remembered_.store(t, std::memory_order_relaxed);
  writing_.unlock();
}

/// The state in which one was in charge and nothing changed.
ArbitrateState HandSwitch::begin(HandSource settled, const HandPose* runtime,
                                 HostTime t) const noexcept {
  ArbitrateState state;
  state.t = state.t_offered = t;
  if (settled == HandSource::Runtime && runtime != nullptr) {
    state.source = settled;
    state.source_epoch = runtime->epoch;
    state.pose = *runtime;
  }
  Places places;
  if (settled == HandSource::Glove && remembered_.read(places)) {
    state.source = settled;
    state.pose.T_world_joint = places.T_world_joint;
    state.pose.radius_m = places.radius_m;
    state.t = state.t_offered = places.t;
  }
  return state;
}

HandSwitch::Choice HandSwitch::choose(const HandPose* glove, const HandPose* runtime,
                                      HostTime t) noexcept {
  const HandSource settled = settled_.load(std::memory_order_relaxed);
  ArbitrateState state;
  if (settled != HandSource::None || !state_.read(state)) state = begin(settled, runtime, t);
  std::array<HandOffer, 2> offers;
  std::size_t count = 0;
  if (glove != nullptr) offers[count++] = {HandSource::Glove, kOfGlove, *glove};
  if (runtime != nullptr) offers[count++] = {HandSource::Runtime, kOfRuntime, *runtime};
  const ArbitratedHand hand = arbitrate(state, {}, std::span(offers).first(count), t);

  const bool is_as_offered = state.share <= 0;
  HandSource now_settled = HandSource::None;
  if (is_as_offered && hand.source == HandSource::Glove && glove != nullptr &&
      is_sure(glove->origin)) {
    now_settled = HandSource::Glove;
  }
  if (is_as_offered && hand.source == HandSource::Runtime && glove == nullptr) {
    now_settled = HandSource::Runtime;
  }
  if (writing_.try_lock()) {
    state_.write(state);
    if (now_settled == HandSource::Glove) {
      remembered_.write({t, hand.pose.T_world_joint, hand.pose.radius_m});
      t_remembered_.store(t, std::memory_order_relaxed);
    }
    settled_.store(now_settled, std::memory_order_relaxed);
    writing_.unlock();
  }
  return {hand.source, is_as_offered, hand.pose};
}

}  // namespace tactus::layer
