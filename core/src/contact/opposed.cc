#include "tactus/contact/opposed.h"

#include <algorithm>
#include <array>

#include "tactus/base/garment_layout.h"

namespace tactus {
namespace {

struct Sum {
  Vec3 force_world_N;
  float forces_N = 0;

  void add(const Contact& contact) {
    const float force_N = contact.presence * contact.force_N;
    force_world_N += force_N * contact.n_world;
    forces_N += force_N;
  }
  [[nodiscard]] float squeeze() const {
    return std::max(0.0f, 0.5f * (forces_N - length(force_world_N)));
  }
};

bool is_forearm(const Contact& contact) {
  return contact.actuator <= static_cast<std::uint8_t>(GarmentCell::ForearmNearWrist);
}

}  // namespace

bool is_trunk(Region region) noexcept {
  switch (region) {
    case Region::None:
    case Region::Hair:
    case Region::Neck:
    case Region::Shoulder:
    case Region::Arm:
    case Region::Chest:
    case Region::Back:
    case Region::Lap:
    case Region::Cloth:
      return true;
    default:
      return false;
  }
}

float grasp_force(Hand hand, std::span<const Contact> of_hands) noexcept {
  Sum sum;
  for (const Contact& contact : of_hands) {
    if (contact.hand == hand) sum.add(contact);
  }
  return sum.squeeze();
}

Region most_pressed(Hand hand, std::span<const Contact> of_hands) noexcept {
  std::array<float, kRegions> forces_N{};
  for (const Contact& contact : of_hands) {
    if (contact.hand == hand) {
      forces_N[static_cast<std::size_t>(contact.region)] += contact.presence * contact.force_N;
    }
  }
  const auto most = std::max_element(forces_N.begin(), forces_N.end());
  return *most > 0 ? static_cast<Region>(most - forces_N.begin()) : Region::None;
}

float hug_force(std::span<const Contact> of_hands, std::span<const Contact> of_wearer) noexcept {
  Sum all;
  std::array<Sum, kHands> arms;
  for (const Contact& contact : of_hands) {
    if (!is_trunk(contact.region)) continue;
    all.add(contact);
    arms[index(contact.hand)].add(contact);
  }
  for (const Contact& contact : of_wearer) {
    if (!is_trunk(contact.region)) continue;
    all.add(contact);
    if (is_forearm(contact)) arms[index(contact.hand)].add(contact);
  }
  return std::min({all.squeeze(), arms[0].forces_N, arms[1].forces_N});
}

}  // namespace tactus
