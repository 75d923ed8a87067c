#include "readback.h"

#include <array>
#include <cmath>

#include "image_barrier.h"

namespace tactus::runtime {
namespace {

// IEC 61966-2-1. OpenXR takes images whose format is not sRGB as linear light.
std::array<std::uint8_t, 256> linear_to_srgb() {
  std::array<std::uint8_t, 256> table;
  for (int i = 0; i < 256; ++i) {
    const double linear = i / 255.0;
    const double srgb =
        linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1.0 / 2.4) - 0.055;
    table[i] = static_cast<std::uint8_t>(std::lround(255.0 * srgb));
  }
  return table;
}

void convert(const std::uint8_t* pixels, VkFormat format, Picture& picture) {
  const bool blue_first = format == VK_FORMAT_B8G8R8A8_SRGB || format == VK_FORMAT_B8G8R8A8_UNORM;
  const bool is_linear = format == VK_FORMAT_R8G8B8A8_UNORM || format == VK_FORMAT_B8G8R8A8_UNORM;
  const std::array<std::uint8_t, 256> to_srgb = linear_to_srgb();
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const std::uint8_t value = pixels[i + (blue_first ? 2 - channel : channel)];
      picture.rgba[i + channel] = is_linear ? to_srgb[value] : value;
    }
    picture.rgba[i + 3] = 255;
  }
}

}  // namespace

Readback::~Readback() { release(); }

void Readback::release() {
  if (buffer_) device_.vk().DestroyBuffer(device_.device(), buffer_, nullptr);
  if (memory_.memory) device_.vk().FreeMemory(device_.device(), memory_.memory, nullptr);
  buffer_ = VK_NULL_HANDLE;
  memory_ = {};
  size_ = 0;
}

void Readback::reserve(VkDeviceSize size) {
  if (size <= size_) return;
  release();
  const VkBufferCreateInfo buffer{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
                                  nullptr,
                                  0,
                                  size,
                                  VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                                  VK_SHARING_MODE_EXCLUSIVE,
                                  0,
                                  nullptr};
  check_vulkan(device_.vk().CreateBuffer(device_.device(), &buffer, nullptr, &buffer_), "buffer");
  VkMemoryRequirements needs;
  device_.vk().GetBufferMemoryRequirements(device_.device(), buffer_, &needs);
  memory_ = device_.allocate(
      needs, VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT, true);
  check_vulkan(device_.vk().BindBufferMemory(device_.device(), buffer_, memory_.memory, 0), "bind");
  size_ = size;
}

void Readback::read(const Composition& composition, Picture& picture) {
  const Swapchain& swapchain = *composition.swapchain;
  picture.width_px = static_cast<std::uint32_t>(composition.rect.extent.width);
  picture.height_px = static_cast<std::uint32_t>(composition.rect.extent.height);
  picture.rgba.resize(std::size_t{4} * picture.width_px * picture.height_px);
  reserve(picture.rgba.size());
  const std::uint32_t array_layer = composition.array_layer * swapchain.wish.faceCount;
  const VkBufferImageCopy region{0,
                                 0,
                                 0,
                                 {VK_IMAGE_ASPECT_COLOR_BIT, 0, array_layer, 1},
                                 {composition.rect.offset.x, composition.rect.offset.y, 0},
                                 {picture.width_px, picture.height_px, 1}};
  constexpr VkImageLayout kSource = VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL;
  device_.run([&](VkCommandBuffer commands) {
    const VulkanFunctions& vk = device_.vk();
    move_image(vk, commands, swapchain, composition.image, swapchain.layout(), kSource);
    vk.CmdCopyImageToBuffer(commands, composition.image, kSource, buffer_, 1, &region);
    move_image(vk, commands, swapchain, composition.image, kSource, swapchain.layout());
    const VkMemoryBarrier to_host{VK_STRUCTURE_TYPE_MEMORY_BARRIER, nullptr,
                                  VK_ACCESS_TRANSFER_WRITE_BIT, VK_ACCESS_HOST_READ_BIT};
    vk.CmdPipelineBarrier(commands, VK_PIPELINE_STAGE_TRANSFER_BIT, VK_PIPELINE_STAGE_HOST_BIT, 0,
                          1, &to_host, 0, nullptr, 0, nullptr);
  });
  convert(static_cast<const std::uint8_t*>(memory_.mapped), swapchain.format(), picture);
}

}  // namespace tactus::runtime
