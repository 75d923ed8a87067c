// XR_TACTUSX_touch_preview, parts and holds: each "must" of musts.txt, where it holds and where it bites.
#include "tactus/contact/carrier.h"
#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

class TACTUSX_touch_preview : public TouchTest {
 protected:
  static constexpr XrTime kSince = kNow - 700'000'000;

  static constexpr XrTouchHoldsGetInfoTACTUSX at(XrTime time) {
    return {XR_TYPE_TOUCH_HOLDS_GET_INFO_TACTUSX, nullptr, time};
  }
  XrResult get_holds(XrSession of, const XrTouchHoldsGetInfoTACTUSX* info,
                     XrTouchHoldsTACTUSX* out) {
    return get<PFN_xrGetTouchHoldsTACTUSX>("xrGetTouchHoldsTACTUSX")(of, info, out);
  }
  XrResult ask_at(XrTime time) {
    const XrTouchHoldsGetInfoTACTUSX info = at(time);
    holds.isActive = 99;
    holds.hug = {99, 99, 99, 99, 99, reinterpret_cast<XrTouchBodyTACTUSX>(99)};
    return get_holds(session, &info, &holds);
  }
  bool is_nothing_known_at(XrTime time) {
    return ask_at(time) == XR_SUCCESS && holds.isActive == XR_FALSE && is_zero(holds.hug) &&
           is_zero(holds.grasps[0]) && is_zero(holds.grasps[1]);
  }
  static bool is_zero(const XrTouchHoldTACTUSX& hold) {
    return hold.isHeld == XR_FALSE && hold.since == 0 && hold.force == 0 && hold.strength == 0 &&
           hold.region == 0 && hold.body == XR_NULL_HANDLE;
  }
  ipc::PublishedHold held(float force_N, Region region) const {
    return {host(kSince).time_since_epoch().count(), force_N, 0.5f, region, 1, kNoBody, {}};
  }
  /// The left hand grasps an arm, the right one hand in hand, and both hug.
  ipc::PublishedHolds all_held() const {
    ipc::PublishedHolds all;
    all.grasps = {held(1, Region::Arm), held(2, Region::HandLeft)};
    all.hug = held(7, Region::None);
    return all;
  }
  void begin_holding() {
    begin_touch();
    service->published().holds.write(all_held());
  }
  Contact of_garment(Hand side, GarmentCell cell) {
    Contact patch = some_contact(side);
    patch.actuator = static_cast<std::uint8_t>(cell);
    return patch;
  }
  void publish_wearer(std::initializer_list<Contact> of) {
    ipc::PublishedHolds all;
    for (const Contact& one : of) ASSERT_TRUE(all.wearer.push_back(one));
    service->published().holds.write(all);
  }
  /// The session's body as the service calls it, in slot 2.
  ipc::BodyNames named(std::uint32_t client, std::uint32_t body_number) const {
    ipc::BodyNames names{};
    names[2] = {client, body_number};
    return names;
  }
  void begin_with_body() {
    begin_touch();
    create_body();
    ASSERT_TRUE(service->await(ipc::Kind::CreateBody, 1));
    number = service->received(ipc::Kind::CreateBody)[0].head<ipc::CreateBody>().body;
  }
  /// The right hand grasps what is in slot 2, a forearm touches it, and hands touch each other.
  void publish_grasp(const ipc::BodyNames& names) {
    ipc::PublishedHolds all;
    all.bodies = names;
    all.grasps[1] = held(2, Region::Thing);
    all.grasps[1].body = 2;
    all.hug = held(1, Region::None);
    Contact patch = of_garment(Hand::Right, GarmentCell::ForearmNearWrist);
    patch.body = 2;
    ASSERT_TRUE(all.wearer.push_back(patch));
    ASSERT_TRUE(all.own.push_back(some_contact(Hand::Left)));
    service->published().holds.write(all);
    ipc::PublishedContacts published;
    published.bodies = names;
    for (const std::uint8_t slot : {std::uint8_t{2}, std::uint8_t{1}}) {
      Contact of_hand = some_contact(Hand::Right);
      of_hand.body = slot;
      ASSERT_TRUE(published.contacts.push_back(of_hand));
    }
    service->published().contacts.write(published);
  }
  /// A frame of the body, carried.
  XrResult update_carried(const XrTouchBodyCarryTACTUSX& carry, XrSpace space = XR_NULL_HANDLE) {
    XrTouchBodyPosesTACTUSX where = poses(space);
    where.next = &carry;
    return update(body, where);
  }
  static XrTouchBodyCarryTACTUSX carry(XrHandEXT hand, std::span<const XrHandJointEXT> joints) {
    return {XR_TYPE_TOUCH_BODY_CARRY_TACTUSX, nullptr, hand, static_cast<uint32_t>(joints.size()),
            joints.data()};
  }
  static constexpr std::array kPinch = {XR_HAND_JOINT_THUMB_TIP_EXT, XR_HAND_JOINT_INDEX_TIP_EXT};
  ipc::BodyFrame last_frame(std::size_t count) {
    EXPECT_TRUE(service->await(ipc::Kind::BodyFrame, count));
    return service->received(ipc::Kind::BodyFrame).back().head<ipc::BodyFrame>();
  }
  std::uint32_t number = 0;
  XrTouchHoldsTACTUSX holds{XR_TYPE_TOUCH_HOLDS_TACTUSX, nullptr, 0, {}, {}};
};

TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_1_Positive) {
  begin_holding();
  EXPECT_EQ(ask_at(kNow), XR_SUCCESS);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_1_Negative) {
  begin_with_gloves({kHandTracking});
  EXPECT_EQ(ask(instance, "xrGetTouchHoldsTACTUSX"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_2_Positive) {
  begin_holding();
  const auto info = at(kNow);
  EXPECT_EQ(get_holds(session, &info, &holds), XR_SUCCESS);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_2_Negative) {
  begin_holding();
  const auto info = at(kNow);
  EXPECT_EQ(get_holds(nullptr, &info, &holds), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(get_holds(reinterpret_cast<XrSession>(0xbad), &info, &holds), XR_ERROR_HANDLE_INVALID);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_3_Positive) {
  begin_holding();
  auto info = at(kNow);
  XrTouchShownHandTACTUSX unknown{XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX, nullptr, {}, 0};
  info.next = &unknown;
  EXPECT_EQ(get_holds(session, &info, &holds), XR_SUCCESS);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_3_Negative) {
  begin_holding();
  auto info = at(kNow);
  info.type = XR_TYPE_TOUCH_HOLDS_TACTUSX;
  EXPECT_EQ(get_holds(session, &info, &holds), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(get_holds(session, nullptr, &holds), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_4_Positive) {
  begin_holding();
  XrTouchShownHandTACTUSX unknown{XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX, nullptr, {}, 0};
  holds.next = &unknown;
  EXPECT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.next, &unknown);
}
TEST_F(TACTUSX_touch_preview, Must_xrGetTouchHoldsTACTUSX_4_Negative) {
  begin_holding();
  const auto info = at(kNow);
  EXPECT_EQ(get_holds(session, &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
  holds.type = XR_TYPE_TOUCH_HOLDS_GET_INFO_TACTUSX;
  EXPECT_EQ(get_holds(session, &info, &holds), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsGetInfoTACTUSX_time_Positive) {
  begin_holding();
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.isActive, XR_TRUE);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsGetInfoTACTUSX_time_Negative) {
  begin_holding();
  EXPECT_EQ(ask_at(0), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(ask_at(-1), XR_ERROR_TIME_INVALID);
  EXPECT_TRUE(is_nothing_known_at(kNow + 300'000'000)) << "its heartbeat is old";
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsTACTUSX_isActive_Positive) {
  begin_touch();
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.isActive, XR_TRUE) << "nothing is held, and that is known";
  EXPECT_TRUE(is_zero(holds.hug));
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsTACTUSX_isActive_Negative) {
  begin_holding();
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_TRUE(is_nothing_known_at(kNow));
  enter(XR_SESSION_STATE_FOCUSED);
  EXPECT_FALSE(is_nothing_known_at(kNow));
  service->beat(host(kNow), false, false);
  EXPECT_TRUE(is_nothing_known_at(kNow));
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsTACTUSX_grasps_Positive) {
  begin_holding();
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.grasps[0].isHeld, XR_TRUE);
  EXPECT_EQ(holds.grasps[0].force, 1);
  EXPECT_EQ(holds.grasps[0].region, static_cast<uint32_t>(Region::Arm));
  EXPECT_EQ(holds.grasps[1].force, 2);
  EXPECT_EQ(holds.grasps[1].region, static_cast<uint32_t>(Region::HandLeft));
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsTACTUSX_grasps_Negative) {
  begin_holding();
  service->beat(host(kNow), false, true);
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_TRUE(is_zero(holds.grasps[0]));
  EXPECT_EQ(holds.grasps[1].isHeld, XR_TRUE);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsTACTUSX_hug_Positive) {
  begin_holding();
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.hug.isHeld, XR_TRUE);
  EXPECT_EQ(holds.hug.force, 7);
  EXPECT_EQ(holds.hug.region, 0u);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldsTACTUSX_hug_Negative) {
  begin_holding();
  service->beat(host(kNow), true, false);
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_TRUE(is_zero(holds.hug));
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldTACTUSX_since_Positive) {
  begin_holding();
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.hug.since, kSince);
  EXPECT_EQ(holds.grasps[1].since, kSince);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldTACTUSX_since_Negative) {
  begin_touch();
  ipc::PublishedHolds all = all_held();
  all.hug.holds = 0;  // it eases out
  service->published().holds.write(all);
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.hug.isHeld, XR_FALSE);
  EXPECT_EQ(holds.hug.since, 0);
  EXPECT_EQ(holds.hug.strength, 0.5f);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldTACTUSX_strength_Positive) {
  begin_holding();
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.hug.strength, 0.5f);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldTACTUSX_strength_Negative) {
  begin_touch();
  ipc::PublishedHolds all = all_held();
  all.hug.strength = 1.5f;
  all.grasps[0].strength = std::nanf("");
  all.grasps[1].holds = 77;
  service->published().holds.write(all);
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_TRUE(is_zero(holds.hug));
  EXPECT_TRUE(is_zero(holds.grasps[0]));
  EXPECT_TRUE(is_zero(holds.grasps[1]));
}

TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldTACTUSX_body_Positive) {
  begin_with_body();
  publish_grasp(named(1, number));
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.grasps[1].body, body);
  EXPECT_EQ(holds.grasps[1].region, static_cast<uint32_t>(Region::Thing));
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchHoldTACTUSX_body_Negative) {
  begin_with_body();
  publish_grasp(named(1, number));
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.grasps[0].body, XR_NULL_HANDLE) << "nothing is grasped";
  EXPECT_EQ(holds.hug.isHeld, XR_TRUE);
  EXPECT_EQ(holds.hug.body, XR_NULL_HANDLE);
  for (const auto& strange : {named(2, number), named(1, number + 1), ipc::BodyNames{}}) {
    publish_grasp(strange);
    ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
    EXPECT_EQ(holds.grasps[1].isHeld, XR_TRUE);
    EXPECT_EQ(holds.grasps[1].body, XR_NULL_HANDLE) << "another client's, or none's";
  }
  publish_grasp(named(1, number));
  ASSERT_EQ(destroy_body(body), XR_SUCCESS);
  ASSERT_EQ(ask_at(kNow), XR_SUCCESS);
  EXPECT_EQ(holds.grasps[1].body, XR_NULL_HANDLE) << "it is no more";
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_body_Positive) {
  begin_with_body();
  publish_grasp(named(1, number));
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 4u);
  EXPECT_EQ(contact[0].body, body);
  EXPECT_EQ(contact[2].part, XR_TOUCH_PART_FOREARM_TACTUSX);
  EXPECT_EQ(contact[2].body, body);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_body_Negative) {
  begin_with_body();
  publish_grasp(named(1, number));
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 4u);
  EXPECT_EQ(contact[1].body, XR_NULL_HANDLE) << "an empty slot";
  EXPECT_EQ(contact[3].isOwn, XR_TRUE);
  EXPECT_EQ(contact[3].body, XR_NULL_HANDLE);
  publish_grasp(named(2, number));
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  EXPECT_EQ(contact[0].body, XR_NULL_HANDLE) << "another client's";
}

