#include "ask_loader.h"

#include <dlfcn.h>

#include <cstdio>

#define XR_NO_PROTOTYPES
#include <openxr/openxr.h>

namespace tactus {
namespace {

static_assert(kRuntimeUnavailable == XR_ERROR_RUNTIME_UNAVAILABLE);
static_assert(kApiLayerNotPresent == XR_ERROR_API_LAYER_NOT_PRESENT);

template <class Function>
Function find(void* loader, const char* name) {
  return reinterpret_cast<Function>(::dlsym(loader, name));
}

std::vector<std::string> layers_of(void* loader) {
  const auto enumerate =
      find<PFN_xrEnumerateApiLayerProperties>(loader, "xrEnumerateApiLayerProperties");
  std::uint32_t count = 0;
  if (enumerate == nullptr || XR_FAILED(enumerate(0, &count, nullptr))) return {};
  std::vector<XrApiLayerProperties> properties(count);
  for (XrApiLayerProperties& one : properties) one.type = XR_TYPE_API_LAYER_PROPERTIES;
  if (XR_FAILED(enumerate(count, &count, properties.data()))) return {};
  std::vector<std::string> names;
  names.reserve(count);
  for (const XrApiLayerProperties& one : properties) names.emplace_back(one.layerName);
  return names;
}

XrResult ask_runtime(void* loader) {
  const auto enumerate = find<PFN_xrEnumerateInstanceExtensionProperties>(
      loader, "xrEnumerateInstanceExtensionProperties");
  std::uint32_t count = 0;
  return enumerate == nullptr ? XR_ERROR_FUNCTION_UNSUPPORTED
                              : enumerate(nullptr, 0, &count, nullptr);
}

XrResult create(void* loader, std::string& runtime) {
  const auto create = find<PFN_xrCreateInstance>(loader, "xrCreateInstance");
  const auto ask = find<PFN_xrGetInstanceProperties>(loader, "xrGetInstanceProperties");
  const auto destroy = find<PFN_xrDestroyInstance>(loader, "xrDestroyInstance");
  if (create == nullptr || ask == nullptr || destroy == nullptr) {
    return XR_ERROR_FUNCTION_UNSUPPORTED;
  }
  XrInstanceCreateInfo info{};
  info.type = XR_TYPE_INSTANCE_CREATE_INFO;
  std::snprintf(info.applicationInfo.applicationName, XR_MAX_APPLICATION_NAME_SIZE,
                "tactus doctor");
  info.applicationInfo.apiVersion = XR_MAKE_VERSION(1, 0, 0);
  XrInstance instance = XR_NULL_HANDLE;
  const XrResult result = create(&info, &instance);
  if (XR_FAILED(result)) return result;
  XrInstanceProperties properties{};
  properties.type = XR_TYPE_INSTANCE_PROPERTIES;
  if (XR_SUCCEEDED(ask(instance, &properties))) runtime = properties.runtimeName;
  destroy(instance);
  return result;
}

}  // namespace

LoaderAnswers ask_loader() {
  LoaderAnswers answers;
  void* loader = ::dlopen("libopenxr_loader.so.1", RTLD_NOW | RTLD_LOCAL);
  if (loader == nullptr) {
    answers.missing = ::dlerror();
    return answers;
  }
  answers.layers = layers_of(loader);
  answers.runtime_result = ask_runtime(loader);
  if (XR_SUCCEEDED(answers.runtime_result)) {
    answers.create_result = create(loader, answers.runtime);
  }
  return answers;
}

}  // namespace tactus
