#include "vulkan_client.h"

namespace tactus::test {

void VulkanClient::TearDown() {
  XrTest::TearDown();  // the session goes before the device
  if (pool_) vkDestroyCommandPool(device_, pool_, nullptr);
  if (device_) vkDestroyDevice(device_, nullptr);
  if (vulkan_) vkDestroyInstance(vulkan_, nullptr);
}

void VulkanClient::make_device() {
  make_instance({XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME});
  VkApplicationInfo application{};
  application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
  application.apiVersion = VK_API_VERSION_1_1;
  VkInstanceCreateInfo vulkan_create{};
  vulkan_create.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  vulkan_create.pApplicationInfo = &application;
  XrVulkanInstanceCreateInfoKHR create{XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR};
  create.systemId = system_;
  create.pfnGetInstanceProcAddr = &vkGetInstanceProcAddr;
  create.vulkanCreateInfo = &vulkan_create;
  VkResult vulkan_result = VK_ERROR_UNKNOWN;
  ASSERT_XR(extension_function<PFN_xrCreateVulkanInstanceKHR>("xrCreateVulkanInstanceKHR")(
      instance_, &create, &vulkan_, &vulkan_result));
  ASSERT_EQ(vulkan_result, VK_SUCCESS) << "no Vulkan driver: is mesa-vulkan-drivers installed?";

  XrVulkanGraphicsDeviceGetInfoKHR get{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR};
  get.systemId = system_;
  get.vulkanInstance = vulkan_;
  ASSERT_XR(extension_function<PFN_xrGetVulkanGraphicsDevice2KHR>("xrGetVulkanGraphicsDevice2KHR")(
      instance_, &get, &physical_));

  const float priority = 1;
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  VkDeviceCreateInfo device{};
  device.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  device.queueCreateInfoCount = 1;
  device.pQueueCreateInfos = &queue;
  XrVulkanDeviceCreateInfoKHR create_device{XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR};
  create_device.systemId = system_;
  create_device.pfnGetInstanceProcAddr = &vkGetInstanceProcAddr;
  create_device.vulkanPhysicalDevice = physical_;
  create_device.vulkanCreateInfo = &device;
  ASSERT_XR(extension_function<PFN_xrCreateVulkanDeviceKHR>("xrCreateVulkanDeviceKHR")(
      instance_, &create_device, &device_, &vulkan_result));
  ASSERT_EQ(vulkan_result, VK_SUCCESS);
  vkGetDeviceQueue(device_, 0, 0, &queue_);
  const VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, nullptr, 0, 0};
  ASSERT_EQ(vkCreateCommandPool(device_, &pool, nullptr, &pool_), VK_SUCCESS);
}

XrGraphicsBindingVulkan2KHR VulkanClient::binding() const {
  return {XR_TYPE_GRAPHICS_BINDING_VULKAN_KHR, nullptr, vulkan_, physical_, device_, 0, 0};
}

XrResult VulkanClient::try_session(const void* next) {
  XrSessionCreateInfo create{XR_TYPE_SESSION_CREATE_INFO, next};
  create.systemId = system_;
  return xrCreateSession(instance_, &create, &session_);
}

void VulkanClient::make_vulkan_session() {
  ASSERT_NO_FATAL_FAILURE(make_device());
  XrGraphicsRequirementsVulkan2KHR requirements{XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN2_KHR};
  ASSERT_XR(extension_function<PFN_xrGetVulkanGraphicsRequirements2KHR>(
      "xrGetVulkanGraphicsRequirements2KHR")(instance_, system_, &requirements));
  const XrGraphicsBindingVulkan2KHR bound = binding();
  ASSERT_XR(try_session(&bound));
}

void VulkanClient::run_to_focus() {
  begin_session();
  for (int i = 0; i < 3; ++i) (void)run_frame();
  EXPECT_EQ(states().back(), XR_SESSION_STATE_FOCUSED);
}

