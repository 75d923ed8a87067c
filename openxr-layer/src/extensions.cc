#include "extensions.h"

#include <cstdlib>
#include <cstring>
#include <memory>

#include "next.h"
#include "owned.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::layer {
namespace {

struct Free {
  void operator()(void* memory) const noexcept { std::free(memory); }
};

bool is_named(const char* name, const char* wanted) noexcept {
  return name != nullptr && std::strcmp(name, wanted) == 0;
}

/// What the runtime itself offers.
struct Offer {
  bool is_known = false;
  bool hands = false;
  bool timespec = false;
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
  Offer offer{true, false, false};
  for (std::uint32_t i = 0; i < count; ++i) {
    const char* name = properties.get()[i].extensionName;
    offer.hands |= is_named(name, XR_EXT_HAND_TRACKING_EXTENSION_NAME);
    offer.timespec |= is_named(name, XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME);
  }
  return offer;
}

/// The application's list with or without hands, plus timespec, never with touch.
XrResult try_below(XrInstanceCreateInfo info, bool with_hands, bool with_timespec,
                   const XrApiLayerCreateInfo& layer_info, XrInstance* instance) noexcept {
  const std::uint32_t given = info.enabledExtensionCount;
  std::unique_ptr<const char*, Free> names(
      static_cast<const char**>(std::calloc(given + 1, sizeof(const char*))));
  if (names == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < given; ++i) {
    const char* name = info.enabledExtensionNames[i];
    if (is_named(name, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME)) continue;
    if (!with_hands && is_named(name, XR_EXT_HAND_TRACKING_EXTENSION_NAME)) continue;
    names.get()[count++] = name;
  }
  if (with_timespec) names.get()[count++] = XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME;
  info.enabledExtensionCount = count;
  info.enabledExtensionNames = names.get();

  XrApiLayerCreateInfo below = layer_info;
  below.nextInfo = layer_info.nextInfo->next;
  *instance = XR_NULL_HANDLE;
  return layer_info.nextInfo->nextCreateApiLayerInstance(&info, &below, instance);
}

}  // namespace

Wishes wishes_of(const XrInstanceCreateInfo& info) noexcept {
  Wishes wishes;
  if (info.enabledExtensionNames == nullptr) return wishes;
  for (std::uint32_t i = 0; i < info.enabledExtensionCount; ++i) {
    const char* name = info.enabledExtensionNames[i];
    wishes.hands |= is_named(name, XR_EXT_HAND_TRACKING_EXTENSION_NAME);
    wishes.touch |= is_named(name, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME);
    wishes.timespec |= is_named(name, XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME);
  }
  return wishes;
}

CreatedBelow create_below(const XrInstanceCreateInfo& info, const Wishes& wishes,
                          bool adds_timespec, const XrApiLayerCreateInfo& layer_info,
                          XrInstance* instance) noexcept {
  const XrApiLayerNextInfo& next_info = *layer_info.nextInfo;
  const Offer offer = wishes.any_of_ours() ? ask_runtime(next_info) : Offer{};
  // A layer between us and the runtime may track hands; only trying tells.
  const bool only_runtime_below = offer.is_known && next_info.next == nullptr;
  const bool may_have_hands = offer.hands || !only_runtime_below;
  const bool may_lack_hands = !offer.hands;
  const bool may_add_timespec =
      adds_timespec && !wishes.timespec && (offer.timespec || !offer.is_known);

  CreatedBelow created{XR_ERROR_EXTENSION_NOT_PRESENT, false};
  for (const bool with_hands : {true, false}) {
    if (with_hands ? !(wishes.hands && may_have_hands) : wishes.hands && !may_lack_hands) continue;
    for (const bool with_timespec : {true, false}) {
      if (with_timespec && !may_add_timespec) continue;
      created = {try_below(info, with_hands, with_timespec, layer_info, instance), with_hands};
      // Any failure is tried again with less: Debian's core_validation gives one of its own
      // where the runtime said that an extension is not there.
      if (XR_SUCCEEDED(created.result)) return created;
    }
  }
  return created;
}

}  // namespace tactus::layer
