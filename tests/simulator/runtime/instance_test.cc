#include <algorithm>

#include "xr_test.h"

namespace tactus::test {
namespace {

using InstanceTest = XrTest;

TEST_F(InstanceTest, OffersItsExtensionsOnce) {
  std::uint32_t count = 0;
  ASSERT_XR(xrEnumerateInstanceExtensionProperties(nullptr, 0, &count, nullptr));
  std::vector<XrExtensionProperties> properties(count, {XR_TYPE_EXTENSION_PROPERTIES});
  ASSERT_XR(xrEnumerateInstanceExtensionProperties(nullptr, count, &count, properties.data()));
  const auto occurrences = [&](const char* name) {
    return std::count_if(properties.begin(), properties.end(), [name](const auto& p) {
      return std::string(p.extensionName) == name && p.extensionVersion > 0;
    });
  };
  for (const char* name :
       {XR_KHR_VULKAN_ENABLE_EXTENSION_NAME, XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME,
        XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME, XR_MND_HEADLESS_EXTENSION_NAME,
        "XR_EXT_hand_interaction"}) {
    EXPECT_EQ(occurrences(name), 1) << name;
  }
  EXPECT_EQ(occurrences(XR_EXT_HAND_TRACKING_EXTENSION_NAME), 0) << "that is the layer's to give";
}

TEST_F(InstanceTest, RefusesAnExtensionItHasNot) {
  XrInstance made = XR_NULL_HANDLE;
  EXPECT_EQ(try_instance({"XR_EXT_nonexistent"}, &made), XR_ERROR_EXTENSION_NOT_PRESENT);
  EXPECT_EQ(made, XR_NULL_HANDLE);
}

TEST_F(InstanceTest, ExtensionFunctionsComeWithTheirExtensionOnly) {
  PFN_xrVoidFunction function = nullptr;
  make_instance({});
  EXPECT_EQ(xrGetInstanceProcAddr(instance_, "xrConvertTimespecTimeToTimeKHR", &function),
            XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_EQ(function, nullptr);
  EXPECT_EQ(xrGetInstanceProcAddr(instance_, "xrNoSuchFunction", &function),
            XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_XR(xrDestroyInstance(std::exchange(instance_, nullptr)));
  make_instance();
  EXPECT_XR(xrGetInstanceProcAddr(instance_, "xrConvertTimespecTimeToTimeKHR", &function));
  EXPECT_NE(function, nullptr);
}

TEST_F(InstanceTest, FollowsTheTwoCallIdiom) {
  make_instance();
  const XrPath left = path("/user/hand/left");
  std::uint32_t count = 0;
  char text[64] = "untouched";
  EXPECT_XR(xrPathToString(instance_, left, 0, &count, nullptr));
  EXPECT_EQ(count, sizeof("/user/hand/left"));
  EXPECT_EQ(xrPathToString(instance_, left, count - 1, &count, text), XR_ERROR_SIZE_INSUFFICIENT);
  EXPECT_STREQ(text, "untouched");
  EXPECT_EQ(count, sizeof("/user/hand/left"));
  EXPECT_XR(xrPathToString(instance_, left, sizeof(text), &count, text));
  EXPECT_STREQ(text, "/user/hand/left");
  EXPECT_EQ(xrPathToString(instance_, 0x1234, 0, &count, nullptr), XR_ERROR_PATH_INVALID);
  EXPECT_EQ(xrPathToString(instance_, left, 0, nullptr, nullptr), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(InstanceTest, NamesResultsAndStructures) {
  make_instance();
  char name[XR_MAX_RESULT_STRING_SIZE];
  EXPECT_XR(xrResultToString(instance_, XR_ERROR_POSE_INVALID, name));
  EXPECT_STREQ(name, "XR_ERROR_POSE_INVALID");
  EXPECT_XR(xrResultToString(instance_, static_cast<XrResult>(-123456), name));
  EXPECT_STREQ(name, "XR_UNKNOWN_FAILURE_-123456");
  EXPECT_XR(xrResultToString(instance_, static_cast<XrResult>(123456), name));
  EXPECT_STREQ(name, "XR_UNKNOWN_SUCCESS_123456");
  char structure[XR_MAX_STRUCTURE_NAME_SIZE];
  EXPECT_XR(xrStructureTypeToString(instance_, XR_TYPE_FRAME_STATE, structure));
  EXPECT_STREQ(structure, "XR_TYPE_FRAME_STATE");
  EXPECT_XR(xrStructureTypeToString(instance_, static_cast<XrStructureType>(987654321), structure));
  EXPECT_STREQ(structure, "XR_UNKNOWN_STRUCTURE_TYPE_987654321");
}

TEST_F(InstanceTest, CanBeMadeAgainAndAgain) {
  for (int i = 0; i < 30; ++i) {
    make_instance();
    make_session();
    EXPECT_XR(xrDestroyInstance(std::exchange(instance_, nullptr)));
  }
}

TEST_F(InstanceTest, SaysWhyWithoutItsStagePage) {
  ASSERT_EQ(setenv("TACTUS_STAGE", "/nonexistent/page", 1), 0);
  XrInstance made = XR_NULL_HANDLE;
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(try_instance({}, &made), XR_ERROR_RUNTIME_FAILURE);
  EXPECT_NE(::testing::internal::GetCapturedStderr().find("/nonexistent/page"), std::string::npos);
  unsetenv("TACTUS_STAGE");
}

}  // namespace
}  // namespace tactus::test
