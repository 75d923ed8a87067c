// The service comes late, dies, comes back, is of another release, or is no service at all: the
// application goes on.
#include <random>

#include "hand_fixture.h"
#include "support/shapes.h"

namespace tactus::layer_test {
namespace {

class ServiceTest : public HandTest {
 protected:
  bool is_hand_active() {
    Joints joints;
    EXPECT_EQ(locate(made, stage, joints), XR_SUCCESS);
    return joints.locations.isActive == XR_TRUE;
  }
  void create_body() {
    const auto tube = testing::to_bytes(testing::make_tube(0.4f, 0.05f, 8, 12));
    const XrTouchBodyCreateInfoTACTUSX info{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, nullptr,
                                            static_cast<uint32_t>(tube.size()), tube.data()};
    ASSERT_EQ(get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX")(session, &info, &body),
              XR_SUCCESS);
  }
  XrBool32 supports_hands() {
    XrSystemHandTrackingPropertiesEXT hands{};
    hands.type = XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT;
    hands.supportsHandTracking = 99;
    XrSystemProperties properties{};
    properties.type = XR_TYPE_SYSTEM_PROPERTIES;
    properties.next = &hands;
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &properties),
              XR_SUCCESS);
    return hands.supportsHandTracking;
  }
  XrTouchBodyTACTUSX body = XR_NULL_HANDLE;
};

TEST_F(ServiceTest, RestartedServiceIsFoundAndToldEverythingAgain) {
  begin_with_gloves({kHandTracking, kTouch});
  tracker(XR_HAND_LEFT_EXT);
  create_body();
  ASSERT_EQ(get<PFN_xrStopTouchTACTUSX>("xrStopTouchTACTUSX")(session), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::Stop, 1));
  EXPECT_TRUE(is_hand_active());
  stop_service();
  ASSERT_TRUE(poll_until([&] { return !is_hand_active(); }));
  start_service();
  service->beat(host(kNow), true, true);
  ipc::publish(service->published(), left);
  EXPECT_TRUE(poll_until([&] { return is_hand_active(); }));
  EXPECT_TRUE(service->await(ipc::Kind::CreateBody, 1));
  EXPECT_TRUE(service->await(ipc::Kind::Focus, 1));
  EXPECT_TRUE(service->await(ipc::Kind::Stop, 1)) << "who was stopped stays stopped";
  EXPECT_FALSE(service->received(ipc::Kind::CreateBody)[0].attached.empty());
}

TEST_F(ServiceTest, CallsOfEachFrameAreSignsOfLife) {
  begin_with_gloves();
  const std::function<void()> calls[] = {
      [&] { poll_all(); },
      [&] { wait_frame(); },
      [&] { get<PFN_xrEndFrame>("xrEndFrame")(session, nullptr); },
      [&] { get<PFN_xrSyncActions>("xrSyncActions")(session, nullptr); },
  };
  for (const auto& call : calls) {
    const std::size_t before = service->received(ipc::Kind::Alive).size();
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
    call();
    EXPECT_TRUE(service->await(ipc::Kind::Alive, before + 1));
  }
}

TEST_F(ServiceTest, NamedServiceThatComesLateIsFound) {
  ::setenv("TACTUS_SOCKET", (folder.path() + "/service.sock").c_str(), 1);
  begin({kHandTracking, kTouch});
  stage = runtime.add_space({});
  tracker(XR_HAND_LEFT_EXT);
  create_body();
  EXPECT_FALSE(is_hand_active());
  start_service();
  service->beat(host(kNow), true, true);
  ipc::publish(service->published(), some_hand(Hand::Left, host(kNow)));
  EXPECT_TRUE(poll_until([&] { return is_hand_active(); }));
  EXPECT_TRUE(service->await(ipc::Kind::CreateBody, 1));
}

TEST_F(ServiceTest, FunctionsSucceedWhileTheServiceIsAway) {
  ::setenv("TACTUS_SOCKET", (folder.path() + "/nobody.sock").c_str(), 1);
  begin({kHandTracking, kTouch});
  stage = runtime.add_space({});
  create_body();
  const XrPosef bones[2] = {{{0, 0, 0, 1}, {}}, {{0, 0, 0, 1}, {}}};
  const XrTouchBodyPosesTACTUSX poses{
      XR_TYPE_TOUCH_BODY_POSES_TACTUSX, nullptr, stage, kNow, 2, bones};
  EXPECT_EQ(get<PFN_xrUpdateTouchBodyTACTUSX>("xrUpdateTouchBodyTACTUSX")(body, &poses),
            XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrStopTouchTACTUSX>("xrStopTouchTACTUSX")(session), XR_SUCCESS);
  const XrTouchContactsGetInfoTACTUSX info{XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, nullptr, stage,
                                           kNow};
  XrTouchContactsTACTUSX contacts{XR_TYPE_TOUCH_CONTACTS_TACTUSX, nullptr, 99, 0, 99, nullptr};
  EXPECT_EQ(
      get<PFN_xrGetTouchContactsTACTUSX>("xrGetTouchContactsTACTUSX")(session, &info, &contacts),
      XR_SUCCESS);
  EXPECT_EQ(contacts.isActive, XR_FALSE);
  EXPECT_EQ(contacts.contactCountOutput, 0u);
}

