#include "runtime_peer.h"

#include <dlfcn.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "hand_fixture.h"
#include "loader_contract.h"

namespace tactus::bench {
namespace {

/// XrNegotiateRuntimeRequest of the loader's contract.
struct RuntimeRequest {
  std::uint32_t struct_type = 3;
  std::uint32_t struct_version = 1;
  std::size_t struct_size = sizeof(RuntimeRequest);
  std::uint32_t interface_version = 0;
  XrVersion api_version = 0;
  PFN_xrGetInstanceProcAddr get_instance_proc_addr = nullptr;
};
using Negotiate = XrResult(XRAPI_PTR*)(const XrNegotiateLoaderInfo*, RuntimeRequest*);

bool complain(const char* what) {
  std::fprintf(stderr, "layer_bench: --runtime: %s\n", what);
  return false;
}

template <class Function>
Function ask(PFN_xrGetInstanceProcAddr whose, XrInstance instance, const char* name) {
  PFN_xrVoidFunction found = nullptr;
  if (XR_FAILED(whose(instance, name, &found))) return nullptr;
  return reinterpret_cast<Function>(found);
}

/// Absolute, or beside the manifest. Empty: the file names none.
std::string library_of(const std::string& manifest) {
  std::ifstream file(manifest);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  const auto path =
      json.is_discarded() ? "" : json.value("/runtime/library_path"_json_pointer, std::string());
  if (path.find('/') == std::string::npos) return path;
  return (std::filesystem::absolute(manifest).parent_path() / path).string();
}

/// The layer's way down passes no pointer of ours.
PFN_xrGetInstanceProcAddr the_runtime = nullptr;

XrResult XRAPI_CALL create_below(const XrInstanceCreateInfo* info, const XrApiLayerCreateInfo*,
                                 XrInstance* instance) {
  const auto create = ask<PFN_xrCreateInstance>(the_runtime, XR_NULL_HANDLE, "xrCreateInstance");
  return create == nullptr ? XR_ERROR_RUNTIME_FAILURE : create(info, instance);
}

}  // namespace

RuntimePeer::RuntimePeer(const std::string& manifest) { ready_ = start(manifest); }

RuntimePeer::~RuntimePeer() {
  if (instance_ == XR_NULL_HANDLE) return;
  ask<PFN_xrDestroyInstance>(loaded_.layer.getInstanceProcAddr, instance_,
                             "xrDestroyInstance")(instance_);
}

bool RuntimePeer::start(const std::string& manifest) {
  if (!load(manifest) || !make_instance()) return false;
  if (!focus()) return complain("the session is not focused after 5 s");
  if (!publish_hand()) return complain("the runtime does not tell the time");
  return make_tracker(loaded_.layer.getInstanceProcAddr, layer) && make_tracker(below_, runtime);
}

bool RuntimePeer::load(const std::string& manifest) {
  const std::string path = library_of(manifest);
  if (path.empty()) return complain("name a runtime's manifest: a file with library_path in it");
  // Never closed: a runtime may leave threads behind.
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return complain(::dlerror());
  const auto negotiate =
      reinterpret_cast<Negotiate>(::dlsym(library, "xrNegotiateLoaderRuntimeInterface"));
  const XrNegotiateLoaderInfo info = layer_test::loader_info();
  RuntimeRequest request;
  if (negotiate == nullptr || XR_FAILED(negotiate(&info, &request))) {
    return complain("the library is no OpenXR runtime");
  }
  the_runtime = below_ = request.get_instance_proc_addr;
  return true;
}

bool RuntimePeer::make_instance() {
  constexpr const char* kExtensions[] = {XR_EXT_HAND_TRACKING_EXTENSION_NAME,
                                         XR_MND_HEADLESS_EXTENSION_NAME,
                                         XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME};
  XrInstanceCreateInfo info{XR_TYPE_INSTANCE_CREATE_INFO};
  std::strcpy(info.applicationInfo.applicationName, "layer_bench");
  info.applicationInfo.apiVersion = XR_MAKE_VERSION(1, 0, 0);
  info.enabledExtensionCount = std::size(kExtensions);
  info.enabledExtensionNames = kExtensions;
  ::setenv("TACTUS_SOCKET", (folder_.path() + "/service.sock").c_str(), 1);
  XrInstance made = XR_NULL_HANDLE;
  // What the runtime itself lacks the layer would hide.
  if (XR_FAILED(create_below(&info, nullptr, &made))) {
    return complain("the runtime lacks hand tracking, headless sessions or timespec times");
  }
  ask<PFN_xrDestroyInstance>(below_, made, "xrDestroyInstance")(made);
  XrApiLayerNextInfo next{};
  next.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_NEXT_INFO;
  next.structVersion = XR_API_LAYER_NEXT_INFO_STRUCT_VERSION;
  next.structSize = sizeof(next);
  next.nextGetInstanceProcAddr = below_;
  next.nextCreateApiLayerInstance = create_below;
  XrApiLayerCreateInfo create{};
  create.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_CREATE_INFO;
  create.structVersion = XR_API_LAYER_CREATE_INFO_STRUCT_VERSION;
  create.structSize = sizeof(create);
  create.nextInfo = &next;
  return XR_SUCCEEDED(loaded_.layer.createApiLayerInstance(&info, &create, &instance_)) ||
         complain("the instance could not be made");
}

bool RuntimePeer::focus() {
  const PFN_xrGetInstanceProcAddr top = loaded_.layer.getInstanceProcAddr;
  XrSystemGetInfo get{XR_TYPE_SYSTEM_GET_INFO, nullptr, XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY};
  XrSessionCreateInfo create{XR_TYPE_SESSION_CREATE_INFO};
  if (XR_FAILED(
          ask<PFN_xrGetSystem>(top, instance_, "xrGetSystem")(instance_, &get, &create.systemId)) ||
      XR_FAILED(ask<PFN_xrCreateSession>(top, instance_, "xrCreateSession")(instance_, &create,
                                                                            &session_))) {
    return false;
  }
  const auto poll = ask<PFN_xrPollEvent>(top, instance_, "xrPollEvent");
  const auto begin = ask<PFN_xrBeginSession>(top, instance_, "xrBeginSession");
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (std::chrono::steady_clock::now() < until) {
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
    if (poll(instance_, &event) != XR_SUCCESS) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } else if (event.type == XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) {
      XrEventDataSessionStateChanged change;
      std::memcpy(&change, &event, sizeof(change));
      if (change.state == XR_SESSION_STATE_FOCUSED) return true;
      const XrSessionBeginInfo info{XR_TYPE_SESSION_BEGIN_INFO, nullptr,
                                    XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO};
      if (change.state == XR_SESSION_STATE_READY) begin(session_, &info);
    }
  }
  return false;
}

