#include "glove.h"

namespace tactus::layer {
namespace {

bool read_hand(const ipc::Published& published, Hand hand, HostTime t, ipc::Parts parts,
               ipc::SharedHand& shared) noexcept {
  if (!ipc::hand_at(published.hands[index(hand)], t, parts, shared)) return false;
  shared.head.hand = hand;  // whatever the memory says
  return true;
}

}  // namespace

HostTime now_of(const ipc::Published& published) noexcept {
  using Clock = std::chrono::steady_clock;
  ipc::PublishedState state;
  if (published.header.clock == ipc::ClockKind::Monotonic) {
    return HostTime(std::chrono::duration_cast<Duration>(Clock::now().time_since_epoch()));
  }
  return published.state.read(state) ? HostTime(Duration(state.heartbeat_ns)) : HostTime();
}

bool is_live(const ipc::Published& published, Hand hand, HostTime t, Duration lead) noexcept {
  ipc::PublishedState state;
  if (!published.state.read(state) || state.links[index(hand)].connected == 0) return false;
  return HostTime(Duration(state.heartbeat_ns)) >= t - kStaleAfter - lead;
}

bool is_glove_on(Instance& instance, Hand hand, XrTime time) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  return lease && instance.time_map.to_host(time, t) &&
         is_live(lease.published(), hand, t, instance.time_map.lead());
}

bool is_any_glove_on(Instance& instance, std::uint8_t hands) noexcept {
  const ServiceLink::Lease lease(instance.link);
  ipc::PublishedState state;
  if (!lease || !lease.published().state.read(state)) return false;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    if ((hands >> hand & 1) != 0 && state.links[hand].connected != 0) return true;
  }
  return false;
}

bool glove_hand_at(Instance& instance, Hand hand, XrTime time, ipc::Parts parts,
                   ipc::SharedHand& shared) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  if (!is_live(lease.published(), hand, t, instance.time_map.lead())) return false;
  return read_hand(lease.published(), hand, t, parts, shared);
}

bool glove_hand_now(Instance& instance, Hand hand, HandPose& pose) noexcept {
  const ServiceLink::Lease lease(instance.link);
  if (!lease) return false;
  const HostTime t = now_of(lease.published());
  ipc::SharedHand shared;
  if (!is_live(lease.published(), hand, t, {}) ||
      !read_hand(lease.published(), hand, t, ipc::Parts::Places, shared)) {
    return false;
  }
  pose = to_pose(shared, ipc::Parts::Places);
  return true;
}

void rest_on_skin(Instance& instance, XrTime time, float share, ipc::Parts parts,
                  ipc::SharedHand& shared) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!(share > 0) || !lease || !instance.time_map.to_host(time, t)) return;
  const HandYield yield = ipc::yield_at(lease.published().yields[index(shared.head.hand)], t);
  shared = ipc::to_shared(give_way(ipc::to_pose(shared, parts), mix({}, yield, share)));
}

}  // namespace tactus::layer
