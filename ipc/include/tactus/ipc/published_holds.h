// What the service publishes of touch beside the gloves' contacts: forearms and chest, the wearer's own
// hands on each other, and what is held.
//
//   Clocks   HostTime as nanoseconds of the service's clock. Frames: world.
//   Units    metres, m/s, newtons.
//   Errors   the memory is another process's: holds_in gives what is sound of it.
//   Threads  plain values; holds_in may be called from any thread of any process.
//   Proof    tests/ipc/published_holds_test.cc; tests/fuzz/published_fuzz.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/contact/hold.h"
#include "tactus/contact/own_hands.h"
#include "tactus/contact/query_wearer.h"
#include "tactus/ipc/cell.h"

namespace tactus::ipc {

/// Which of whose bodies a slot is: slots are the service's, numbers the client's own.
struct BodyName {
  std::uint32_t client = 0;  ///< 0: the slot is empty
  std::uint32_t body = 0;
};
using BodyNames = std::array<BodyName, kMaxBodies>;
static_assert(sizeof(BodyName) == 8);

/// A grasp or a hug.
struct PublishedHold {
  std::int64_t t_since_ns = 0;   ///< held: since when
  float force_N = 0;             ///< also before it counts as held
  float strength = 0;            ///< [0, 1]; eases to 0 when it ends
  Region region = Region::None;  ///< of a grasp: what it presses most
  std::uint8_t holds = 0;
  std::uint8_t body = kNoBody;  ///< of a grasp: whose slot
  std::uint8_t reserved[5] = {};
};
static_assert(sizeof(PublishedHold) == 24);

struct PublishedHolds {
  std::int64_t t_ns = 0;
  BodyNames bodies{};  ///< by slot, of all that follows
  WearerContactSet wearer;
  OwnContacts own;
  std::array<PublishedHold, kHands> grasps{};
  PublishedHold hug;
};
static_assert(std::is_trivially_copyable_v<PublishedHolds>);

[[nodiscard]] inline PublishedHold to_published(const Hold& hold, Region region,
                                                std::uint8_t body = kNoBody) noexcept {
  const std::uint8_t holds = hold.holds ? 1 : 0;
  return {hold.t_since.time_since_epoch().count(),
          hold.force_N,
          hold.strength,
          region,
          holds,
          body,
          {}};
}

/// A contact of some hand or side, at some part of some body or of the wearer, whose numbers are
/// finite.
[[nodiscard]] bool is_sound(const Contact& contact) noexcept;

/// Writes the newest. Contacts that are not sound are left out, and a hold that is not holds nothing.
/// False: nothing was published.
[[nodiscard]] bool holds_in(const Cell<PublishedHolds>& cell, PublishedHolds& holds) noexcept;

}  // namespace tactus::ipc
