#include "scene/app_xr/instance.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::scene {
namespace {

constexpr const char* kTouchLayer = "XR_APILAYER_TACTUS_touch";

// Extensions of the runtime and of the layers that are on anyhow (layer null), or of one layer.
std::vector<XrExtensionProperties> extensions_of(const char* layer) {
  std::uint32_t count = 0;
  if (XR_FAILED(xrEnumerateInstanceExtensionProperties(layer, 0, &count, nullptr))) return {};
  std::vector<XrExtensionProperties> list(count, {XR_TYPE_EXTENSION_PROPERTIES});
  if (XR_FAILED(xrEnumerateInstanceExtensionProperties(layer, count, &count, list.data())))
    return {};
  return list;
}

bool has(const std::vector<XrExtensionProperties>& list, const char* name) {
  return std::any_of(list.begin(), list.end(), [&](const XrExtensionProperties& extension) {
    return std::strcmp(extension.extensionName, name) == 0;
  });
}

bool layer_is_installed(const char* name) {
  std::uint32_t count = 0;
  if (XR_FAILED(xrEnumerateApiLayerProperties(0, &count, nullptr))) return false;
  std::vector<XrApiLayerProperties> list(count, {XR_TYPE_API_LAYER_PROPERTIES});
  if (XR_FAILED(xrEnumerateApiLayerProperties(count, &count, list.data()))) return false;
  return std::any_of(list.begin(), list.end(), [&](const XrApiLayerProperties& layer) {
    return std::strcmp(layer.layerName, name) == 0;
  });
}

XrInstance create_instance(const std::vector<const char*>& extensions,
                           const std::vector<const char*>& layers) {
  XrInstanceCreateInfo request{XR_TYPE_INSTANCE_CREATE_INFO};
  std::strcpy(request.applicationInfo.applicationName, "tactus-scene");
  request.applicationInfo.apiVersion = XR_MAKE_VERSION(1, 0, 0);
  request.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
  request.enabledExtensionNames = extensions.data();
  request.enabledApiLayerCount = static_cast<std::uint32_t>(layers.size());
  request.enabledApiLayerNames = layers.data();
  XrInstance instance = XR_NULL_HANDLE;
  check(xrCreateInstance(&request, &instance), "xrCreateInstance");
  return instance;
}

bool tracks_hands(XrInstance instance, XrSystemId system) {
  XrSystemHandTrackingPropertiesEXT hands{XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT};
  XrSystemProperties properties{XR_TYPE_SYSTEM_PROPERTIES, &hands};
  return XR_SUCCEEDED(xrGetSystemProperties(instance, system, &properties)) &&
         hands.supportsHandTracking;
}

}  // namespace

Runtime::Runtime() {
  const std::vector<XrExtensionProperties> offered = extensions_of(nullptr);
  if (offered.empty())
    throw SceneError("no OpenXR runtime; start one, or name its manifest in XR_RUNTIME_JSON");
  if (!has(offered, XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME))
    throw SceneError("the OpenXR runtime does not offer XR_KHR_vulkan_enable2; use another");
  std::vector<const char*> extensions = {XR_KHR_VULKAN_ENABLE2_EXTENSION_NAME};
  std::vector<const char*> layers;
  has_touch = has(offered, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME);
  has_hands = has(offered, XR_EXT_HAND_TRACKING_EXTENSION_NAME);
  if (!has_touch && layer_is_installed(kTouchLayer)) {
    const std::vector<XrExtensionProperties> layered = extensions_of(kTouchLayer);
    has_touch = has(layered, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME);
    has_hands = has_hands || has(layered, XR_EXT_HAND_TRACKING_EXTENSION_NAME);
    layers.push_back(kTouchLayer);
  }
  if (has_hands) extensions.push_back(XR_EXT_HAND_TRACKING_EXTENSION_NAME);
  if (has_touch) extensions.push_back(XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME);
  instance = create_instance(extensions, layers);

  XrSystemGetInfo wanted{XR_TYPE_SYSTEM_GET_INFO};
  wanted.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY;
  check(xrGetSystem(instance, &wanted, &system), "xrGetSystem (is a headset connected?)");
  has_hands = has_hands && tracks_hands(instance, system);
}

Runtime::~Runtime() { xrDestroyInstance(instance); }

}  // namespace tactus::scene
