// The Vulkan functions that the runtime calls on the application's device.
//
//   Clocks   none
//   Units    none
//   Errors   load: false when the library or one of the functions is missing.
//   Threads  read-only once loaded.
//   Proof    tests/simulator/runtime/vulkan_test.cc
#pragma once
#include "xr.h"

namespace tactus::runtime {

#define TACTUS_VULKAN_FUNCTIONS(X)          \
  X(EnumeratePhysicalDevices)               \
  X(GetPhysicalDeviceProperties)            \
  X(GetPhysicalDeviceFormatProperties)      \
  X(GetPhysicalDeviceImageFormatProperties) \
  X(GetPhysicalDeviceMemoryProperties)      \
  X(GetPhysicalDeviceQueueFamilyProperties) \
  X(GetDeviceQueue)                         \
  X(QueueSubmit)                            \
  X(DeviceWaitIdle)                         \
  X(CreateImage)                            \
  X(DestroyImage)                           \
  X(GetImageMemoryRequirements)             \
  X(BindImageMemory)                        \
  X(CreateBuffer)                           \
  X(DestroyBuffer)                          \
  X(GetBufferMemoryRequirements)            \
  X(BindBufferMemory)                       \
  X(AllocateMemory)                         \
  X(FreeMemory)                             \
  X(MapMemory)                              \
  X(CreateCommandPool)                      \
  X(DestroyCommandPool)                     \
  X(AllocateCommandBuffers)                 \
  X(ResetCommandPool)                       \
  X(BeginCommandBuffer)                     \
  X(EndCommandBuffer)                       \
  X(CmdPipelineBarrier)                     \
  X(CmdCopyImageToBuffer)                   \
  X(CreateFence)                            \
  X(DestroyFence)                           \
  X(ResetFences)                            \
  X(WaitForFences)

struct VulkanFunctions {
#define TACTUS_MEMBER(name) PFN_vk##name name = nullptr;
  TACTUS_VULKAN_FUNCTIONS(TACTUS_MEMBER)
#undef TACTUS_MEMBER

  /// All of them, as `instance` dispatches them.
  [[nodiscard]] bool load(VkInstance instance);
};

/// The Vulkan loader's own entry, from the library that the application has loaded too.
[[nodiscard]] PFN_vkGetInstanceProcAddr vulkan_get_instance_proc_addr();

}  // namespace tactus::runtime
