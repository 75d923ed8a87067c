// Moves a swapchain image from one Vulkan layout to another.
//
//   Clocks   none
//   Units    none
//   Errors   none
//   Threads  records into a command buffer of the caller's.
//   Proof    tests/simulator/runtime/hello_xr_test.cc, under the validation layers
#pragma once
#include "swapchain.h"
#include "vulkan_functions.h"

namespace tactus::runtime {

/// All aspects, levels and layers. Whatever came before is finished and visible afterwards.
inline void move_image(const VulkanFunctions& vk, VkCommandBuffer commands,
                       const Swapchain& swapchain, VkImage image, VkImageLayout from,
                       VkImageLayout to) {
  const VkFormat format = swapchain.format();
  VkImageAspectFlags aspects =
      is_depth(format) ? VK_IMAGE_ASPECT_DEPTH_BIT : VK_IMAGE_ASPECT_COLOR_BIT;
  if (format == VK_FORMAT_D24_UNORM_S8_UINT || format == VK_FORMAT_D32_SFLOAT_S8_UINT) {
    aspects |= VK_IMAGE_ASPECT_STENCIL_BIT;
  }
  VkImageMemoryBarrier barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER;
  barrier.srcAccessMask = VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT;
  barrier.dstAccessMask = VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT;
  barrier.oldLayout = from;
  barrier.newLayout = to;
  barrier.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.image = image;
  barrier.subresourceRange = {aspects, 0, VK_REMAINING_MIP_LEVELS, 0, VK_REMAINING_ARRAY_LAYERS};
  vk.CmdPipelineBarrier(commands, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT,
                        VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, 0, 0, nullptr, 0, nullptr, 1, &barrier);
}

}  // namespace tactus::runtime
