// The conformance suite on the device in memory and on the device behind a socket.
#include "drivers/conformance.h"

#include <atomic>
#include <cstdlib>
#include <mutex>

#include "tactus/drivers/transport/open.h"
#include "tactus/drivers/transport/socket_device.h"
#include "tactus/simulator/device_node.h"
#include "tactus/simulator/emulated_device.h"

namespace tactus::tests {
namespace {

class MemoryBench {
 public:
  Device& device() { return device_; }
  void live(Duration span) {
    now_ += span;
    device_.advance_to(now_);
  }
  void unplug() { device_.unplug(); }
  template <class F>
  auto with_glove(F f) {
    return f(glove_);
  }
  template <class F>
  bool await(F holds) {
    live(2ms);
    return holds(glove_);
  }

 private:
  simulator::EmulatedTg1 glove_{bench_config(), bench_sense};
  simulator::EmulatedDevice device_{glove_, {.in_delay = 0us}};
  HostTime now_{};
};

/// A runtime folder of this process's own, so that tests never meet a user's emulators.
void use_private_folder() {
  static const bool once = [] {
    char folder[] = "/tmp/tactus-test-XXXXXX";
    return mkdtemp(folder) != nullptr && setenv("XDG_RUNTIME_DIR", folder, 1) == 0;
  }();
  ASSERT_TRUE(once);
}

class SocketBench {
 public:
  SocketBench() {
    use_private_folder();
    auto node =
        simulator::SocketNode::create(DeviceKind::Tg1, kBenchSerial,
                                      {[this](auto report) { glove_.receive(now_, report); },
                                       [this](auto bytes) { return glove_.get_feature(bytes); }});
    node_ = std::move(*node);
    server_ = std::thread([this] { serve(); });
    const std::vector<DeviceDescription> found = enumerate_sockets();
    EXPECT_EQ(found.size(), 1u);
    auto device = open_device(found.at(0));
    device_ = std::move(*device);
    std::array<std::uint8_t, kFeatureBytes> identity{kIdentityReport};
    std::size_t size = 0;
    EXPECT_EQ(device_->get_feature(identity, size), LinkStatus::Ok) << "so it was accepted";
  }
  ~SocketBench() { unplug(); }

  Device& device() { return *device_; }
  void live(Duration span) {
    const std::lock_guard lock(mutex_);
    now_ += span;
    glove_.step(now_, [this](HostTime, auto report) { node_->send(report); });
  }
  void unplug() {
    ending_ = true;
    if (server_.joinable()) server_.join();
    node_.reset();
  }
  template <class F>
  auto with_glove(F f) {
    const std::lock_guard lock(mutex_);
    return f(glove_);
  }
  template <class F>
  bool await(F holds) {
    return wait_until([&] { return with_glove(holds); });
  }

 private:
  void serve() {
    while (!ending_) {
      {
        const std::lock_guard lock(mutex_);
        node_->serve(0ms);
      }
      std::this_thread::sleep_for(200us);
    }
  }

  std::mutex mutex_;
  simulator::EmulatedTg1 glove_{bench_config(), bench_sense};
  HostTime now_{};
  std::unique_ptr<simulator::SocketNode> node_;
  std::unique_ptr<Device> device_;
  std::atomic<bool> ending_ = false;
  std::thread server_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, DeviceConformance, MemoryBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Socket, DeviceConformance, SocketBench);

TEST(SocketDevice, ASocketLeftByAKilledEmulatorIsNoDevice) {
  use_private_folder();
  auto node = simulator::SocketNode::create(DeviceKind::Tt1, "TT1-X", {});
  ASSERT_TRUE(node.has_value());
  const std::string path = emulated_socket_path(DeviceKind::Tt1, "TT1-X");
  const std::string kept = path + ".kept";
  ASSERT_EQ(rename(path.c_str(), kept.c_str()), 0);  // the emulator's end cannot remove it now
  node->reset();
  ASSERT_EQ(rename(kept.c_str(), path.c_str()), 0);
  EXPECT_TRUE(enumerate_sockets().empty());
  const auto opened = open_socket({DeviceKind::Tt1, path, "TT1-X", ""});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error(), OpenError::NotFound);
  node = simulator::SocketNode::create(DeviceKind::Tt1, "TT1-X", {});
  EXPECT_TRUE(node.has_value()) << "the next emulator takes its place";
}

TEST(SocketDevice, TwoEmulatorsOfOneSerialAreRefused) {
  use_private_folder();
  const auto first = simulator::SocketNode::create(DeviceKind::Tg1, "TWIN", {});
  ASSERT_TRUE(first.has_value());
  const auto second = simulator::SocketNode::create(DeviceKind::Tg1, "TWIN", {});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error(), simulator::NodeError::InUse);
}

TEST(UhidNode, WithoutTheKernelsDeviceItSaysSo) {
  if (access("/dev/uhid", F_OK) == 0) return;  // where there is one, tests/hil drives it
  const auto node = simulator::UhidNode::create(DeviceKind::Tg1, "X", {});
  ASSERT_FALSE(node.has_value());
  EXPECT_EQ(node.error(), simulator::NodeError::NoUhid);
}

TEST(OpenDevice, WhatIsNotThereIsNotFound) {
  const auto opened = open_device({DeviceKind::Tg1, "/dev/hidraw999", "", ""});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error(), OpenError::NotFound);
}

}  // namespace
}  // namespace tactus::tests
