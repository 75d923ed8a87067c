// A neighbour above the layer that writes down what an application is told: where its spaces are.
//
// One line for each xrLocateSpace that succeeds, to the file TACTUS_WATCH names: flags, place,
// rotation.
//
//   Clocks   none.
//   Frames   the base space of each call.
//   Units    metres.
//   Errors   a file that cannot be opened is no file.
//   Threads  as the application's.
//   Proof    hello_gloves_test.cc, which finds nothing without it
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "loader_contract.h"

namespace {

PFN_xrGetInstanceProcAddr next_proc_addr = nullptr;
PFN_xrLocateSpace next_locate = nullptr;
std::FILE* file = nullptr;

XrResult XRAPI_CALL locate(XrSpace space, XrSpace base, XrTime time, XrSpaceLocation* location) {
  const XrResult result = next_locate(space, base, time, location);
  if (XR_FAILED(result) || file == nullptr) return result;
  const auto& [q, p] = location->pose;
  std::fprintf(file, "%d %.6f %.6f %.6f %.6f %.6f %.6f %.6f\n",
               static_cast<int>(location->locationFlags), static_cast<double>(p.x),
               static_cast<double>(p.y), static_cast<double>(p.z), static_cast<double>(q.x),
               static_cast<double>(q.y), static_cast<double>(q.z), static_cast<double>(q.w));
  std::fflush(file);
  return result;
}

XrResult XRAPI_CALL get_proc_addr(XrInstance instance, const char* name,
                                  PFN_xrVoidFunction* function) {
  const XrResult result = next_proc_addr(instance, name, function);
  if (XR_FAILED(result) || std::strcmp(name, "xrLocateSpace") != 0) return result;
  next_locate = reinterpret_cast<PFN_xrLocateSpace>(*function);
  *function = reinterpret_cast<PFN_xrVoidFunction>(locate);
  return result;
}

XrResult XRAPI_CALL create(const XrInstanceCreateInfo* info, const XrApiLayerCreateInfo* layer,
                           XrInstance* instance) {
  XrApiLayerCreateInfo below = *layer;
  below.nextInfo = layer->nextInfo->next;
  next_proc_addr = layer->nextInfo->nextGetInstanceProcAddr;
  const char* name = std::getenv("TACTUS_WATCH");
  if (name != nullptr && file == nullptr) file = std::fopen(name, "w");
  return layer->nextInfo->nextCreateApiLayerInstance(info, &below, instance);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) XrResult XRAPI_CALL
xrNegotiateLoaderApiLayerInterface(const XrNegotiateLoaderInfo* loader, const char*,
                                   XrNegotiateApiLayerRequest* layer) {
  layer->layerInterfaceVersion = 1;
  layer->layerApiVersion = loader->maxApiVersion;
  layer->getInstanceProcAddr = get_proc_addr;
  layer->createApiLayerInstance = create;
  return XR_SUCCESS;
}
