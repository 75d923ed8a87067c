// A tool's own end of the service's socket: ask one thing, wait for the answer.
//
//   Clocks   timeouts in real time.
//   Units    milliseconds.
//   Errors   connect says on stderr that no service answers, and how to start one.
//   Threads  one owner. Blocks.
//   Proof    tests/tools
#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "tactus/ipc/messages.h"

namespace tactus::tools {

class Client {
 public:
  /// False, and said on stderr, when there is no service.
  bool connect();
  ~Client();
  Client() = default;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends a message without a body, with `fd` attached if it is not -1.
  bool send(ipc::Kind kind, int fd = -1);

  /// Sends a message with its body.
  template <class T>
  bool send(ipc::Kind kind, const T& message) {
    struct {
      ipc::Kind kind;
      T message;
    } packet{kind, message};
    static_assert(ipc::kIsMessage<T> && sizeof(packet) == sizeof(kind) + sizeof(T));
    return send_packet(&packet, sizeof(packet), -1);
  }

  /// Plays a compiled pattern for as long as this client lives. False: refused, or no answer.
  bool play(std::span<const std::byte> pattern);

  /// Waits for a message of `kind`; its body goes to `body`. False: it did not come in time.
  bool await(ipc::Kind kind, std::string& body, int timeout_ms);

 private:
  bool send_packet(const void* packet, std::size_t size, int fd);
  int socket_ = -1;
};

}  // namespace tactus::tools
