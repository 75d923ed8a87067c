#include "vulkan_device.h"

#include <algorithm>
#include <array>
#include <string>

namespace tactus::runtime {
namespace {

constexpr std::uint64_t kPatience_ns = 20'000'000'000;  // a software device may be very slow

// Shown first what the runtime shows best. All are read back as 8-bit colour.
constexpr std::array kColourFormats{VK_FORMAT_R8G8B8A8_SRGB, VK_FORMAT_B8G8R8A8_SRGB,
                                    VK_FORMAT_R8G8B8A8_UNORM, VK_FORMAT_B8G8R8A8_UNORM};
constexpr std::array kDepthFormats{VK_FORMAT_D32_SFLOAT, VK_FORMAT_D16_UNORM,
                                   VK_FORMAT_D24_UNORM_S8_UINT, VK_FORMAT_D32_SFLOAT_S8_UINT};

constexpr VkFormatFeatureFlags kColourNeeds =
    VK_FORMAT_FEATURE_COLOR_ATTACHMENT_BIT | VK_FORMAT_FEATURE_SAMPLED_IMAGE_BIT |
    VK_FORMAT_FEATURE_TRANSFER_SRC_BIT | VK_FORMAT_FEATURE_TRANSFER_DST_BIT;
constexpr VkFormatFeatureFlags kDepthNeeds = VK_FORMAT_FEATURE_DEPTH_STENCIL_ATTACHMENT_BIT |
                                             VK_FORMAT_FEATURE_SAMPLED_IMAGE_BIT |
                                             VK_FORMAT_FEATURE_TRANSFER_SRC_BIT;

}  // namespace

void check_vulkan(VkResult result, const char* step) {
  if (result != VK_SUCCESS) {
    throw VulkanError(std::string(step) + ": VkResult " + std::to_string(result));
  }
}

std::unique_ptr<VulkanDevice> VulkanDevice::open(const XrGraphicsBindingVulkanKHR& binding) {
  if (!binding.instance || !binding.physicalDevice || !binding.device) return nullptr;
  std::unique_ptr<VulkanDevice> made(new VulkanDevice);
  if (!made->vk_.load(binding.instance) || !made->owns(binding.physicalDevice, binding.instance)) {
    return nullptr;
  }
  made->physical_ = binding.physicalDevice;
  std::uint32_t family_count = 0;
  made->vk_.GetPhysicalDeviceQueueFamilyProperties(made->physical_, &family_count, nullptr);
  std::vector<VkQueueFamilyProperties> families(family_count);
  made->vk_.GetPhysicalDeviceQueueFamilyProperties(made->physical_, &family_count, families.data());
  if (binding.queueFamilyIndex >= family_count ||
      binding.queueIndex >= families[binding.queueFamilyIndex].queueCount) {
    return nullptr;
  }
  made->device_ = binding.device;
  made->vk_.GetDeviceQueue(binding.device, binding.queueFamilyIndex, binding.queueIndex,
                           &made->queue_);
  if (!made->queue_) return nullptr;
  made->find_formats();
  made->make_command_buffer(binding.queueFamilyIndex);
  return made;
}

VulkanDevice::~VulkanDevice() {
  if (done_) vk_.DestroyFence(device_, done_, nullptr);
  if (pool_) vk_.DestroyCommandPool(device_, pool_, nullptr);
}

bool VulkanDevice::owns(VkPhysicalDevice physical, VkInstance instance) const {
  std::uint32_t count = 0;
  vk_.EnumeratePhysicalDevices(instance, &count, nullptr);
  std::vector<VkPhysicalDevice> devices(count);
  vk_.EnumeratePhysicalDevices(instance, &count, devices.data());
  return std::find(devices.begin(), devices.end(), physical) != devices.end();
}

void VulkanDevice::find_formats() {
  const auto add_if = [this](VkFormat format, VkFormatFeatureFlags needs) {
    VkFormatProperties properties;
    vk_.GetPhysicalDeviceFormatProperties(physical_, format, &properties);
    if ((properties.optimalTilingFeatures & needs) == needs) formats_.push_back(format);
  };
  for (const VkFormat format : kColourFormats) add_if(format, kColourNeeds);
  for (const VkFormat format : kDepthFormats) add_if(format, kDepthNeeds);
}

void VulkanDevice::make_command_buffer(std::uint32_t queue_family) {
  const VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, nullptr,
                                     VK_COMMAND_POOL_CREATE_TRANSIENT_BIT, queue_family};
  check_vulkan(vk_.CreateCommandPool(device_, &pool, nullptr, &pool_), "command pool");
  const VkCommandBufferAllocateInfo allocate_one{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
                                                 nullptr, pool_, VK_COMMAND_BUFFER_LEVEL_PRIMARY,
                                                 1};
  check_vulkan(vk_.AllocateCommandBuffers(device_, &allocate_one, &commands_), "command buffer");
  const VkFenceCreateInfo fence{VK_STRUCTURE_TYPE_FENCE_CREATE_INFO, nullptr, 0};
  check_vulkan(vk_.CreateFence(device_, &fence, nullptr, &done_), "fence");
}

