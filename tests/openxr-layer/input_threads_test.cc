// [spec] fundamentals-threading: syncs, states, sources and places asked for at once, while gloves
// come off and sessions come and go. ThreadSanitizer watches.
#include <atomic>
#include <thread>

#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

class InputThreads : public EXT_hand_interaction {};

TEST_F(InputThreads, EverythingAtOnce) {
  begin_input();
  const XrAction value = make(XR_ACTION_TYPE_FLOAT_INPUT), grip = make(XR_ACTION_TYPE_POSE_INPUT);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/pinch_ext/value"},
                      {grip, "/user/hand/left/input/grip/pose"},
                      {grip, "/user/hand/right/input/grip/pose"}}),
            XR_SUCCESS);
  start();
  const XrSpace of_left = make_action_space(grip), of_right = make_action_space(grip, kRight);
  constexpr int kRounds = 200;
  std::atomic<int> wrong{0};
  std::atomic<bool> is_over{false};
  const XrTime t = now;

  const auto sync_all = [&] {
    while (!is_over) {
      if (sync({{action_set, XR_NULL_PATH}}) != XR_SUCCESS) ++wrong;
    }
  };
  const auto read = [&] {
    for (int i = 0; i < kRounds; ++i) {
      const XrActionStateFloat state = number(value);
      if (state.isActive == XR_FALSE && state.currentState != 0) ++wrong;
      const std::string current = profile();
      if (!current.empty() && current != kHandsProfile) ++wrong;
      const Located located = where(of_left, of_right, t);
      if ((located.flags & 3) != 0 && (located.flags & 3) != 3) ++wrong;
    }
  };
  const auto change_gloves = [&] {
    for (int i = 0; i < kRounds; ++i) {
      service->beat(host(t), i % 2 == 0, i % 3 == 0);
      static_cast<void>(told_changes());
    }
  };
  const auto live = [&] {
    for (int i = 0; i < kRounds / 10; ++i) {
      XrSession mine = XR_NULL_HANDLE;
      const XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO};
      const XrSessionActionSetsAttachInfo attached{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr,
                                                   1, &action_set};
      if (get<PFN_xrCreateSession>("xrCreateSession")(instance, &info, &mine) != XR_SUCCESS ||
          get<PFN_xrAttachSessionActionSets>("xrAttachSessionActionSets")(mine, &attached) !=
              XR_SUCCESS ||
          get<PFN_xrDestroySession>("xrDestroySession")(mine) != XR_SUCCESS) {
        ++wrong;
      }
    }
  };
  std::thread syncs[] = {std::thread(sync_all), std::thread(sync_all)};
  std::thread workers[] = {std::thread(read), std::thread(read), std::thread(change_gloves),
                           std::thread(live)};
  for (std::thread& worker : workers) worker.join();
  is_over = true;
  for (std::thread& one : syncs) one.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace tactus::layer_test
