// The threads of the service, with emulated devices in real time: they come, are heard, and go.
#include "tactus/service/live_service.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <mutex>
#include <thread>

#include "tactus/ipc/messages.h"
#include "tactus/simulator/emulated_device.h"
#include "tactus/simulator/sensors.h"

namespace tactus::service {
namespace {

HostTime clock_now() { return HostTime(std::chrono::steady_clock::now().time_since_epoch()); }

/// A glove on the service's own io thread: it lives as it is read.
class GloveInRealTime final : public Device {
 public:
  explicit GloveInRealTime(std::atomic<bool>& plugged, std::atomic<int>& frames)
      : plugged_(plugged),
        frames_(frames),
        glove_({.crystal = {.t_power_on = clock_now()}, .keep_drive = false},
               [](HostTime, GloveSample&) {}),
        link_(glove_, {}) {
    link_.advance_to(clock_now());
  }

  LinkStatus read(std::span<std::uint8_t> bytes, std::size_t& size, Duration timeout) override {
    if (!plugged_.load()) return LinkStatus::Gone;
    link_.advance_to(clock_now());
    const LinkStatus status = link_.read(bytes, size, Duration{});
    if (status == LinkStatus::Empty) std::this_thread::sleep_for(std::min<Duration>(timeout, 1ms));
    frames_.store(static_cast<int>(glove_.counts().frames_in));
    return status;
  }
  LinkStatus write(std::span<const std::uint8_t> bytes) override { return link_.write(bytes); }
  LinkStatus get_feature(std::span<std::uint8_t> bytes, std::size_t& size) override {
    return link_.get_feature(bytes, size);
  }
  [[nodiscard]] const DeviceDescription& description() const override {
    return link_.description();
  }

 private:
  std::atomic<bool>& plugged_;
  std::atomic<int>& frames_;
  simulator::EmulatedTg1 glove_;
  simulator::EmulatedDevice link_;
};

struct LiveServiceTest : ::testing::Test {
  void SetUp() override {
    folder = "/tmp/tactus-live-test-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    LiveParams params;
    params.socket_path = folder + "/s";
    params.devices.enumerate = [this] {
      std::vector<DeviceDescription> found;
      if (plugged.load()) found.push_back({DeviceKind::Tg1, path, "S", "TG1"});
      return found;
    };
    params.devices.open = [this](const DeviceDescription&, std::string&) {
      auto device = std::make_unique<GloveInRealTime>(plugged, frames);
      path = device->description().path;
      return device;
    };
    params.say = [this](const std::string& line) {
      const std::lock_guard lock(mutex);
      said.push_back(line);
    };
    auto created = LiveService::create(params);
    ASSERT_TRUE(created) << created.error();
    live = *std::move(created);
    runner = std::thread([this] { live->run(quit, stop); });
  }
  void TearDown() override {
    quit.store(true);
    runner.join();
    live.reset();
    std::filesystem::remove_all(folder);
  }

  /// Waits, in a loop without a deadline of its own (ctest has one), until it is true.
  template <class F>
  void await(F condition) {
    while (!condition()) std::this_thread::sleep_for(2ms);
  }
  std::size_t lines() {
    const std::lock_guard lock(mutex);
    return said.size();
  }

  std::string folder, path = "emulated";
  std::atomic<bool> plugged{true}, quit{false}, stop{false};
  std::atomic<int> frames{0};
  std::mutex mutex;
  std::vector<std::string> said;
  std::unique_ptr<LiveService> live;
  std::thread runner;
};

TEST_F(LiveServiceTest, AGloveIsFoundAndGetsFrames) {
  await([this] { return frames.load() > 50; });
  EXPECT_GE(lines(), 1u);
}

TEST_F(LiveServiceTest, AGloveThatGoesIsLookedForAgain) {
  await([this] { return frames.load() > 10; });
  plugged.store(false);
  await([this] { return lines() >= 2; });
  frames.store(0);
  plugged.store(true);
  await([this] { return frames.load() > 10; });
  EXPECT_GE(lines(), 3u);
}

TEST_F(LiveServiceTest, ClientsComeAndGoWhileItRuns) {
  await([this] { return frames.load() > 10; });
  for (int i = 0; i < 20; ++i) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string socket_path = folder + "/s";
    std::memcpy(address.sun_path, socket_path.c_str(), socket_path.size() + 1);
    const int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    ASSERT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    struct {
      ipc::Kind kind = ipc::Kind::Hello;
      ipc::Hello hello;
    } hello;
    ASSERT_EQ(send(fd, &hello, sizeof(hello), 0), static_cast<ssize_t>(sizeof(hello)));
    std::byte answer[64];
    ASSERT_GT(recv(fd, answer, sizeof(answer), 0), 0);
    close(fd);
  }
  const int before = frames.load();
  await([&] { return frames.load() > before + 20; });
}

}  // namespace
}  // namespace tactus::service
