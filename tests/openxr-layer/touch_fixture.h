// A focused session that enabled XR_TACTUSX_touch_preview, both gloves on, and a body to touch.
//
//   Clocks   XrTime, as hand_fixture.h.
//   Frames   stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "hand_fixture.h"
#include "support/shapes.h"
#include "tactus/base/glove_layout.h"

namespace tactus::layer_test {

class TouchTest : public HandTest {
 protected:
  void begin_touch() { begin_with_gloves({kTouch, kHandTracking}); }

  XrResult try_create_body(std::span<const std::byte> data) {
    XrTouchBodyCreateInfoTACTUSX info{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, nullptr,
                                      static_cast<uint32_t>(data.size()), data.data()};
    return get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX")(session, &info, &body);
  }
  XrTouchBodyTACTUSX create_body() {
    EXPECT_EQ(try_create_body(tube), XR_SUCCESS);
    return body;
  }
  XrResult destroy_body(XrTouchBodyTACTUSX which) {
    return get<PFN_xrDestroyTouchBodyTACTUSX>("xrDestroyTouchBodyTACTUSX")(which);
  }
  XrTouchBodyPosesTACTUSX poses(XrSpace space) {
    return {XR_TYPE_TOUCH_BODY_POSES_TACTUSX, nullptr, space, kNow, 2, bones.data()};
  }
  XrResult update(XrTouchBodyTACTUSX which, const XrTouchBodyPosesTACTUSX& where) {
    return get<PFN_xrUpdateTouchBodyTACTUSX>("xrUpdateTouchBodyTACTUSX")(which, &where);
  }
  XrResult get_contacts(XrSpace base, uint32_t capacity, XrTime time = kNow) {
    XrTouchContactsGetInfoTACTUSX info{XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, nullptr, base,
                                       time};
    contacts = {XR_TYPE_TOUCH_CONTACTS_TACTUSX, nullptr, 99, capacity, 99, contact.data()};
    return get<PFN_xrGetTouchContactsTACTUSX>("xrGetTouchContactsTACTUSX")(session, &info,
                                                                           &contacts);
  }
  void publish_contacts(std::initializer_list<Contact> of) {
    ipc::PublishedContacts published;
    published.t_ns = host(kNow).time_since_epoch().count();
    for (const Contact& one : of) ASSERT_TRUE(published.contacts.push_back(one));
    service->published().contacts.write(published);
  }
  Contact some_contact(Hand hand) {
    Contact c;
    c.t_since = host(kNow - 300'000'000);
    c.hand = hand;
    c.actuator = 2;
    c.region = Region::CheekLeft;
    c.p_world = {0.1f, 1.2f, -0.3f};
    c.n_world = {0, 0, 1};
    c.depth_m = 0.002f;
    c.force_N = 0.7f;
    c.v_slip_world = {0.03f, 0.04f, 0};
    return c;
  }

  const std::vector<std::byte> tube = testing::to_bytes(testing::make_tube(0.4f, 0.05f, 8, 12));
  std::array<XrPosef, 2> bones{
      {{{0, 0, 0, 1}, {0.1f, 1.0f, -0.5f}}, {{0, 0.6f, 0, 0.8f}, {0.1f, 1.3f, -0.5f}}}};
  XrTouchBodyTACTUSX body = XR_NULL_HANDLE;
  XrTouchContactsTACTUSX contacts{};
  std::array<XrTouchContactTACTUSX, XR_TOUCH_MAX_CONTACTS_TACTUSX> contact{};
};

}  // namespace tactus::layer_test
