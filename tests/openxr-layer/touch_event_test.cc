// [docs/XR_TACTUSX_touch_preview.md, Events] what the facilitator does reaches the application.
#include <cstring>
#include <optional>

#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

class TouchEventTest : public TouchTest {
 protected:
  void facilitate(Allowed allowed, std::uint32_t step) {
    ipc::PublishedState state;
    state.heartbeat_ns = host(kNow).time_since_epoch().count();
    state.allowed = allowed;
    state.step = step;
    service->published().state.write(state);
  }
  /// The next event, if it is ours.
  std::optional<XrEventDataTouchStateChangedTACTUSX> poll() {
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER, nullptr, {}};
    if (get<PFN_xrPollEvent>("xrPollEvent")(instance, &event) != XR_SUCCESS) return std::nullopt;
    if (event.type != XR_TYPE_EVENT_DATA_TOUCH_STATE_CHANGED_TACTUSX) return std::nullopt;
    XrEventDataTouchStateChangedTACTUSX ours;
    std::memcpy(&ours, &event, sizeof(ours));
    return ours;
  }
};

TEST_F(TouchEventTest, EachChangeIsSaidOnce) {
  begin_touch();
  poll_all();
  EXPECT_FALSE(poll().has_value()) << "nothing happened yet";
  const std::pair<Allowed, XrTouchAllowedTACTUSX> kSaid[] = {
      {Allowed::Soft, XR_TOUCH_ALLOWED_SOFTENED_TACTUSX},
      {Allowed::Paused, XR_TOUCH_ALLOWED_PAUSED_TACTUSX},
      {Allowed::Stopped, XR_TOUCH_ALLOWED_STOPPED_TACTUSX},
      {Allowed::Full, XR_TOUCH_ALLOWED_FULL_TACTUSX},
      {static_cast<Allowed>(77), XR_TOUCH_ALLOWED_STOPPED_TACTUSX}};
  for (const auto& [done, said] : kSaid) {
    facilitate(done, 0);
    const auto event = poll();
    ASSERT_TRUE(event.has_value());
    EXPECT_EQ(event->session, session);
    EXPECT_EQ(event->allowed, said);
    EXPECT_FALSE(poll().has_value());
  }
}

TEST_F(TouchEventTest, StepsAreSaid) {
  begin_touch();
  poll_all();
  facilitate(Allowed::Full, 4);
  const auto event = poll();
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->step, 4u);
}

TEST_F(TouchEventTest, TheRuntimesEventsComeFirst) {
  begin_touch();
  poll_all();
  facilitate(Allowed::Paused, 0);
  runtime.post_state(session, XR_SESSION_STATE_VISIBLE);
  EXPECT_FALSE(poll().has_value()) << "the session's state";
  EXPECT_TRUE(poll().has_value());
}

TEST_F(TouchEventTest, OnlyForWhomEnabledTheExtension) {
  begin_with_gloves({kHandTracking});
  poll_all();
  facilitate(Allowed::Stopped, 1);
  EXPECT_FALSE(poll().has_value());
}

}  // namespace
}  // namespace tactus::layer_test
