// How an instance begins and ends.
#include <cstdlib>
#include <cstring>

#include "extensions.h"
#include "functions.h"
#include "instance.h"

namespace tactus::layer {
namespace {

bool is_well_formed(const XrApiLayerCreateInfo* layer_info) noexcept {
  if (layer_info == nullptr ||
      layer_info->structType != XR_LOADER_INTERFACE_STRUCT_API_LAYER_CREATE_INFO ||
      layer_info->structVersion != XR_API_LAYER_CREATE_INFO_STRUCT_VERSION ||
      layer_info->structSize != sizeof(XrApiLayerCreateInfo)) {
    return false;
  }
  const XrApiLayerNextInfo* next_info = layer_info->nextInfo;
  return next_info != nullptr &&
         next_info->structType == XR_LOADER_INTERFACE_STRUCT_API_LAYER_NEXT_INFO &&
         next_info->structVersion == XR_API_LAYER_NEXT_INFO_STRUCT_VERSION &&
         next_info->structSize == sizeof(XrApiLayerNextInfo) &&
         next_info->nextGetInstanceProcAddr != nullptr &&
         next_info->nextCreateApiLayerInstance != nullptr;
}

/// The layer was loaded twice, as implicit and as explicit. One handle cannot stand for both of us,
/// so the lower one does the work.
bool is_below_too(const XrApiLayerNextInfo* next_info) noexcept {
  for (; next_info != nullptr; next_info = next_info->next) {
    if (next_info->nextGetInstanceProcAddr == &xrGetInstanceProcAddr) return true;
  }
  return false;
}

/// TACTUS_GLOVES_AS_CONTROLLERS: 1 always, 0 never; else for applications that do not ask for hands.
bool plays_controllers(ExtensionSet wishes) noexcept {
  const char* said = std::getenv("TACTUS_GLOVES_AS_CONTROLLERS");
  if (said == nullptr || said[0] == '\0') return !wishes.has(Extension::HandTracking);
  return std::strcmp(said, "0") != 0;
}

CreatedBelow pass_down(const XrInstanceCreateInfo* info, const XrApiLayerCreateInfo& layer_info,
                       XrInstance* instance) noexcept {
  XrApiLayerCreateInfo below = layer_info;
  below.nextInfo = layer_info.nextInfo->next;
  return {layer_info.nextInfo->nextCreateApiLayerInstance(info, &below, instance), {}};
}

/// The value may have been another instance's that ended without our being told.
XrResult enter(Owned<Instance> made) noexcept {
  const std::uint64_t key = key_of(made->handle);
  Owned<Instance>(instances.remove(key)).reset();
  if (instances.insert(key, made.get())) {
    static_cast<void>(made.release());  // the table owns it
    return XR_SUCCESS;
  }
  made->next.resolve(made->handle);
  if (made->next.xrDestroyInstance != nullptr) made->next.xrDestroyInstance(made->handle);
  return XR_ERROR_OUT_OF_MEMORY;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrCreateApiLayerInstance(const XrInstanceCreateInfo* info,
                                                        const XrApiLayerCreateInfo* layerInfo,
                                                        XrInstance* instance) noexcept {
  if (!is_well_formed(layerInfo) || info == nullptr || instance == nullptr) {
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  if (is_below_too(layerInfo->nextInfo)) return pass_down(info, *layerInfo, instance).result;
  Owned<Instance> made = make<Instance>();
  if (made == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  made->wishes = wishes_of(*info);
  made->is_1_1 = info->applicationInfo.apiVersion >= XR_MAKE_VERSION(1, 1, 0);
  const bool is_asked = !(made->wishes & kProvided).is_empty();
  made->is_serving = made->link.start();
  made->plays_controllers = plays_controllers(made->wishes);

  const CreatedBelow created =
      is_asked || made->is_serving
          ? create_below(*info, made->wishes, made->is_serving, *layerInfo, instance)
          : pass_down(info, *layerInfo, instance);
  if (XR_FAILED(created.result)) return created.result;

  made->handle = *instance;
  made->next.xrGetInstanceProcAddr = layerInfo->nextInfo->nextGetInstanceProcAddr;
  // Not a question more than the application's own, where there is nothing to do.
  if (is_asked || made->is_serving) made->next.resolve(*instance);
  made->below = created.enabled;
  if (!made->next.has_hand_tracking()) made->below = made->below - kOfHands;
  if (!made->next.has_body_tracking_fb()) {
    made->below = made->below - ExtensionSet(Extension::BodyFb);
  }
  if (!made->next.has_body_tracking_bd()) {
    made->below = made->below - ExtensionSet(Extension::BodyBd);
  }
  if (made->next.xrEnumerateViveTrackerPathsHTCX == nullptr) {
    made->below = made->below - ExtensionSet(Extension::ViveTracker);
  }
  made->is_serving = made->is_serving && made->next.is_complete();
  made->time_map.start(made->next, *instance);
  const XrResult entered = enter(std::move(made));
  return XR_FAILED(entered) ? entered : created.result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyInstance(XrInstance instance) noexcept {
  const std::uint64_t key = key_of(instance);
  Owned<Instance> ending(instances.remove(key));
  if (ending == nullptr) return XR_ERROR_HANDLE_INVALID;
  {
    const ServiceLink::Lease lease(ending->link);
    if (lease) lease.send(ipc::Kind::Focus, ipc::Focus{0});
  }
  ending->forget_sessions();
  PFN_xrDestroyInstance destroy = ending->destroy.load(std::memory_order_relaxed);
  if (destroy == nullptr) {
    // It was asked for with another instance: one function serves all.
    ending->next.resolve(instance);
    destroy = ending->next.xrDestroyInstance;
  }
  const XrResult result = destroy == nullptr ? XR_ERROR_RUNTIME_FAILURE : destroy(instance);
  if (XR_FAILED(result) && instances.insert(key, ending.get())) {
    static_cast<void>(ending.release());
  }
  return result;
}

}  // namespace tactus::layer
