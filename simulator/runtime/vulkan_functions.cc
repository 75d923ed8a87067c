#include "vulkan_functions.h"

#include <dlfcn.h>

namespace tactus::runtime {

PFN_vkGetInstanceProcAddr vulkan_get_instance_proc_addr() {
  void* library = dlopen("libvulkan.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return nullptr;
  return reinterpret_cast<PFN_vkGetInstanceProcAddr>(dlsym(library, "vkGetInstanceProcAddr"));
}

bool VulkanFunctions::load(VkInstance instance) {
  const PFN_vkGetInstanceProcAddr get = vulkan_get_instance_proc_addr();
  if (!get) return false;
// NOLINTBEGIN(bugprone-macro-parentheses): `name` is a member's name, not an expression.
#define TACTUS_LOAD(name)                                           \
  name = reinterpret_cast<PFN_vk##name>(get(instance, "vk" #name)); \
  if (!name) return false;
  TACTUS_VULKAN_FUNCTIONS(TACTUS_LOAD)
#undef TACTUS_LOAD
  // NOLINTEND(bugprone-macro-parentheses)
  return true;
}

}  // namespace tactus::runtime
