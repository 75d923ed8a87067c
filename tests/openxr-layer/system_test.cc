// [spec] xrGetSystemProperties, Next Chain Structure Uniqueness, xrStructureTypeToString.
#include <filesystem>

#include "layer_fixture.h"

namespace tactus::layer_test {
namespace {

class System : public LayerTest {
 protected:
  /// Chain: touch, hands, hands again; asks, and checks that the chain came back as it went.
  XrResult properties() {
    system = {XR_TYPE_SYSTEM_PROPERTIES, &touch, 0, 0, {}, {}, {}};
    touch = {XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX, &hands, kUntouched};
    hands = {XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT, &again, kUntouched};
    again = {XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT, nullptr, kUntouched};
    const XrResult result =
        get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system);
    EXPECT_EQ(system.next, &touch);
    EXPECT_EQ(touch.next, &hands);
    EXPECT_EQ(hands.next, &again);
    EXPECT_EQ(again.next, nullptr);
    return result;
  }
  std::string name_of(XrStructureType type) {
    char buffer[XR_MAX_STRUCTURE_NAME_SIZE] = {};
    const auto name = get<PFN_xrStructureTypeToString>("xrStructureTypeToString");
    EXPECT_EQ(name(instance, type, buffer), XR_SUCCESS);
    return buffer;
  }
  static constexpr XrBool32 kUntouched = 99;
  XrSystemProperties system{};
  XrSystemTouchPropertiesTACTUSX touch{};
  XrSystemHandTrackingPropertiesEXT hands{};
  XrSystemHandTrackingPropertiesEXT again{};
};

TEST_F(System, StructsThatOnlyWeKnowAreNotSeenBelowAndTheFirstOfATypeIsFilled) {
  start_service();
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  ASSERT_EQ(properties(), XR_SUCCESS);
  EXPECT_TRUE(runtime.system_chain.empty());
  EXPECT_EQ(system.systemId, 7u);
  EXPECT_EQ(touch.supportsTouch, XR_TRUE);
  EXPECT_EQ(hands.supportsHandTracking, XR_TRUE);
  EXPECT_EQ(again.supportsHandTracking, kUntouched);
}

TEST_F(System, WithoutAServiceNothingIsSupported) {
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  ASSERT_EQ(properties(), XR_SUCCESS);
  EXPECT_EQ(touch.supportsTouch, XR_FALSE);
  EXPECT_EQ(hands.supportsHandTracking, XR_FALSE);
}

TEST_F(System, WithoutAServiceTheRuntimesOwnAnswerPasses) {
  runtime.offered.insert(kHandTracking);
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  ASSERT_EQ(properties(), XR_SUCCESS);
  EXPECT_EQ(touch.supportsTouch, XR_FALSE);
  EXPECT_EQ(hands.supportsHandTracking, XR_TRUE);
  EXPECT_EQ(runtime.system_chain.size(), 2u);
}

TEST_F(System, GlovesMakeASystemWithoutHandTrackingHaveIt) {
  start_service();
  runtime.offered.insert(kHandTracking);
  runtime.supports_hands = false;
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  touch.type = XR_TYPE_UNKNOWN;
  hands = {XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT, nullptr, kUntouched};
  system = {XR_TYPE_SYSTEM_PROPERTIES, &hands, 0, 0, {}, {}, {}};
  ASSERT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_SUCCESS);
  EXPECT_EQ(hands.supportsHandTracking, XR_TRUE);
}

TEST_F(System, NamedSocketCountsAsAServiceThatWillCome) {
  ::setenv("TACTUS_SOCKET", (folder.path() + "/not-yet").c_str(), 1);
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  ASSERT_EQ(properties(), XR_SUCCESS);
  EXPECT_EQ(touch.supportsTouch, XR_TRUE);
  EXPECT_EQ(hands.supportsHandTracking, XR_TRUE);
}

TEST_F(System, ServiceOfTheSessionsFolderIsFound) {
  std::filesystem::create_directory(folder.path() + "/tactus");
  service = std::make_unique<FakeService>(folder.path() + "/tactus/service.sock");
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  ASSERT_EQ(properties(), XR_SUCCESS);
  EXPECT_EQ(touch.supportsTouch, XR_TRUE);
}

TEST_F(System, ErrorsOfTheRuntimePass) {
  start_service();
  ASSERT_EQ(create({kTouch}), XR_SUCCESS);
  XrBaseOutStructure unknown{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr};
  touch = {XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX, &unknown, kUntouched};
  system = {XR_TYPE_SYSTEM_PROPERTIES, &touch, 0, 0, {}, {}, {}};
  EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(system.next, &touch);
  EXPECT_EQ(touch.next, &unknown);
  EXPECT_EQ(touch.supportsTouch, kUntouched);
}

TEST_F(System, TypesOfEnabledExtensionsHaveNames) {
  start_service();
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  EXPECT_EQ(name_of(XR_TYPE_HAND_JOINT_VELOCITIES_EXT), "XR_TYPE_HAND_JOINT_VELOCITIES_EXT");
  EXPECT_EQ(name_of(XR_TYPE_TOUCH_CONTACTS_TACTUSX), "XR_TYPE_TOUCH_CONTACTS_TACTUSX");
  EXPECT_EQ(name_of(XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX),
            "XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX");
  EXPECT_EQ(name_of(static_cast<XrStructureType>(1000990099)),
            "XR_UNKNOWN_STRUCTURE_TYPE_1000990099");
}

TEST_F(System, TypesOfExtensionsThatAreNotEnabledAreTheRuntimesToName) {
  start_service();
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(name_of(XR_TYPE_TOUCH_CONTACTS_TACTUSX), "XR_UNKNOWN_STRUCTURE_TYPE_1000990004");
}

}  // namespace
}  // namespace tactus::layer_test
