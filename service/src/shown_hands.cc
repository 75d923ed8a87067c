#include "tactus/service/shown_hands.h"

#include <algorithm>
#include <utility>

namespace tactus::service {
namespace {

constexpr Duration kLongestAhead = 100ms;  ///< from now to a display, and from one to the next

}  // namespace

ShownHands::ShownHands(ipc::Published& published, const ShownHandParams& params)
    : published_(published),
      params_(params),
      states_(std::make_unique<std::array<ShownHandState, kHands>>()) {}

void ShownHands::let_go(Shown& shown) noexcept {
  if (shown.before != nullptr) shelf_.give_back(shown.before);
  if (shown.newest != nullptr) shelf_.give_back(shown.newest);
  shown.before = shown.newest = nullptr;
}

void ShownHands::add_body(BodyAdded added) {
  const BodySlot slot = added.slot;
  remove_body(slot);
  const Body* body = shelf_.add(std::move(added));
  if (body != nullptr) shown_[slot].body = body;
}

void ShownHands::remove_body(BodySlot slot) {
  if (slot >= kMaxBodies) return;
  let_go(shown_[slot]);
  shown_[slot] = {};
  shelf_.drop(shelf_.retire(slot));
}

void ShownHands::add_frame(const FrameArrived& said, HostTime t_arrived) noexcept {
  if (said.slot >= kMaxBodies) return;
  Shown& shown = shown_[said.slot];
  if (shown.newest != nullptr &&
      (shown.newest->said.epoch != said.epoch || shown.newest->said.carrier != said.carrier)) {
    let_go(shown);
  }
  const bool in_order = shown.newest == nullptr || shown.newest->said.t_shown < said.t_shown;
  SkinnedFrame* frame = in_order ? shelf_.skin(said, t_arrived) : nullptr;
  if (frame == nullptr) {
    ++refused_;
    return;
  }
  if (shown.before != nullptr) shelf_.give_back(shown.before);
  shown.before = std::exchange(shown.newest, frame);
}

bool ShownHands::has_bodies() const noexcept {
  return std::ranges::any_of(shown_, [](const Shown& shown) { return shown.body != nullptr; });
}

void ShownHands::solve(HostTime now) noexcept {
  ipc::PublishedState state;
  if (!has_bodies() || !published_.state.read(state)) return;
  HostTime t = now;
  std::array<BodyInterval, kMaxBodies> bodies{};
  for (std::size_t i = 0; i < kMaxBodies; ++i) {
    const auto& [body, before, newest] = shown_[i];
    if (body == nullptr || before == nullptr || body->client != state.focused_client) continue;
    const Duration interval = newest->said.t_shown - before->said.t_shown;
    const Duration ahead = newest->said.t_shown - now;
    if (interval > kLongestAhead || ahead > kLongestAhead || ahead < -kLongestAhead) continue;
    bodies[i] = {&body->model, &before->surface, &newest->surface, 1.0f, newest->said.carrier};
    t = std::max(t, newest->said.t_shown + interval);
  }
  if (t == now) return;
  std::array<HandPose, kHands> tracked{};
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    ipc::SharedHand shared;
    const bool is_known = ipc::hand_at(published_.hands[index(hand)], t, ipc::Parts::All, shared);
    if (is_known) tracked[index(hand)] = ipc::to_pose(shared, ipc::Parts::All);
  }
  place_carried(bodies, tracked);
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    ShownHandState& solved = (*states_)[index(hand)];
    static_cast<void>(rest_on_skin(solved, params_, tracked[index(hand)], bodies));
    published_.yields[index(hand)].write(
        {t, solved.tracked_before.t, solved.yield, solved.yield_before});
  }
}

}  // namespace tactus::service
