#include "swapchain.h"

namespace tactus::runtime {
namespace {

constexpr std::uint32_t kImageCount = 3;  // one shown, one queued, one drawn into

VkImageUsageFlags vulkan_usage(const XrSwapchainCreateInfo& wish) {
  constexpr std::pair<XrSwapchainUsageFlags, VkImageUsageFlags> kUsages[] = {
      {XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT, VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT},
      {XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT,
       VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT},
      {XR_SWAPCHAIN_USAGE_UNORDERED_ACCESS_BIT, VK_IMAGE_USAGE_STORAGE_BIT},
      {XR_SWAPCHAIN_USAGE_TRANSFER_SRC_BIT, VK_IMAGE_USAGE_TRANSFER_SRC_BIT},
      {XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT, VK_IMAGE_USAGE_TRANSFER_DST_BIT},
      {XR_SWAPCHAIN_USAGE_SAMPLED_BIT, VK_IMAGE_USAGE_SAMPLED_BIT},
  };
  VkImageUsageFlags usage = VK_IMAGE_USAGE_TRANSFER_SRC_BIT;  // the runtime reads the picture back
  for (const auto& [asked, needed] : kUsages) {
    if ((wish.usageFlags & asked) != 0) usage |= needed;
  }
  // An image must have the usage of the layout it is handed over in.
  usage |= is_depth(static_cast<VkFormat>(wish.format))
               ? VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT
               : VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT;
  return usage;
}

}  // namespace

VkImageCreateInfo vulkan_image(const XrSwapchainCreateInfo& wish) {
  VkImageCreateInfo image{};
  image.sType = VK_STRUCTURE_TYPE_IMAGE_CREATE_INFO;
  if (wish.faceCount == 6) image.flags |= VK_IMAGE_CREATE_CUBE_COMPATIBLE_BIT;
  if ((wish.usageFlags & XR_SWAPCHAIN_USAGE_MUTABLE_FORMAT_BIT) != 0) {
    image.flags |= VK_IMAGE_CREATE_MUTABLE_FORMAT_BIT;
  }
  image.imageType = VK_IMAGE_TYPE_2D;
  image.format = static_cast<VkFormat>(wish.format);
  image.extent = {wish.width, wish.height, 1};
  image.mipLevels = wish.mipCount;
  image.arrayLayers = wish.arraySize * wish.faceCount;
  image.samples = VK_SAMPLE_COUNT_1_BIT;
  image.tiling = VK_IMAGE_TILING_OPTIMAL;
  image.usage = vulkan_usage(wish);
  image.sharingMode = VK_SHARING_MODE_EXCLUSIVE;
  image.initialLayout = VK_IMAGE_LAYOUT_UNDEFINED;
  return image;
}

Swapchain::Swapchain(Session& of, const XrSwapchainCreateInfo& create)
    : Object(kType), session(of), wish(create), images(is_static() ? 1 : kImageCount) {
  for (SwapchainImage& made : images) make_image(made);
}

Swapchain::~Swapchain() {
  const VulkanFunctions& vk = session.vulkan->vk();
  for (const SwapchainImage& made : images) {
    if (made.image) vk.DestroyImage(session.vulkan->device(), made.image, nullptr);
    if (made.memory) vk.FreeMemory(session.vulkan->device(), made.memory, nullptr);
  }
}

void Swapchain::make_image(SwapchainImage& made) const {
  VulkanDevice& device = *session.vulkan;
  const VkImageCreateInfo image = vulkan_image(wish);
  check_vulkan(device.vk().CreateImage(device.device(), &image, nullptr, &made.image), "image");
  VkMemoryRequirements needs;
  device.vk().GetImageMemoryRequirements(device.device(), made.image, &needs);
  made.memory = device.allocate(needs, VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT, false).memory;
  check_vulkan(device.vk().BindImageMemory(device.device(), made.image, made.memory, 0), "bind");
}

}  // namespace tactus::runtime
