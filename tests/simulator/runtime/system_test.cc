#include "xr_test.h"

namespace tactus::test {
namespace {

using SystemTest = XrTest;

TEST_F(SystemTest, IsOneHeadset) {
  make_instance();
  XrSystemGetInfo get{XR_TYPE_SYSTEM_GET_INFO};
  get.formFactor = XR_FORM_FACTOR_HANDHELD_DISPLAY;
  XrSystemId other = XR_NULL_SYSTEM_ID;
  EXPECT_EQ(xrGetSystem(instance_, &get, &other), XR_ERROR_FORM_FACTOR_UNSUPPORTED);
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES};
  EXPECT_XR(xrGetSystemProperties(instance_, system_, &properties));
  EXPECT_GE(properties.graphicsProperties.maxLayerCount, 16u);
  EXPECT_TRUE(properties.trackingProperties.positionTracking);
  EXPECT_EQ(xrGetSystemProperties(instance_, system_ + 1, &properties), XR_ERROR_SYSTEM_INVALID);
  properties.type = XR_TYPE_SYSTEM_GET_INFO;
  EXPECT_EQ(xrGetSystemProperties(instance_, system_, &properties), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(SystemTest, RecommendsTheViewSizeOfTheEnvironment) {
  make_instance();
  const auto size_px = [this](const char* wish) {
    wish ? setenv("TACTUS_RUNTIME_VIEW_SIZE", wish, 1) : unsetenv("TACTUS_RUNTIME_VIEW_SIZE");
    std::uint32_t count = 0;
    XrViewConfigurationView views[2]{{XR_TYPE_VIEW_CONFIGURATION_VIEW},
                                     {XR_TYPE_VIEW_CONFIGURATION_VIEW}};
    EXPECT_XR(xrEnumerateViewConfigurationViews(
        instance_, system_, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO, 2, &count, views));
    EXPECT_EQ(count, 2u);
    EXPECT_EQ(views[0].recommendedImageRectWidth, views[1].recommendedImageRectHeight);
    return views[0].recommendedImageRectWidth;
  };
  EXPECT_EQ(size_px(nullptr), 1024u);
  EXPECT_EQ(size_px("320"), 320u);
  EXPECT_EQ(size_px("0"), 1024u) << "nonsense is passed over";
  EXPECT_EQ(size_px("99999999999"), 1024u);
  EXPECT_EQ(size_px("many"), 1024u);
  unsetenv("TACTUS_RUNTIME_VIEW_SIZE");
}

TEST_F(SystemTest, SeesInStereoOrMonoAndNothingThrough) {
  make_instance();
  std::uint32_t count = 0;
  ASSERT_XR(xrEnumerateViewConfigurations(instance_, system_, 0, &count, nullptr));
  EXPECT_EQ(count, 2u);
  XrEnvironmentBlendMode mode{};
  ASSERT_XR(xrEnumerateEnvironmentBlendModes(
      instance_, system_, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO, 1, &count, &mode));
  EXPECT_EQ(count, 1u);
  EXPECT_EQ(mode, XR_ENVIRONMENT_BLEND_MODE_OPAQUE);
  EXPECT_EQ(
      xrEnumerateEnvironmentBlendModes(
          instance_, system_, XR_VIEW_CONFIGURATION_TYPE_PRIMARY_QUAD_VARJO, 1, &count, &mode),
      XR_ERROR_VALIDATION_FAILURE);
}

}  // namespace
}  // namespace tactus::test