TEST_F(TACTUSX_touch_preview, Must_XrTouchBodyCarryTACTUSX_hand_Positive) {
  begin_with_body();
  ASSERT_EQ(update_carried(carry(XR_HAND_LEFT_EXT, kPinch)), XR_SUCCESS);
  EXPECT_EQ(carrier_of(last_frame(1).carrier).hand, Hand::Left);
  ASSERT_EQ(update_carried(carry(XR_HAND_RIGHT_EXT, kPinch)), XR_SUCCESS);
  EXPECT_EQ(carrier_of(last_frame(2).carrier).hand, Hand::Right);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchBodyCarryTACTUSX_hand_Negative) {
  begin_with_body();
  EXPECT_EQ(update_carried(carry(static_cast<XrHandEXT>(3), kPinch)), XR_ERROR_VALIDATION_FAILURE);
  ASSERT_EQ(update(body, poses(stage)), XR_SUCCESS);
  EXPECT_EQ(last_frame(1).carrier, 0u) << "no hand carries it";
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchBodyCarryTACTUSX_joints_Positive) {
  begin_with_body();
  ASSERT_EQ(update_carried(carry(XR_HAND_RIGHT_EXT, kPinch)), XR_SUCCESS);
  EXPECT_EQ(carrier_of(last_frame(1).carrier).joints,
            1u << XR_HAND_JOINT_THUMB_TIP_EXT | 1u << XR_HAND_JOINT_INDEX_TIP_EXT);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchBodyCarryTACTUSX_joints_Negative) {
  begin_with_body();
  const std::array twice = {XR_HAND_JOINT_PALM_EXT, XR_HAND_JOINT_PALM_EXT};
  const std::array strange = {static_cast<XrHandJointEXT>(26)};
  for (const std::span<const XrHandJointEXT> wrong :
       {std::span<const XrHandJointEXT>{}, std::span<const XrHandJointEXT>(twice),
        std::span<const XrHandJointEXT>(strange)}) {
    EXPECT_EQ(update_carried(carry(XR_HAND_LEFT_EXT, wrong)), XR_ERROR_VALIDATION_FAILURE);
  }
  XrTouchBodyCarryTACTUSX nowhere = carry(XR_HAND_LEFT_EXT, kPinch);
  nowhere.joints = nullptr;
  EXPECT_EQ(update_carried(nowhere), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchBodyCarryTACTUSX_bones_Positive) {
  begin_with_body();
  ASSERT_EQ(update_carried(carry(XR_HAND_LEFT_EXT, kPinch)), XR_SUCCESS);
  static_cast<void>(last_frame(1));
  const Message message = service->received(ipc::Kind::BodyFrame).back();
  Pose first;
  std::memcpy(&first, message.body.data() + sizeof(ipc::BodyFrame), sizeof(first));
  EXPECT_EQ(first.p.x, bones[0].position.x) << "as it was given: of no space";
  EXPECT_EQ(first.p.z, bones[0].position.z);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchBodyCarryTACTUSX_bones_Negative) {
  begin_with_body();
  bones[1].orientation.w = 3;
  EXPECT_EQ(update_carried(carry(XR_HAND_LEFT_EXT, kPinch)), XR_ERROR_POSE_INVALID);
}

TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_part_Positive) {
  begin_touch();
  publish_contacts({some_contact(Hand::Left)});
  publish_wearer({of_garment(Hand::Right, GarmentCell::ForearmNearWrist),
                  of_garment(Hand::Left, GarmentCell::ChestUpper)});
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 3u);
  EXPECT_EQ(contact[0].part, XR_TOUCH_PART_HAND_TACTUSX);
  EXPECT_EQ(contact[1].part, XR_TOUCH_PART_FOREARM_TACTUSX);
  EXPECT_EQ(contact[1].hand, XR_HAND_RIGHT_EXT);
  EXPECT_EQ(contact[1].joint, XR_HAND_JOINT_WRIST_EXT);
  EXPECT_EQ(contact[2].part, XR_TOUCH_PART_CHEST_TACTUSX);
  EXPECT_FLOAT_EQ(contact[2].force, 0.7f);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_part_Negative) {
  begin_touch();
  publish_wearer({of_garment(Hand::Right, GarmentCell::ForearmNearWrist),
                  of_garment(Hand::Right, GarmentCell::ChestUpper)});
  service->beat(host(kNow), true, false);
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 1u) << "the right glove is off";
  EXPECT_EQ(contact[0].part, XR_TOUCH_PART_CHEST_TACTUSX);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_isOwn_Positive) {
  begin_touch();
  ipc::PublishedHolds all;
  Contact own = some_contact(Hand::Left);
  own.region = Region::HandRight;
  ASSERT_TRUE(all.own.push_back(own));
  service->published().holds.write(all);
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 1u);
  EXPECT_EQ(contact[0].isOwn, XR_TRUE);
  EXPECT_EQ(contact[0].part, XR_TOUCH_PART_HAND_TACTUSX);
  EXPECT_EQ(contact[0].joint, XR_HAND_JOINT_INDEX_TIP_EXT);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_isOwn_Negative) {
  begin_touch();
  publish_contacts({some_contact(Hand::Left)});
  publish_wearer({of_garment(Hand::Right, GarmentCell::ChestUpper)});
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  ASSERT_EQ(contacts.contactCountOutput, 2u);
  EXPECT_EQ(contact[0].isOwn, XR_FALSE);
  EXPECT_EQ(contact[1].isOwn, XR_FALSE);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_actuator_Positive) {
  begin_touch();
  publish_wearer({of_garment(Hand::Right, GarmentCell::ForearmNearElbow),
                  of_garment(Hand::Right, GarmentCell::ChestLower)});
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  EXPECT_EQ(contact[0].actuator, 0u);
  EXPECT_EQ(contact[1].actuator, 5u);
}
TEST_F(TACTUSX_touch_preview, Must_XrTouchContactTACTUSX_actuator_Negative) {
  begin_touch();
  Contact bad_cell = some_contact(Hand::Left);
  bad_cell.actuator = kGarmentActuators;
  Contact bad_place = of_garment(Hand::Left, GarmentCell::ChestUpper);
  bad_place.p_world.x = std::nanf("");
  publish_wearer({bad_cell, bad_place});
  ASSERT_EQ(get_contacts(stage, 8), XR_SUCCESS);
  EXPECT_EQ(contacts.contactCountOutput, 0u);
}

}  // namespace
}  // namespace tactus::layer_test