XrSwapchainCreateInfo VulkanClient::swapchain_wish(std::int64_t format) const {
  XrSwapchainCreateInfo wish{XR_TYPE_SWAPCHAIN_CREATE_INFO};
  wish.usageFlags = XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT | XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT;
  wish.format = format;
  wish.sampleCount = wish.faceCount = wish.mipCount = 1;
  wish.arraySize = 2;
  wish.width = wish.height = kSize_px;
  return wish;
}

std::vector<std::int64_t> VulkanClient::formats() const {
  std::uint32_t count = 0;
  EXPECT_XR(xrEnumerateSwapchainFormats(session_, 0, &count, nullptr));
  std::vector<std::int64_t> all(count);
  EXPECT_XR(xrEnumerateSwapchainFormats(session_, count, &count, all.data()));
  return all;
}

void VulkanClient::clear_next_image(XrSwapchain swapchain, float r, float g, float b) {
  std::uint32_t count = 0;
  ASSERT_XR(xrEnumerateSwapchainImages(swapchain, 0, &count, nullptr));
  std::vector<XrSwapchainImageVulkan2KHR> images(count, {XR_TYPE_SWAPCHAIN_IMAGE_VULKAN2_KHR});
  ASSERT_XR(xrEnumerateSwapchainImages(
      swapchain, count, &count, reinterpret_cast<XrSwapchainImageBaseHeader*>(images.data())));
  std::uint32_t index = 0;
  ASSERT_XR(xrAcquireSwapchainImage(swapchain, nullptr, &index));
  XrSwapchainImageWaitInfo wait{XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO, nullptr, XR_INFINITE_DURATION};
  ASSERT_XR(xrWaitSwapchainImage(swapchain, &wait));

  VkCommandBufferAllocateInfo allocate{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO, nullptr,
                                       pool_, VK_COMMAND_BUFFER_LEVEL_PRIMARY, 1};
  VkCommandBuffer commands = VK_NULL_HANDLE;
  ASSERT_EQ(vkAllocateCommandBuffers(device_, &allocate, &commands), VK_SUCCESS);
  VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO, nullptr, 0, nullptr};
  vkBeginCommandBuffer(commands, &begin);
  const auto move = [&](VkImageLayout from, VkImageLayout to) {
    VkImageMemoryBarrier barrier{};
    barrier.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER;
    barrier.srcAccessMask = barrier.dstAccessMask =
        VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT;
    barrier.oldLayout = from;
    barrier.newLayout = to;
    barrier.image = images[index].image;
    barrier.srcQueueFamilyIndex = barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
    barrier.subresourceRange = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 2};
    vkCmdPipelineBarrier(commands, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT,
                         VK_PIPELINE_STAGE_ALL_COMMANDS_BIT, 0, 0, nullptr, 0, nullptr, 1,
                         &barrier);
  };
  move(VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL);
  for (std::uint32_t eye = 0; eye < 2; ++eye) {
    const VkClearColorValue colour =
        eye == 0 ? VkClearColorValue{{r, g, b, 1}} : VkClearColorValue{{1 - r, 1 - g, 1 - b, 1}};
    const VkImageSubresourceRange range{VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, eye, 1};
    vkCmdClearColorImage(commands, images[index].image, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL,
                         &colour, 1, &range);
  }
  move(VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL);
  vkEndCommandBuffer(commands);
  VkSubmitInfo submit{};
  submit.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
  submit.commandBufferCount = 1;
  submit.pCommandBuffers = &commands;
  ASSERT_EQ(vkQueueSubmit(queue_, 1, &submit, VK_NULL_HANDLE), VK_SUCCESS);
  ASSERT_EQ(vkQueueWaitIdle(queue_), VK_SUCCESS);
  ASSERT_XR(xrReleaseSwapchainImage(swapchain, nullptr));
}

}  // namespace tactus::test
