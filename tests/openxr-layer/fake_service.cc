#include "fake_service.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>

namespace tactus::layer_test {
namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::perror(what);
  std::abort();
}

std::vector<std::byte> contents(int descriptor) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(::lseek(descriptor, 0, SEEK_END)));
  const ssize_t n = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  require(n == static_cast<ssize_t>(bytes.size()), "pread");
  return bytes;
}

int attached_file(msghdr& message) {
  const cmsghdr* c = CMSG_FIRSTHDR(&message);
  if (c == nullptr || c->cmsg_type != SCM_RIGHTS) return -1;
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(c), sizeof(int));
  return descriptor;
}

}  // namespace

FakeService::FakeService(const std::string& path, Options options) : options_(options) {
  published_file_ = ::memfd_create("published", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  require(published_file_ >= 0, "memfd_create");
  require(::ftruncate(published_file_, static_cast<off_t>(options.published_bytes)) == 0, "resize");
  const std::size_t mapped_bytes = std::max(options.published_bytes, sizeof(ipc::Published));
  void* memory =
      ::mmap(nullptr, mapped_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, published_file_, 0);
  require(memory != MAP_FAILED, "mmap");
  if (options.seals) ::fcntl(published_file_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
  if (options.published_bytes >= sizeof(ipc::Published)) {
    published_ = new (memory) ipc::Published();
    published_->header.layout_version = options.layout_version;
    published_->header.total_bytes = sizeof(ipc::Published);
    published_->header.clock = ipc::ClockKind::Virtual;
  }

  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  require(path.size() < sizeof(address.sun_path), "path");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  ::unlink(path.c_str());
  listener_ = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  require(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0, "bind");
  require(::listen(listener_, 8) == 0, "listen");
  require(::pipe(wake_) == 0, "pipe");
  thread_ = std::thread([this] { run(); });
}

FakeService::~FakeService() {
  require(::write(wake_[1], "x", 1) == 1, "wake");
  thread_.join();
  for (const int descriptor : {client_, listener_, wake_[0], wake_[1], published_file_}) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

void FakeService::run() {
  for (;;) {
    pollfd waits[3] = {{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}, {client_, POLLIN, 0}};
    require(::poll(waits, client_ >= 0 ? 3 : 2, -1) > 0, "poll");
    if (waits[0].revents != 0) return;
    if (waits[1].revents != 0) {
      const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      const std::scoped_lock lock(mutex_);
      if (client_ >= 0) ::close(client_);
      client_ = accepted;
      continue;
    }
    if (waits[2].revents != 0) serve(client_);
  }
}

void FakeService::serve(int client) {
  std::byte packet[ipc::kMaxPacketBytes];
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  iovec part{packet, sizeof(packet)};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  const ssize_t n = ::recvmsg(client, &message, MSG_CMSG_CLOEXEC);
  if (n <= 0) {
    const std::scoped_lock lock(mutex_);
    ::close(client_);
    client_ = -1;
    changed_.notify_all();
    return;
  }
  const int descriptor = attached_file(message);
  take(std::span(packet).first(static_cast<std::size_t>(n)), descriptor);
  if (descriptor >= 0) ::close(descriptor);
}

void FakeService::take(std::span<const std::byte> packet, int descriptor) {
  Message message;
  std::memcpy(&message.kind, packet.data(), sizeof(message.kind));
  message.body.assign(packet.begin() + sizeof(message.kind), packet.end());
  if (descriptor >= 0) message.attached = contents(descriptor);
  if (message.kind == ipc::Kind::Hello && options_.answers) {
    const ipc::Welcome welcome{1, sizeof(ipc::Published)};
    std::byte bytes[sizeof(ipc::Kind) + sizeof(welcome)];
    const ipc::Kind kind = ipc::Kind::Welcome;
    std::memcpy(bytes, &kind, sizeof(kind));
    std::memcpy(bytes + sizeof(kind), &welcome, sizeof(welcome));
    iovec part{bytes, sizeof(bytes)};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr answer{};
    answer.msg_iov = &part;
    answer.msg_iovlen = 1;
    answer.msg_control = control;
    answer.msg_controllen = sizeof(control);
    cmsghdr* c = CMSG_FIRSTHDR(&answer);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(c), &published_file_, sizeof(int));
    require(::sendmsg(client_, &answer, MSG_NOSIGNAL) > 0, "sendmsg");
  }
  const std::scoped_lock lock(mutex_);
  messages_.push_back(std::move(message));
  changed_.notify_all();
}

void FakeService::beat(HostTime t, bool is_left_linked, bool is_right_linked, bool are_tracked) {
  ipc::PublishedState state;
  state.heartbeat_ns = t.time_since_epoch().count();
  state.links[0].connected = is_left_linked ? 1 : 0;
  state.links[1].connected = is_right_linked ? 1 : 0;
  for (ipc::LinkHealth& link : state.links) link.tracker_connected = are_tracked ? 1 : 0;
  published_->state.write(state);
}

bool FakeService::await(const std::function<bool(const std::vector<Message>&)>& is_there) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return is_there(messages_); });
}

std::vector<Message> FakeService::received() {
  const std::scoped_lock lock(mutex_);
  return messages_;
}

std::vector<Message> FakeService::received(ipc::Kind kind) {
  std::vector<Message> found;
  for (Message& message : received()) {
    if (message.kind == kind) found.push_back(std::move(message));
  }
  return found;
}

bool FakeService::await(ipc::Kind kind, std::size_t count) {
  return await([&](const std::vector<Message>& messages) {
    std::size_t n = 0;
    for (const Message& message : messages) n += message.kind == kind ? 1 : 0;
    return n >= count;
  });
}

void FakeService::send(ipc::Kind kind, std::span<const std::byte> body) {
  std::vector<std::byte> packet(sizeof(kind) + body.size());
  std::memcpy(packet.data(), &kind, sizeof(kind));
  std::memcpy(packet.data() + sizeof(kind), body.data(), body.size());
  const std::scoped_lock lock(mutex_);
  require(::send(client_, packet.data(), packet.size(), MSG_NOSIGNAL) > 0, "send");
}

TemporaryFolder::TemporaryFolder() {
  char name[] = "/tmp/tactus-test-XXXXXX";
  require(::mkdtemp(name) != nullptr, "mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace tactus::layer_test
