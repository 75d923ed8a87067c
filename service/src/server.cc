#include "tactus/service/server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "bulk_memory.h"
#include "tactus/contact/body.h"
#include "tactus/ipc/published.h"
#include "tactus/ipc/pulse.h"

namespace tactus::service {
namespace {

template <class T>
bool take(std::span<const std::byte>& packet, T& value) {
  if (packet.size() < sizeof(T)) return false;
  std::memcpy(&value, packet.data(), sizeof(T));
  packet = packet.subspan(sizeof(T));
  return true;
}

template <class T>
void send_message(int socket, ipc::Kind kind, const T& body, int fd = -1) {
  std::byte packet[sizeof(kind) + sizeof(T)];
  std::memcpy(packet, &kind, sizeof(kind));
  std::memcpy(packet + sizeof(kind), &body, sizeof(T));
  iovec part{packet, sizeof(packet)};
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
  sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool same_user(int socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == getuid();
}

Allowed allowed_by(ipc::Kind kind) {
  switch (kind) {
    case ipc::Kind::Resume:
      return Allowed::Full;
    case ipc::Kind::Soften:
      return Allowed::Soft;
    case ipc::Kind::Pause:
      return Allowed::Paused;
    default:
      return Allowed::Stopped;
  }
}

/// A socket file that nobody answers is a dead service's: it may be replaced.
bool is_answered(const sockaddr_un& address) {
  const int probe = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const bool answered =
      connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(probe);
  return answered;
}

}  // namespace

struct Server::Client {
  int socket = -1;
  std::uint32_t id = 0;
  std::uint32_t bad_packets = 0;
  bool greeted = false;
  bool focused = false;
  bool recording = false;
  ipc::SeenPulse pulse;
};

const char* describe(ListenError error) noexcept {
  switch (error) {
    case ListenError::NoDirectory:
      return "the socket's folder cannot be made; check $XDG_RUNTIME_DIR and its permissions";
    case ListenError::InUse:
      return "another service answers there; stop it, or set $TACTUS_SOCKET to another path";
    case ListenError::PathTooLong:
      return "the socket's path is over 107 bytes; set a shorter $TACTUS_SOCKET";
    case ListenError::Refused:
      return "the system refused the socket; check the folder's permissions";
  }
  return "unknown error";
}

std::string socket_path() {
  if (const char* path = std::getenv("TACTUS_SOCKET")) return path;
  if (const char* folder = std::getenv("XDG_RUNTIME_DIR")) {
    return fmt::format("{}/tactus/service.sock", folder);
  }
  return fmt::format("/tmp/tactus-{}/service.sock", getuid());
}

Expected<std::unique_ptr<Server>, ListenError> Server::listen(const std::string& path,
                                                              int published_fd) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return Unexpected{ListenError::PathTooLong};
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);

  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  struct stat status {};
  if (stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return Unexpected{ListenError::NoDirectory};
  }
  if (status.st_uid == getuid() && folder.filename().string().starts_with("tactus")) {
    chmod(folder.c_str(), 0700);
  }
  if (is_answered(address)) return Unexpected{ListenError::InUse};
  unlink(path.c_str());
  const int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return Unexpected{ListenError::Refused};
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      chmod(path.c_str(), 0600) != 0 || ::listen(listener, 8) != 0) {
    close(listener);
    return Unexpected{ListenError::Refused};
  }
  return std::unique_ptr<Server>(new Server(path, listener, published_fd));
}

Server::Server(std::string path, int listener, int published_fd)
    : path_(std::move(path)), listener_(listener), published_fd_(published_fd) {}

Server::~Server() {
  for (const auto& client : clients_) close(client->socket);
  close(listener_);
  unlink(path_.c_str());
}

void Server::accept_client() {
  const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket < 0) return;
  if (clients_.size() >= kMaxClients || !same_user(socket)) {
    close(socket);
    return;
  }
  auto client = std::make_unique<Client>();
  client->socket = socket;
  client->id = next_client_++;
  clients_.push_back(std::move(client));
}

