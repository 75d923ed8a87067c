#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "png_picture.h"
#include "vulkan_client.h"

namespace tactus::test {
namespace {

class VulkanTest : public VulkanClient {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/tactus_pictures_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    ASSERT_EQ(setenv("TACTUS_RUNTIME_SNAPSHOTS", folder, 1), 0);
  }
  void TearDown() override {
    VulkanClient::TearDown();
    unsetenv("TACTUS_RUNTIME_SNAPSHOTS");
    unsetenv("TACTUS_RUNTIME_SNAPSHOT_EVERY");
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::vector<std::string> pictures() const {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
  }

  /// Ends a frame with one projection layer; `change` spoils it.
  template <typename Change>
  XrResult show(XrSwapchain swapchain, Change change) {
    XrFrameState state{XR_TYPE_FRAME_STATE};
    EXPECT_XR(xrWaitFrame(session_, nullptr, &state));
    EXPECT_GE(xrBeginFrame(session_, nullptr), XR_SUCCESS);
    XrCompositionLayerProjectionView views[2];
    for (std::uint32_t eye = 0; eye < 2; ++eye) {
      views[eye] = {XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW,
                    nullptr,
                    kIdentity,
                    {-1, 1, 1, -1},
                    {swapchain, {{0, 0}, {kSize_px, kSize_px}}, eye}};
    }
    XrCompositionLayerProjection layer{XR_TYPE_COMPOSITION_LAYER_PROJECTION};
    layer.space = space_;
    layer.viewCount = 2;
    layer.views = views;
    change(layer, views);
    return end_frame(state.predictedDisplayTime,
                     {reinterpret_cast<XrCompositionLayerBaseHeader*>(&layer)});
  }
  XrResult show(XrSwapchain swapchain) {
    return show(swapchain, [](auto&, auto*) {});
  }

  XrSwapchain make_swapchain(std::int64_t format) {
    const XrSwapchainCreateInfo wish = swapchain_wish(format);
    XrSwapchain made = XR_NULL_HANDLE;
    EXPECT_XR(xrCreateSwapchain(session_, &wish, &made));
    return made;
  }

  std::string folder_;
  XrSpace space_ = XR_NULL_HANDLE;
};

TEST_F(VulkanTest, WritesTheLeftEyeInTheColoursSeen) {
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  run_to_focus();
  space_ = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  struct Case {
    VkFormat format;
    std::uint8_t half;  ///< half of all light, as 8-bit sRGB (IEC 61966-2-1)
  };
  for (const Case& c : {Case{VK_FORMAT_R8G8B8A8_SRGB, 188}, Case{VK_FORMAT_B8G8R8A8_SRGB, 188},
                        Case{VK_FORMAT_R8G8B8A8_UNORM, 188}, Case{VK_FORMAT_B8G8R8A8_UNORM, 188}}) {
    const XrSwapchain swapchain = make_swapchain(c.format);
    ASSERT_NO_FATAL_FAILURE(clear_next_image(swapchain, 1, 0.5f, 0));
    ASSERT_XR(show(swapchain));
    const PngPicture picture = read_png(pictures().back());
    EXPECT_EQ(picture.width_px, kSize_px);
    ASSERT_EQ(picture.colours().size(), 1u);
    const Colour colour = *picture.colours().begin();
    EXPECT_EQ(colour[0], 255) << "format " << c.format;
    EXPECT_NEAR(colour[1], c.half, 1) << "format " << c.format;
    EXPECT_EQ(colour[2], 0) << "format " << c.format;
    EXPECT_XR(xrDestroySwapchain(swapchain));
  }
  EXPECT_EQ(pictures().size(), 4u);
}

TEST_F(VulkanTest, WritesEveryNth) {
  setenv("TACTUS_RUNTIME_SNAPSHOT_EVERY", "3", 1);
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  run_to_focus();
  space_ = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  const XrSwapchain swapchain = make_swapchain(VK_FORMAT_R8G8B8A8_SRGB);
  for (int i = 0; i < 7; ++i) {
    ASSERT_NO_FATAL_FAILURE(clear_next_image(swapchain, 0, 0, 1));
    ASSERT_XR(show(swapchain));
  }
  EXPECT_EQ(pictures().size(), 3u) << "the first, the fourth and the seventh";
}

TEST_F(VulkanTest, TakesSoundLayersOnly) {
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  run_to_focus();
  space_ = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  const XrSwapchain swapchain = make_swapchain(VK_FORMAT_R8G8B8A8_SRGB);
  EXPECT_EQ(show(swapchain), XR_ERROR_LAYER_INVALID) << "nothing was released yet";
  ASSERT_NO_FATAL_FAILURE(clear_next_image(swapchain, 0, 0, 1));
  EXPECT_XR(show(swapchain));
  using Layer = XrCompositionLayerProjection;
  using Views = XrCompositionLayerProjectionView*;
  const auto fails = [&](auto change) { return show(swapchain, change); };
  EXPECT_EQ(fails([](Layer& l, Views) { l.type = XR_TYPE_FRAME_STATE; }), XR_ERROR_LAYER_INVALID);
  EXPECT_EQ(fails([](Layer& l, Views) { l.viewCount = 1; }), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(fails([](Layer& l, Views) { l.views = nullptr; }), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(fails([](Layer& l, Views) { l.space = XR_NULL_HANDLE; }), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(fails([](Layer&, Views v) { v[1].pose.orientation.w = 0; }), XR_ERROR_POSE_INVALID);
  EXPECT_EQ(fails([](Layer&, Views v) { v[1].subImage.imageRect.offset.x = 1; }),
            XR_ERROR_SWAPCHAIN_RECT_INVALID);
  EXPECT_EQ(fails([](Layer&, Views v) { v[0].subImage.imageRect.offset.y = -1; }),
            XR_ERROR_SWAPCHAIN_RECT_INVALID);
  EXPECT_EQ(fails([](Layer&, Views v) { v[0].subImage.imageRect.extent.width = INT32_MAX; }),
            XR_ERROR_SWAPCHAIN_RECT_INVALID);
  EXPECT_EQ(fails([](Layer&, Views v) { v[0].subImage.imageArrayIndex = 2; }),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(fails([](Layer&, Views v) { v[0].subImage.swapchain = XR_NULL_HANDLE; }),
            XR_ERROR_HANDLE_INVALID);
}

TEST_F(VulkanTest, HandsImagesOutInTurn) {
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  const XrSwapchain swapchain = make_swapchain(formats().front());
  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO};
  EXPECT_EQ(xrWaitSwapchainImage(swapchain, &wait), XR_ERROR_CALL_ORDER_INVALID);
  EXPECT_EQ(xrReleaseSwapchainImage(swapchain, nullptr), XR_ERROR_CALL_ORDER_INVALID);
  std::uint32_t index = 99;
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_XR(xrAcquireSwapchainImage(swapchain, nullptr, &index));
    EXPECT_EQ(index, i);
  }
  EXPECT_EQ(xrAcquireSwapchainImage(swapchain, nullptr, &index), XR_ERROR_CALL_ORDER_INVALID);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(xrReleaseSwapchainImage(swapchain, nullptr), XR_ERROR_CALL_ORDER_INVALID);
    EXPECT_XR(xrWaitSwapchainImage(swapchain, &wait));
    EXPECT_EQ(xrWaitSwapchainImage(swapchain, &wait), XR_ERROR_CALL_ORDER_INVALID);
    EXPECT_XR(xrReleaseSwapchainImage(swapchain, nullptr));
  }
}

TEST_F(VulkanTest, AStaticImageIsDrawnOnce) {
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  XrSwapchainCreateInfo wish = swapchain_wish(formats().front());
  wish.createFlags = XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT;
  XrSwapchain swapchain = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateSwapchain(session_, &wish, &swapchain));
  ASSERT_NO_FATAL_FAILURE(clear_next_image(swapchain, 0, 0, 1));
  std::uint32_t index = 0;
  EXPECT_EQ(xrAcquireSwapchainImage(swapchain, nullptr, &index), XR_ERROR_CALL_ORDER_INVALID);
}

TEST_F(VulkanTest, RefusesSwapchainsItCannotMake) {
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  const auto result = [this](auto change) {
    XrSwapchainCreateInfo wish = swapchain_wish(VK_FORMAT_R8G8B8A8_SRGB);
    change(wish);
    XrSwapchain made = XR_NULL_HANDLE;
    return xrCreateSwapchain(session_, &wish, &made);
  };
  using Wish = XrSwapchainCreateInfo;
  EXPECT_XR(result([](Wish&) {}));
  EXPECT_EQ(result([](Wish& w) { w.format = VK_FORMAT_R4G4_UNORM_PACK8; }),
            XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED);
  EXPECT_EQ(result([](Wish& w) { w.sampleCount = 4; }), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(result([](Wish& w) { w.createFlags = XR_SWAPCHAIN_CREATE_PROTECTED_CONTENT_BIT; }),
            XR_ERROR_FEATURE_UNSUPPORTED);
  for (const auto& spoil : std::vector<void (*)(Wish&)>{
           [](Wish& w) { w.width = 0; }, [](Wish& w) { w.height = 1u << 20; },
           [](Wish& w) { w.sampleCount = 0; }, [](Wish& w) { w.faceCount = 3; },
           [](Wish& w) { w.arraySize = 0; }, [](Wish& w) { w.mipCount = 20; },
           [](Wish& w) { w.createFlags = 0x80; }, [](Wish& w) { w.usageFlags = 1u << 20; },
           [](Wish& w) { w.type = XR_TYPE_FRAME_STATE; }}) {
    EXPECT_EQ(result(spoil), XR_ERROR_VALIDATION_FAILURE);
  }
}

TEST_F(VulkanTest, WantsASoundBindingAndTheRequirementsAskedFor) {
  ASSERT_NO_FATAL_FAILURE(make_device());
  XrGraphicsBindingVulkan2KHR bound = binding();
  EXPECT_EQ(try_session(&bound), XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING);
  XrGraphicsRequirementsVulkan2KHR requirements{XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN2_KHR};
  ASSERT_XR(extension_function<PFN_xrGetVulkanGraphicsRequirements2KHR>(
      "xrGetVulkanGraphicsRequirements2KHR")(instance_, system_, &requirements));
  EXPECT_EQ(try_session(nullptr), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  const auto result = [&](auto change) {
    bound = binding();
    change(bound);
    return try_session(&bound);
  };
  using Binding = XrGraphicsBindingVulkan2KHR;
  EXPECT_EQ(result([](Binding& b) { b.instance = VK_NULL_HANDLE; }),
            XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(result([](Binding& b) { b.physicalDevice = VK_NULL_HANDLE; }),
            XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(result([](Binding& b) { b.device = VK_NULL_HANDLE; }),
            XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(result([](Binding& b) { b.queueFamilyIndex = 1000; }),
            XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_EQ(result([](Binding& b) { b.queueIndex = 1000; }), XR_ERROR_GRAPHICS_DEVICE_INVALID);
  EXPECT_XR(result([](Binding&) {}));
}

TEST_F(VulkanTest, StatesComeWithFrames) {
  ASSERT_NO_FATAL_FAILURE(make_vulkan_session());
  begin_session();
  (void)states();
  EXPECT_TRUE(states().empty()) << "not before a frame";
  EXPECT_FALSE(run_frame().shouldRender);
  EXPECT_EQ(states(), std::vector<XrSessionState>{XR_SESSION_STATE_SYNCHRONIZED});
  EXPECT_FALSE(run_frame().shouldRender);
  EXPECT_EQ(states(), std::vector<XrSessionState>{XR_SESSION_STATE_VISIBLE});
  EXPECT_TRUE(run_frame().shouldRender);
  EXPECT_EQ(states(), std::vector<XrSessionState>{XR_SESSION_STATE_FOCUSED});
  EXPECT_TRUE(run_frame().shouldRender);
}

}  // namespace
}  // namespace tactus::test
