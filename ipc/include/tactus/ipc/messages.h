// What applications and tools say to the service: datagrams of a SOCK_SEQPACKET Unix socket.
//
// $XDG_RUNTIME_DIR/tactus/service.sock (or $TACTUS_SOCKET), directory 0700, same user by peer
// credentials. One message is one packet: Kind, then its struct, then its tail. Everything is
// validated as a stranger's. Bulk data comes as a sealed memory file beside the packet.
//
//   Clocks   nanoseconds of the service's clock.
//   Frames   world.
//   Units    SI.
//   Errors   a packet that is malformed or over a cap is counted and dropped; a client that keeps
//            on is disconnected.
//   Threads  plain values.
//   Proof    tests/service/server_test.cc, tests/fuzz/message_fuzz.cc
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"

namespace tactus::ipc {

inline constexpr std::uint32_t kProtocolVersion = 4;
inline constexpr std::size_t kMaxBones = 128;
inline constexpr std::size_t kMaxBodiesPerClient = 8;
inline constexpr std::size_t kMaxBodyBytes = 64u << 20;
inline constexpr std::size_t kMaxPatternBytes = 1u << 20;
inline constexpr std::size_t kMaxPacketBytes = 8192;
inline constexpr std::size_t kMaxHapticPoints = 512;
inline constexpr int kHapticRate_Hz = 8000;
inline constexpr float kLeastHaptic_Hz = 30, kMostHaptic_Hz = 500;  ///< what gloves can play

enum class Kind : std::uint32_t {
  Hello = 1,        ///< Hello → Welcome, with the published memory file attached
  CreateBody = 2,   ///< CreateBody + sealed memory file → BodyCreated
  DestroyBody = 3,  ///< DestroyBody
  BodyFrame = 4,    ///< BodyFrame + bone_count × Pose
  Focus = 5,        ///< Focus: only the focused session drives actuators
  Stop = 6,         ///< silence now; Resume ends it
  Resume = 7,
  Record = 8,        ///< Record + a file descriptor to write MCAP to → Done when it has begun
  EndRecord = 9,     ///< → Done when the file is complete
  ListDevices = 10,  ///< → Text
  Haptic = 11,       ///< Haptic + count × float: what a whole hand plays
  Play = 12,         ///< Play + sealed memory file → Done when it has begun; ends with the client
  Soften = 13,       ///< half as strong; Resume ends it
  Pause = 14,        ///< silence after a gentle fade; Resume ends it
  Alive = 15,        ///< an application goes on: what it plays ends soon after the last of these
  WristSeen = 16,    ///< WristSeen: where the runtime sees a wrist; of the focused session alone
  HeadSeen = 17,     ///< HeadSeen: likewise the headset
  Pulse = 18,        ///< + a memory file of a Pulse: another sign of life whenever that beats
  EndPlay = 20,      ///< what the client plays ends
  Step = 21,         ///< Step → Done: the facilitator's place in the session
  Welcome = 100,
  BodyCreated = 101,
  Done = 102,
  Text = 103,  ///< UTF-8 tail
};

struct Hello {
  std::uint32_t protocol_version = kProtocolVersion;
  std::uint32_t layout_version = 0;  ///< of published.h, as the client was built
};

struct Welcome {
  std::uint32_t client = 0;
  std::uint32_t published_bytes = 0;
};

struct CreateBody {
  std::uint32_t body = 0;   ///< the client's own number, unique among its bodies
  std::uint32_t bytes = 0;  ///< of the baked data in the attached memory file
};

/// One compiled pattern (core/include/tactus/touch/pattern.h) a client; another takes its place.
struct Play {
  std::uint32_t bytes = 0;  ///< of the pattern in the attached memory file
  std::uint32_t reserved = 0;
};

struct Step {
  std::uint32_t number = 0;
};

enum class BodyResult : std::uint32_t { Ok, Invalid, TooMany, NoFile };

struct BodyCreated {
  std::uint32_t body = 0;
  BodyResult result = BodyResult::Ok;
};

struct DestroyBody {
  std::uint32_t body = 0;
};

struct BodyFrame {
  std::uint32_t body = 0;
  std::uint32_t epoch = 0;       ///< of the session's world; a change is never interpolated across
  std::int64_t t_shown_ns = 0;   ///< when these poses will be on the display
  std::uint32_t bone_count = 0;  ///< Poses that follow: T_world_bone, or of what carries it
  std::uint32_t carrier = 0;     ///< bits of contact/carrier.h; 0: the world
};

enum class HapticForm : std::uint32_t {
  Stop,
  Tone,      ///< amplitude, frequency_Hz, duration_ns
  Envelope,  ///< the floats are amplitudes, spread evenly over duration_ns; at frequency_Hz
  Samples,   ///< the floats are drive at kHapticRate_Hz, [-1, 1]
  // A curve begins with amplitudes that do not append; all else appends. Times are seconds after
  // its beginning and do not go back.
  Amplitudes,   ///< the floats are pairs of time and amplitude; the last holds for duration_ns
  Frequencies,  ///< pairs of time and Hz
  Clicks,       ///< triples of time, amplitude and Hz
};

/// Only the focused client's is played; it replaces what plays.
struct Haptic {
  std::uint32_t hands = 0;  ///< bit 0 left, bit 1 right
  HapticForm form = HapticForm::Stop;
  std::uint32_t append = 0;  ///< Samples, curves: after what still waits, instead of replacing
  std::uint32_t count = 0;   ///< floats that follow, at most kMaxHapticPoints
  float amplitude = 0;       ///< [0, 1]
  float frequency_Hz = 0;    ///< 0: whatever is felt best
  std::int64_t duration_ns = 0;
};

enum class SeenAs : std::uint32_t { Controller = 2, Hand = 3 };

/// For a glove that has no tracker of its own. Times are past: nothing predicted.
struct WristSeen {
  std::uint32_t hand = 0;  ///< 0 left, 1 right
  SeenAs as = SeenAs::Hand;
  std::int64_t t_ns = 0;
  std::uint32_t tracked = 0;
  Pose T_world_seen;  ///< the grip of a controller, or the wrist joint
};

/// At a past time too; at rest where the runtime does not say how it moves.
struct HeadSeen {
  std::int64_t t_ns = 0;
  std::uint32_t tracked = 0;
  Pose T_world_head;  ///< between the eyes
  Vec3 v_world_head;
  Vec3 omega_world_head;
  std::uint32_t reserved = 0;
};

struct Focus {
  std::uint32_t focused = 0;
};

struct Done {
  std::uint32_t ok = 0;
};

template <class T>
inline constexpr bool kIsMessage = std::is_trivially_copyable_v<T>;
static_assert(sizeof(Hello) == 8 && sizeof(Welcome) == 8 && sizeof(CreateBody) == 8);
static_assert(sizeof(Play) == 8 && sizeof(Step) == 4 && sizeof(WristSeen) == 48 &&
              sizeof(HeadSeen) == 72);
static_assert(sizeof(BodyCreated) == 8 && sizeof(DestroyBody) == 4 && sizeof(BodyFrame) == 24);
static_assert(sizeof(Haptic) == 32 &&
              sizeof(Haptic) + sizeof(Kind) + kMaxHapticPoints * sizeof(float) <= kMaxPacketBytes);
static_assert(sizeof(BodyFrame) + sizeof(Kind) + kMaxBones * sizeof(Pose) <= kMaxPacketBytes);

}  // namespace tactus::ipc
