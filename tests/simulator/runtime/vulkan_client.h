// The smallest Vulkan application: a device made through the runtime, images cleared to a colour.
#pragma once
#include "xr_test.h"

namespace tactus::test {

class VulkanClient : public XrTest {
 protected:
  static constexpr std::uint32_t kSize_px = 32;

  void TearDown() override;

  /// An instance with XR_KHR_vulkan_enable2 and a device as it wants it.
  void make_device();
  [[nodiscard]] XrGraphicsBindingVulkan2KHR binding() const;
  XrResult try_session(const void* next);
  void make_vulkan_session();
  /// Frames that show nothing, until the session has the focus.
  void run_to_focus();

  [[nodiscard]] XrSwapchainCreateInfo swapchain_wish(std::int64_t format) const;
  /// Both array layers of the next image: left `r g b` as it is, right its complement.
  void clear_next_image(XrSwapchain swapchain, float r, float g, float b);
  [[nodiscard]] std::vector<std::int64_t> formats() const;

  template <typename Function>
  [[nodiscard]] Function extension_function(const char* name) const {
    Function function = nullptr;
    EXPECT_XR(
        xrGetInstanceProcAddr(instance_, name, reinterpret_cast<PFN_xrVoidFunction*>(&function)));
    return function;
  }

  VkInstance vulkan_ = VK_NULL_HANDLE;
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  VkCommandPool pool_ = VK_NULL_HANDLE;
};

}  // namespace tactus::test
