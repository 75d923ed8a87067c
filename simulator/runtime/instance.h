// An OpenXR instance: what the application asked for, and what all its sessions share.
//
//   Clocks   as world.h
//   Units    none
//   Errors   none
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/instance_test.cc
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "event_queue.h"
#include "extensions.h"
#include "object.h"
#include "path_table.h"
#include "statistics.h"
#include "world.h"

namespace tactus::runtime {

/// The one system there is: a head-mounted display.
inline constexpr XrSystemId kSystemId = 1;

/// What an application suggested for one interaction profile.
struct SuggestedBinding {
  ObjectId action;
  XrPath source;
};

struct Instance : Object {
  using Xr = XrInstance;
  static constexpr XrObjectType kType = XR_OBJECT_TYPE_INSTANCE;
  Instance() : Object(kType) {}

  EnabledExtensions extensions;
  PathTable paths;
  EventQueue events;
  World world;
  Statistics statistics;
  std::map<XrPath, std::vector<SuggestedBinding>> suggested;  ///< by interaction profile

  VkInstance vulkan_instance = VK_NULL_HANDLE;  ///< made through xrCreateVulkanInstanceKHR
  bool knows_graphics_requirements = false;     ///< it has to ask before a session
};

}  // namespace tactus::runtime
