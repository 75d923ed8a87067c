// The service's socket: accepts applications and tools, validates what they say, turns it into
// events. It decides nothing about touch.
//
// Everything that arrives is a stranger's: sizes, counts, numbers and rates are checked here, and
// what passes is plain data. A client that keeps sending what does not fit is disconnected.
//
//   Clocks   times inside events are HostTime as the client believes it.
//   Frames   world.
//   Units    SI.
//   Errors   listening fails with a reason; afterwards malformed packets are counted and dropped.
//   Threads  one owner thread calls everything. Allocates.
//   Proof    tests/service/server_test.cc; tests/fuzz/message_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/base/time.h"
#include "tactus/contact/query.h"
#include "tactus/ipc/messages.h"
#include "tactus/pipeline.h"
#include "tactus/service/haptic.h"

namespace tactus::service {

inline constexpr std::size_t kMaxClients = 16;
inline constexpr std::size_t kMaxBodies = tactus::kMaxBodies;
inline constexpr std::uint32_t kMaxBadPackets = 100;  ///< of one client, then it is disconnected
inline constexpr int kMostPacketsAtOnce = 32;  ///< of one client in one poll: the others' turn then

using BodySlot = std::uint16_t;     ///< index below kMaxBodies
using PatternSlot = std::uint16_t;  ///< index below kMaxPatterns

struct BodyAdded {
  BodySlot slot;
  std::uint32_t client;
  std::vector<std::byte> bytes;  ///< a whole .tbody that view_body accepts
  std::uint32_t number = 0;      ///< the client's own
};
struct BodyRemoved {
  BodySlot slot;
};
struct FrameArrived {
  BodySlot slot = 0;
  std::uint32_t epoch = 0;
  HostTime t_shown;
  std::uint32_t bone_count = 0;
  Carrier carrier;  ///< whose frame `T_world_bone` is in, if not the world
  std::array<Pose, ipc::kMaxBones> T_world_bone;
};
struct FocusChanged {
  std::uint32_t client;
  bool focused;
};
struct HapticAsked {
  std::uint32_t client = 0;
  HapticEffect effect;
};
/// An application goes on.
struct SignOfLife {
  std::uint32_t client;
};
/// Where a runtime sees a wrist, and the headset, at a time that is past.
struct WristTold {
  std::uint32_t client;
  SeenWrist seen;
};
struct HeadTold {
  std::uint32_t client;
  SeenHead seen;
};
struct AllowedChanged {
  Allowed allowed;
};
/// A tool wants a recording written to `fd`, which is the receiver's to close; -1 ends it.
struct RecordChanged {
  std::uint32_t client;
  int fd;
};
/// A checked pattern to play from now on; what stood in the slot ends.
struct PatternAdded {
  PatternSlot slot;
  std::uint32_t client;
  std::vector<std::byte> bytes;  ///< that view_pattern accepts
};
struct PatternRemoved {
  PatternSlot slot;
};
/// The facilitator goes on to another step of the session.
struct StepChanged {
  std::uint32_t number;
};
struct DevicesAsked {
  std::uint32_t client;
};
using Event = std::variant<BodyAdded, BodyRemoved, FrameArrived, FocusChanged, SignOfLife,
                           WristTold, HeadTold, HapticAsked, PatternAdded, PatternRemoved,
                           AllowedChanged, StepChanged, RecordChanged, DevicesAsked>;

enum class ListenError : std::uint8_t {
  NoDirectory,  ///< the folder cannot be made: check $XDG_RUNTIME_DIR and its permissions
  InUse,        ///< another service answers there: stop it, or set $TACTUS_SOCKET
  PathTooLong,  ///< over 107 bytes: set a shorter $TACTUS_SOCKET
  Refused,      ///< the system refused the socket
};

/// One line with cause and remedy.
[[nodiscard]] const char* describe(ListenError error) noexcept;

/// $TACTUS_SOCKET, or $XDG_RUNTIME_DIR/tactus/service.sock, or /tmp/tactus-UID/service.sock.
[[nodiscard]] std::string socket_path();

class Server {
 public:
  static Expected<std::unique_ptr<Server>, ListenError> listen(const std::string& path,
                                                               int published_fd);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Waits at most `timeout` for something to arrive and appends what it means to `events`: a few
  /// packets of each client, however many one sends. Whose pulse has beaten gives a sign of life.
  void poll(Duration timeout, std::vector<Event>& events);

  void send_text(std::uint32_t client, const std::string& text);
  void send_done(std::uint32_t client, bool ok);

  [[nodiscard]] std::size_t client_count() const noexcept { return clients_.size(); }
  [[nodiscard]] std::uint64_t bad_packets() const noexcept { return bad_packets_; }

 private:
  struct Client;
  explicit Server(std::string path, int listener, int published_fd);
  void accept_client();
  bool receive(Client& client, std::vector<Event>& events);
  bool understand(Client& client, std::span<const std::byte> packet, int fd,
                  std::vector<Event>& events);
  bool add_body(Client& client, const ipc::CreateBody& message, int fd, std::vector<Event>& events);
  bool add_pattern(const Client& client, const ipc::Play& message, int fd,
                   std::vector<Event>& events);
  void end_patterns(std::uint32_t client, std::vector<Event>& events);
  bool add_frame(const Client& client, const ipc::BodyFrame& message,
                 std::span<const std::byte> tail, std::vector<Event>& events);
  void forget(Client& client, std::vector<Event>& events);
  Client* find(std::uint32_t id);

  struct Slot {
    std::uint32_t client = 0;  ///< 0: free
    std::uint32_t body = 0;
    std::uint32_t bone_count = 0;
  };
  std::string path_;
  int listener_;
  int published_fd_;
  std::uint32_t next_client_ = 1;
  std::uint64_t bad_packets_ = 0;
  std::vector<std::unique_ptr<Client>> clients_;
  std::array<Slot, kMaxBodies> slots_{};
  std::array<std::uint32_t, kMaxPatterns> pattern_clients_{};  ///< by slot; 0: free
};

}  // namespace tactus::service
