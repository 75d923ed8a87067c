// A client's end of the service's socket: greeting, the published memory, messages out and in.
//
// Made for the API layer, which lives in a stranger's process: nothing here blocks unless a time
// limit is given, raises a signal, starts a thread, throws, or trusts what comes in. Tools use it
// with time limits.
//
//   Clocks   time limits are real time.
//   Frames   none.
//   Units    milliseconds, bytes.
//   Errors   ConnectError names the remedy; a connection that broke says Gone from then on.
//   Threads  send() and published() from any thread; advance(), receive() from one at a time.
//   Proof    tests/ipc/connection_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "tactus/base/expected.h"
#include "tactus/ipc/messages.h"
#include "tactus/ipc/published.h"

namespace tactus::ipc {

/// Where the service listens.
struct ServicePath {
  std::array<char, 108> text{};  ///< as sockaddr_un holds it; empty: nowhere
  bool is_configured = false;    ///< the user named it, so a service is or will be there
};

/// $TACTUS_SOCKET, else $XDG_RUNTIME_DIR/tactus/service.sock, else /tmp/tactus-UID/service.sock.
/// Empty when it is too long.
[[nodiscard]] ServicePath find_service_path() noexcept;

/// Something is there, alive or not: asked without a socket.
[[nodiscard]] bool exists(const ServicePath& path) noexcept;

enum class ConnectError : std::uint8_t {
  NoPath,       ///< over 107 bytes: set a shorter TACTUS_SOCKET
  NoService,    ///< nobody listens there: start `tactus serve`
  Refused,      ///< the service hung up: see its log, most likely another release
  WrongLayout,  ///< its shared memory is another release's: restart the service after upgrading
  TimedOut,     ///< it listens but does not answer: see its log
  NoResources,  ///< out of descriptors or memory
};

/// One line that names cause and remedy.
[[nodiscard]] const char* describe(ConnectError error) noexcept;

enum class Transfer : std::uint8_t {
  Done,
  Later,  ///< would block: the message was not sent, or none has come
  Gone,   ///< the service is away; only closing is left
};

/// One packet as it came.
struct Packet {
  Kind kind{};
  std::uint32_t size = 0;  ///< of the body
  std::array<std::byte, kMaxPacketBytes> body;

  /// False when the body is not exactly a T.
  template <class T>
  [[nodiscard]] bool read(T& message) const noexcept {
    static_assert(kIsMessage<T>);
    if (size != sizeof(T)) return false;
    std::memcpy(&message, body.data(), sizeof(T));
    return true;
  }
};

class Connection {
 public:
  Connection() noexcept = default;  ///< not connected
  ~Connection();
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;

  /// Connects and says Hello without waiting; then call advance() until it is Done.
  [[nodiscard]] static Expected<Connection, ConnectError> begin(const ServicePath& path) noexcept;

  /// Takes the Welcome and maps the published memory: Later until it has come.
  [[nodiscard]] Expected<Transfer, ConnectError> advance() noexcept;

  /// begin and advance, waiting at most `timeout_ms`.
  [[nodiscard]] static Expected<Connection, ConnectError> open(const ServicePath& path,
                                                               int timeout_ms) noexcept;

  /// Null until advance() was Done; valid while the connection lives.
  [[nodiscard]] const Published* published() const noexcept { return published_; }
  [[nodiscard]] std::uint32_t client() const noexcept { return client_; }

  /// Sends Kind, `body`, `tail` as one packet, with the file `descriptor` (-1 none); never blocks.
  [[nodiscard]] Transfer send(Kind kind, std::span<const std::byte> body = {},
                              std::span<const std::byte> tail = {},
                              int descriptor = -1) const noexcept;
  template <class T>
  requires(!std::is_convertible_v<const T&, std::span<const std::byte>>) [[nodiscard]] Transfer
      send(Kind kind, const T& message, std::span<const std::byte> tail = {},
           int descriptor = -1) const noexcept {
    static_assert(kIsMessage<T>);
    return send(kind, std::as_bytes(std::span(&message, 1)), tail, descriptor);
  }

  /// The next packet; waits at most `timeout_ms` (0: not at all, -1: for ever). Only a Welcome
  /// brings a file; any that comes later is closed.
  [[nodiscard]] Transfer receive(Packet& packet, int timeout_ms = 0) const noexcept;

 private:
  [[nodiscard]] bool map(int descriptor) noexcept;

  int socket_ = -1;
  std::uint32_t client_ = 0;
  std::size_t mapped_bytes_ = 0;
  const Published* published_ = nullptr;
};

}  // namespace tactus::ipc
