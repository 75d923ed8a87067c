// The runtime in lockstep with a simulator: this thread plays the simulator, another the
// application.
#include <stdlib.h>
#include <unistd.h>

#include <cmath>
#include <thread>

#include "tactus/simulator/stage_page.h"
#include "xr_test.h"

namespace tactus::test {
namespace {

using simulator::StagePage;

constexpr int kPatience_ms = 60'000;
constexpr std::int64_t kSecond_ns = 1'000'000'000;
constexpr float kTolerance_m = 1e-5f;

std::int64_t exact_refresh_ns(std::int64_t k) {
  return std::llround(static_cast<long double>(k) * 1e9L / 90.0L);
}

// The millisecond in which the last of so many frames starts. The simulator stops there: it would
// wait in vain for an application that has no more frames to run.
std::int64_t frames_end_ns(std::int64_t frames) { return exact_refresh_ns(frames) + 1'000'000; }

class VirtualTimeTest : public XrTest {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/tactus_runtime_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    page_ = simulator::create_stage_page((folder_ + "/page").c_str());
    ASSERT_NE(page_, nullptr);
    page_->T_stage_head.p = {0, 1.5f, 0};
    ASSERT_EQ(setenv("TACTUS_STAGE", (folder_ + "/page").c_str(), 1), 0);
  }
  void TearDown() override {
    XrTest::TearDown();
    unsetenv("TACTUS_STAGE");
    simulator::unmap_stage_page(page_);
    unlink((folder_ + "/page").c_str());
    rmdir(folder_.c_str());
  }

  /// Lets time pass in milliseconds up to `end_ns`; `before_step(t_ns)` moves things meanwhile.
  template <typename Step>
  void simulate(std::int64_t end_ns, Step before_step) {
    constexpr std::int64_t kStep_ns = 1'000'000;
    for (std::int64_t t_ns = page_->now_ns + kStep_ns; t_ns <= end_ns; t_ns += kStep_ns) {
      ASSERT_TRUE(simulator::await_runtime(*page_, kPatience_ms)) << "at " << t_ns << " ns";
      before_step(t_ns);
      simulator::advance_to(*page_, t_ns);
    }
  }

