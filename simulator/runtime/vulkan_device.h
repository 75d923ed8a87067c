// The application's Vulkan device, as a session uses it: images for swapchains, and short jobs on
// the application's queue.
//
//   Clocks   none
//   Units    bytes, pixels
//   Errors   throw: VulkanError where the device fails; open: XR_ERROR_GRAPHICS_DEVICE_INVALID.
//   Threads  the queue is the application's, which keeps off it during xrBeginFrame, xrEndFrame,
//            xrAcquireSwapchainImage and xrReleaseSwapchainImage (XR_KHR_vulkan_enable2):
//            only these may call `run`.
//   Proof    tests/simulator/runtime/vulkan_test.cc
#pragma once
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

#include "vulkan_functions.h"
#include "xr.h"

namespace tactus::runtime {

struct VulkanError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct VulkanMemory {
  VkDeviceMemory memory = VK_NULL_HANDLE;
  void* mapped = nullptr;
};

class VulkanDevice {
 public:
  /// Checks what the application bound. nullptr: the binding is no device of this machine.
  [[nodiscard]] static std::unique_ptr<VulkanDevice> open(
      const XrGraphicsBindingVulkanKHR& binding);

  ~VulkanDevice();
  VulkanDevice(const VulkanDevice&) = delete;
  VulkanDevice& operator=(const VulkanDevice&) = delete;

  /// Records commands, submits them to the application's queue and waits until they are done.
  void run(const std::function<void(VkCommandBuffer)>& record);

  /// Swapchain formats with what they can be used for, best first.
  [[nodiscard]] const std::vector<VkFormat>& formats() const { return formats_; }

  /// Whether the device can make such an image.
  [[nodiscard]] bool can_make(const VkImageCreateInfo& image) const;

  [[nodiscard]] VulkanMemory allocate(const VkMemoryRequirements& needs,
                                      VkMemoryPropertyFlags properties, bool map);

  [[nodiscard]] VkDevice device() const { return device_; }
  [[nodiscard]] const VulkanFunctions& vk() const { return vk_; }

 private:
  VulkanDevice() = default;
  [[nodiscard]] bool owns(VkPhysicalDevice physical, VkInstance instance) const;
  void find_formats();
  void make_command_buffer(std::uint32_t queue_family);

  VulkanFunctions vk_;
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  VkCommandBuffer commands_ = VK_NULL_HANDLE;
  VkFence done_ = VK_NULL_HANDLE;
  std::vector<VkFormat> formats_;
};

[[nodiscard]] constexpr bool is_depth(VkFormat format) {
  return format == VK_FORMAT_D16_UNORM || format == VK_FORMAT_D32_SFLOAT ||
         format == VK_FORMAT_D24_UNORM_S8_UINT || format == VK_FORMAT_D32_SFLOAT_S8_UINT;
}

/// Throws VulkanError with the name of the step.
void check_vulkan(VkResult result, const char* step);

}  // namespace tactus::runtime
