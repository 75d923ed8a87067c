// The lines of a recording: the engine's whole ordered input, and what came out to compare with.
//
//   Clocks   HostTime of the call; ticks carry their own instant.
//   Units    bytes; plain structs, little endian.
//   Errors   a sink that refuses is counted by the sink.
//   Threads  plain values; the sink runs on the engine's thread and must be RT-safe there.
//   Proof    tests/service/replay_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/time.h"
#include "tactus/drivers/device.h"
#include "tactus/ipc/messages.h"
#include "tactus/sense/profile.h"

namespace tactus::service {

enum class Line : std::uint16_t {
  Connect,      ///< LoggedConnect
  Disconnect,   ///< LoggedSlot
  Profile,      ///< LoggedProfile
  Report,       ///< LoggedReport, cut to its size
  BodyPart,     ///< LoggedPart + bytes of a .tbody
  BodyGone,     ///< LoggedSlot
  Frame,        ///< LoggedFrame + poses
  Focus,        ///< LoggedFocus
  Allow,        ///< LoggedFlag: an Allowed
  Overflow,     ///< LoggedCount
  Snapshot,     ///< LoggedPart + bytes of EngineMemory (same binary only)
  Tick,         ///< LoggedTick: the engine ran, and this is what came out
  Output,       ///< LoggedReport: an output report
  PatternPart,  ///< LoggedPart + bytes of a compiled pattern; with the last it plays
  PatternGone,  ///< LoggedSlot
  Wearer,       ///< Wearer
  Haptic,       ///< LoggedHaptic + its floats
  WristSeen,    ///< LoggedWrist
  Sign,         ///< LoggedSign
  HeadSeen,     ///< LoggedHead
  Step,         ///< LoggedCount
  WearerBody,   ///< BodyProfile
  Trackers,     ///< TrackerPlaces
  WearerFeel,   ///< FeelProfile
};
inline constexpr std::size_t kLines = 24;

/// Topic and layout of each line, as a recording declares them.
struct LineName {
  std::string_view topic;
  std::string_view layout;
};
extern const std::array<LineName, kLines> kLineNames;

inline constexpr std::size_t kPartBytes = 3584;  ///< of a body or a snapshot in one line
inline constexpr std::size_t kMaxLineBytes = 4096;

/// Plain memory as a line takes it.
[[nodiscard]] inline std::span<const std::uint8_t> bytes_of(const void* data, std::size_t size) {
  return {static_cast<const std::uint8_t*>(data), size};
}

struct LoggedConnect {
  std::uint16_t slot = 0;
  DeviceKind kind = DeviceKind::Tg1;
  Hand hand = Hand::Left;
  Transport transport = Transport::Usb;
  std::array<std::uint8_t, 3> reserved{};
  HandProfile profile;
};
struct LoggedSlot {
  std::uint32_t slot = 0;
};
struct LoggedProfile {
  std::uint32_t hand = 0;
  HandProfile profile;
};
struct LoggedReport {
  std::int64_t t_arrived_ns = 0;
  std::uint16_t slot = 0;
  std::uint16_t size = 0;
  std::array<std::uint8_t, kReportBytes> bytes{};
};
struct LoggedPart {
  std::uint32_t slot = 0;
  std::uint32_t client = 0;
  std::uint32_t offset = 0;
  std::uint32_t total = 0;
};
struct LoggedFrame {
  std::int64_t t_arrived_ns = 0;
  std::int64_t t_shown_ns = 0;
  std::uint32_t slot = 0;
  std::uint32_t epoch = 0;
  std::uint32_t bone_count = 0;
  std::uint32_t carrier = 0;  ///< bits of contact/carrier.h
};
struct LoggedFocus {
  std::uint32_t client = 0;
  std::uint32_t focused = 0;
};
struct LoggedSign {
  std::uint32_t client = 0;
};
struct LoggedHaptic {
  std::uint32_t client = 0;
  std::uint32_t reserved = 0;
  ipc::Haptic said;
};
struct LoggedWrist {
  std::uint32_t client = 0;
  std::uint32_t hand = 0;
  std::uint32_t source = 0;  ///< a WristSource
  std::uint32_t tracked = 0;
  std::int64_t t_ns = 0;
  Pose T_world_seen;
  std::uint32_t reserved = 0;
};
struct LoggedHead {
  std::uint32_t client = 0;
  std::uint32_t tracked = 0;
  std::int64_t t_ns = 0;
  Pose T_world_head;
  Vec3 v_world_head;
  Vec3 omega_world_head;
  std::uint32_t reserved = 0;
};
struct LoggedFlag {
  std::uint32_t value = 0;
};
struct LoggedCount {
  std::uint64_t value = 0;
};
struct LoggedTick {
  std::int64_t now_ns = 0;
  std::uint32_t contacts = 0;
  std::uint32_t crc = 0;  ///< of both tactile frames' waveforms
};

/// Where lines go. An empty one writes nothing.
struct Log {
  using Sink = void (*)(void* context, Line line, HostTime t, std::span<const std::uint8_t> head,
                        std::span<const std::uint8_t> tail);
  Sink sink = nullptr;
  void* context = nullptr;

  template <class Head>
  void write(Line line, HostTime t, const Head& head,
             std::span<const std::uint8_t> tail = {}) const noexcept {
    static_assert(std::is_trivially_copyable_v<Head>);
    if (sink == nullptr) return;
    sink(context, line, t, {reinterpret_cast<const std::uint8_t*>(&head), sizeof(Head)}, tail);
  }
};

}  // namespace tactus::service