void Server::poll(Duration timeout, std::vector<Event>& events) {
  std::array<pollfd, kMaxClients + 1> waits{};
  waits[0] = {listener_, POLLIN, 0};
  const std::size_t count = clients_.size();
  for (std::size_t i = 0; i < count; ++i) waits[i + 1] = {clients_[i]->socket, POLLIN, 0};
  const timespec wait{timeout / 1s, (timeout % 1s).count()};
  const bool has_come = ppoll(waits.data(), count + 1, &wait, nullptr) > 0;
  for (const auto& client : clients_) {
    if (client->pulse.has_beaten()) events.emplace_back(SignOfLife{client->id});
  }
  if (!has_come) return;

  for (std::size_t i = 0; i < count; ++i) {
    if (waits[i + 1].revents == 0) continue;
    for (int n = 0; n < kMostPacketsAtOnce && receive(*clients_[i], events); ++n) {
    }
  }
  std::erase_if(clients_, [](const auto& client) { return client->socket < 0; });
  if ((waits[0].revents & POLLIN) != 0) accept_client();
}

/// Reads one packet. False when there is none, or the client is gone.
bool Server::receive(Client& client, std::vector<Event>& events) {
  alignas(8) std::array<std::byte, ipc::kMaxPacketBytes> packet;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  iovec part{packet.data(), packet.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  const ssize_t size = recvmsg(client.socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (size <= 0) {
    forget(client, events);
    return false;
  }
  int fd = -1;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN(sizeof(int))) {
    std::memcpy(&fd, CMSG_DATA(header), sizeof(int));
  }
  const bool whole = (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0;
  if (whole &&
      understand(client, std::span(packet).first(static_cast<std::size_t>(size)), fd, events)) {
    return true;
  }
  if (fd >= 0) close(fd);
  ++bad_packets_;
  if (++client.bad_packets > kMaxBadPackets) {
    forget(client, events);
    return false;
  }
  return true;
}

/// Takes `fd` over when it returns true.
bool Server::understand(Client& client, std::span<const std::byte> packet, int fd,
                        std::vector<Event>& events) {
  ipc::Kind kind{};
  if (!take(packet, kind)) return false;
  if (!client.greeted && kind != ipc::Kind::Hello) return false;
  const bool takes_file = kind == ipc::Kind::CreateBody || kind == ipc::Kind::Record ||
                          kind == ipc::Kind::Play || kind == ipc::Kind::Pulse;
  if (fd >= 0 && !takes_file) return false;
  switch (kind) {
    case ipc::Kind::Hello: {
      ipc::Hello hello;
      if (!take(packet, hello) || hello.protocol_version != ipc::kProtocolVersion) return false;
      client.greeted = true;
      send_message(client.socket, ipc::Kind::Welcome,
                   ipc::Welcome{client.id, sizeof(ipc::Published)}, published_fd_);
      return true;
    }
    case ipc::Kind::CreateBody: {
      ipc::CreateBody create;
      return take(packet, create) && add_body(client, create, fd, events);
    }
    case ipc::Kind::DestroyBody: {
      ipc::DestroyBody destroy;
      if (!take(packet, destroy)) return false;
      for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].client != client.id || slots_[i].body != destroy.body) continue;
        slots_[i] = {};
        events.emplace_back(BodyRemoved{static_cast<BodySlot>(i)});
        return true;
      }
      return false;
    }
    case ipc::Kind::BodyFrame: {
      ipc::BodyFrame frame;
      return take(packet, frame) && add_frame(client, frame, packet, events);
    }
    case ipc::Kind::Focus: {
      ipc::Focus focus;
      if (!take(packet, focus)) return false;
      client.focused = focus.focused != 0;
      events.emplace_back(FocusChanged{client.id, client.focused});
      return true;
    }
    case ipc::Kind::Alive:
      events.emplace_back(SignOfLife{client.id});
      return true;
    case ipc::Kind::WristSeen: {
      ipc::WristSeen said;
      if (!take(packet, said) || said.hand >= kHands || !is_valid(said.T_world_seen)) return false;
      if (said.as != ipc::SeenAs::Controller && said.as != ipc::SeenAs::Hand) return false;
      events.emplace_back(
          WristTold{client.id,
                    {HostTime(Duration(said.t_ns)), static_cast<Hand>(said.hand),
                     static_cast<WristSource>(said.as), said.tracked != 0, said.T_world_seen}});
      return true;
    }
    case ipc::Kind::HeadSeen: {
      ipc::HeadSeen said;
      if (!take(packet, said) || !is_valid(said.T_world_head) || !is_finite(said.v_world_head) ||
          !is_finite(said.omega_world_head)) {
        return false;
      }
      events.emplace_back(HeadTold{client.id,
                                   {HostTime(Duration(said.t_ns)), said.tracked != 0,
                                    said.T_world_head, said.v_world_head, said.omega_world_head}});
      return true;
    }
    case ipc::Kind::Haptic: {
      HapticAsked asked{client.id, {}};
      ipc::Haptic& said = asked.effect.said;
      if (!take(packet, said) || said.count > asked.effect.points.size() ||
          packet.size() != said.count * sizeof(float)) {
        return false;
      }
      std::memcpy(asked.effect.points.data(), packet.data(), packet.size());
      if (!is_sound(asked.effect)) return false;
      events.emplace_back(asked);
      return true;
    }
    case ipc::Kind::Stop:
    case ipc::Kind::Resume:
    case ipc::Kind::Soften:
    case ipc::Kind::Pause:
      events.emplace_back(AllowedChanged{allowed_by(kind)});
      send_message(client.socket, ipc::Kind::Done, ipc::Done{1});
      return true;
    case ipc::Kind::Step: {
      ipc::Step step;
      if (!take(packet, step)) return false;
      events.emplace_back(StepChanged{step.number});
      send_message(client.socket, ipc::Kind::Done, ipc::Done{1});
      return true;
    }
    case ipc::Kind::Pulse:
      if (fd < 0 || client.pulse) return false;
      client.pulse = ipc::SeenPulse::open(fd);
      if (!client.pulse) return false;
      close(fd);
      return true;
    case ipc::Kind::EndPlay:
      end_patterns(client.id, events);
      return true;
    case ipc::Kind::Record:
      if (fd < 0) return false;
      client.recording = true;
      events.emplace_back(RecordChanged{client.id, fd});
      return true;
    case ipc::Kind::EndRecord:
      client.recording = false;
      events.emplace_back(RecordChanged{client.id, -1});
      return true;
    case ipc::Kind::ListDevices:
      events.emplace_back(DevicesAsked{client.id});
      return true;
    case ipc::Kind::Play: {
      ipc::Play play;
      return take(packet, play) && add_pattern(client, play, fd, events);
    }
    case ipc::Kind::Welcome:
    case ipc::Kind::BodyCreated:
    case ipc::Kind::Done:
    case ipc::Kind::Text:
      return false;
  }
  return false;
}

