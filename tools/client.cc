#include "client.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>

#include "tactus/ipc/published.h"
#include "tactus/ipc/sealed_memory.h"
#include "tactus/service/server.h"

namespace tactus::tools {

Client::~Client() {
  if (socket_ >= 0) close(socket_);
}

bool Client::connect() {
  const std::string path = service::socket_path();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() < sizeof(address.sun_path)) {
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    socket_ = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  }
  if (socket_ < 0 ||
      ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    fmt::print(stderr, "tactus: no service answers at {}; start one with `tactus serve`\n", path);
    return false;
  }
  struct {
    ipc::Kind kind = ipc::Kind::Hello;
    ipc::Hello hello;
  } packet;
  packet.hello.layout_version = ipc::kLayoutVersion;
  std::string welcome;
  if (send_packet(&packet, sizeof(packet), -1) && await(ipc::Kind::Welcome, welcome, 1000)) {
    return true;
  }
  fmt::print(stderr, "tactus: the service at {} speaks another protocol; restart it\n", path);
  return false;
}

bool Client::send(ipc::Kind kind, int fd) { return send_packet(&kind, sizeof(kind), fd); }

bool Client::play(std::span<const std::byte> pattern) {
  const ipc::SealedMemory memory = ipc::SealedMemory::create(pattern);
  struct {
    ipc::Kind kind = ipc::Kind::Play;
    ipc::Play play;
  } packet;
  packet.play.bytes = static_cast<std::uint32_t>(pattern.size());
  std::string body;
  ipc::Done done;
  if (!memory || !send_packet(&packet, sizeof(packet), memory.descriptor()) ||
      !await(ipc::Kind::Done, body, 1000) || body.size() != sizeof(done)) {
    return false;
  }
  std::memcpy(&done, body.data(), sizeof(done));
  return done.ok != 0;
}

bool Client::send_packet(const void* packet, std::size_t size, int fd) {
  iovec part{const_cast<void*>(packet), size};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (fd >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &fd, sizeof(int));
  }
  return sendmsg(socket_, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
}

bool Client::await(ipc::Kind kind, std::string& body, int timeout_ms) {
  pollfd wait{socket_, POLLIN, 0};
  while (poll(&wait, 1, timeout_ms) > 0) {
    std::array<char, ipc::kMaxPacketBytes> packet;
    const ssize_t size = recv(socket_, packet.data(), packet.size(), 0);
    if (size < static_cast<ssize_t>(sizeof(ipc::Kind))) return false;
    ipc::Kind got{};
    std::memcpy(&got, packet.data(), sizeof(got));
    if (got != kind) continue;
    body.assign(packet.data() + sizeof(got), static_cast<std::size_t>(size) - sizeof(got));
    return true;
  }
  return false;
}

}  // namespace tactus::tools
