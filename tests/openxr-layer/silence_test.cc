// Who dies while gloves vibrate, and how long they still do: the real layer in a program that is
// killed, the service's own parts and emulated gloves in virtual time.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "../service/session.h"
#include "layer_fixture.h"
#include "tactus/service/stepped_service.h"

namespace tactus::layer_test {
namespace {

constexpr Duration kMostSilence = 50ms;  ///< docs/safety.md

class Silence : public LayerTest {
 protected:
  /// An application with the layer, in a process of its own, that plays a tone of ten seconds.
  pid_t fork_application(const std::string& path) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setenv("TACTUS_SOCKET", path.c_str(), 1);
    begin({});
    XrActionSetCreateInfo set_info{};
    XrActionSet set = XR_NULL_HANDLE;
    get<PFN_xrCreateActionSet>("xrCreateActionSet")(instance, &set_info, &set);
    XrActionCreateInfo info{};
    info.actionType = XR_ACTION_TYPE_VIBRATION_OUTPUT;
    XrAction buzz = XR_NULL_HANDLE;
    get<PFN_xrCreateAction>("xrCreateAction")(set, &info, &buzz);
    XrPath left = XR_NULL_PATH;
    get<PFN_xrStringToPath>("xrStringToPath")(instance, "/user/hand/left/output/haptic", &left);
    const XrActionSuggestedBinding binding{buzz, left};
    const XrInteractionProfileSuggestedBinding all{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING,
                                                   nullptr, left, 1, &binding};
    get<PFN_xrSuggestInteractionProfileBindings>("xrSuggestInteractionProfileBindings")(instance,
                                                                                        &all);
    const XrHapticActionInfo where{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, XR_NULL_PATH};
    const XrHapticVibration tone{XR_TYPE_HAPTIC_VIBRATION, nullptr, 10'000'000'000, 150, 0.5f};
    get<PFN_xrApplyHapticFeedback>("xrApplyHapticFeedback")(
        session, &where, reinterpret_cast<const XrHapticBaseHeader*>(&tone));
    for (;;) ::pause();
  }

  void start() {
    const std::string path = folder.path() + "/s";
    auto created = service::SteppedService::create(path, PipelineParams{});
    ASSERT_TRUE(created);
    stepped = *std::move(created);
    gloves = std::make_unique<service::tests::Session>(stepped->engine(),
                                                       service::tests::Session::Body::None);
    application = fork_application(path);
  }
  [[nodiscard]] float loudness() const {
    const auto amplitude = gloves->glove(Hand::Left).amplitude();
    return *std::max_element(amplitude.begin(), amplitude.end());
  }
  void step() {
    gloves->run_until(gloves->now() + 1ms, [&](const service::tests::Step& step) {
      stepped->serve(step.now, 1ms);
      drive(stepped->engine(), step);
    });
  }
  /// Ten virtual seconds at most: the tone's own length.
  bool await_vibration() {
    for (int ms = 0; ms < 8000 && loudness() < 0.1f; ++ms) step();
    return loudness() >= 0.1f;
  }
  void kill_application() {
    ::kill(application, SIGKILL);
    ::waitpid(application, nullptr, 0);
    application = 0;
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
};

TEST_F(Silence, FollowsAnApplicationThatIsKilledAndAServiceThatIsGone) {
  start();
  ASSERT_TRUE(await_vibration());
  kill_application();
  const Duration of_application = time_to_silence();
  EXPECT_GT(of_application, 0ms) << "it did vibrate until then";
  EXPECT_LE(of_application, kMostSilence);

  application = fork_application(folder.path() + "/s");
  ASSERT_TRUE(await_vibration());
  gloves->unplug();
  const Duration of_service = time_to_silence();
  EXPECT_GT(of_service, 0ms);
  EXPECT_LE(of_service, kMostSilence);
  const auto worst =
      std::chrono::duration<double, std::milli>(std::max(of_application, of_service));
  std::printf("metric layer.silence_after_kill_ms %.0f ms\n", worst.count());
}

}  // namespace
}  // namespace tactus::layer_test
