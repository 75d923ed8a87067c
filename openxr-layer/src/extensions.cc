#include "extensions.h"

#include <cstdlib>
#include <cstring>
#include <memory>

#include "newer_openxr.h"
#include "next.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::layer {
namespace {

struct Free {
  void operator()(void* memory) const noexcept { std::free(memory); }
};

/// Adds the extension of that name, if it is of our concern.
void add_named(const char* name, ExtensionSet& set) noexcept {
  for (const Extension e : kAllExtensions) {
    if (name != nullptr && std::strcmp(name, name_of(e)) == 0) set.add(e);
  }
}

/// What the runtime itself offers.
struct Offer {
  bool is_known = false;
  ExtensionSet extensions;
};

PFN_xrEnumerateInstanceExtensionProperties find_enumerate(PFN_xrGetInstanceProcAddr next) noexcept {
  PFN_xrVoidFunction found = nullptr;
  if (XR_FAILED(next(XR_NULL_HANDLE, "xrEnumerateInstanceExtensionProperties", &found))) {
    return nullptr;
  }
  return reinterpret_cast<PFN_xrEnumerateInstanceExtensionProperties>(found);
}

/// Asks the end of the chain, the loader's own terminator: layers in between that have not been
/// created yet would refuse to answer.
Offer ask_runtime(const XrApiLayerNextInfo& next_info) noexcept {
  const XrApiLayerNextInfo* last = &next_info;
  while (last->next != nullptr) last = last->next;
  const auto enumerate = find_enumerate(last->nextGetInstanceProcAddr);
  std::uint32_t count = 0;
  if (enumerate == nullptr || XR_FAILED(enumerate(nullptr, 0, &count, nullptr))) return {};
  std::unique_ptr<XrExtensionProperties, Free> properties(
      static_cast<XrExtensionProperties*>(std::calloc(count + 1, sizeof(XrExtensionProperties))));
  if (properties == nullptr) return {};
  for (std::uint32_t i = 0; i < count; ++i) {
    properties.get()[i].type = XR_TYPE_EXTENSION_PROPERTIES;
  }
  if (XR_FAILED(enumerate(nullptr, count, &count, properties.get()))) return {};
  Offer offer{true, {}};
  for (std::uint32_t i = 0; i < count; ++i) {
    add_named(properties.get()[i].extensionName, offer.extensions);
  }
  return offer;
}

/// The application's list without those of `wishes` that are not in `below`, and timespec if that
/// is there only.
XrResult try_below(XrInstanceCreateInfo info, ExtensionSet wishes, ExtensionSet below,
                   const XrApiLayerCreateInfo& layer_info, XrInstance* instance) noexcept {
  const std::uint32_t given = info.enabledExtensionCount;
  std::unique_ptr<const char*, Free> names(
      static_cast<const char**>(std::calloc(given + 1, sizeof(const char*))));
  if (names == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < given; ++i) {
    ExtensionSet named;
    add_named(info.enabledExtensionNames[i], named);
    if ((named - below).is_empty()) names.get()[count++] = info.enabledExtensionNames[i];
  }
  if (below.has(Extension::Timespec) && !wishes.has(Extension::Timespec)) {
    names.get()[count++] = name_of(Extension::Timespec);
  }
  info.enabledExtensionCount = count;
  info.enabledExtensionNames = names.get();

  XrApiLayerCreateInfo to_next = layer_info;
  to_next.nextInfo = layer_info.nextInfo->next;
  *instance = XR_NULL_HANDLE;
  return layer_info.nextInfo->nextCreateApiLayerInstance(&info, &to_next, instance);
}

}  // namespace

const char* name_of(Extension extension) noexcept {
  switch (extension) {
    case Extension::HandTracking:
      return XR_EXT_HAND_TRACKING_EXTENSION_NAME;
    case Extension::DataSource:
      return XR_EXT_HAND_TRACKING_DATA_SOURCE_EXTENSION_NAME;
    case Extension::MotionRange:
      return XR_EXT_HAND_JOINTS_MOTION_RANGE_EXTENSION_NAME;
    case Extension::Aim:
      return XR_FB_HAND_TRACKING_AIM_EXTENSION_NAME;
    case Extension::Capsules:
      return XR_FB_HAND_TRACKING_CAPSULES_EXTENSION_NAME;
    case Extension::HandInteraction:
      return XR_EXT_HAND_INTERACTION_EXTENSION_NAME;
    case Extension::ForceFeedback:
      return XR_MNDX_FORCE_FEEDBACK_CURL_EXTENSION_NAME;
    case Extension::BodyFb:
      return XR_FB_BODY_TRACKING_EXTENSION_NAME;
    case Extension::BodyBd:
      return XR_BD_BODY_TRACKING_EXTENSION_NAME;
    case Extension::ViveTracker:
      return XR_HTCX_VIVE_TRACKER_INTERACTION_EXTENSION_NAME;
    case Extension::HapticPcm:
      return XR_FB_HAPTIC_PCM_EXTENSION_NAME;
    case Extension::HapticEnvelope:
      return XR_FB_HAPTIC_AMPLITUDE_ENVELOPE_EXTENSION_NAME;
    case Extension::HapticParametric:
      return XR_EXT_HAPTIC_PARAMETRIC_EXTENSION_NAME;
    case Extension::Touch:
      return XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME;
    case Extension::Timespec:
      return XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME;
    case Extension::ActionSetPriority:
      return XR_EXT_ACTIVE_ACTION_SET_PRIORITY_EXTENSION_NAME;
  }
  return "";
}

ExtensionSet wishes_of(const XrInstanceCreateInfo& info) noexcept {
  ExtensionSet wishes;
  if (info.enabledExtensionNames == nullptr) return wishes;
  for (std::uint32_t i = 0; i < info.enabledExtensionCount; ++i) {
    add_named(info.enabledExtensionNames[i], wishes);
  }
  return wishes;
}

CreatedBelow create_below(const XrInstanceCreateInfo& info, ExtensionSet wishes, bool adds_timespec,
                          const XrApiLayerCreateInfo& layer_info, XrInstance* instance) noexcept {
  const XrApiLayerNextInfo& next_info = *layer_info.nextInfo;
  const Offer offer = ask_runtime(next_info);
  const ExtensionSet may_lack = kProvided - offer.extensions;
  const ExtensionSet least = wishes - may_lack;
  // A layer between us and the runtime may have what the runtime has not; only trying tells.
  const bool only_runtime_below = offer.is_known && next_info.next == nullptr;
  const ExtensionSet most = only_runtime_below ? least : wishes - ExtensionSet(Extension::Touch);
  const bool may_add_timespec =
      adds_timespec && (offer.extensions.has(Extension::Timespec) || !offer.is_known);

  CreatedBelow created{XR_ERROR_EXTENSION_NOT_PRESENT, {}};
  for (const bool with_most : {true, false}) {
    if (with_most && most == least) continue;
    for (const bool with_timespec : {true, false}) {
      ExtensionSet below = with_most ? most : least;
      if (with_timespec) {
        if (!may_add_timespec || below.has(Extension::Timespec)) continue;
        below.add(Extension::Timespec);
      }
      created = {try_below(info, wishes, below, layer_info, instance), below};
      // Any failure is tried again with less: Debian's core_validation gives one of its own
      // where the runtime said that an extension is not there.
      if (XR_SUCCEEDED(created.result)) return created;
    }
  }
  return created;
}

}  // namespace tactus::layer
