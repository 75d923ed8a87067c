// Puts an emulated device where programs look for devices: behind /dev/uhid, or on a socket.
//
// With UHID the kernel makes a /dev/hidraw* of it, and nothing above can tell it from a real one.
//
//   Clocks   none.
//   Units    bytes.
//   Errors   NodeError, each with its remedy; a host that goes away is no error.
//   Threads  one owner, who calls `serve` often.
//   Proof    tests/drivers/conformance_test.cc (socket), tests/hil (UHID)
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/drivers/device.h"

namespace tactus::simulator {

enum class NodeError : std::uint8_t {
  NoUhid,        ///< no /dev/uhid: `modprobe uhid`, or use --socket
  NoPermission,  ///< /dev/uhid is not ours: install drivers/transport/70-tactus.rules, or be root
  NoFolder,      ///< the socket's folder cannot be made: check $XDG_RUNTIME_DIR
  InUse,         ///< another emulator has this serial: choose one with --serial
};
[[nodiscard]] const char* describe(NodeError error) noexcept;

/// What the node asks of the device behind it.
struct NodeEvents {
  std::function<void(std::span<const std::uint8_t> report)> on_output;
  /// Fills the feature report whose id stands in bytes[0]; 0: there is none.
  std::function<std::size_t(std::span<std::uint8_t> bytes)> on_feature;
};

/// The device as a HID device of the kernel. Its end is an unplug.
class UhidNode {
 public:
  [[nodiscard]] static Expected<std::unique_ptr<UhidNode>, NodeError> create(
      DeviceKind kind, const std::string& serial, NodeEvents events);
  ~UhidNode();
  UhidNode(const UhidNode&) = delete;
  UhidNode& operator=(const UhidNode&) = delete;

  void send(std::span<const std::uint8_t> report);
  /// Answers what came, waiting at most `timeout` for the first.
  void serve(Duration timeout);
  /// How many times a program has opened it and not closed it.
  [[nodiscard]] int readers() const noexcept { return readers_; }

 private:
  UhidNode(int fd, NodeEvents events) : fd_(fd), events_(std::move(events)) {}
  bool answer_one();

  int fd_;
  NodeEvents events_;
  int readers_ = 0;
};

/// The device on the socket of socket_device.h, for up to four readers at once.
class SocketNode {
 public:
  static constexpr std::size_t kReaders = 4;

  [[nodiscard]] static Expected<std::unique_ptr<SocketNode>, NodeError> create(
      DeviceKind kind, const std::string& serial, NodeEvents events);
  ~SocketNode();
  SocketNode(const SocketNode&) = delete;
  SocketNode& operator=(const SocketNode&) = delete;

  /// To every reader; one that does not keep up loses the newest, as with hidraw.
  void send(std::span<const std::uint8_t> report);
  void serve(Duration timeout);
  [[nodiscard]] int readers() const noexcept { return static_cast<int>(peers_.size()); }

 private:
  SocketNode(int listener, std::string path, NodeEvents events)
      : listener_(listener), path_(std::move(path)), events_(std::move(events)) {}
  void accept_one();
  bool answer_one(int peer);

  int listener_;
  std::string path_;
  NodeEvents events_;
  std::vector<int> peers_;
};

}  // namespace tactus::simulator
