// Khronos's sample application, unchanged, with gloves: its hands are theirs, and it feels its grasp.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <sstream>
#include <thread>

#include "client_process.h"
#include "fake_service.h"
#include "shaped_hand.h"

namespace tactus::layer_test {
namespace {

constexpr float kSame_m = 1e-4f;
constexpr float kSame_rad = 1e-2f;

class HelloGloves : public ::testing::Test {
 protected:
  HelloGloves() : service(folder.path() + "/service.sock") {
    service.published().header.clock = ipc::ClockKind::Monotonic;
    publisher = std::thread([this] {
      while (!is_over) {
        publish();
        std::this_thread::sleep_for(5ms);
      }
    });
  }
  ~HelloGloves() override {
    is_over = true;
    publisher.join();
  }

  void publish() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const HostTime t(std::chrono::duration_cast<Duration>(now));
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      HandPose pose = shaped_hand(hand, closed, T_world_wrist(hand));
      pose.t = t;
      ipc::publish(service.published(), pose);
    }
    service.beat(t, is_on, is_on);
  }
  static Pose T_world_wrist(Hand hand) {
    const float side = hand == Hand::Left ? -1.0f : 1.0f;
    return {axis_angle({0.3f, 1, side}, 0.7f), {0.31f * side, 1.27f, -0.43f}};
  }
  /// At the skin of the palm; X out of the left one and into the right.
  static bool is_grip(const Pose& T, Hand hand) {
    const HandPose pose = shaped_hand(hand, 0, T_world_wrist(hand));
    const Pose& T_palm = pose.T_world_joint[0];
    const Vec3 back = rotate(T_palm.q, {0, 1, 0});
    const Vec3 x = rotate(T.q, {1, 0, 0});
    const float side = hand == Hand::Left ? -1.0f : 1.0f;
    return length(T.p - (T_palm.p - pose.radius_m[0] * back)) < kSame_m &&
           length(x - side * back) < kSame_rad;
  }
  [[nodiscard]] std::string watched() const { return folder.path() + "/watched"; }
  [[nodiscard]] std::string log() const { return folder.path() + "/log"; }

  /// How many of the places that the application was told are grips of both hands, and how many
  /// there are at all.
  struct Seen {
    int all = 0, left = 0, right = 0;
  };
  [[nodiscard]] Seen seen() const {
    Seen counts;
    std::istringstream lines(test::file_text(watched()));
    int flags = 0;
    Pose T;
    while (lines >> flags >> T.p.x >> T.p.y >> T.p.z >> T.q.x >> T.q.y >> T.q.z >> T.q.w) {
      ++counts.all;
      counts.left += flags == 0xF && is_grip(T, Hand::Left) ? 1 : 0;
      counts.right += flags == 0xF && is_grip(T, Hand::Right) ? 1 : 0;
    }
    return counts;
  }
  /// Runs it until `holds`, two minutes at most; then as its user ends it.
  template <class Holds>
  void run(const std::map<std::string, std::string>& more, Holds holds) {
    std::map<std::string, std::string> variables = {
        {"XR_ENABLE_API_LAYERS", "XR_APILAYER_TACTUS_watch:XR_APILAYER_TACTUS_touch"},
        {"TACTUS_SOCKET", folder.path() + "/service.sock"},
        {"XDG_RUNTIME_DIR", folder.path()},
        {"TACTUS_WATCH", watched()},
        {"TACTUS_RUNTIME_VIEW_SIZE", "64"}};
    variables.insert(more.begin(), more.end());
    test::ClientProcess hello({"hello_xr", "-g", "Vulkan2", "-s", "Stage"}, variables, log());
    const auto deadline = std::chrono::steady_clock::now() + 120s;
    while (hello.runs() && !holds() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(50ms);
    }
    EXPECT_TRUE(holds()) << test::file_text(log());
    hello.type("q\n");
    EXPECT_EQ(hello.wait(), 0) << test::file_text(log());
  }

  TemporaryFolder folder;
  FakeService service;
  std::atomic<float> closed{0};
  std::atomic<bool> is_on{true}, is_over{false};
  std::thread publisher;
};

TEST_F(HelloGloves, ItsHandsAreTheGlovesAndItFeelsItsGrasp) {
  run({}, [this] {
    const Seen now = seen();
    if (now.left > 10 && now.right > 10) closed = 1;
    std::uint32_t hands = 0;
    for (const Message& message : service.received(ipc::Kind::Haptic)) {
      hands |= message.head<ipc::Haptic>().hands;
    }
    return hands == 3;  // it vibrates the hand that grasps
  });
  const Seen all = seen();
  std::cout << "hello_xr was told " << all.all << " places, " << all.left << " of the left glove, "
            << all.right << " of the right\n";
}
TEST_F(HelloGloves, SwitchedOffItsHandsAreTheRuntimes) {
  run({{"TACTUS_GLOVES_AS_CONTROLLERS", "0"}}, [this] { return seen().all > 100; });
  EXPECT_EQ(seen().left + seen().right, 0);
}
TEST_F(HelloGloves, WithoutGlovesItsHandsAreTheRuntimes) {
  is_on = false;
  run({}, [this] { return seen().all > 100; });
  EXPECT_EQ(seen().left + seen().right, 0);
}

}  // namespace
}  // namespace tactus::layer_test
