// A swapchain: images on the application's device, handed out in turn.
//
//   Clocks   none
//   Units    pixels
//   Errors   XR_ERROR_CALL_ORDER_INVALID for an image out of turn.
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/vulkan_test.cc
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "object.h"
#include "session.h"
#include "vulkan_device.h"

namespace tactus::runtime {

struct SwapchainImage {
  VkImage image = VK_NULL_HANDLE;
  VkDeviceMemory memory = VK_NULL_HANDLE;
  bool prepared = false;  ///< is in the layout that the application expects
};

/// The image that a swapchain of this kind is made of.
[[nodiscard]] VkImageCreateInfo vulkan_image(const XrSwapchainCreateInfo& wish);

struct Swapchain : Object {
  using Xr = XrSwapchain;
  static constexpr XrObjectType kType = XR_OBJECT_TYPE_SWAPCHAIN;

  Swapchain(Session& of, const XrSwapchainCreateInfo& create);
  ~Swapchain() override;

  [[nodiscard]] bool is_static() const {
    return (wish.createFlags & XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT) != 0;
  }
  [[nodiscard]] VkFormat format() const { return static_cast<VkFormat>(wish.format); }

  /// The layout in which images change hands.
  [[nodiscard]] VkImageLayout layout() const {
    return is_depth(format()) ? VK_IMAGE_LAYOUT_DEPTH_STENCIL_ATTACHMENT_OPTIMAL
                              : VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
  }

  Session& session;
  const XrSwapchainCreateInfo wish;  ///< `next` is not followed
  std::vector<SwapchainImage> images;
  std::deque<std::uint32_t> acquired;  ///< oldest first
  bool oldest_waited = false;          ///< acquired.front() may be written
  std::uint32_t next_image = 0;
  bool ever_acquired = false;
  std::optional<std::uint32_t> last_released;  ///< what a layer that names this swapchain shows

 private:
  void make_image(SwapchainImage& made) const;
};

}  // namespace tactus::runtime
