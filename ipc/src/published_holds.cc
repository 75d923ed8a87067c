#include "tactus/ipc/published_holds.h"

#include <cmath>

namespace tactus::ipc {
namespace {

bool is_known(Region region) noexcept { return static_cast<std::size_t>(region) < kRegions; }

bool is_known(std::uint8_t body) noexcept { return body < kMaxBodies || body == kNoBody; }

template <std::size_t N>
InlineVector<Contact, N> sound(const InlineVector<Contact, N>& said,
                               std::size_t actuators) noexcept {
  InlineVector<Contact, N> contacts;
  if (said.size() > N) return contacts;
  for (const Contact& contact : said) {
    if (is_sound(contact) && contact.actuator < actuators) (void)contacts.push_back(contact);
  }
  return contacts;
}

PublishedHold sound(const PublishedHold& said) noexcept {
  const bool is_right = said.holds <= 1 && is_known(said.region) && is_known(said.body) &&
                        std::isfinite(said.force_N) && said.force_N >= 0 && said.strength >= 0 &&
                        said.strength <= 1;
  return is_right ? said : PublishedHold{};
}

}  // namespace

bool is_sound(const Contact& contact) noexcept {
  return index(contact.hand) < kHands && is_known(contact.region) && is_known(contact.body) &&
         is_finite(contact.p_world) && is_finite(contact.n_world) &&
         is_finite(contact.v_slip_world) && std::isfinite(contact.depth_m) &&
         std::isfinite(contact.force_N);
}

bool holds_in(const Cell<PublishedHolds>& cell, PublishedHolds& holds) noexcept {
  PublishedHolds said;
  if (!cell.read(said)) return false;
  holds.t_ns = said.t_ns;
  holds.bodies = said.bodies;
  holds.wearer = sound(said.wearer, kGarmentActuators);
  holds.own = sound(said.own, kPatches);
  for (std::size_t hand = 0; hand < kHands; ++hand) holds.grasps[hand] = sound(said.grasps[hand]);
  holds.hug = sound(said.hug);
  return true;
}

}  // namespace tactus::ipc
