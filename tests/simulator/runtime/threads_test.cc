#include <atomic>
#include <thread>

#include "xr_test.h"

namespace tactus::test {
namespace {

using ThreadsTest = XrTest;

TEST_F(ThreadsTest, TheNextWaitEndsOnceTheFrameIsBegunNotEnded) {
  make_running_session();
  XrFrameState first{XR_TYPE_FRAME_STATE}, second{XR_TYPE_FRAME_STATE};
  ASSERT_XR(xrWaitFrame(session_, nullptr, &first));
  std::atomic<bool> returned = false;
  std::thread waiter([&] {
    EXPECT_XR(xrWaitFrame(session_, nullptr, &second));
    returned = true;
  });
  // The other thread cannot return before the frame is begun, however long this one takes.
  for (int i = 0; i < 100; ++i) {
    ASSERT_FALSE(returned);
    std::this_thread::yield();
  }
  ASSERT_XR(xrBeginFrame(session_, nullptr));
  waiter.join();
  EXPECT_GT(second.predictedDisplayTime, first.predictedDisplayTime);
  EXPECT_XR(end_frame(first.predictedDisplayTime));
}

TEST_F(ThreadsTest, ASessionThatEndsFreesItsWaiter) {
  make_running_session();
  XrFrameState state{XR_TYPE_FRAME_STATE};
  ASSERT_XR(xrWaitFrame(session_, nullptr, &state));
  XrResult result = XR_SUCCESS;
  std::thread waiter([&] {
    XrFrameState late{XR_TYPE_FRAME_STATE};
    result = xrWaitFrame(session_, nullptr, &late);
  });
  EXPECT_XR(xrRequestExitSession(session_));
  EXPECT_XR(xrEndSession(session_));
  waiter.join();
  EXPECT_EQ(result, XR_ERROR_SESSION_NOT_RUNNING);
}

TEST_F(ThreadsTest, EverythingMayBeCalledAtOnce) {
  make_running_session();
  const XrSpace local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  const XrSpace view = make_space(XR_REFERENCE_SPACE_TYPE_VIEW);
  std::atomic<bool> stop = false;
  std::atomic<int> calls = 0;
  const auto hammer = [&](auto call) {
    return std::thread([&, call] {
      while (!stop) {
        EXPECT_GE(call(), XR_SUCCESS);
        ++calls;
      }
    });
  };
  std::thread threads[] = {
      hammer([&] {
        XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
        return xrLocateSpace(view, local, now(), &location);
      }),
      hammer([&] {
        XrReferenceSpaceCreateInfo create{XR_TYPE_REFERENCE_SPACE_CREATE_INFO};
        create.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_STAGE;
        create.poseInReferenceSpace = kIdentity;
        XrSpace made = XR_NULL_HANDLE;
        EXPECT_XR(xrCreateReferenceSpace(session_, &create, &made));
        return xrDestroySpace(made);
      }),
      hammer([&] {
        XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
        return xrPollEvent(instance_, &event);
      }),
      hammer([&] {
        XrPath made = XR_NULL_PATH;
        return xrStringToPath(instance_, "/some/path", &made);
      }),
  };
  for (int i = 0; i < 60; ++i) (void)run_frame();
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(calls, 0);
}

}  // namespace
}  // namespace tactus::test
