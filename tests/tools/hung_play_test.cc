// `tactus play` that hangs: its gloves fall silent as an application's do, and hum again with it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "session.h"
#include "tactus/service/stepped_service.h"

namespace tactus::service::tests {
namespace {

constexpr Duration kMostAfterHang = 150ms;  ///< docs/safety.md
constexpr int kPatient_ms = 20000;          ///< of virtual time: a machine that is slower hangs

class HungPlay : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    auto created = SteppedService::create(folder + "/s", PipelineParams{});
    ASSERT_TRUE(created);
    stepped = *std::move(created);
    gloves = std::make_unique<Session>(stepped->engine(), Session::Body::None);
    std::ofstream(folder + "/a.haptic")
        << R"({"version":{"major":1},"signals":{"continuous":{"envelopes":{"amplitude":[)"
        << R"({"time":0,"amplitude":0.6},{"time":300,"amplitude":0.6}]}}}})";
    player = ::fork();
    if (player != 0) return;
    ::setenv("TACTUS_SOCKET", (folder + "/s").c_str(), 1);
    const std::string file = folder + "/a.haptic";
    ::execl(TACTUS_PROGRAM, "tactus", "play", file.c_str(), "--on", "index_tip", nullptr);
    std::_Exit(127);
  }
  void TearDown() override {
    kill_player();
    std::filesystem::remove_all(folder);
  }

  void kill_player() {
    if (player <= 0) return;
    ::kill(player, SIGKILL);
    ::waitpid(player, nullptr, 0);
    player = 0;
  }
  void step() {
    gloves->run_until(gloves->now() + 1ms, [&](const Step& step) {
      stepped->serve(step.now, 1ms);
      drive(stepped->engine(), step);
    });
  }
  [[nodiscard]] float loudness() const {
    const auto amplitude = gloves->glove(Hand::Left).amplitude();
    return *std::max_element(amplitude.begin(), amplitude.end());
  }
  bool await_vibration() {
    for (int ms = 0; ms < kPatient_ms && loudness() < 0.1f; ++ms) step();
    return loudness() >= 0.1f;
  }
  /// From now until the last vibration of the next half second.
  Duration time_to_silence() {
    const HostTime t_hang = gloves->now();
    HostTime t_last = t_hang;
    for (int ms = 0; ms < 500; ++ms) {
      step();
      if (loudness() > 0) t_last = gloves->now();
    }
    return t_last - t_hang;
  }

  std::string folder = "/tmp/tactus-hung-play-test-XXXXXX";
  std::unique_ptr<SteppedService> stepped;
  std::unique_ptr<Session> gloves;
  pid_t player = 0;
};

TEST_F(HungPlay, IsSilentWithinTheLimitAndGoesOnWhenItDoes) {
  ASSERT_TRUE(await_vibration());
  ::kill(player, SIGSTOP);
  EXPECT_LE(time_to_silence(), kMostAfterHang);
  ::kill(player, SIGCONT);
  EXPECT_TRUE(await_vibration());
}

TEST_F(HungPlay, ThatIsKilledIsSilentAtOnce) {
  ASSERT_TRUE(await_vibration());
  kill_player();
  EXPECT_LE(time_to_silence(), 50ms);
}

}  // namespace
}  // namespace tactus::service::tests
