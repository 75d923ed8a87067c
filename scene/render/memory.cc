#include "scene/render/memory.h"

#include <algorithm>

namespace tactus::scene {
namespace {

constexpr VkDeviceSize kBlockBytes = 16u << 20;
constexpr VkMemoryPropertyFlags kMapped =
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;

VkDeviceSize aligned(VkDeviceSize offset, VkDeviceSize alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

}  // namespace

GpuMemory::GpuMemory(const Gpu& gpu) : gpu_(gpu) {
  vkGetPhysicalDeviceMemoryProperties(gpu.card, &properties_);
}

GpuMemory::~GpuMemory() {
  for (const Image& image : images_) {
    vkDestroyImageView(gpu_.device, image.view, nullptr);
    vkDestroyImage(gpu_.device, image.image, nullptr);
  }
  for (VkBuffer buffer : buffers_) vkDestroyBuffer(gpu_.device, buffer, nullptr);
  for (const Block& block : blocks_) vkFreeMemory(gpu_.device, block.memory, nullptr);
}

std::uint32_t GpuMemory::find_type(std::uint32_t allowed, VkMemoryPropertyFlags wanted) const {
  // Memory that is both mapped and the card's own is best for what is written once a frame.
  for (const VkMemoryPropertyFlags flags : {wanted | VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, wanted})
    for (std::uint32_t i = 0; i < properties_.memoryTypeCount; ++i)
      if ((allowed >> i & 1u) && (properties_.memoryTypes[i].propertyFlags & flags) == flags)
        return i;
  throw SceneError("the graphics card has no memory of the kind needed");
}

GpuMemory::Block& GpuMemory::add_block(std::uint32_t type, bool images, VkDeviceSize at_least) {
  VkMemoryAllocateInfo request{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO};
  request.allocationSize = std::max(kBlockBytes, at_least);
  request.memoryTypeIndex = type;
  Block block;
  block.bytes = request.allocationSize;
  block.type = type;
  block.images = images;
  check(vkAllocateMemory(gpu_.device, &request, nullptr, &block.memory), "vkAllocateMemory");
  if (!images) {
    void* mapped = nullptr;
    check(vkMapMemory(gpu_.device, block.memory, 0, VK_WHOLE_SIZE, 0, &mapped), "vkMapMemory");
    block.mapped = static_cast<std::byte*>(mapped);
  }
  return blocks_.emplace_back(block);
}

GpuMemory::Place GpuMemory::place(const VkMemoryRequirements& needs, VkMemoryPropertyFlags wanted,
                                  bool images) {
  const std::uint32_t type = find_type(needs.memoryTypeBits, wanted);
  const auto fits = [&](const Block& block) {
    return block.type == type && block.images == images &&
           aligned(block.used, needs.alignment) + needs.size <= block.bytes;
  };
  const auto found = std::find_if(blocks_.begin(), blocks_.end(), fits);
  Block& block = found != blocks_.end() ? *found : add_block(type, images, needs.size);
  const VkDeviceSize offset = aligned(block.used, needs.alignment);
  block.used = offset + needs.size;
  return {block.memory, offset, block.mapped ? block.mapped + offset : nullptr};
}

Buffer GpuMemory::make_buffer(VkDeviceSize bytes, VkBufferUsageFlags usage) {
  VkBufferCreateInfo request{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO};
  request.size = bytes;
  request.usage = usage;
  Buffer made;
  made.bytes = bytes;
  check(vkCreateBuffer(gpu_.device, &request, nullptr, &made.buffer), "vkCreateBuffer");
  buffers_.push_back(made.buffer);
  VkMemoryRequirements needs;
  vkGetBufferMemoryRequirements(gpu_.device, made.buffer, &needs);
  const Place at = place(needs, kMapped, false);
  made.mapped = at.mapped;
  check(vkBindBufferMemory(gpu_.device, made.buffer, at.memory, at.offset), "vkBindBufferMemory");
  return made;
}

Image GpuMemory::make_image(const ImageRequest& request) {
  VkImageCreateInfo image{VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO};
  image.imageType = VK_IMAGE_TYPE_2D;
  image.format = request.format;
  image.extent = {request.extent.width, request.extent.height, 1};
  image.mipLevels = image.arrayLayers = 1;
  image.samples = request.samples;
  image.usage = request.usage;
  Image& made = images_.emplace_back();
  check(vkCreateImage(gpu_.device, &image, nullptr, &made.image), "vkCreateImage");
  VkMemoryRequirements needs;
  vkGetImageMemoryRequirements(gpu_.device, made.image, &needs);
  const Place at = place(needs, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, true);
  check(vkBindImageMemory(gpu_.device, made.image, at.memory, at.offset), "vkBindImageMemory");
  VkImageViewCreateInfo view{VK_STRUCTURE_TYPE_IMAGE_VIEW_CREATE_INFO};
  view.image = made.image;
  view.viewType = VK_IMAGE_VIEW_TYPE_2D;
  view.format = request.format;
  view.subresourceRange = {request.aspect, 0, 1, 0, 1};
  check(vkCreateImageView(gpu_.device, &view, nullptr, &made.view), "vkCreateImageView");
  return made;
}

}  // namespace tactus::scene
