// Who dies or hangs while gloves vibrate, and how long they still do: the real layer in a program
// that is killed or stopped, the service's own parts and emulated gloves in virtual time.
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "../service/session.h"
#include "layer_fixture.h"
#include "tactus/service/stepped_service.h"

namespace tactus::layer_test {
namespace {

constexpr Duration kMostSilence = 50ms;     ///< docs/safety.md, after a death
constexpr Duration kMostAfterHang = 150ms;  ///< likewise, after a hang
constexpr int kFrame_ms = 50;

class Silence : public LayerTest {
 protected:
  /// An application with the layer, in a process of its own, that plays a tone of ten seconds; then
  /// one frame, or one look at a hand, for each byte that it is sent.
  void start_application() {
    int to[2], from[2];
    ASSERT_EQ(::pipe2(to, O_CLOEXEC) | ::pipe2(from, O_CLOEXEC), 0);
    application = ::fork();
    if (application == 0) run_application(to[0], from[1]);
    ::close(to[0]);
    ::close(from[1]);
    frames_wanted = to[1];
    frames_done = from[0];
  }
  [[noreturn]] void run_application(int wanted, int done) {
    const std::string path = folder.path() + "/s";
    ::setenv("TACTUS_SOCKET", path.c_str(), 1);
    begin({kHandTracking});
    begin_actions();
    const XrAction buzz =
        make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
    const XrHapticActionInfo where{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, XR_NULL_PATH};
    const XrHapticVibration tone{XR_TYPE_HAPTIC_VIBRATION, nullptr, 10'000'000'000, 150, 0.5f};
    get<PFN_xrApplyHapticFeedback>("xrApplyHapticFeedback")(
        session, &where, reinterpret_cast<const XrHapticBaseHeader*>(&tone));
    XrFrameState state{};
    const auto wait_frame = get<PFN_xrWaitFrame>("xrWaitFrame");
    const auto locate = get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT");
    const XrHandTrackerEXT hand = make_tracker();
    const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr,
                                         runtime.add_space({}), 1'000'000'000};
    Joints joints;
    char one = 0;
    while (::write(done, &one, 1) == 1 && ::read(wanted, &one, 1) == 1) {
      if (only_locates) {
        locate(hand, &info, &joints.locations);
      } else {
        wait_frame(session, nullptr, &state);
      }
    }
    std::_Exit(0);
  }

  XrHandTrackerEXT make_tracker() {
    const XrHandTrackerCreateInfoEXT info{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, nullptr,
                                          XR_HAND_LEFT_EXT, XR_HAND_JOINT_SET_DEFAULT_EXT};
    XrHandTrackerEXT made = XR_NULL_HANDLE;
    get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT")(session, &info, &made);
    return made;
  }

  void start() {
    auto created = service::SteppedService::create(folder.path() + "/s", PipelineParams{});
    ASSERT_TRUE(created);
    stepped = *std::move(created);
    gloves = std::make_unique<service::tests::Session>(stepped->engine(),
                                                       service::tests::Session::Body::None);
    start_application();
  }
  [[nodiscard]] float loudness() const {
    const auto amplitude = gloves->glove(Hand::Left).amplitude();
    return *std::max_element(amplitude.begin(), amplitude.end());
  }
  void step() {
    if (is_going_on && gloves->now().time_since_epoch() / 1ms % kFrame_ms == 0) ask_for_frame();
    gloves->run_until(gloves->now() + 1ms, [&](const service::tests::Step& step) {
      stepped->serve(step.now, 1ms);
      drive(stepped->engine(), step);
    });
  }
  void ask_for_frame() {
    char one = 0;
    ASSERT_EQ(::write(frames_wanted, &one, 1), 1);
    ASSERT_EQ(::read(frames_done, &one, 1), 1);
  }
  /// Until the application plays, ten virtual seconds at most, and the tone has risen.
  bool await_vibration() {
    for (int ms = 0; ms < 8000 && !is_going_on; ++ms) {
      step();
      char one = 0;
      pollfd begun{frames_done, POLLIN, 0};
      is_going_on = ::poll(&begun, 1, 0) == 1 && ::read(frames_done, &one, 1) == 1;
    }
    for (int ms = 0; ms < 100 && loudness() < 0.1f; ++ms) step();
    return loudness() >= 0.1f;
  }
  void kill_application() {
    ::kill(application, SIGKILL);
    ::waitpid(application, nullptr, 0);
    ::close(frames_wanted);
    ::close(frames_done);
    application = 0;
    is_going_on = false;
  }
  /// From now until the last vibration of the next half second.
  Duration time_to_silence() {
    const HostTime t_death = gloves->now();
    HostTime t_last = t_death;
    for (int ms = 0; ms < 500; ++ms) {
      step();
      if (loudness() > 0) t_last = gloves->now();
    }
    return t_last - t_death;
  }
  ~Silence() override {
    if (application > 0) kill_application();
  }
  std::unique_ptr<service::SteppedService> stepped;
  std::unique_ptr<service::tests::Session> gloves;
  pid_t application = 0;
  bool only_locates = false;  ///< hands, and shows no frame
  bool is_going_on = false;   ///< the application plays and shows its frames
  int frames_wanted = -1, frames_done = -1;
};

TEST_F(Silence, FollowsAnApplicationThatIsKilledAndAServiceThatIsGone) {
  start();
  ASSERT_TRUE(await_vibration());
  kill_application();
  const Duration of_application = time_to_silence();
  EXPECT_GT(of_application, 0ms) << "it did vibrate until then";
  EXPECT_LE(of_application, kMostSilence);

  start_application();
  ASSERT_TRUE(await_vibration());
  gloves->unplug();
  const Duration of_service = time_to_silence();
  EXPECT_GT(of_service, 0ms);
  EXPECT_LE(of_service, kMostSilence);
  const auto worst =
      std::chrono::duration<double, std::milli>(std::max(of_application, of_service));
  std::printf("metric layer.silence_after_kill_ms %.0f ms\n", worst.count());
}

TEST_F(Silence, DoesNotFollowAnApplicationThatOnlyLocates) {
  only_locates = true;
  start();
  ASSERT_TRUE(await_vibration());
  for (int ms = 0; ms < 1000; ++ms) {
    step();
    ASSERT_GT(loudness(), 0) << "cut off after " << ms << " ms";
  }
}

TEST_F(Silence, FollowsAnApplicationThatHangsAndNoneThatGoesOn) {
  start();
  ASSERT_TRUE(await_vibration());
  for (int ms = 0; ms < 1000; ++ms) {
    step();
    ASSERT_GT(loudness(), 0) << "cut off after " << ms << " ms";
  }
  ask_for_frame();  // nothing is as late as a hang that follows a sign of life
  ::kill(application, SIGSTOP);
  is_going_on = false;
  const Duration of_hang = time_to_silence();
  EXPECT_GT(of_hang, 0ms);
  EXPECT_LE(of_hang, kMostAfterHang);
  std::printf("metric layer.silence_after_hang_ms %.0f ms\n",
              std::chrono::duration<double, std::milli>(of_hang).count());
}

}  // namespace
}  // namespace tactus::layer_test
