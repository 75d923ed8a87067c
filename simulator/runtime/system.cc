#include "system.h"

#include <cstdlib>
#include <cstring>

#include "entry_points.h"
#include "enumerate.h"
#include "instance.h"
#include "runtime.h"

namespace tactus::runtime {
namespace {

constexpr std::uint32_t kDefaultView_px = 1024;
constexpr std::uint32_t kSmallestView_px = 16;
constexpr std::array kBlendModes{XR_ENVIRONMENT_BLEND_MODE_OPAQUE};

XrResult check_system(XrInstance xr_instance, XrSystemId system) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  return system == kSystemId ? XR_SUCCESS : XR_ERROR_SYSTEM_INVALID;
}

XrResult check_view_question(XrInstance xr_instance, XrSystemId system,
                             XrViewConfigurationType type) {
  const XrResult result = check_system(xr_instance, system);
  if (XR_FAILED(result)) return result;
  return check_view_configuration(find<Instance>(xr_instance)->extensions, type);
}

}  // namespace

// Core has the two supported ones, and 1.1 a third; the other values belong to extensions that the
// runtime has not, so they are no values at all.
XrResult check_view_configuration(const EnabledExtensions& extensions,
                                  XrViewConfigurationType type) {
  const bool supported = std::find(kViewConfigurations.begin(), kViewConfigurations.end(), type) !=
                         kViewConfigurations.end();
  if (supported) return XR_SUCCESS;
  const bool is_known = extensions.has(Extension::Core11) &&
                        type == XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO_WITH_FOVEATED_INSET;
  return is_known ? XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED : XR_ERROR_VALIDATION_FAILURE;
}

std::uint32_t view_count(XrViewConfigurationType type) {
  return type == XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO ? 2 : 1;
}

std::uint32_t recommended_view_size_px() {
  const char* text = std::getenv("TACTUS_RUNTIME_VIEW_SIZE");
  const unsigned long size = text ? std::strtoul(text, nullptr, 10) : 0;
  return size >= kSmallestView_px && size <= kLargestImage_px ? static_cast<std::uint32_t>(size)
                                                              : kDefaultView_px;
}

XrResult check_blend_mode(XrEnvironmentBlendMode mode) {
  return mode == XR_ENVIRONMENT_BLEND_MODE_OPAQUE ? XR_SUCCESS
                                                  : XR_ERROR_ENVIRONMENT_BLEND_MODE_UNSUPPORTED;
}

XrResult get_system(XrInstance xr_instance, const XrSystemGetInfo* get, XrSystemId* system) {
  if (!find<Instance>(xr_instance)) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(get, XR_TYPE_SYSTEM_GET_INFO) || !system) return XR_ERROR_VALIDATION_FAILURE;
  if (get->formFactor != XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY) {
    return XR_ERROR_FORM_FACTOR_UNSUPPORTED;
  }
  *system = kSystemId;
  return XR_SUCCESS;
}

XrResult get_system_properties(XrInstance xr_instance, XrSystemId system,
                               XrSystemProperties* properties) {
  const XrResult result = check_system(xr_instance, system);
  if (XR_FAILED(result)) return result;
  if (!is_a(properties, XR_TYPE_SYSTEM_PROPERTIES)) return XR_ERROR_VALIDATION_FAILURE;
  properties->systemId = system;
  properties->vendorId = 0;
  std::strncpy(properties->systemName, "Tactus simulated headset", XR_MAX_SYSTEM_NAME_SIZE);
  properties->graphicsProperties = {kLargestImage_px, kLargestImage_px, kMostLayers};
  properties->trackingProperties = {XR_TRUE, XR_TRUE};
  return XR_SUCCESS;
}

XrResult enumerate_blend_modes(XrInstance xr_instance, XrSystemId system,
                               XrViewConfigurationType type, std::uint32_t capacity,
                               std::uint32_t* count, XrEnvironmentBlendMode* modes) {
  const XrResult result = check_view_question(xr_instance, system, type);
  if (XR_FAILED(result)) return result;
  return enumerate<XrEnvironmentBlendMode>(capacity, count, modes, kBlendModes);
}

XrResult enumerate_view_configurations(XrInstance xr_instance, XrSystemId system,
                                       std::uint32_t capacity, std::uint32_t* count,
                                       XrViewConfigurationType* types) {
  const XrResult result = check_system(xr_instance, system);
  if (XR_FAILED(result)) return result;
  return enumerate<XrViewConfigurationType>(capacity, count, types, kViewConfigurations);
}

XrResult get_view_configuration_properties(XrInstance xr_instance, XrSystemId system,
                                           XrViewConfigurationType type,
                                           XrViewConfigurationProperties* properties) {
  const XrResult result = check_view_question(xr_instance, system, type);
  if (XR_FAILED(result)) return result;
  if (!is_a(properties, XR_TYPE_VIEW_CONFIGURATION_PROPERTIES)) return XR_ERROR_VALIDATION_FAILURE;
  properties->viewConfigurationType = type;
  properties->fovMutable = XR_TRUE;
  return XR_SUCCESS;
}

XrResult enumerate_view_configuration_views(XrInstance xr_instance, XrSystemId system,
                                            XrViewConfigurationType type, std::uint32_t capacity,
                                            std::uint32_t* count, XrViewConfigurationView* views) {
  const XrResult result = check_view_question(xr_instance, system, type);
  if (XR_FAILED(result)) return result;
  const std::uint32_t size_px = recommended_view_size_px();
  return enumerate_structs(capacity, count, views, view_count(type),
                           XR_TYPE_VIEW_CONFIGURATION_VIEW,
                           [size_px](std::size_t, XrViewConfigurationView& view) {
                             view.recommendedImageRectWidth = size_px;
                             view.maxImageRectWidth = kLargestImage_px;
                             view.recommendedImageRectHeight = size_px;
                             view.maxImageRectHeight = kLargestImage_px;
                             view.recommendedSwapchainSampleCount = 1;
                             view.maxSwapchainSampleCount = 1;
                           });
}

}  // namespace tactus::runtime