bool Server::add_body(Client& client, const ipc::CreateBody& message, int fd,
                      std::vector<Event>& events) {
  const auto answer = [&](ipc::BodyResult result) {
    send_message(client.socket, ipc::Kind::BodyCreated, ipc::BodyCreated{message.body, result});
    return result == ipc::BodyResult::Ok;
  };
  if (fd < 0) return answer(ipc::BodyResult::NoFile);
  std::size_t owned = 0;
  auto free_slot = slots_.end();
  for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
    if (slot->client == client.id && slot->body == message.body) {
      return answer(ipc::BodyResult::Invalid);
    }
    owned += slot->client == client.id ? 1u : 0u;
    if (slot->client == 0 && free_slot == slots_.end()) free_slot = slot;
  }
  if (owned >= ipc::kMaxBodiesPerClient || free_slot == slots_.end()) {
    return answer(ipc::BodyResult::TooMany);
  }
  std::vector<std::byte> bytes = copy_sealed(fd, message.bytes, ipc::kMaxBodyBytes);
  const auto view = view_body(bytes);
  if (!view || view->bones.size() > ipc::kMaxBones) return answer(ipc::BodyResult::Invalid);
  close(fd);
  *free_slot = {client.id, message.body, static_cast<std::uint32_t>(view->bones.size())};
  events.emplace_back(BodyAdded{static_cast<BodySlot>(free_slot - slots_.begin()), client.id,
                                std::move(bytes), message.body});
  return answer(ipc::BodyResult::Ok);
}

