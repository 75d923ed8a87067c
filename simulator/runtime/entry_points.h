// Every OpenXR function of the runtime, by its own name.
//
// Each is declared by the type that OpenXR gives it, so a wrong signature does not compile. They
// are reached through dispatch.cc, which takes the lock and keeps exceptions in.
//
//   Clocks   XrTime
//   Units    as OpenXR defines them
//   Errors   XrResult; a wrong handle before a wrong argument before a wrong state.
//   Threads  called with Runtime::mutex held, but for those that say otherwise.
//   Proof    tests/simulator/runtime
#pragma once
#include <type_traits>

#include "xr.h"

namespace tactus::runtime {

template <typename Pointer>
using Function = std::remove_pointer_t<Pointer>;

// instance.cc
Function<PFN_xrEnumerateInstanceExtensionProperties> enumerate_instance_extensions;
Function<PFN_xrEnumerateApiLayerProperties> enumerate_api_layers;
Function<PFN_xrCreateInstance> create_instance;
Function<PFN_xrDestroyInstance> destroy_instance;
Function<PFN_xrGetInstanceProperties> get_instance_properties;
Function<PFN_xrPollEvent> poll_event;
Function<PFN_xrStringToPath> string_to_path;
Function<PFN_xrPathToString> path_to_string;
Function<PFN_xrConvertTimespecTimeToTimeKHR> convert_timespec_to_time;
Function<PFN_xrConvertTimeToTimespecTimeKHR> convert_time_to_timespec;

// names.cc
Function<PFN_xrResultToString> result_to_string;
Function<PFN_xrStructureTypeToString> structure_type_to_string;

// system.cc
Function<PFN_xrGetSystem> get_system;
Function<PFN_xrGetSystemProperties> get_system_properties;
Function<PFN_xrEnumerateEnvironmentBlendModes> enumerate_blend_modes;
Function<PFN_xrEnumerateViewConfigurations> enumerate_view_configurations;
Function<PFN_xrGetViewConfigurationProperties> get_view_configuration_properties;
Function<PFN_xrEnumerateViewConfigurationViews> enumerate_view_configuration_views;

// session.cc
Function<PFN_xrCreateSession> create_session;
Function<PFN_xrDestroySession> destroy_session;
Function<PFN_xrBeginSession> begin_session;
Function<PFN_xrEndSession> end_session;
Function<PFN_xrRequestExitSession> request_exit_session;

// frame_loop.cc; the first and the last take the lock themselves
Function<PFN_xrWaitFrame> wait_frame;
Function<PFN_xrBeginFrame> begin_frame;
Function<PFN_xrEndFrame> end_frame;

// space.cc
Function<PFN_xrEnumerateReferenceSpaces> enumerate_reference_spaces;
Function<PFN_xrCreateReferenceSpace> create_reference_space;
Function<PFN_xrGetReferenceSpaceBoundsRect> get_reference_space_bounds;
Function<PFN_xrCreateActionSpace> create_action_space;
Function<PFN_xrLocateSpace> locate_space;
Function<PFN_xrLocateSpaces> locate_spaces;
Function<PFN_xrDestroySpace> destroy_space;

// view.cc
Function<PFN_xrLocateViews> locate_views;

// action.cc
Function<PFN_xrCreateActionSet> create_action_set;
Function<PFN_xrDestroyActionSet> destroy_action_set;
Function<PFN_xrCreateAction> create_action;
Function<PFN_xrDestroyAction> destroy_action;

// binding.cc
Function<PFN_xrSuggestInteractionProfileBindings> suggest_bindings;
Function<PFN_xrAttachSessionActionSets> attach_action_sets;
Function<PFN_xrGetCurrentInteractionProfile> get_current_profile;
Function<PFN_xrEnumerateBoundSourcesForAction> enumerate_bound_sources;
Function<PFN_xrGetInputSourceLocalizedName> get_source_name;

// input.cc
Function<PFN_xrSyncActions> sync_actions;
Function<PFN_xrGetActionStateBoolean> get_boolean;
Function<PFN_xrGetActionStateFloat> get_float;
Function<PFN_xrGetActionStateVector2f> get_vector2f;
Function<PFN_xrGetActionStatePose> get_pose;
Function<PFN_xrApplyHapticFeedback> apply_haptics;
Function<PFN_xrStopHapticFeedback> stop_haptics;

// swapchain.cc
Function<PFN_xrEnumerateSwapchainFormats> enumerate_swapchain_formats;
Function<PFN_xrCreateSwapchain> create_swapchain;
Function<PFN_xrDestroySwapchain> destroy_swapchain;
Function<PFN_xrEnumerateSwapchainImages> enumerate_swapchain_images;
Function<PFN_xrAcquireSwapchainImage> acquire_swapchain_image;
Function<PFN_xrWaitSwapchainImage> wait_swapchain_image;
Function<PFN_xrReleaseSwapchainImage> release_swapchain_image;

// vulkan_enable.cc
Function<PFN_xrGetVulkanInstanceExtensionsKHR> get_vulkan_instance_extensions;
Function<PFN_xrGetVulkanDeviceExtensionsKHR> get_vulkan_device_extensions;
Function<PFN_xrGetVulkanGraphicsDeviceKHR> get_vulkan_graphics_device;
Function<PFN_xrGetVulkanGraphicsRequirementsKHR> get_vulkan_graphics_requirements;
Function<PFN_xrCreateVulkanInstanceKHR> create_vulkan_instance;
Function<PFN_xrCreateVulkanDeviceKHR> create_vulkan_device;
Function<PFN_xrGetVulkanGraphicsDevice2KHR> get_vulkan_graphics_device2;

}  // namespace tactus::runtime
