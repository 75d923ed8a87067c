#include "tactus/drivers/transport/socket_device.h"

#include <dirent.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <deque>
#include <optional>
#include <string_view>

#include "tactus/drivers/identity.h"
#include "tactus/drivers/tg1/layout.h"
#include "tactus/drivers/tt1/codec.h"

namespace tactus {
namespace {

constexpr int kFeatureTimeout_ms = 1000;
constexpr std::size_t kBacklog = 1024;  ///< input reports kept while a feature reply is awaited
using Packet = std::array<std::uint8_t, 1 + kReportBytes>;

class Socket {
 public:
  explicit Socket(int fd) noexcept : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (fd_ >= 0) close(fd_);
  }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

bool is_same_user(int fd) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

OpenError why_not(int error) {
  if (error == EACCES || error == EPERM) return OpenError::NoPermission;
  if (error == EMFILE || error == ENFILE) return OpenError::TooManyFiles;
  return OpenError::NotFound;
}

Expected<Socket, OpenError> connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return Unexpected{OpenError::NotFound};
  std::ranges::copy(path, address.sun_path);
  Socket link(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (link.fd() < 0) return Unexpected{why_not(errno)};
  if (connect(link.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    return Unexpected{why_not(errno)};
  if (!is_same_user(link.fd())) return Unexpected{OpenError::NotOurs};
  return link;
}

class SocketDevice final : public Device {
 public:
  SocketDevice(DeviceDescription description, Socket link)
      : description_(std::move(description)), link_(std::move(link)) {}

  LinkStatus read(std::span<std::uint8_t> bytes, std::size_t& size, Duration timeout) override {
    size = 0;
    if (!backlog_.empty()) {
      give(backlog_.front(), bytes, size);
      backlog_.pop_front();
      return LinkStatus::Ok;
    }
    for (;;) {
      DeviceReport report;
      SocketChannel channel{};
      const LinkStatus status = receive(channel, report, timeout);
      if (status != LinkStatus::Ok) return status;
      if (channel != SocketChannel::Input) continue;  // a feature reply nobody waits for any more
      give(report, bytes, size);
      return LinkStatus::Ok;
    }
  }

  LinkStatus write(std::span<const std::uint8_t> bytes) override {
    if (bytes.empty() || bytes.size() > kReportBytes) return LinkStatus::Refused;
    return send(SocketChannel::Output, bytes);
  }

  LinkStatus get_feature(std::span<std::uint8_t> bytes, std::size_t& size) override {
    size = 0;
    if (bytes.empty()) return LinkStatus::Refused;
    const LinkStatus sent = send(SocketChannel::FeatureRequest, bytes.first(1));
    if (sent != LinkStatus::Ok) return sent;
    const auto t_end =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(kFeatureTimeout_ms);
    for (;;) {
      DeviceReport report;
      SocketChannel channel{};
      const Duration left = t_end - std::chrono::steady_clock::now();
      const LinkStatus status = receive(channel, report, std::max(left, Duration::zero()));
      if (status == LinkStatus::Empty) return LinkStatus::Refused;
      if (status != LinkStatus::Ok) return status;
      if (channel == SocketChannel::Input) {
        if (backlog_.size() < kBacklog) backlog_.push_back(report);
        continue;
      }
      give(report, bytes, size);
      return size == 0 ? LinkStatus::Refused : LinkStatus::Ok;
    }
  }

  [[nodiscard]] const DeviceDescription& description() const override { return description_; }

 private:
  static void give(const DeviceReport& report, std::span<std::uint8_t> bytes, std::size_t& size) {
    size = std::min<std::size_t>(report.size, bytes.size());
    std::copy_n(report.bytes.begin(), size, bytes.begin());
  }

  LinkStatus receive(SocketChannel& channel, DeviceReport& report, Duration timeout) {
    if (gone_) return LinkStatus::Gone;
    pollfd readable{link_.fd(), POLLIN, 0};
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    const int wait_ms = static_cast<int>(std::clamp<std::int64_t>(wait, 0, 60'000));
    if (poll(&readable, 1, wait_ms) <= 0) return LinkStatus::Empty;
    Packet packet;
    const ssize_t got = recv(link_.fd(), packet.data(), packet.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return LinkStatus::Empty;
    gone_ = got <= 0;
    if (gone_) return LinkStatus::Gone;
    channel = static_cast<SocketChannel>(packet[0]);
    report.size = static_cast<std::uint16_t>(got - 1);
    std::copy_n(packet.begin() + 1, report.size, report.bytes.begin());
    return LinkStatus::Ok;
  }

  LinkStatus send(SocketChannel channel, std::span<const std::uint8_t> bytes) {
    if (gone_) return LinkStatus::Gone;
    Packet packet;
    packet[0] = static_cast<std::uint8_t>(channel);
    std::ranges::copy(bytes, packet.begin() + 1);
    if (::send(link_.fd(), packet.data(), 1 + bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
      return LinkStatus::Ok;
    if (errno == EAGAIN || errno == ENOBUFS) return LinkStatus::Busy;
    gone_ = true;
    return LinkStatus::Gone;
  }

  DeviceDescription description_;
  Socket link_;
  std::deque<DeviceReport> backlog_;
  bool gone_ = false;
};

/// "tg1.SERIAL.sock" as a description; anything else is none of ours.
std::optional<DeviceDescription> parse_name(const std::string& folder, std::string_view name) {
  constexpr std::string_view kSuffix = ".sock";
  const bool is_glove = name.starts_with("tg1.");
  if (!is_glove && !name.starts_with("tt1.")) return std::nullopt;
  if (!name.ends_with(kSuffix) || name.size() <= 4 + kSuffix.size()) return std::nullopt;
  const std::string_view serial = name.substr(4, name.size() - 4 - kSuffix.size());
  return DeviceDescription{is_glove ? DeviceKind::Tg1 : DeviceKind::Tt1,
                           folder + "/" + std::string(name), std::string(serial),
                           is_glove ? tg1::kProductName : tt1::kProductName, Transport::Socket};
}

/// An emulator that was killed leaves its socket behind; only one that listens counts.
bool listens(const std::string& path) { return connect_to(path).has_value(); }

}  // namespace

std::string emulated_folder() {
  if (const char* folder = std::getenv("XDG_RUNTIME_DIR"); folder != nullptr && *folder == '/')
    return std::string(folder) + "/tactus/emulated";
  return "/tmp/tactus-" + std::to_string(geteuid()) + "/emulated";
}

std::string emulated_socket_path(DeviceKind kind, const std::string& serial) {
  return emulated_folder() + (kind == DeviceKind::Tg1 ? "/tg1." : "/tt1.") + serial + ".sock";
}

std::vector<DeviceDescription> enumerate_sockets() {
  std::vector<DeviceDescription> devices;
  const std::string folder = emulated_folder();
  DIR* const listing = opendir(folder.c_str());
  if (listing == nullptr) return devices;
  while (const dirent* entry = readdir(listing)) {
    std::optional<DeviceDescription> found = parse_name(folder, entry->d_name);
    if (found && listens(found->path)) devices.push_back(*std::move(found));
  }
  closedir(listing);
  std::ranges::sort(devices, {}, &DeviceDescription::path);
  return devices;
}

Expected<std::unique_ptr<Device>, OpenError> open_socket(const DeviceDescription& description) {
  Expected<Socket, OpenError> link = connect_to(description.path);
  if (!link) return Unexpected{link.error()};
  return std::unique_ptr<Device>(std::make_unique<SocketDevice>(description, std::move(*link)));
}

}  // namespace tactus
