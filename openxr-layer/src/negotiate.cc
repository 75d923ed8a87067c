// The one symbol that the library exports: where the loader meets the layer.
#include <cstdint>
#include <cstring>

#include "functions.h"

#if defined(_WIN32)
#define TACTUS_EXPORT __declspec(dllexport)
#else
#define TACTUS_EXPORT __attribute__((visibility("default")))
#endif

namespace tactus::layer {
namespace {

constexpr char kLayerName[] = "XR_APILAYER_TACTUS_touch";
constexpr std::uint32_t kInterfaceVersion = 1;

/// Major and minor: the patch says nothing about compatibility.
constexpr XrVersion without_patch(XrVersion version) noexcept {
  return XR_MAKE_VERSION(XR_VERSION_MAJOR(version), XR_VERSION_MINOR(version), 0);
}

// Functions that we do not know go by untouched, so 1.1 works as 1.0 does.
constexpr XrVersion kOldestApi = XR_MAKE_VERSION(1, 0, 0);
constexpr XrVersion kNewestApi = XR_MAKE_VERSION(1, 1, 0);

bool is_understood(const XrNegotiateLoaderInfo* info) noexcept {
  return info != nullptr && info->structType == XR_LOADER_INTERFACE_STRUCT_LOADER_INFO &&
         info->structVersion == XR_LOADER_INFO_STRUCT_VERSION &&
         info->structSize == sizeof(XrNegotiateLoaderInfo) &&
         info->minInterfaceVersion <= kInterfaceVersion &&
         info->maxInterfaceVersion >= kInterfaceVersion &&
         without_patch(info->minApiVersion) <= kNewestApi &&
         without_patch(info->maxApiVersion) >= kOldestApi;
}

bool is_understood(const XrNegotiateApiLayerRequest* request) noexcept {
  return request != nullptr &&
         request->structType == XR_LOADER_INTERFACE_STRUCT_API_LAYER_REQUEST &&
         request->structVersion == XR_API_LAYER_INFO_STRUCT_VERSION &&
         request->structSize == sizeof(XrNegotiateApiLayerRequest);
}

}  // namespace
}  // namespace tactus::layer

extern "C" TACTUS_EXPORT XRAPI_ATTR XrResult XRAPI_CALL
xrNegotiateLoaderApiLayerInterface(const XrNegotiateLoaderInfo* loaderInfo, const char* layerName,
                                   XrNegotiateApiLayerRequest* apiLayerRequest) {
  using namespace tactus::layer;
  const bool is_ours = layerName == nullptr || std::strcmp(layerName, kLayerName) == 0;
  if (!is_ours || !is_understood(loaderInfo) || !is_understood(apiLayerRequest)) {
    return XR_ERROR_INITIALIZATION_FAILED;
  }
  apiLayerRequest->layerInterfaceVersion = kInterfaceVersion;
  apiLayerRequest->layerApiVersion =
      loaderInfo->minApiVersion > kOldestApi ? loaderInfo->minApiVersion : kOldestApi;
  apiLayerRequest->getInstanceProcAddr = tactus::layer::xrGetInstanceProcAddr;
  apiLayerRequest->createApiLayerInstance = tactus::layer::xrCreateApiLayerInstance;
  return XR_SUCCESS;
}
