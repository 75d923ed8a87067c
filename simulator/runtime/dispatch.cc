#include "dispatch.h"

#include <cstring>
#include <new>

#include "entry_points.h"
#include "extensions.h"
#include "instance.h"
#include "runtime.h"

namespace tactus::runtime {
namespace {

// The border of the library: no exception crosses it.
template <typename Call>
XrResult guarded(Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return XR_ERROR_OUT_OF_MEMORY;
  } catch (...) {
    return XR_ERROR_RUNTIME_FAILURE;
  }
}

template <auto kFunction>
struct Entry;

template <typename... Args, XrResult (*kFunction)(Args...)>
struct Entry<kFunction> {
  static XRAPI_ATTR XrResult XRAPI_CALL locked(Args... args) noexcept {
    return guarded([&] {
      const std::scoped_lock lock(runtime().mutex);
      return kFunction(args...);
    });
  }
  static XRAPI_ATTR XrResult XRAPI_CALL unlocked(Args... args) noexcept {
    return guarded([&] { return kFunction(args...); });
  }
};

template <auto kFunction>
PFN_xrVoidFunction locked() {
  return reinterpret_cast<PFN_xrVoidFunction>(&Entry<kFunction>::locked);
}
template <auto kFunction>
PFN_xrVoidFunction unlocked() {
  return reinterpret_cast<PFN_xrVoidFunction>(&Entry<kFunction>::unlocked);
}

struct Named {
  const char* name;
  PFN_xrVoidFunction function;
  Extension extension = Extension::Core;
  bool needs_no_instance = false;
};

XrResult get_instance_proc_addr(XrInstance xr_instance, const char* name,
                                PFN_xrVoidFunction* function);

constexpr auto kVulkan = Extension::VulkanEnable;
constexpr auto kVulkan2 = Extension::VulkanEnable2;
constexpr auto kTimespec = Extension::ConvertTimespecTime;

const Named kFunctions[] = {
    {"xrGetInstanceProcAddr", locked<get_instance_proc_addr>()},
    {"xrEnumerateInstanceExtensionProperties", locked<enumerate_instance_extensions>(),
     Extension::Core, true},
    {"xrEnumerateApiLayerProperties", locked<enumerate_api_layers>(), Extension::Core, true},
    {"xrCreateInstance", locked<create_instance>(), Extension::Core, true},
    {"xrDestroyInstance", locked<destroy_instance>()},
    {"xrGetInstanceProperties", locked<get_instance_properties>()},
    {"xrPollEvent", locked<poll_event>()},
    {"xrResultToString", locked<result_to_string>()},
    {"xrStructureTypeToString", locked<structure_type_to_string>()},
    {"xrGetSystem", locked<get_system>()},
    {"xrGetSystemProperties", locked<get_system_properties>()},
    {"xrEnumerateEnvironmentBlendModes", locked<enumerate_blend_modes>()},
    {"xrCreateSession", locked<create_session>()},
    {"xrDestroySession", locked<destroy_session>()},
    {"xrEnumerateReferenceSpaces", locked<enumerate_reference_spaces>()},
    {"xrCreateReferenceSpace", locked<create_reference_space>()},
    {"xrGetReferenceSpaceBoundsRect", locked<get_reference_space_bounds>()},
    {"xrCreateActionSpace", locked<create_action_space>()},
    {"xrLocateSpace", locked<locate_space>()},
    {"xrLocateSpaces", locked<locate_spaces>(), Extension::Core11},
    {"xrLocateSpacesKHR", locked<locate_spaces>(), Extension::LocateSpaces},
    {"xrDestroySpace", locked<destroy_space>()},
    {"xrEnumerateViewConfigurations", locked<enumerate_view_configurations>()},
    {"xrGetViewConfigurationProperties", locked<get_view_configuration_properties>()},
    {"xrEnumerateViewConfigurationViews", locked<enumerate_view_configuration_views>()},
    {"xrEnumerateSwapchainFormats", locked<enumerate_swapchain_formats>()},
    {"xrCreateSwapchain", locked<create_swapchain>()},
    {"xrDestroySwapchain", locked<destroy_swapchain>()},
    {"xrEnumerateSwapchainImages", locked<enumerate_swapchain_images>()},
    {"xrAcquireSwapchainImage", locked<acquire_swapchain_image>()},
    {"xrWaitSwapchainImage", locked<wait_swapchain_image>()},
    {"xrReleaseSwapchainImage", locked<release_swapchain_image>()},
    {"xrBeginSession", locked<begin_session>()},
    {"xrEndSession", locked<end_session>()},
    {"xrRequestExitSession", locked<request_exit_session>()},
    {"xrWaitFrame", unlocked<wait_frame>()},
    {"xrBeginFrame", locked<begin_frame>()},
    {"xrEndFrame", unlocked<end_frame>()},
    {"xrLocateViews", locked<locate_views>()},
    {"xrStringToPath", locked<string_to_path>()},
    {"xrPathToString", locked<path_to_string>()},
    {"xrCreateActionSet", locked<create_action_set>()},
    {"xrDestroyActionSet", locked<destroy_action_set>()},
    {"xrCreateAction", locked<create_action>()},
    {"xrDestroyAction", locked<destroy_action>()},
    {"xrSuggestInteractionProfileBindings", locked<suggest_bindings>()},
    {"xrAttachSessionActionSets", locked<attach_action_sets>()},
    {"xrGetCurrentInteractionProfile", locked<get_current_profile>()},
    {"xrGetActionStateBoolean", locked<get_boolean>()},
    {"xrGetActionStateFloat", locked<get_float>()},
    {"xrGetActionStateVector2f", locked<get_vector2f>()},
    {"xrGetActionStatePose", locked<get_pose>()},
    {"xrSyncActions", locked<sync_actions>()},
    {"xrEnumerateBoundSourcesForAction", locked<enumerate_bound_sources>()},
    {"xrGetInputSourceLocalizedName", locked<get_source_name>()},
    {"xrApplyHapticFeedback", locked<apply_haptics>()},
    {"xrStopHapticFeedback", locked<stop_haptics>()},
    {"xrConvertTimespecTimeToTimeKHR", locked<convert_timespec_to_time>(), kTimespec},
    {"xrConvertTimeToTimespecTimeKHR", locked<convert_time_to_timespec>(), kTimespec},
    {"xrGetVulkanInstanceExtensionsKHR", locked<get_vulkan_instance_extensions>(), kVulkan},
    {"xrGetVulkanDeviceExtensionsKHR", locked<get_vulkan_device_extensions>(), kVulkan},
    {"xrGetVulkanGraphicsDeviceKHR", locked<get_vulkan_graphics_device>(), kVulkan},
    {"xrGetVulkanGraphicsRequirementsKHR", locked<get_vulkan_graphics_requirements>(), kVulkan},
    {"xrCreateVulkanInstanceKHR", locked<create_vulkan_instance>(), kVulkan2},
    {"xrCreateVulkanDeviceKHR", locked<create_vulkan_device>(), kVulkan2},
    {"xrGetVulkanGraphicsDevice2KHR", locked<get_vulkan_graphics_device2>(), kVulkan2},
    {"xrGetVulkanGraphicsRequirements2KHR", locked<get_vulkan_graphics_requirements>(), kVulkan2},
};

const Named* function_named(const char* name) {
  for (const Named& f : kFunctions) {
    if (std::strcmp(f.name, name) == 0) return &f;
  }
  return nullptr;
}

XrResult get_instance_proc_addr(XrInstance xr_instance, const char* name,
                                PFN_xrVoidFunction* function) {
  if (!function) return XR_ERROR_VALIDATION_FAILURE;
  *function = nullptr;
  if (!name) return XR_ERROR_VALIDATION_FAILURE;
  const Named* named = function_named(name);
  const Instance* instance = find<Instance>(xr_instance);
  if (!instance) {
    const bool may = xr_instance == XR_NULL_HANDLE && named && named->needs_no_instance;
    if (!may) return XR_ERROR_HANDLE_INVALID;
  } else if (!named || !instance->extensions.has(named->extension)) {
    return XR_ERROR_FUNCTION_UNSUPPORTED;
  }
  *function = named->function;
  return XR_SUCCESS;
}

}  // namespace

PFN_xrGetInstanceProcAddr first_entry_point() { return &Entry<get_instance_proc_addr>::locked; }

}  // namespace tactus::runtime
