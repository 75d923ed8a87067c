#include "xr_test.h"

namespace tactus::test {
namespace {

using SessionTest = XrTest;
using States = std::vector<XrSessionState>;

TEST_F(SessionTest, HeadlessGoesFromIdleToExiting) {
  make_instance();
  make_session();
  EXPECT_EQ(states(), (States{XR_SESSION_STATE_IDLE, XR_SESSION_STATE_READY}));
  EXPECT_EQ(xrEndSession(session_), XR_ERROR_SESSION_NOT_RUNNING);
  EXPECT_EQ(xrRequestExitSession(session_), XR_ERROR_SESSION_NOT_RUNNING);
  begin_session();
  EXPECT_EQ(states(), (States{XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_VISIBLE,
                              XR_SESSION_STATE_FOCUSED}));
  XrSessionBeginInfo begin{XR_TYPE_SESSION_BEGIN_INFO};
  begin.primaryViewConfigurationType = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
  EXPECT_EQ(xrBeginSession(session_, &begin), XR_ERROR_SESSION_RUNNING);
  EXPECT_EQ(xrEndSession(session_), XR_ERROR_SESSION_NOT_STOPPING);
  EXPECT_XR(xrRequestExitSession(session_));
  EXPECT_XR(xrRequestExitSession(session_)) << "asking twice is no error";
  EXPECT_EQ(states(), (States{XR_SESSION_STATE_VISIBLE, XR_SESSION_STATE_SYNCHRONIZED,
                              XR_SESSION_STATE_STOPPING}));
  EXPECT_XR(xrEndSession(session_));
  EXPECT_EQ(states(), (States{XR_SESSION_STATE_IDLE, XR_SESSION_STATE_EXITING}));
  EXPECT_EQ(xrBeginSession(session_, &begin), XR_ERROR_SESSION_NOT_READY);
}

TEST_F(SessionTest, NeedsGraphicsWithoutTheHeadlessExtension) {
  make_instance({});
  XrSessionCreateInfo create{XR_TYPE_SESSION_CREATE_INFO};
  create.systemId = system_;
  EXPECT_EQ(xrCreateSession(instance_, &create, &session_), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  create.systemId = system_ + 7;
  EXPECT_EQ(xrCreateSession(instance_, &create, &session_), XR_ERROR_SYSTEM_INVALID);
}

TEST_F(SessionTest, FramesKeepTheirOrder) {
  make_instance();
  make_session();
  XrFrameState state{XR_TYPE_FRAME_STATE};
  EXPECT_EQ(xrWaitFrame(session_, nullptr, &state), XR_ERROR_SESSION_NOT_RUNNING);
  EXPECT_EQ(xrBeginFrame(session_, nullptr), XR_ERROR_SESSION_NOT_RUNNING);
  begin_session();
  EXPECT_EQ(xrBeginFrame(session_, nullptr), XR_ERROR_CALL_ORDER_INVALID);
  EXPECT_EQ(end_frame(1), XR_ERROR_CALL_ORDER_INVALID);
  ASSERT_XR(xrWaitFrame(session_, nullptr, &state));
  EXPECT_FALSE(state.shouldRender) << "nobody looks at a headless session";
  ASSERT_XR(xrBeginFrame(session_, nullptr));
  EXPECT_EQ(xrBeginFrame(session_, nullptr), XR_ERROR_CALL_ORDER_INVALID);
  EXPECT_EQ(end_frame(0), XR_ERROR_TIME_INVALID);
  const XrTime first = state.predictedDisplayTime;
  ASSERT_XR(xrWaitFrame(session_, nullptr, &state));
  EXPECT_GT(state.predictedDisplayTime, first);
  EXPECT_EQ(xrBeginFrame(session_, nullptr), XR_FRAME_DISCARDED) << "the last one was not ended";
  EXPECT_XR(end_frame(state.predictedDisplayTime));
}

TEST_F(SessionTest, RefusesWrongStructures) {
  make_running_session();
  XrFrameState wrong_state{XR_TYPE_FRAME_END_INFO};
  EXPECT_EQ(xrWaitFrame(session_, nullptr, &wrong_state), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(xrWaitFrame(session_, nullptr, nullptr), XR_ERROR_VALIDATION_FAILURE);
  XrFrameState state{XR_TYPE_FRAME_STATE};
  XrFrameWaitInfo wrong_wait{XR_TYPE_FRAME_END_INFO};
  EXPECT_EQ(xrWaitFrame(session_, &wrong_wait, &state), XR_ERROR_VALIDATION_FAILURE);
  ASSERT_XR(xrWaitFrame(session_, nullptr, &state));
  ASSERT_XR(xrBeginFrame(session_, nullptr));
  XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO};
  end.displayTime = state.predictedDisplayTime;
  end.environmentBlendMode = XR_ENVIRONMENT_BLEND_MODE_ADDITIVE;
  EXPECT_EQ(xrEndFrame(session_, &end), XR_ERROR_ENVIRONMENT_BLEND_MODE_UNSUPPORTED);
  end.environmentBlendMode = XR_ENVIRONMENT_BLEND_MODE_OPAQUE;
  end.layerCount = 17;
  EXPECT_EQ(xrEndFrame(session_, &end), XR_ERROR_LAYER_LIMIT_EXCEEDED);
}

TEST_F(SessionTest, EventsOfADestroyedSessionAreGone) {
  make_instance();
  make_session();
  EXPECT_XR(xrDestroySession(session_));
  EXPECT_FALSE(poll());
}

TEST_F(SessionTest, AnApplicationThatNeverPollsIsToldWhatItLost) {
  make_instance();
  for (int i = 0; i < 400; ++i) {  // 5 events each, 3 of them for good
    make_session();
    begin_session();
  }
  int events = 0;
  std::uint32_t lost = 0;
  while (const std::optional<XrEventDataBuffer> event = poll()) {
    ++events;
    if (event->type == XR_TYPE_EVENT_DATA_EVENTS_LOST) {
      lost = reinterpret_cast<const XrEventDataEventsLost&>(*event).lostEventCount;
    }
  }
  EXPECT_EQ(events, 1025);
  EXPECT_EQ(lost, 400u * 5 - 1024);
}

}  // namespace
}  // namespace tactus::test
