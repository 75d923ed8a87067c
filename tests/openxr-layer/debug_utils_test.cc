// XR_EXT_debug_utils: our objects have names, and what we complain of reaches the application.
#include <gmock/gmock.h>

#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

class DebugUtilsTest : public TouchTest {
 protected:
  void begin_debugging() {
    runtime.offered.insert(XR_EXT_DEBUG_UTILS_EXTENSION_NAME);
    begin_with_gloves({kTouch, kHandTracking, XR_EXT_DEBUG_UTILS_EXTENSION_NAME});
  }
  XrResult name(XrObjectType type, std::uint64_t handle) {
    const XrDebugUtilsObjectNameInfoEXT info{XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT, nullptr,
                                             type, handle, "somebody"};
    return get<PFN_xrSetDebugUtilsObjectNameEXT>("xrSetDebugUtilsObjectNameEXT")(instance, &info);
  }
  static std::uint64_t number(auto handle) { return reinterpret_cast<std::uint64_t>(handle); }
};

TEST_F(DebugUtilsTest, WhatOnlyWeKnowCanBeNamed) {
  begin_debugging();
  create_body();
  EXPECT_EQ(name(XR_OBJECT_TYPE_TOUCH_BODY_TACTUSX, number(body)), XR_SUCCESS);
  EXPECT_EQ(name(XR_OBJECT_TYPE_HAND_TRACKER_EXT, number(tracker(XR_HAND_LEFT_EXT))), XR_SUCCESS);
  EXPECT_TRUE(runtime.named_objects.empty());
}

TEST_F(DebugUtilsTest, TheRuntimesObjectsAreNamedByTheRuntime) {
  begin_debugging();
  EXPECT_EQ(name(XR_OBJECT_TYPE_SESSION, number(session)), XR_SUCCESS);
  EXPECT_THAT(runtime.named_objects, ::testing::ElementsAre(number(session)));
  EXPECT_EQ(name(XR_OBJECT_TYPE_TOUCH_BODY_TACTUSX, 0xbad), XR_ERROR_HANDLE_INVALID);
}

TEST_F(DebugUtilsTest, ComplaintsReachTheApplicationWithTheirObject) {
  begin_debugging();
  create_body();
  auto wrong = poses(stage);
  wrong.boneCount = 1;
  ASSERT_EQ(update(body, wrong), XR_ERROR_VALIDATION_FAILURE);
  ASSERT_EQ(runtime.messages.size(), 1u);
  std::ostringstream object;
  object << "[" << std::hex << number(body) << "]";
  EXPECT_THAT(runtime.messages[0], ::testing::HasSubstr("xrUpdateTouchBodyTACTUSX"));
  EXPECT_THAT(runtime.messages[0], ::testing::HasSubstr(object.str()));
}

TEST_F(DebugUtilsTest, WithoutTheExtensionNothingIsSubmitted) {
  runtime.offered.insert(XR_EXT_DEBUG_UTILS_EXTENSION_NAME);
  begin_touch();
  EXPECT_EQ(try_create_body(std::span(tube).first(100)), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(runtime.messages.empty());
}

}  // namespace
}  // namespace tactus::layer_test
