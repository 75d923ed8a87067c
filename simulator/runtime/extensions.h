// The instance extensions that the runtime offers, and what OpenXR 1.1 has without them.
//
//   Clocks   none
//   Units    none
//   Errors   none
//   Threads  constants.
//   Proof    tests/simulator/runtime/instance_test.cc
#pragma once
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>

#include "xr.h"

namespace tactus::runtime {

enum class Extension : std::size_t {
  ConvertTimespecTime,
  VulkanEnable,
  VulkanEnable2,
  Headless,
  HandInteraction,
  LocalFloor,
  LocateSpaces,
  Maintenance1,
  PalmPose,
  Uuid,
  Count,
  Core = Count,  ///< belongs to no extension
  Core11,        ///< belongs to no extension of an instance of OpenXR 1.1
};
inline constexpr std::size_t kExtensionCount = static_cast<std::size_t>(Extension::Count);

struct ExtensionName {
  const char* name;
  std::uint32_t version;
};

/// In the order of `Extension`.
inline constexpr std::array<ExtensionName, kExtensionCount> kExtensions{{
    {XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME, XR_KHR_convert_timespec_time_SPEC_VERSION},
    {XR_KHR_VULKAN_ENABLE_EXTENSION_NAME, XR_KHR_vulkan_enable_SPEC_VERSION},
    {XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME, XR_KHR_vulkan_enable2_SPEC_VERSION},
    {XR_MND_HEADLESS_EXTENSION_NAME, XR_MND_headless_SPEC_VERSION},
    // Newer than Debian 12's headers.
    {"XR_EXT_hand_interaction", 1},
    {"XR_EXT_local_floor", 1},
    {"XR_KHR_locate_spaces", 1},
    {"XR_KHR_maintenance1", 1},
    {"XR_EXT_palm_pose", 3},
    {"XR_EXT_uuid", 1},
}};

/// Those that an application enabled, Core11 by the version that it asked for.
class EnabledExtensions {
 public:
  void enable(Extension e) { bits_.set(static_cast<std::size_t>(e)); }
  [[nodiscard]] bool has(Extension e) const {
    return e == Extension::Core || bits_.test(static_cast<std::size_t>(e));
  }
  [[nodiscard]] bool has_local_floor() const {
    return has(Extension::LocalFloor) || has(Extension::Core11);
  }
  [[nodiscard]] bool has_vulkan() const {
    return has(Extension::VulkanEnable) || has(Extension::VulkanEnable2);
  }

 private:
  std::bitset<static_cast<std::size_t>(Extension::Core11) + 1> bits_;
};

}  // namespace tactus::runtime
