// The OpenXR and Vulkan declarations, with the same switches in every file of the runtime.
//
// Vulkan is reached only through VulkanFunctions: an application that loads Vulkan by itself may
// have variables by the functions' names, and a headless one needs no Vulkan library at all.
//
//   Clocks   XrTime; runtime_clock.h says how it maps to nanoseconds.
//   Units    as OpenXR and Vulkan define them.
//   Errors   XrResult, VkResult.
//   Threads  declarations only.
//   Proof    none
#pragma once
#define VK_NO_PROTOTYPES
#define XR_NO_PROTOTYPES
#define XR_USE_GRAPHICS_API_VULKAN
#define XR_USE_TIMESPEC
#include <time.h>
#include <vulkan/vulkan.h>
// Vulkan before OpenXR, whose platform header uses its types.
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include "openxr_1_1.h"
