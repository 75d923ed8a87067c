// [spec] fundamentals-threading: functions may overlap. ThreadSanitizer watches.
#include <atomic>
#include <thread>

#include "hand_fixture.h"
#include "support/shapes.h"

namespace tactus::layer_test {
namespace {

class Threads : public HandTest {};

TEST_F(Threads, EverythingAtOnceWhileTheServiceComesAndGoes) {
  begin_with_gloves({kHandTracking, kTouch});
  constexpr int kRounds = 300;
  std::atomic<int> wrong{0};
  std::atomic<bool> is_over{false};
  const auto expect = [&](XrResult result) { wrong += result == XR_SUCCESS ? 0 : 1; };
  const auto tube = testing::to_bytes(testing::make_tube(0.4f, 0.05f, 8, 12));

  const auto locate_hands = [&] {
    const auto create_tracker = get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT");
    for (int i = 0; i < kRounds; ++i) {
      XrHandTrackerEXT mine = XR_NULL_HANDLE;
      XrHandTrackerCreateInfoEXT info{};
      info.type = XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT;
      info.hand = i % 2 == 0 ? XR_HAND_LEFT_EXT : XR_HAND_RIGHT_EXT;
      expect(create_tracker(session, &info, &mine));
      Joints joints;
      for (int k = 0; k < 5; ++k) expect(locate(mine, stage, joints));
      expect(destroy(mine));
    }
  };
  const auto touch = [&] {
    const XrPosef bones[2] = {{{0, 0, 0, 1}, {}}, {{0, 0, 0, 1}, {}}};
    for (int i = 0; i < kRounds; ++i) {
      XrTouchBodyTACTUSX body = XR_NULL_HANDLE;
      const XrTouchBodyCreateInfoTACTUSX info{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, nullptr,
                                              static_cast<uint32_t>(tube.size()), tube.data()};
      expect(get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX")(session, &info, &body));
      const XrTouchBodyPosesTACTUSX poses{
          XR_TYPE_TOUCH_BODY_POSES_TACTUSX, nullptr, stage, kNow, 2, bones};
      expect(get<PFN_xrUpdateTouchBodyTACTUSX>("xrUpdateTouchBodyTACTUSX")(body, &poses));
      expect(get<PFN_xrDestroyTouchBodyTACTUSX>("xrDestroyTouchBodyTACTUSX")(body));
    }
  };
  const auto run_frames = [&] {
    while (!is_over) {
      wait_frame();
      poll_all();
    }
  };
  const auto change_focus = [&] {
    for (int i = 0; i < kRounds; ++i) {
      enter(i % 2 == 0 ? XR_SESSION_STATE_VISIBLE : XR_SESSION_STATE_FOCUSED);
      runtime.post_space_change(session, XR_REFERENCE_SPACE_TYPE_STAGE, kNow, true, {});
    }
  };
  std::thread frames(run_frames);
  std::thread service_life([&] {
    stop_service();
    start_service();
  });
  std::thread workers[] = {std::thread(locate_hands), std::thread(locate_hands), std::thread(touch),
                           std::thread(touch), std::thread(change_focus)};
  for (std::thread& worker : workers) worker.join();
  service_life.join();
  is_over = true;
  frames.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(runtime.trackers.empty());
}

TEST_F(Threads, InstancesOfManyThreads) {
  start_service();
  std::atomic<int> wrong{0};
  const auto live = [&] {
    for (int i = 0; i < 50; ++i) {
      XrInstanceCreateInfo info{};
      info.type = XR_TYPE_INSTANCE_CREATE_INFO;
      XrApiLayerNextInfo next{};
      next.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_NEXT_INFO;
      next.structVersion = XR_API_LAYER_NEXT_INFO_STRUCT_VERSION;
      next.structSize = sizeof(next);
      next.nextGetInstanceProcAddr = FakeRuntime::get_proc_addr;
      next.nextCreateApiLayerInstance = FakeRuntime::create_instance;
      XrApiLayerCreateInfo layer_info{};
      layer_info.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_CREATE_INFO;
      layer_info.structVersion = XR_API_LAYER_CREATE_INFO_STRUCT_VERSION;
      layer_info.structSize = sizeof(layer_info);
      layer_info.nextInfo = &next;
      XrInstance mine = XR_NULL_HANDLE;
      wrong += loaded.layer.createApiLayerInstance(&info, &layer_info, &mine) == XR_SUCCESS ? 0 : 1;
      PFN_xrVoidFunction destroy_instance = nullptr;
      loaded.layer.getInstanceProcAddr(mine, "xrDestroyInstance", &destroy_instance);
      wrong +=
          reinterpret_cast<PFN_xrDestroyInstance>(destroy_instance)(mine) == XR_SUCCESS ? 0 : 1;
    }
  };
  std::thread threads[] = {std::thread(live), std::thread(live), std::thread(live),
                           std::thread(live)};
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(runtime.instances.empty());
}

}  // namespace
}  // namespace tactus::layer_test