bool RuntimePeer::publish_hand() {
  const PFN_xrGetInstanceProcAddr top = loaded_.layer.getInstanceProcAddr;
  const auto convert =
      ask<PFN_xrConvertTimespecTimeToTimeKHR>(top, instance_, "xrConvertTimespecTimeToTimeKHR");
  timespec host{};
  ::clock_gettime(CLOCK_MONOTONIC, &host);
  const HostTime t(std::chrono::seconds(host.tv_sec) + std::chrono::nanoseconds(host.tv_nsec));
  if (convert == nullptr || XR_FAILED(convert(instance_, &host, &now))) return false;
  service_.beat(t, true, true);
  layer_test::publish_motion(service_.published(), layer_test::some_hand(Hand::Left, t));
  const XrReferenceSpaceCreateInfo space{XR_TYPE_REFERENCE_SPACE_CREATE_INFO,
                                         nullptr,
                                         XR_REFERENCE_SPACE_TYPE_STAGE,
                                         {{0, 0, 0, 1}, {0, 0, 0}}};
  return XR_SUCCEEDED(ask<PFN_xrCreateReferenceSpace>(top, instance_, "xrCreateReferenceSpace")(
      session_, &space, &stage));
}

bool RuntimePeer::make_tracker(PFN_xrGetInstanceProcAddr whose, Asked& asked) const {
  const XrHandTrackerCreateInfoEXT info{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, nullptr,
                                        XR_HAND_LEFT_EXT, XR_HAND_JOINT_SET_DEFAULT_EXT};
  const auto create = ask<PFN_xrCreateHandTrackerEXT>(whose, instance_, "xrCreateHandTrackerEXT");
  asked.locate = ask<PFN_xrLocateHandJointsEXT>(whose, instance_, "xrLocateHandJointsEXT");
  if (create == nullptr || asked.locate == nullptr ||
      XR_FAILED(create(session_, &info, &asked.tracker))) {
    return complain("the runtime has no hands: its driver does not track them");
  }
  return true;
}

}  // namespace tactus::bench