/// Takes `fd` over when it returns true.
bool Server::add_pattern(const Client& client, const ipc::Play& message, int fd,
                         std::vector<Event>& events) {
  if (fd < 0) return false;
  auto slot = std::ranges::find(pattern_clients_, client.id);
  if (slot == pattern_clients_.end()) slot = std::ranges::find(pattern_clients_, 0u);
  std::vector<std::byte> bytes = copy_sealed(fd, message.bytes, ipc::kMaxPatternBytes);
  const bool fits = slot != pattern_clients_.end() && view_pattern(bytes).has_value();
  send_message(client.socket, ipc::Kind::Done, ipc::Done{fits ? 1u : 0u});
  if (!fits) return false;
  close(fd);
  *slot = client.id;
  const auto index = static_cast<PatternSlot>(slot - pattern_clients_.begin());
  events.emplace_back(PatternAdded{index, client.id, std::move(bytes)});
  return true;
}

void Server::end_patterns(std::uint32_t client, std::vector<Event>& events) {
  for (std::size_t i = 0; i < pattern_clients_.size(); ++i) {
    if (pattern_clients_[i] != client) continue;
    pattern_clients_[i] = 0;
    events.emplace_back(PatternRemoved{static_cast<PatternSlot>(i)});
  }
}

bool Server::add_frame(const Client& client, const ipc::BodyFrame& message,
                       std::span<const std::byte> tail, std::vector<Event>& events) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const Slot& slot = slots_[i];
    if (slot.client != client.id || slot.body != message.body) continue;
    if (message.bone_count != slot.bone_count || tail.size() != slot.bone_count * sizeof(Pose) ||
        !is_carrier(message.carrier)) {
      return false;
    }
    FrameArrived frame{static_cast<BodySlot>(i),
                       message.epoch,
                       HostTime(Duration(message.t_shown_ns)),
                       message.bone_count,
                       carrier_of(message.carrier),
                       {}};
    std::memcpy(frame.T_world_bone.data(), tail.data(), tail.size());
    const auto bones = std::span(frame.T_world_bone).first(frame.bone_count);
    if (!std::ranges::all_of(bones, [](const Pose& T) { return is_valid(T); })) return false;
    events.emplace_back(frame);
    return true;
  }
  return false;
}

void Server::forget(Client& client, std::vector<Event>& events) {
  if (client.focused) events.emplace_back(FocusChanged{client.id, false});
  if (client.recording) events.emplace_back(RecordChanged{client.id, -1});
  end_patterns(client.id, events);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].client != client.id) continue;
    slots_[i] = {};
    events.emplace_back(BodyRemoved{static_cast<BodySlot>(i)});
  }
  close(client.socket);
  client.socket = -1;
}

Server::Client* Server::find(std::uint32_t id) {
  const auto found =
      std::ranges::find_if(clients_, [id](const auto& client) { return client->id == id; });
  return found == clients_.end() ? nullptr : found->get();
}

void Server::send_text(std::uint32_t id, const std::string& text) {
  const Client* client = find(id);
  if (client == nullptr) return;
  std::string packet(sizeof(ipc::Kind), '\0');
  const ipc::Kind kind = ipc::Kind::Text;
  std::memcpy(packet.data(), &kind, sizeof(kind));
  packet += text.substr(0, ipc::kMaxPacketBytes - sizeof(kind));
  send(client->socket, packet.data(), packet.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void Server::send_done(std::uint32_t id, bool ok) {
  const Client* client = find(id);
  if (client != nullptr) send_message(client->socket, ipc::Kind::Done, ipc::Done{ok ? 1u : 0u});
}

}  // namespace tactus::service
