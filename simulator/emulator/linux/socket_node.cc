#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "tactus/drivers/transport/socket_device.h"
#include "tactus/simulator/device_node.h"

namespace tactus::simulator {
namespace {

constexpr int kQueueBytes = 64 * 1024;  // about as many reports as hidraw keeps
using Packet = std::array<std::uint8_t, 256>;

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy_n(path.begin(), std::min(path.size(), sizeof(address.sun_path) - 1), address.sun_path);
  return address;
}

/// A socket file that nobody listens on was left by an emulator that was killed.
bool is_left_over(const std::string& path) {
  const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(path);
  const bool refused =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0;
  close(fd);
  return refused;
}

bool is_same_user(int fd) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

bool make_private_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return chmod(folder.c_str(), 0700) == 0;
}

void send_on(int peer, SocketChannel channel, std::span<const std::uint8_t> report) {
  Packet packet;
  const std::size_t size = std::min(report.size(), packet.size() - 1);
  packet[0] = static_cast<std::uint8_t>(channel);
  std::copy_n(report.begin(), size, packet.begin() + 1);
  // A full queue drops the newest; a closed one is noticed by serve.
  (void)send(peer, packet.data(), 1 + size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace

Expected<std::unique_ptr<SocketNode>, NodeError> SocketNode::create(DeviceKind kind,
                                                                    const std::string& serial,
                                                                    NodeEvents events) {
  if (!make_private_folder(emulated_folder())) return Unexpected{NodeError::NoFolder};
  const std::string path = emulated_socket_path(kind, serial);
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return Unexpected{NodeError::NoFolder};
  if (std::filesystem::exists(path)) {
    if (!is_left_over(path)) return Unexpected{NodeError::InUse};
    unlink(path.c_str());
  }
  const int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const sockaddr_un address = address_of(path);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(listener, static_cast<int>(kReaders)) != 0) {
    close(listener);
    return Unexpected{NodeError::NoFolder};
  }
  return std::unique_ptr<SocketNode>(new SocketNode(listener, path, std::move(events)));
}

SocketNode::~SocketNode() {
  for (const int peer : peers_) close(peer);
  close(listener_);
  unlink(path_.c_str());
}

void SocketNode::send(std::span<const std::uint8_t> report) {
  for (const int peer : peers_) send_on(peer, SocketChannel::Input, report);
}

void SocketNode::serve(Duration timeout) {
  std::vector<pollfd> watched = {{listener_, POLLIN, 0}};
  for (const int peer : peers_) watched.push_back({peer, POLLIN, 0});
  const auto ns = std::max<std::int64_t>(timeout.count(), 0);
  const timespec wait{ns / 1'000'000'000, ns % 1'000'000'000};
  if (ppoll(watched.data(), watched.size(), &wait, nullptr) <= 0) return;
  for (std::size_t i = 1; i < watched.size(); ++i) {
    if (watched[i].revents == 0) continue;
    if (answer_one(watched[i].fd)) continue;
    std::erase(peers_, watched[i].fd);
    close(watched[i].fd);
  }
  if (watched[0].revents != 0) accept_one();
}

void SocketNode::accept_one() {
  const int peer = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (peer < 0) return;
  if (peers_.size() == kReaders || !is_same_user(peer)) {
    close(peer);
    return;
  }
  setsockopt(peer, SOL_SOCKET, SO_SNDBUF, &kQueueBytes, sizeof(kQueueBytes));
  peers_.push_back(peer);
}

bool SocketNode::answer_one(int peer) {
  Packet packet;
  const ssize_t got = recv(peer, packet.data(), packet.size(), MSG_DONTWAIT);
  if (got <= 0) return false;
  const auto bytes = std::span(packet).subspan(1, static_cast<std::size_t>(got - 1));
  switch (static_cast<SocketChannel>(packet[0])) {
    case SocketChannel::Output:
      events_.on_output(bytes);
      break;
    case SocketChannel::FeatureRequest: {
      if (bytes.empty()) return false;
      const std::size_t size = events_.on_feature(std::span(packet).subspan(1));
      send_on(peer, SocketChannel::FeatureReply, std::span(packet).subspan(1, size));
      break;
    }
    case SocketChannel::Input:
    case SocketChannel::FeatureReply:
      return false;  // a host has no business there
    default:
      return false;
  }
  return true;
}

}  // namespace tactus::simulator
