// What the service publishes to every application: one sealed memory file, mapped read-only.
//
// The service alone writes. Nothing an application does can reach this memory.
//
//   Clocks   HostTime as nanoseconds of the service's clock (`header.clock` says which).
//   Frames   world: the service's own, fixed for its life.
//   Units    SI.
//   Errors   a mapping whose header does not match this layout is refused by `is_compatible`.
//   Threads  one writer of each cell (the engine, but for the yields), any number of readers in any
//            process. No locks, no calls.
//   Proof    tests/ipc/published_test.cc (ThreadSanitizer)
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tactus/base/allowed.h"
#include "tactus/base/glove_layout.h"
#include "tactus/contact/contact.h"
#include "tactus/ipc/body_history.h"
#include "tactus/ipc/cell.h"
#include "tactus/ipc/hand_history.h"
#include "tactus/ipc/published_holds.h"
#include "tactus/ipc/shown_yield.h"
#include "tactus/ipc/tracker_history.h"

namespace tactus::ipc {

inline constexpr std::uint32_t kMagic = 0x54435401;  ///< "TCT", 1
/// Raised on any change of this file's structs.
inline constexpr std::uint32_t kLayoutVersion = 11;

enum class ClockKind : std::uint32_t { Monotonic = 0, Virtual = 1 };

struct Header {
  std::uint32_t magic = kMagic;
  std::uint32_t layout_version = kLayoutVersion;
  std::uint32_t total_bytes = 0;  ///< sizeof(Published) of the writer
  ClockKind clock = ClockKind::Monotonic;
};

/// What applications may know of one glove's link.
struct LinkHealth {
  std::uint8_t connected = 0;
  std::uint8_t tracker_connected = 0;
  std::uint8_t battery_percent = 0;
  std::uint8_t reserved = 0;
  std::uint32_t reports_in = 0;
  std::uint32_t reports_dropped = 0;  ///< sequence gaps + overflows + discarded for age
  std::uint32_t latency_us = 0;       ///< report arrival to published pose, last second's worst
  std::array<float, kGloveTouches>
      touch_kPa{};  ///< of the newest report, in glove_layout.h's order
};

struct PublishedContacts {
  std::int64_t t_ns = 0;
  BodyNames bodies{};  ///< by slot
  ContactSet contacts;
};

struct PublishedState {
  std::int64_t heartbeat_ns = 0;  ///< service clock at the last tick; older than 100 ms: it is dead
  Allowed allowed = Allowed::Full;
  std::uint8_t hangs = 0;  ///< the focused application gives no sign of life: its effects ended
  std::uint32_t step = 0;  ///< of the session, as its facilitator counts
  std::uint32_t focused_client = 0;  ///< 0: none
  LinkHealth links[kHands];
};

struct Published {
  Header header;
  std::array<HandHistory, kHands> hands;
  BodyHistory body;
  Cell<BodyProportions> proportions;  ///< of the wearer; BodyPose counts their changes
  Cell<PublishedContacts> contacts;
  Cell<PublishedHolds> holds;
  Cell<PublishedState> state;
  std::array<Cell<ShownYield>, kHands> yields;  ///< written by who solves them, not by the engine
  std::array<TrackerHistory, kMaxTrackers> trackers;
};

[[nodiscard]] inline bool is_compatible(const Published& p, std::size_t mapped_bytes) noexcept {
  return mapped_bytes >= sizeof(Published) && p.header.magic == kMagic &&
         p.header.layout_version == kLayoutVersion && p.header.total_bytes == sizeof(Published);
}

/// Adds a pose to its hand's history.
inline void publish(Published& published, const HandPose& pose) noexcept {
  publish(published.hands[index(pose.hand)], pose);
}
inline void publish(Published& published, const BodyPose& pose) noexcept {
  publish(published.body, pose);
}

}  // namespace tactus::ipc
