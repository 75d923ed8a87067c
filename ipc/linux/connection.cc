#include "tactus/ipc/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

namespace tactus::ipc {
namespace {

static_assert(sizeof(sockaddr_un::sun_path) == sizeof(ServicePath::text));

/// Appends `part`; false when it does not fit with its end.
bool append(ServicePath& path, std::size_t& length, const char* part) noexcept {
  const std::size_t size = std::strlen(part);
  if (length + size >= path.text.size()) return false;
  std::memcpy(path.text.data() + length, part, size + 1);
  length += size;
  return true;
}

/// "/tmp/tactus-UID", as the service chooses where there is no folder of the session's.
bool append_own_folder(ServicePath& path, std::size_t& length) noexcept {
  std::array<char, 24> folder{};
  const int size = std::snprintf(folder.data(), folder.size(), "/tmp/tactus-%u", ::getuid());
  return size > 0 && append(path, length, folder.data());
}

/// Is the listener the user who runs this program? Nobody else is believed.
bool is_same_user(int socket) noexcept {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         peer.uid == ::geteuid();
}

void keep_first(int& kept, int descriptor) noexcept {
  if (kept < 0) {
    kept = descriptor;
  } else {
    ::close(descriptor);
  }
}

/// The first file attached to a message, its others closed; -1 none.
int take_descriptor(msghdr& message) noexcept {
  int kept = -1;
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int descriptor = -1;
      std::memcpy(&descriptor, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
      keep_first(kept, descriptor);
    }
  }
  return kept;
}

/// One packet without waiting. `descriptor` is the caller's to close when it is not -1.
Transfer receive_now(int socket, Packet& packet, int& descriptor) noexcept {
  descriptor = -1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(4 * sizeof(int))> control{};
  std::array<iovec, 2> parts = {
      {{&packet.kind, sizeof(packet.kind)}, {packet.body.data(), packet.body.size()}}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t n = -1;
  do {
    n = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (n < 0 && errno == EINTR);
  if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Transfer::Later : Transfer::Gone;
  descriptor = take_descriptor(message);
  if (static_cast<std::size_t>(n) < sizeof(packet.kind) || (message.msg_flags & MSG_TRUNC) != 0) {
    return Transfer::Gone;
  }
  packet.size = static_cast<std::uint32_t>(static_cast<std::size_t>(n) - sizeof(packet.kind));
  return Transfer::Done;
}

std::int64_t now_ms() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

/// Waits for input or a hang-up. False: neither came in time.
bool await_input(int socket, int timeout_ms) noexcept {
  const std::int64_t deadline_ms = now_ms() + timeout_ms;
  for (;;) {
    pollfd wanted{socket, POLLIN, 0};
    const std::int64_t left_ms = timeout_ms < 0 ? -1 : deadline_ms - now_ms();
    if (timeout_ms >= 0 && left_ms < 0) return false;
    const int ready = ::poll(&wanted, 1, static_cast<int>(left_ms));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

}  // namespace

ServicePath find_service_path() noexcept {
  ServicePath path;
  std::size_t length = 0;
  const char* named = std::getenv("TACTUS_SOCKET");
  if (named != nullptr && named[0] != '\0') {
    path.is_configured = append(path, length, named);
    return path;
  }
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  const bool has_folder = folder != nullptr && folder[0] != '\0';
  const bool fits = has_folder ? append(path, length, folder) && append(path, length, "/tactus")
                               : append_own_folder(path, length);
  if (!fits || !append(path, length, "/service.sock")) return {};
  return path;
}

bool exists(const ServicePath& path) noexcept {
  return path.text[0] != '\0' && ::access(path.text.data(), F_OK) == 0;
}

const char* describe(ConnectError error) noexcept {
  switch (error) {
    case ConnectError::NoPath:
      return "the path of the socket is over 107 bytes: set a shorter TACTUS_SOCKET";
    case ConnectError::NoService:
      return "no Tactus service listens: start `tactus serve`";
    case ConnectError::Refused:
      return "the service hung up, or is another user's or another release's: see its log";
    case ConnectError::WrongLayout:
      return "the service is of another release: restart it after upgrading";
    case ConnectError::TimedOut:
      return "the service does not answer: see its log";
    case ConnectError::NoResources:
      return "out of file descriptors or memory";
  }
  return "unknown";
}

Connection::~Connection() {
  if (published_ != nullptr) ::munmap(const_cast<Published*>(published_), mapped_bytes_);
  if (socket_ >= 0) ::close(socket_);
}

Connection::Connection(Connection&& other) noexcept { *this = std::move(other); }

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(socket_, other.socket_);
  std::swap(client_, other.client_);
  std::swap(mapped_bytes_, other.mapped_bytes_);
  std::swap(published_, other.published_);
  return *this;
}

Expected<Connection, ConnectError> Connection::begin(const ServicePath& path) noexcept {
  if (path.text[0] == '\0') return Unexpected{ConnectError::NoPath};
  Connection connection;
  connection.socket_ = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (connection.socket_ < 0) return Unexpected{ConnectError::NoResources};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.text.data(), path.text.size());
  const auto* at = reinterpret_cast<const sockaddr*>(&address);
  if (::connect(connection.socket_, at, sizeof(address)) != 0) {
    return Unexpected{errno == EAGAIN ? ConnectError::TimedOut : ConnectError::NoService};
  }
  if (!is_same_user(connection.socket_)) return Unexpected{ConnectError::Refused};
  const Hello hello{kProtocolVersion, kLayoutVersion};
  if (connection.send(Kind::Hello, hello) != Transfer::Done) {
    return Unexpected{ConnectError::Refused};
  }
  return connection;
}

Expected<Transfer, ConnectError> Connection::advance() noexcept {
  if (published_ != nullptr) return Transfer::Done;
  Packet packet;
  int descriptor = -1;
  const Transfer received = receive_now(socket_, packet, descriptor);
  if (received == Transfer::Later) return Transfer::Later;
  Welcome welcome;
  const bool is_welcome =
      received == Transfer::Done && packet.kind == Kind::Welcome && packet.read(welcome);
  const bool is_mapped = is_welcome && map(descriptor);
  if (descriptor >= 0) ::close(descriptor);
  if (!is_welcome) return Unexpected{ConnectError::Refused};
  if (!is_mapped) return Unexpected{ConnectError::WrongLayout};
  client_ = welcome.client;
  return Transfer::Done;
}

bool Connection::map(int descriptor) noexcept {
  // Without the seal a service that truncates its file would kill this program with SIGBUS.
  const int seals = ::fcntl(descriptor, F_GET_SEALS);
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0) return false;
  const off_t size = ::lseek(descriptor, 0, SEEK_END);
  if (size < static_cast<off_t>(sizeof(Published))) return false;
  mapped_bytes_ = static_cast<std::size_t>(size);
  void* mapped = ::mmap(nullptr, mapped_bytes_, PROT_READ, MAP_SHARED, descriptor, 0);
  if (mapped == MAP_FAILED) return false;
  published_ = static_cast<const Published*>(mapped);
  if (is_compatible(*published_, mapped_bytes_)) return true;
  ::munmap(mapped, mapped_bytes_);
  published_ = nullptr;
  return false;
}

Expected<Connection, ConnectError> Connection::open(const ServicePath& path,
                                                    int timeout_ms) noexcept {
  Expected<Connection, ConnectError> connection = begin(path);
  if (!connection) return connection;
  if (!await_input(connection->socket_, timeout_ms)) return Unexpected{ConnectError::TimedOut};
  const Expected<Transfer, ConnectError> advanced = connection->advance();
  if (!advanced) return Unexpected{advanced.error()};
  if (*advanced != Transfer::Done) return Unexpected{ConnectError::TimedOut};
  return connection;
}

Transfer Connection::send(Kind kind, std::span<const std::byte> body,
                          std::span<const std::byte> tail, int descriptor) const noexcept {
  assert(sizeof(kind) + body.size() + tail.size() <= kMaxPacketBytes);
  std::array<iovec, 3> parts = {{{&kind, sizeof(kind)},
                                 {const_cast<std::byte*>(body.data()), body.size()},
                                 {const_cast<std::byte*>(tail.data()), tail.size()}}};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  if (descriptor >= 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* attached = CMSG_FIRSTHDR(&message);
    attached->cmsg_level = SOL_SOCKET;
    attached->cmsg_type = SCM_RIGHTS;
    attached->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(attached), &descriptor, sizeof(int));
  }
  ssize_t n = -1;
  do {
    n = ::sendmsg(socket_, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  } while (n < 0 && errno == EINTR);
  if (n >= 0) return Transfer::Done;
  const bool is_full = errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ||
                       errno == ENOMEM || errno == ETOOMANYREFS;
  return is_full ? Transfer::Later : Transfer::Gone;
}

Transfer Connection::receive(Packet& packet, int timeout_ms) const noexcept {
  if (timeout_ms != 0 && !await_input(socket_, timeout_ms)) return Transfer::Later;
  int descriptor = -1;
  const Transfer received = receive_now(socket_, packet, descriptor);
  if (descriptor >= 0) ::close(descriptor);
  return received;
}

}  // namespace tactus::ipc
