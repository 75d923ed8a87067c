// Memory of the graphics card, in blocks: few allocations, given out front to back.
//
// The scene makes what it needs at the start and keeps it to the end, so nothing is ever given
// back singly and a block is a pointer that moves on.
//
//   Frames   none. Units: bytes.
//   Errors   SceneError when the card is out of memory.
//   Threads  one owner.
//   Proof    tests/scene/still_test.cc (under the validation layer)
#pragma once
#include <cstddef>
#include <vector>

#include "scene/render/device.h"

namespace tactus::scene {

/// A buffer that stays mapped: the processor writes, the card reads (or the other way).
struct Buffer {
  VkBuffer buffer = VK_NULL_HANDLE;
  std::byte* mapped = nullptr;
  VkDeviceSize bytes = 0;
};

struct Image {
  VkImage image = VK_NULL_HANDLE;
  VkImageView view = VK_NULL_HANDLE;
};

/// What an image is made for.
struct ImageRequest {
  VkExtent2D extent{};
  VkFormat format = VK_FORMAT_UNDEFINED;
  VkImageUsageFlags usage = 0;
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
  VkImageAspectFlags aspect = VK_IMAGE_ASPECT_COLOR_BIT;
};

/// Owns all buffers and images that it gives out; they end with it.
class GpuMemory {
 public:
  explicit GpuMemory(const Gpu& gpu);
  ~GpuMemory();
  GpuMemory(const GpuMemory&) = delete;
  GpuMemory& operator=(const GpuMemory&) = delete;

  [[nodiscard]] Buffer make_buffer(VkDeviceSize bytes, VkBufferUsageFlags usage);
  [[nodiscard]] Image make_image(const ImageRequest& request);

 private:
  struct Block {
    VkDeviceMemory memory = VK_NULL_HANDLE;
    VkDeviceSize bytes = 0, used = 0;
    std::uint32_t type = 0;
    bool images = false;  ///< images and buffers do not share a block (bufferImageGranularity)
    std::byte* mapped = nullptr;
  };
  struct Place {
    VkDeviceMemory memory;
    VkDeviceSize offset;
    std::byte* mapped;
  };
  Place place(const VkMemoryRequirements& needs, VkMemoryPropertyFlags wanted, bool images);
  Block& add_block(std::uint32_t type, bool images, VkDeviceSize at_least);
  std::uint32_t find_type(std::uint32_t allowed, VkMemoryPropertyFlags wanted) const;

  Gpu gpu_;
  VkPhysicalDeviceMemoryProperties properties_{};
  std::vector<Block> blocks_;
  std::vector<VkBuffer> buffers_;
  std::vector<Image> images_;
};

}  // namespace tactus::scene
