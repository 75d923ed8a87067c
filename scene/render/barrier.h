// Makes the card finish with an image before it goes on to use it otherwise.
//
//   Frames   none. Units: none. Errors: none.
//   Threads  records into a command buffer: its owner.
//   Proof    tests/scene/still_test.cc (under the validation layer)
#pragma once
#include <volk.h>

namespace tactus::scene {

struct Transition {
  VkImageLayout from = VK_IMAGE_LAYOUT_UNDEFINED, to = VK_IMAGE_LAYOUT_UNDEFINED;
  VkImageAspectFlags aspect = VK_IMAGE_ASPECT_COLOR_BIT;
};

/// Plain and wide: all work before, then all work after. A frame has six of them.
inline void barrier(VkCommandBuffer commands, VkImage image, const Transition& transition) {
  VkImageMemoryBarrier2 wall{VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2};
  wall.srcStageMask = wall.dstStageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  wall.srcAccessMask = VK_ACCESS_2_MEMORY_WRITE_BIT;
  wall.dstAccessMask = VK_ACCESS_2_MEMORY_READ_BIT | VK_ACCESS_2_MEMORY_WRITE_BIT;
  wall.oldLayout = transition.from;
  wall.newLayout = transition.to;
  wall.srcQueueFamilyIndex = wall.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  wall.image = image;
  wall.subresourceRange = {transition.aspect, 0, 1, 0, 1};
  VkDependencyInfo dependency{VK_STRUCTURE_TYPE_DEPENDENCY_INFO};
  dependency.imageMemoryBarrierCount = 1;
  dependency.pImageMemoryBarriers = &wall;
  vkCmdPipelineBarrier2(commands, &dependency);
}

}  // namespace tactus::scene
