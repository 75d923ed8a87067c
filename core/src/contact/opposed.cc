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

/// Of each part as much as others press against it, and no more than itself: F for two of F that oppose
/// each other, however each is divided into parts of one direction. Parts that are less than a right
/// angle apart do not, and what opposes nothing does not count.
float against_each_other(std::span<const Vec3> forces_N) {
  float held_N = 0;
  for (const Vec3& part_N : forces_N) {
    const float own_N = length(part_N);
    if (!(own_N > 0)) continue;
    float products = 0;
    for (const Vec3& other_N : forces_N) products += std::max(0.0f, -dot(part_N, other_N));
    held_N += 0.5f * std::min(own_N, products / own_N);
  }
  return held_N;
}

/// What of the wearer presses a trunk.
struct Embracing {
  std::array<Sum, kHands> hands, forearms;
  Sum chest;
  [[nodiscard]] float weaker_arm() const {
    return std::min(hands[0].forces_N + forearms[0].forces_N,
                    hands[1].forces_N + forearms[1].forces_N);
  }
};

Embracing embracing(std::span<const Contact> of_hands, std::span<const Contact> of_wearer) {
  Embracing parts;
  for (const Contact& contact : of_hands) {
    if (is_trunk(contact.region)) parts.hands[index(contact.hand)].add(contact);
  }
  for (const Contact& contact : of_wearer) {
    if (!is_trunk(contact.region)) continue;
    (is_forearm(contact) ? parts.forearms[index(contact.hand)] : parts.chest).add(contact);
  }
  return parts;
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

float grasp_force(Hand hand, std::uint8_t body, std::span<const Contact> of_hands) noexcept {
  Sum sum;
  InlineVector<Vec3, ContactSet::capacity()> forces_N;
  for (const Contact& contact : of_hands) {
    if (contact.hand != hand || contact.body != body) continue;
    sum.add(contact);
    static_cast<void>(forces_N.push_back(contact.presence * contact.force_N * contact.n_world));
  }
  return std::min(sum.squeeze(), against_each_other({forces_N.begin(), forces_N.end()}));
}

Region most_pressed(Hand hand, std::uint8_t body, std::span<const Contact> of_hands) noexcept {
  std::array<float, kRegions> forces_N{};
  for (const Contact& contact : of_hands) {
    if (contact.hand == hand && contact.body == body) {
      forces_N[static_cast<std::size_t>(contact.region)] += contact.presence * contact.force_N;
    }
  }
  const auto most = std::max_element(forces_N.begin(), forces_N.end());
  return *most > 0 ? static_cast<Region>(most - forces_N.begin()) : Region::None;
}

float hug_force(std::span<const Contact> of_hands, std::span<const Contact> of_wearer) noexcept {
  const Embracing parts = embracing(of_hands, of_wearer);
  const std::array<Vec3, 5> forces_N = {parts.hands[0].force_world_N, parts.hands[1].force_world_N,
                                        parts.forearms[0].force_world_N,
                                        parts.forearms[1].force_world_N, parts.chest.force_world_N};
  return std::min(against_each_other(forces_N), parts.weaker_arm());
}

float arms_force(std::span<const Contact> of_hands, std::span<const Contact> of_wearer) noexcept {
  return embracing(of_hands, of_wearer).weaker_arm();
}

}  // namespace tactus