TEST_F(ServiceTest, ServiceOfAnotherLayoutIsNotBelieved) {
  start_service({.layout_version = ipc::kLayoutVersion + 1});
  begin({kHandTracking});
  stage = runtime.add_space({});
  service->beat(host(kNow), true, true);
  ipc::publish(service->published(), some_hand(Hand::Left, host(kNow)));
  tracker(XR_HAND_LEFT_EXT);
  EXPECT_FALSE(is_hand_active());
}

TEST_F(ServiceTest, SharedMemoryThatMayShrinkIsNotMapped) {
  start_service({.seals = false});
  begin({kHandTracking});
  stage = runtime.add_space({});
  service->beat(host(kNow), true, true);
  ipc::publish(service->published(), some_hand(Hand::Left, host(kNow)));
  tracker(XR_HAND_LEFT_EXT);
  EXPECT_FALSE(is_hand_active());
}

TEST_F(ServiceTest, SharedMemoryThatIsTooSmallIsNotRead) {
  start_service({.published_bytes = 4096});
  EXPECT_EQ(create({kHandTracking}), XR_SUCCESS);
}

TEST_F(ServiceTest, ServiceThatNeverAnswersHoldsNobodyUp) {
  start_service({.answers = false});
  begin({kHandTracking});
  stage = runtime.add_space({});
  EXPECT_EQ(supports_hands(), XR_TRUE) << "it is there; it may yet answer";
  tracker(XR_HAND_LEFT_EXT);
  EXPECT_FALSE(is_hand_active());
}

TEST_F(ServiceTest, WhatTheServiceSaysIsReadAndNonsenseSurvived) {
  begin_with_gloves({kHandTracking, kTouch});
  tracker(XR_HAND_LEFT_EXT);
  const ipc::BodyCreated refused{1, ipc::BodyResult::TooMany};
  std::array<std::byte, 3000> noise;
  noise.fill(std::byte{0xA5});
  for (int i = 0; i < 40; ++i) {
    service->send(ipc::Kind::BodyCreated, std::as_bytes(std::span(&refused, 1)));
    service->send(static_cast<ipc::Kind>(i * 7), std::span(noise).first(i * 50));
    poll_all();
  }
  EXPECT_TRUE(is_hand_active());
}

// Nothing in shared memory, whatever it is and whenever it changes, may hurt the application.
TEST_F(ServiceTest, SpoiltSharedMemoryIsSurvivedAndNeverShown) {
  begin_with_gloves({kHandTracking, kTouch});
  tracker(XR_HAND_LEFT_EXT);
  ipc::Published& published = service->published();
  std::mt19937_64 random(1);
  const XrTouchContactsGetInfoTACTUSX info{XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, nullptr, stage,
                                           kNow};
  for (int i = 0; i < 300; ++i) {
    auto* words = reinterpret_cast<std::uint64_t*>(&published);
    for (std::size_t w = 0; w < sizeof(published) / 8; ++w) words[w] = random() & ~1ull;
    Joints joints;
    ASSERT_EQ(locate(made, stage, joints, kNow + i), XR_SUCCESS);
    for (const auto& joint : joints.location) {
      ASSERT_TRUE(joint.locationFlags == 0 || is_finite(vec(joint.pose.position)));
    }
    std::array<XrTouchContactTACTUSX, XR_TOUCH_MAX_CONTACTS_TACTUSX> contact{};
    XrTouchContactsTACTUSX contacts{XR_TYPE_TOUCH_CONTACTS_TACTUSX, nullptr, 0,
                                    XR_TOUCH_MAX_CONTACTS_TACTUSX,  0,       contact.data()};
    ASSERT_EQ(
        get<PFN_xrGetTouchContactsTACTUSX>("xrGetTouchContactsTACTUSX")(session, &info, &contacts),
        XR_SUCCESS);
    ASSERT_LE(contacts.contactCountOutput, contact.size());
    wait_frame();
  }
}

TEST_F(ServiceTest, SupportIsDecidedOncePerInstance) {
  begin({kHandTracking});
  EXPECT_EQ(supports_hands(), XR_FALSE);
  start_service();
  EXPECT_EQ(supports_hands(), XR_FALSE);
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(supports_hands(), XR_TRUE);
}

TEST_F(ServiceTest, RuntimeWithoutTimespecIsFollowedByItsFrames) {
  runtime.offered.erase(kTimespec);
  begin_with_gloves();
  service->published().header.clock = ipc::ClockKind::Monotonic;
  tracker(XR_HAND_LEFT_EXT);
  EXPECT_FALSE(is_hand_active()) << "no time is known yet";
  // One period after now is shown at `predicted`; the heartbeat is put there.
  runtime.predicted = kNow;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  service->beat(HostTime(std::chrono::duration_cast<Duration>(now) + 60s), true, true);
  left.t = HostTime(std::chrono::duration_cast<Duration>(now));
  ipc::publish(service->published(), left);
  wait_frame();
  EXPECT_TRUE(is_hand_active());
}

}  // namespace
}  // namespace tactus::layer_test
