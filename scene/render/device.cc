#include "scene/render/device.h"

#include <cstdio>
#include <string>
#include <vector>

namespace tactus::scene {
namespace {

VKAPI_ATTR VkBool32 VKAPI_CALL count_complaint(VkDebugUtilsMessageSeverityFlagBitsEXT,
                                               VkDebugUtilsMessageTypeFlagsEXT,
                                               const VkDebugUtilsMessengerCallbackDataEXT* message,
                                               void* count) {
  ++*static_cast<int*>(count);
  std::fprintf(stderr, "validation: %s\n", message->pMessage);
  return VK_FALSE;
}

VkDebugUtilsMessengerCreateInfoEXT messenger_request(int* count) {
  VkDebugUtilsMessengerCreateInfoEXT request{
      VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT};
  request.messageSeverity = VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT |
                            VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  request.messageType = VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT |
                        VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
  request.pfnUserCallback = count_complaint;
  request.pUserData = count;
  return request;
}

std::uint32_t graphics_queue(VkPhysicalDevice card) {
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(card, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(card, &count, families.data());
  for (std::uint32_t i = 0; i < count; ++i)
    if (families[i].queueFlags & VK_QUEUE_GRAPHICS_BIT) return i;
  throw SceneError("the graphics card cannot draw; is a Vulkan driver installed?");
}

VkPhysicalDevice first_card(VkInstance instance) {
  std::uint32_t count = 1;
  VkPhysicalDevice card = VK_NULL_HANDLE;
  const VkResult result = vkEnumeratePhysicalDevices(instance, &count, &card);
  if ((result != VK_SUCCESS && result != VK_INCOMPLETE) || count == 0)
    throw SceneError("no Vulkan device; install mesa-vulkan-drivers");
  return card;
}

}  // namespace

void check(VkResult result, const char* call) {
  if (result != VK_SUCCESS)
    throw SceneError(std::string(call) + " failed with VkResult " + std::to_string(result));
}

DeviceRequest::DeviceRequest(VkPhysicalDevice card) {
  VkPhysicalDeviceProperties card_says;
  vkGetPhysicalDeviceProperties(card, &card_says);
  if (card_says.apiVersion < kVulkanVersion)
    throw SceneError(std::string(card_says.deviceName) +
                     " offers no Vulkan 1.3; update its driver");
  features_.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
  features_.dynamicRendering = VK_TRUE;
  features_.synchronization2 = VK_TRUE;
  queue_.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue_.queueFamilyIndex = graphics_queue(card);
  queue_.queueCount = 1;
  queue_.pQueuePriorities = &priority_;
  create_info_.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  create_info_.pNext = &features_;
  create_info_.queueCreateInfoCount = 1;
  create_info_.pQueueCreateInfos = &queue_;
}

VkApplicationInfo application_name() {
  VkApplicationInfo name{VK_STRUCTURE_TYPE_APPLICATION_INFO};
  name.pApplicationName = "tactus-scene";
  name.apiVersion = kVulkanVersion;
  return name;
}

void HeadlessDevice::create_instance(bool validate) {
  const VkApplicationInfo name = application_name();
  const VkDebugUtilsMessengerCreateInfoEXT messenger = messenger_request(&complaints_);
  const char* layer = "VK_LAYER_KHRONOS_validation";
  const char* extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
  VkInstanceCreateInfo request{VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO};
  request.pApplicationInfo = &name;
  if (validate) {
    request.pNext = &messenger;
    request.enabledLayerCount = request.enabledExtensionCount = 1;
    request.ppEnabledLayerNames = &layer;
    request.ppEnabledExtensionNames = &extension;
  }
  check(vkCreateInstance(&request, nullptr, &gpu_.instance), "vkCreateInstance");
  volkLoadInstance(gpu_.instance);
  if (validate)
    check(vkCreateDebugUtilsMessengerEXT(gpu_.instance, &messenger, nullptr, &messenger_),
          "vkCreateDebugUtilsMessengerEXT");
}

HeadlessDevice::HeadlessDevice(bool validate) {
  if (volkInitialize() != VK_SUCCESS)
    throw SceneError("no Vulkan loader; install libvulkan1 and mesa-vulkan-drivers");
  create_instance(validate);
  gpu_.card = first_card(gpu_.instance);
  const DeviceRequest request(gpu_.card);
  gpu_.queue_family = request.queue_family();
  check(vkCreateDevice(gpu_.card, &request.create_info(), nullptr, &gpu_.device), "vkCreateDevice");
  volkLoadDevice(gpu_.device);
  vkGetDeviceQueue(gpu_.device, gpu_.queue_family, 0, &gpu_.queue);
}

HeadlessDevice::~HeadlessDevice() {
  vkDestroyDevice(gpu_.device, nullptr);
  if (messenger_ != VK_NULL_HANDLE)
    vkDestroyDebugUtilsMessengerEXT(gpu_.instance, messenger_, nullptr);
  vkDestroyInstance(gpu_.instance, nullptr);
}

}  // namespace tactus::scene
