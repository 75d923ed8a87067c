// [docs/XR_TACTUSX_touch_preview.md, Gloves] what the gloves' sensors feel, how their links do.
#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

class TouchGloveTest : public TouchTest {
 protected:
  XrResult get_state(XrHandEXT hand, XrTime time = kNow) {
    const XrTouchGloveGetInfoTACTUSX info{XR_TYPE_TOUCH_GLOVE_GET_INFO_TACTUSX, nullptr, hand,
                                          time};
    state = {};
    state.type = XR_TYPE_TOUCH_GLOVE_STATE_TACTUSX;
    state.battery = 99;
    return get<PFN_xrGetTouchGloveStateTACTUSX>("xrGetTouchGloveStateTACTUSX")(session, &info,
                                                                               &state);
  }
  void publish_left() {
    ipc::PublishedState published;
    published.heartbeat_ns = host(kNow).time_since_epoch().count();
    ipc::LinkHealth& link = published.links[0];
    link.connected = link.tracker_connected = 1;
    link.battery_percent = 80;
    link.reports_in = 5000;
    link.reports_dropped = 3;
    link.latency_us = 700;
    link.touch_kPa[1] = 12.5f;
    link.touch_kPa[8] = -3;
    service->published().state.write(published);
  }
  XrTouchGloveStateTACTUSX state{};
};

TEST_F(TouchGloveTest, SaysWhatTheServiceKnows) {
  begin_touch();
  publish_left();
  ASSERT_EQ(get_state(XR_HAND_LEFT_EXT), XR_SUCCESS);
  EXPECT_EQ(state.isConnected, XR_TRUE);
  EXPECT_EQ(state.isTrackerConnected, XR_TRUE);
  EXPECT_FLOAT_EQ(state.battery, 0.8f);
  EXPECT_EQ(state.reportsReceived, 5000u);
  EXPECT_EQ(state.reportsLost, 3u);
  EXPECT_EQ(state.latency, 700'000);
  EXPECT_EQ(state.sensors[1].joint, XR_HAND_JOINT_INDEX_TIP_EXT);
  EXPECT_FLOAT_EQ(state.sensors[1].pressure, 12500);
  EXPECT_EQ(state.sensors[8].joint, XR_HAND_JOINT_LITTLE_METACARPAL_EXT);
  EXPECT_EQ(state.sensors[8].pressure, 0) << "no sensor pulls";
}

TEST_F(TouchGloveTest, WithoutGloveFocusOrServiceItIsNotConnected) {
  begin_touch();
  publish_left();
  const auto is_away = [&](XrHandEXT hand, XrTime time = kNow) {
    return get_state(hand, time) == XR_SUCCESS && state.isConnected == XR_FALSE &&
           state.battery == 0 && state.sensors[1].pressure == 0;
  };
  EXPECT_TRUE(is_away(XR_HAND_RIGHT_EXT));
  EXPECT_FALSE(is_away(XR_HAND_LEFT_EXT));
  EXPECT_TRUE(is_away(XR_HAND_LEFT_EXT, kNow + 300'000'000)) << "its heartbeat is old";
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_TRUE(is_away(XR_HAND_LEFT_EXT));
}

TEST_F(TouchGloveTest, ArgumentsAreChecked) {
  begin_touch();
  EXPECT_EQ(get_state(static_cast<XrHandEXT>(0)), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(get_state(XR_HAND_LEFT_EXT, 0), XR_ERROR_TIME_INVALID);
  const auto get_glove = get<PFN_xrGetTouchGloveStateTACTUSX>("xrGetTouchGloveStateTACTUSX");
  const XrTouchGloveGetInfoTACTUSX info{XR_TYPE_TOUCH_GLOVE_GET_INFO_TACTUSX, nullptr,
                                        XR_HAND_LEFT_EXT, kNow};
  EXPECT_EQ(get_glove(session, nullptr, &state), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(get_glove(session, &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
  state.type = XR_TYPE_TOUCH_MESH_TACTUSX;
  EXPECT_EQ(get_glove(session, &info, &state), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(get_glove(nullptr, &info, &state), XR_ERROR_HANDLE_INVALID);
}

}  // namespace
}  // namespace tactus::layer_test
