#include <string>
#include <vector>

#include "entry_points.h"
#include "enumerate.h"
#include "instance.h"
#include "runtime.h"
#include "vulkan_functions.h"

// XR_KHR_vulkan_enable and XR_KHR_vulkan_enable2. The runtime shares nothing with other devices or
// processes, so it needs no Vulkan extension.
namespace tactus::runtime {
namespace {

XrResult check_system(XrInstance xr_instance, XrSystemId system) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  return system == kSystemId ? XR_SUCCESS : XR_ERROR_SYSTEM_INVALID;
}

XrResult answer_no_extensions(XrInstance xr_instance, XrSystemId system, std::uint32_t capacity,
                              std::uint32_t* count, char* text) {
  const XrResult result = check_system(xr_instance, system);
  return XR_FAILED(result) ? result : enumerate_text(capacity, count, text, "");
}

// The device a user would choose: a graphics card before a processor.
int preference(VkPhysicalDeviceType type) {
  switch (type) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
      return 3;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
      return 2;
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
      return 1;
    default:
      return 0;
  }
}

XrResult choose_device(VkInstance vulkan_instance, VkPhysicalDevice* chosen) {
  const PFN_vkGetInstanceProcAddr get = vulkan_get_instance_proc_addr();
  VulkanFunctions vk;
  if (!vulkan_instance || !chosen) return XR_ERROR_VALIDATION_FAILURE;
  if (!get || !vk.load(vulkan_instance)) return XR_ERROR_RUNTIME_FAILURE;
  std::uint32_t count = 0;
  vk.EnumeratePhysicalDevices(vulkan_instance, &count, nullptr);
  std::vector<VkPhysicalDevice> devices(count);
  vk.EnumeratePhysicalDevices(vulkan_instance, &count, devices.data());
  int best = -1;
  for (const VkPhysicalDevice device : devices) {
    VkPhysicalDeviceProperties properties;
    vk.GetPhysicalDeviceProperties(device, &properties);
    if (preference(properties.deviceType) <= best) continue;
    best = preference(properties.deviceType);
    *chosen = device;
  }
  return best < 0 ? XR_ERROR_RUNTIME_FAILURE : XR_SUCCESS;
}

}  // namespace

XrResult get_vulkan_instance_extensions(XrInstance xr_instance, XrSystemId system,
                                        std::uint32_t capacity, std::uint32_t* count, char* text) {
  return answer_no_extensions(xr_instance, system, capacity, count, text);
}

XrResult get_vulkan_device_extensions(XrInstance xr_instance, XrSystemId system,
                                      std::uint32_t capacity, std::uint32_t* count, char* text) {
  return answer_no_extensions(xr_instance, system, capacity, count, text);
}

XrResult get_vulkan_graphics_requirements(XrInstance xr_instance, XrSystemId system,
                                          XrGraphicsRequirementsVulkanKHR* requirements) {
  const XrResult result = check_system(xr_instance, system);
  if (XR_FAILED(result)) return result;
  if (!is_a(requirements, XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN_KHR)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  requirements->minApiVersionSupported = XR_MAKE_VERSION(1, 0, 0);
  requirements->maxApiVersionSupported = XR_MAKE_VERSION(1, 0xffff, 0xfff);
  find<Instance>(xr_instance)->knows_graphics_requirements = true;
  return XR_SUCCESS;
}

XrResult get_vulkan_graphics_device(XrInstance xr_instance, XrSystemId system,
                                    VkInstance vulkan_instance, VkPhysicalDevice* chosen) {
  const XrResult result = check_system(xr_instance, system);
  return XR_FAILED(result) ? result : choose_device(vulkan_instance, chosen);
}

XrResult get_vulkan_graphics_device2(XrInstance xr_instance,
                                     const XrVulkanGraphicsDeviceGetInfoKHR* get,
                                     VkPhysicalDevice* chosen) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(get, XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR)) return XR_ERROR_VALIDATION_FAILURE;
  return get_vulkan_graphics_device(xr_instance, get->systemId, get->vulkanInstance, chosen);
}

XrResult create_vulkan_instance(XrInstance xr_instance, const XrVulkanInstanceCreateInfoKHR* create,
                                VkInstance* made, VkResult* vulkan_result) {
  Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR) || create->createFlags != 0 ||
      !create->pfnGetInstanceProcAddr || !create->vulkanCreateInfo || !made || !vulkan_result) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (create->systemId != kSystemId) return XR_ERROR_SYSTEM_INVALID;
  const auto call = reinterpret_cast<PFN_vkCreateInstance>(
      create->pfnGetInstanceProcAddr(VK_NULL_HANDLE, "vkCreateInstance"));
  if (!call) return XR_ERROR_RUNTIME_FAILURE;
  *vulkan_result = call(create->vulkanCreateInfo, create->vulkanAllocator, made);
  if (*vulkan_result == VK_SUCCESS) instance->vulkan_instance = *made;
  return XR_SUCCESS;
}

XrResult create_vulkan_device(XrInstance xr_instance, const XrVulkanDeviceCreateInfoKHR* create,
                              VkDevice* made, VkResult* vulkan_result) {
  const Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR) || create->createFlags != 0 ||
      !create->pfnGetInstanceProcAddr || !create->vulkanCreateInfo || !made || !vulkan_result ||
      !create->vulkanPhysicalDevice) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (create->systemId != kSystemId) return XR_ERROR_SYSTEM_INVALID;
  const auto call = reinterpret_cast<PFN_vkCreateDevice>(
      create->pfnGetInstanceProcAddr(instance->vulkan_instance, "vkCreateDevice"));
  if (!call) return XR_ERROR_RUNTIME_FAILURE;
  *vulkan_result =
      call(create->vulkanPhysicalDevice, create->vulkanCreateInfo, create->vulkanAllocator, made);
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
