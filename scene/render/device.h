// The graphics card: what the rest of the renderer is given, however it was opened.
//
//   Frames   none. Units: none.
//   Errors   SceneError, with the Vulkan call and its result, or what the card lacks.
//   Threads  one owner.
//   Proof    tests/scene/still_test.cc
#pragma once
#include <volk.h>

#include <cstdint>

#include "scene/world/model.h"

namespace tactus::scene {

/// Vulkan 1.3 with dynamic rendering and synchronization2: every desktop driver since 2022.
inline constexpr std::uint32_t kVulkanVersion = VK_API_VERSION_1_3;

/// Throws when a Vulkan call has failed.
void check(VkResult result, const char* call);

/// Handles that others own.
struct Gpu {
  VkInstance instance = VK_NULL_HANDLE;
  VkPhysicalDevice card = VK_NULL_HANDLE;
  VkDevice device = VK_NULL_HANDLE;
  std::uint32_t queue_family = 0;
  VkQueue queue = VK_NULL_HANDLE;
};

/// Fills the creation structures that the headless and the OpenXR path share. They point into this
/// object, which therefore stays where it is.
class DeviceRequest {
 public:
  explicit DeviceRequest(VkPhysicalDevice card);
  DeviceRequest(const DeviceRequest&) = delete;
  DeviceRequest& operator=(const DeviceRequest&) = delete;

  [[nodiscard]] const VkDeviceCreateInfo& create_info() const { return create_info_; }
  [[nodiscard]] std::uint32_t queue_family() const { return queue_.queueFamilyIndex; }

 private:
  float priority_ = 1.0f;
  VkPhysicalDeviceVulkan13Features features_{};
  VkDeviceQueueCreateInfo queue_{};
  VkDeviceCreateInfo create_info_{};
};

[[nodiscard]] VkApplicationInfo application_name();

/// A card of our own, without screen or headset. Destroys what it made.
class HeadlessDevice {
 public:
  /// `validate`: with the Khronos validation layer, whose messages are counted and printed.
  explicit HeadlessDevice(bool validate);
  ~HeadlessDevice();
  HeadlessDevice(const HeadlessDevice&) = delete;
  HeadlessDevice& operator=(const HeadlessDevice&) = delete;

  [[nodiscard]] const Gpu& gpu() const { return gpu_; }
  [[nodiscard]] int complaints() const { return complaints_; }

 private:
  void create_instance(bool validate);

  Gpu gpu_;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  int complaints_ = 0;
};

}  // namespace tactus::scene
