#include "scene/app_xr/graphics.h"

namespace tactus::scene {
namespace {

// Runtimes want to be asked for their requirements before they create anything.
void ask_requirements(const Runtime& runtime) {
  XrGraphicsRequirementsVulkan2KHR needs{XR_TYPE_GRAPHICS_REQUIREMENTS_VULKAN2_KHR};
  check(find_function<PFN_xrGetVulkanGraphicsRequirements2KHR>(
            runtime.instance, "xrGetVulkanGraphicsRequirements2KHR")(runtime.instance,
                                                                     runtime.system, &needs),
        "xrGetVulkanGraphicsRequirements2KHR");
  constexpr XrVersion kOurs = XR_MAKE_VERSION(1, 3, 0);
  if (needs.minApiVersionSupported > kOurs)
    throw SceneError("the OpenXR runtime wants a newer Vulkan than 1.3");
}

VkInstance create_instance(const Runtime& runtime) {
  const VkApplicationInfo name = application_name();
  VkInstanceCreateInfo vulkan{VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO};
  vulkan.pApplicationInfo = &name;
  XrVulkanInstanceCreateInfoKHR request{XR_TYPE_VULKAN_INSTANCE_CREATE_INFO_KHR};
  request.systemId = runtime.system;
  request.pfnGetInstanceProcAddr = vkGetInstanceProcAddr;
  request.vulkanCreateInfo = &vulkan;
  VkInstance made = VK_NULL_HANDLE;
  VkResult result = VK_SUCCESS;
  check(find_function<PFN_xrCreateVulkanInstanceKHR>(runtime.instance, "xrCreateVulkanInstanceKHR")(
            runtime.instance, &request, &made, &result),
        "xrCreateVulkanInstanceKHR");
  check(result, "vkCreateInstance by the OpenXR runtime");
  return made;
}

VkPhysicalDevice choose_card(const Runtime& runtime, VkInstance vulkan) {
  XrVulkanGraphicsDeviceGetInfoKHR request{XR_TYPE_VULKAN_GRAPHICS_DEVICE_GET_INFO_KHR};
  request.systemId = runtime.system;
  request.vulkanInstance = vulkan;
  VkPhysicalDevice card = VK_NULL_HANDLE;
  check(find_function<PFN_xrGetVulkanGraphicsDevice2KHR>(
            runtime.instance, "xrGetVulkanGraphicsDevice2KHR")(runtime.instance, &request, &card),
        "xrGetVulkanGraphicsDevice2KHR");
  return card;
}

VkDevice create_device(const Runtime& runtime, VkPhysicalDevice card,
                       const VkDeviceCreateInfo& vulkan) {
  XrVulkanDeviceCreateInfoKHR request{XR_TYPE_VULKAN_DEVICE_CREATE_INFO_KHR};
  request.systemId = runtime.system;
  request.pfnGetInstanceProcAddr = vkGetInstanceProcAddr;
  request.vulkanPhysicalDevice = card;
  request.vulkanCreateInfo = &vulkan;
  VkDevice made = VK_NULL_HANDLE;
  VkResult result = VK_SUCCESS;
  check(find_function<PFN_xrCreateVulkanDeviceKHR>(runtime.instance, "xrCreateVulkanDeviceKHR")(
            runtime.instance, &request, &made, &result),
        "xrCreateVulkanDeviceKHR");
  check(result, "vkCreateDevice by the OpenXR runtime");
  return made;
}

}  // namespace

XrGraphics::XrGraphics(const Runtime& runtime) {
  if (volkInitialize() != VK_SUCCESS)
    throw SceneError("no Vulkan loader; install libvulkan1 and mesa-vulkan-drivers");
  ask_requirements(runtime);
  gpu_.instance = create_instance(runtime);
  volkLoadInstance(gpu_.instance);
  gpu_.card = choose_card(runtime, gpu_.instance);
  const DeviceRequest request(gpu_.card);
  gpu_.queue_family = request.queue_family();
  gpu_.device = create_device(runtime, gpu_.card, request.create_info());
  volkLoadDevice(gpu_.device);
  vkGetDeviceQueue(gpu_.device, gpu_.queue_family, 0, &gpu_.queue);
}

XrGraphics::~XrGraphics() {
  vkDestroyDevice(gpu_.device, nullptr);
  vkDestroyInstance(gpu_.instance, nullptr);
}

XrGraphicsBindingVulkan2KHR XrGraphics::binding() const {
  XrGraphicsBindingVulkan2KHR made{XR_TYPE_GRAPHICS_BINDING_VULKAN2_KHR};
  made.instance = gpu_.instance;
  made.physicalDevice = gpu_.card;
  made.device = gpu_.device;
  made.queueFamilyIndex = gpu_.queue_family;
  return made;
}

}  // namespace tactus::scene