void VulkanDevice::run(const std::function<void(VkCommandBuffer)>& record) {
  check_vulkan(vk_.ResetCommandPool(device_, pool_, 0), "reset");
  const VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO, nullptr,
                                       VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT, nullptr};
  check_vulkan(vk_.BeginCommandBuffer(commands_, &begin), "begin");
  record(commands_);
  check_vulkan(vk_.EndCommandBuffer(commands_), "end");
  VkSubmitInfo submit{};
  submit.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
  submit.commandBufferCount = 1;
  submit.pCommandBuffers = &commands_;
  check_vulkan(vk_.ResetFences(device_, 1, &done_), "reset fence");
  check_vulkan(vk_.QueueSubmit(queue_, 1, &submit, done_), "submit");
  check_vulkan(vk_.WaitForFences(device_, 1, &done_, VK_TRUE, kPatience_ns), "wait");
}

bool VulkanDevice::can_make(const VkImageCreateInfo& image) const {
  VkImageFormatProperties most;
  const VkResult result = vk_.GetPhysicalDeviceImageFormatProperties(
      physical_, image.format, image.imageType, image.tiling, image.usage, image.flags, &most);
  return result == VK_SUCCESS && image.extent.width <= most.maxExtent.width &&
         image.extent.height <= most.maxExtent.height && image.mipLevels <= most.maxMipLevels &&
         image.arrayLayers <= most.maxArrayLayers && (image.samples & most.sampleCounts) != 0;
}

VulkanMemory VulkanDevice::allocate(const VkMemoryRequirements& needs,
                                    VkMemoryPropertyFlags properties, bool map) {
  VkPhysicalDeviceMemoryProperties memory;
  vk_.GetPhysicalDeviceMemoryProperties(physical_, &memory);
  for (std::uint32_t type = 0; type < memory.memoryTypeCount; ++type) {
    const bool fits = (needs.memoryTypeBits >> type & 1) != 0 &&
                      (memory.memoryTypes[type].propertyFlags & properties) == properties;
    if (!fits) continue;
    const VkMemoryAllocateInfo allocate_bytes{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO, nullptr,
                                              needs.size, type};
    VulkanMemory made;
    check_vulkan(vk_.AllocateMemory(device_, &allocate_bytes, nullptr, &made.memory), "allocate");
    if (map &&
        vk_.MapMemory(device_, made.memory, 0, VK_WHOLE_SIZE, 0, &made.mapped) != VK_SUCCESS) {
      vk_.FreeMemory(device_, made.memory, nullptr);
      throw VulkanError("map");
    }
    return made;
  }
  throw VulkanError("no memory of the type needed");
}

}  // namespace tactus::runtime