  StagePage* page_ = nullptr;
  std::string folder_;
};

TEST_F(VirtualTimeTest, FramesComeAtExactlyNinetyHertz) {
  make_running_session();
  EXPECT_EQ(page_->attached, 1u);
  constexpr int kFrames = 180;
  std::vector<XrFrameState> frames;
  std::vector<std::int64_t> returned_ns;
  std::thread application([&] {
    for (int i = 0; i < kFrames; ++i) {
      frames.push_back(run_frame());
      returned_ns.push_back(page_->now_ns);
    }
    EXPECT_XR(xrDestroyInstance(std::exchange(instance_, nullptr)));
  });
  // Time moves in steps of one millisecond, so a frame starts in the step that reaches it.
  simulate(exact_refresh_ns(kFrames) + 2'000'000, [](std::int64_t) {});
  application.join();
  ASSERT_EQ(frames.size(), static_cast<std::size_t>(kFrames));
  for (int i = 0; i < kFrames; ++i) {
    const std::int64_t k = i + 1;  // refresh 0 was over when the application came
    EXPECT_EQ(frames[i].predictedDisplayTime, exact_refresh_ns(k + 2) + kSecond_ns);
    EXPECT_EQ(frames[i].predictedDisplayPeriod, 11'111'111);
    EXPECT_GE(returned_ns[i], exact_refresh_ns(k));
    EXPECT_LT(returned_ns[i], exact_refresh_ns(k) + 1'000'000);
  }
  EXPECT_EQ(page_->frames_ended, static_cast<std::uint64_t>(kFrames));
  EXPECT_EQ(page_->attached, 0u) << "the instance is gone";
}

TEST_F(VirtualTimeTest, TimespecIsVirtualNanoseconds) {
  make_running_session();
  PFN_xrConvertTimeToTimespecTimeKHR convert = nullptr;
  ASSERT_XR(xrGetInstanceProcAddr(instance_, "xrConvertTimeToTimespecTimeKHR",
                                  reinterpret_cast<PFN_xrVoidFunction*>(&convert)));
  std::int64_t shown_ns = 0;
  std::thread application([&] {
    timespec t{};
    EXPECT_XR(convert(instance_, run_frame().predictedDisplayTime, &t));
    shown_ns = t.tv_sec * kSecond_ns + t.tv_nsec;
  });
  simulate(frames_end_ns(1), [](std::int64_t) {});
  application.join();
  EXPECT_EQ(shown_ns, exact_refresh_ns(3));
}

TEST_F(VirtualTimeTest, DevicesAreWhereThePageSays) {
  make_running_session();
  const XrSpace stage = make_space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrSpace view = make_space(XR_REFERENCE_SPACE_TYPE_VIEW);
  std::vector<XrSpaceLocation> now_at, shown_at;
  std::vector<XrSpaceVelocity> velocities;
  std::thread application([&] {
    for (int i = 0; i < 20; ++i) {
      const XrTime shown = run_frame().predictedDisplayTime;
      const XrTime now = exact_refresh_ns(i + 1) + kSecond_ns;
      XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
      XrSpaceVelocity velocity{XR_TYPE_SPACE_VELOCITY};
      EXPECT_XR(xrLocateSpace(view, stage, now, &location));
      now_at.push_back(location);
      location.next = &velocity;
      EXPECT_XR(xrLocateSpace(view, stage, shown, &location));
      shown_at.push_back(location);
      velocities.push_back(velocity);
    }
  });
  const auto x_m = [](std::int64_t t_ns) { return 0.5f * static_cast<float>(t_ns) * 1e-9f; };
  simulate(frames_end_ns(20), [&](std::int64_t t_ns) { page_->T_stage_head.p.x = x_m(t_ns); });
  application.join();
  ASSERT_EQ(shown_at.size(), 20u);
  // Poses are stepped in milliseconds, in which the head moves half a millimetre.
  for (int i = 2; i < 20; ++i) {
    EXPECT_NEAR(now_at[i].pose.position.x, x_m(exact_refresh_ns(i + 1)), 6e-4f);
    EXPECT_NEAR(shown_at[i].pose.position.x, x_m(exact_refresh_ns(i + 3)), 2e-3f) << "predicted";
    EXPECT_NEAR(velocities[i].linearVelocity.x, 0.5f, 0.05f);
    EXPECT_EQ(velocities[i].velocityFlags, 3u);
  }
}

TEST_F(VirtualTimeTest, RecentreMovesLocalAndItsFloorUnderTheHead) {
  make_instance({XR_MND_HEADLESS_EXTENSION_NAME, "XR_EXT_local_floor"});
  make_session();
  begin_session();
  const XrSpace stage = make_space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrSpace local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  (void)states();
  std::optional<XrEventDataReferenceSpaceChangePending> change, floor_change;
  XrTime last_shown_before_told = 0, first_shown_after_told = 0;
  std::thread application([&] {
    for (int i = 0; i < 10; ++i) {
      while (const std::optional<XrEventDataBuffer> event = poll()) {
        if (event->type != XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING) continue;
        XrEventDataReferenceSpaceChangePending told;
        std::memcpy(&told, &*event, sizeof(told));
        auto& kept =
            told.referenceSpaceType == XR_REFERENCE_SPACE_TYPE_LOCAL ? change : floor_change;
        EXPECT_FALSE(kept) << "told once";
        kept = told;
      }
      const XrTime shown = run_frame().predictedDisplayTime;
      if (!change) last_shown_before_told = shown;
      if (change && first_shown_after_told == 0) first_shown_after_told = shown;
    }
  });
  const float yaw_rad = 0.7f;
  simulate(frames_end_ns(10), [&](std::int64_t t_ns) {
    if (t_ns != 50'000'000) return;
    page_->T_stage_head = {axis_angle({0, 1, 0}, yaw_rad) * axis_angle({1, 0, 0}, -0.4f),
                           {1, 1.7f, -2}};
    page_->recentre_count = 1;
  });
  application.join();
  ASSERT_TRUE(change && floor_change);
  EXPECT_EQ(change->session, session_);
  EXPECT_EQ(floor_change->referenceSpaceType, XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR);
  EXPECT_EQ(floor_change->changeTime, change->changeTime);
  EXPECT_NEAR(floor_change->poseInPreviousSpace.position.x, 1, kTolerance_m);
  EXPECT_EQ(floor_change->poseInPreviousSpace.position.y, 0) << "the floor stays";
  EXPECT_TRUE(change->poseValid);
  EXPECT_GT(change->changeTime, last_shown_before_told);
  EXPECT_EQ(change->changeTime, first_shown_after_told) << "the first frame drawn by one who knows";

  XrSpaceLocation before{XR_TYPE_SPACE_LOCATION}, after{XR_TYPE_SPACE_LOCATION};
  ASSERT_XR(xrLocateSpace(local, stage, change->changeTime - 1, &before));
  ASSERT_XR(xrLocateSpace(local, stage, change->changeTime, &after));
  EXPECT_NEAR(before.pose.position.x, 0, kTolerance_m);
  EXPECT_NEAR(before.pose.position.y, 1.5f, kTolerance_m);
  EXPECT_NEAR(after.pose.position.x, 1, kTolerance_m);
  EXPECT_NEAR(after.pose.position.y, 1.7f, kTolerance_m);
  EXPECT_NEAR(after.pose.position.z, -2, kTolerance_m);
  EXPECT_NEAR(after.pose.orientation.y, std::sin(yaw_rad / 2), 1e-5f) << "yaw only";
  EXPECT_NEAR(after.pose.orientation.x, 0, 1e-6f);
  // The old space had no rotation, so the new origin in it is the difference.
  EXPECT_NEAR(change->poseInPreviousSpace.position.x, 1, kTolerance_m);
  EXPECT_NEAR(change->poseInPreviousSpace.position.y, 0.2f, kTolerance_m);
  EXPECT_NEAR(change->poseInPreviousSpace.position.z, -2, kTolerance_m);
  EXPECT_NEAR(change->poseInPreviousSpace.orientation.y, std::sin(yaw_rad / 2), 1e-5f);
}

TEST_F(VirtualTimeTest, QuitEndsTheSession) {
  make_running_session();
  bool ended = false;
  int frames_after_quit = 0;
  std::thread application([&] {
    while (!ended) {
      for (const XrSessionState state : states()) {
        if (state == XR_SESSION_STATE_STOPPING) {
          EXPECT_XR(xrEndSession(session_));
        }
        ended |= state == XR_SESSION_STATE_EXITING;
      }
      if (ended) break;
      XrFrameState frame{XR_TYPE_FRAME_STATE};
      if (xrWaitFrame(session_, nullptr, &frame) != XR_SUCCESS) continue;
      frames_after_quit += std::atomic_ref(page_->quit).load() != 0;
      EXPECT_XR(xrBeginFrame(session_, nullptr));
      EXPECT_XR(end_frame(frame.predictedDisplayTime));
    }
  });
  simulate(100'000'000, [](std::int64_t) {});
  ASSERT_TRUE(simulator::await_runtime(*page_, kPatience_ms));
  std::atomic_ref(page_->quit).store(1);
  simulator::advance_to(*page_, 101'000'000);
  application.join();
  EXPECT_TRUE(ended);
  EXPECT_LE(frames_after_quit, 1);
}

TEST_F(VirtualTimeTest, AControllerThatIsOffIsNotLocated) {
  make_running_session();
  XrActionSetCreateInfo create_set{XR_TYPE_ACTION_SET_CREATE_INFO};
  std::strcpy(create_set.actionSetName, "set");
  std::strcpy(create_set.localizedActionSetName, "Set");
  XrActionSet set = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateActionSet(instance_, &create_set, &set));
  XrActionCreateInfo create{XR_TYPE_ACTION_CREATE_INFO};
  create.actionType = XR_ACTION_TYPE_POSE_INPUT;
  std::strcpy(create.actionName, "grip");
  std::strcpy(create.localizedActionName, "Grip");
  XrAction grip = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateAction(set, &create, &grip));
  const XrActionSuggestedBinding binding{grip, path("/user/hand/left/input/grip/pose")};
  XrInteractionProfileSuggestedBinding suggest{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING};
  suggest.interactionProfile = path("/interaction_profiles/khr/simple_controller");
  suggest.countSuggestedBindings = 1;
  suggest.suggestedBindings = &binding;
  ASSERT_XR(xrSuggestInteractionProfileBindings(instance_, &suggest));
  XrSessionActionSetsAttachInfo attach{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr, 1, &set};
  ASSERT_XR(xrAttachSessionActionSets(session_, &attach));
  XrActionSpaceCreateInfo create_space{XR_TYPE_ACTION_SPACE_CREATE_INFO};
  create_space.action = grip;
  create_space.poseInActionSpace = kIdentity;
  XrSpace space = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateActionSpace(session_, &create_space, &space));
  const XrSpace stage = make_space(XR_REFERENCE_SPACE_TYPE_STAGE);

  std::vector<XrSpaceLocation> located;
  std::thread application([&] {
    for (int i = 0; i < 6; ++i) {
      const XrTime shown = run_frame().predictedDisplayTime;
      const XrActiveActionSet active{set, XR_NULL_PATH};
      XrActionsSyncInfo sync{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 1, &active};
      EXPECT_XR(xrSyncActions(session_, &sync));
      XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
      EXPECT_XR(xrLocateSpace(space, stage, shown, &location));
      located.push_back(location);
    }
  });
  page_->T_stage_grip[0].p = {-0.3f, 1.1f, -0.4f};
  simulate(frames_end_ns(6), [&](std::int64_t t_ns) {
    page_->grip_active[0] = t_ns > exact_refresh_ns(2) && t_ns < exact_refresh_ns(5);
  });
  application.join();
  ASSERT_EQ(located.size(), 6u);
  EXPECT_EQ(located[0].locationFlags, 0u) << "off";
  EXPECT_EQ(located[3].locationFlags, 15u) << "on";
  EXPECT_NEAR(located[3].pose.position.x, -0.3f, kTolerance_m);
  EXPECT_EQ(located[5].locationFlags, 0u) << "off again";
}

}  // namespace
}  // namespace tactus::test
