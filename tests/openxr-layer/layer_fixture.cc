#include "layer_fixture.h"

#include <dlfcn.h>

#include <chrono>
#include <cstdlib>

namespace tactus::layer_test {

LoadedLayer::LoadedLayer() {
  library_ = ::dlopen(TACTUS_LAYER_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) {
    std::fprintf(stderr, "%s\n", ::dlerror());
    std::abort();
  }
  negotiate = reinterpret_cast<PFN_xrNegotiateLoaderApiLayerInterface>(
      ::dlsym(library_, "xrNegotiateLoaderApiLayerInterface"));
  const XrNegotiateLoaderInfo info = loader_info();
  layer = layer_request();
  if (negotiate(&info, "XR_APILAYER_TACTUS_touch", &layer) != XR_SUCCESS) std::abort();
}

LoadedLayer::~LoadedLayer() { ::dlclose(library_); }

void LoadedLayer::pin() { ::dlopen(TACTUS_LAYER_LIBRARY, RTLD_NOW | RTLD_NODELETE); }

XrNegotiateLoaderInfo loader_info() {
  XrNegotiateLoaderInfo info{};
  info.structType = XR_LOADER_INTERFACE_STRUCT_LOADER_INFO;
  info.structVersion = XR_LOADER_INFO_STRUCT_VERSION;
  info.structSize = sizeof(info);
  info.minInterfaceVersion = 1;
  info.maxInterfaceVersion = 1;
  info.minApiVersion = XR_MAKE_VERSION(1, 0, 0);
  info.maxApiVersion = XR_MAKE_VERSION(1, 0x3ff, 0xfff);
  return info;
}

XrNegotiateApiLayerRequest layer_request() {
  XrNegotiateApiLayerRequest request{};
  request.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_REQUEST;
  request.structVersion = XR_API_LAYER_INFO_STRUCT_VERSION;
  request.structSize = sizeof(request);
  return request;
}

LayerTest::LayerTest() {
  // Nothing of the machine's own may be found.
  ::unsetenv("TACTUS_SOCKET");
  ::setenv("XDG_RUNTIME_DIR", folder.path().c_str(), 1);
}

LayerTest::~LayerTest() {
  runtime.destroy_instance_result = XR_SUCCESS;
  for (const XrInstance one : made_instances) {
    instance = one;
    const auto destroy = get<PFN_xrDestroyInstance>("xrDestroyInstance");
    if (destroy != nullptr) destroy(one);
  }
}

void LayerTest::start_service(FakeService::Options options) {
  const std::string path = folder.path() + "/service.sock";
  ::setenv("TACTUS_SOCKET", path.c_str(), 1);
  service = std::make_unique<FakeService>(path, options);
}

XrResult LayerTest::create(const std::vector<const char*>& extensions,
                           XrApiLayerNextInfo* between) {
  XrInstanceCreateInfo info{};
  info.type = XR_TYPE_INSTANCE_CREATE_INFO;
  info.applicationInfo.apiVersion = version;
  info.enabledExtensionCount = static_cast<uint32_t>(extensions.size());
  info.enabledExtensionNames = extensions.data();
  XrApiLayerNextInfo last{};
  last.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_NEXT_INFO;
  last.structVersion = XR_API_LAYER_NEXT_INFO_STRUCT_VERSION;
  last.structSize = sizeof(last);
  last.nextGetInstanceProcAddr = FakeRuntime::get_proc_addr;
  last.nextCreateApiLayerInstance = FakeRuntime::create_instance;
  if (between != nullptr) between->next = &last;
  XrApiLayerCreateInfo layer_info{};
  layer_info.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_CREATE_INFO;
  layer_info.structVersion = XR_API_LAYER_CREATE_INFO_STRUCT_VERSION;
  layer_info.structSize = sizeof(layer_info);
  layer_info.nextInfo = between != nullptr ? between : &last;
  const XrResult result = loaded.layer.createApiLayerInstance(&info, &layer_info, &instance);
  if (XR_SUCCEEDED(result)) made_instances.push_back(instance);
  return result;
}

void LayerTest::begin(const std::vector<const char*>& extensions, XrSessionState state) {
  ASSERT_EQ(create(extensions), XR_SUCCESS);
  XrSessionCreateInfo info{};
  info.type = XR_TYPE_SESSION_CREATE_INFO;
  ASSERT_EQ(get<PFN_xrCreateSession>("xrCreateSession")(instance, &info, &session), XR_SUCCESS);
  enter(state);
}

void LayerTest::enter(XrSessionState state) {
  runtime.post_state(session, state);
  poll_all();
}

void LayerTest::poll_all() {
  const auto poll = get<PFN_xrPollEvent>("xrPollEvent");
  XrEventDataBuffer event{};
  do {
    event.type = XR_TYPE_EVENT_DATA_BUFFER;
  } while (poll(instance, &event) == XR_SUCCESS);
}

bool LayerTest::poll_until(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    poll_all();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

XrPath LayerTest::path(const char* text) {
  XrPath path = XR_NULL_PATH;
  EXPECT_EQ(get<PFN_xrStringToPath>("xrStringToPath")(instance, text, &path), XR_SUCCESS);
  return path;
}

void LayerTest::begin_actions() {
  const XrActionSetCreateInfo info{XR_TYPE_ACTION_SET_CREATE_INFO};
  EXPECT_EQ(get<PFN_xrCreateActionSet>("xrCreateActionSet")(instance, &info, &action_set),
            XR_SUCCESS);
}

XrAction LayerTest::make_action(XrActionType type, const std::vector<const char*>& bindings) {
  XrActionCreateInfo info{XR_TYPE_ACTION_CREATE_INFO};
  info.actionType = type;
  XrAction action = XR_NULL_HANDLE;
  EXPECT_EQ(get<PFN_xrCreateAction>("xrCreateAction")(action_set, &info, &action), XR_SUCCESS);
  std::vector<XrActionSuggestedBinding> suggested;
  for (const char* binding : bindings) suggested.push_back({action, path(binding)});
  const XrInteractionProfileSuggestedBinding all{
      XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, nullptr,
      path("/interaction_profiles/khr/simple_controller"), static_cast<uint32_t>(suggested.size()),
      suggested.data()};
  EXPECT_EQ(get<PFN_xrSuggestInteractionProfileBindings>("xrSuggestInteractionProfileBindings")(
                instance, &all),
            XR_SUCCESS);
  return action;
}

XrResult LayerTest::ask(XrInstance of, const char* name) {
  auto found = reinterpret_cast<PFN_xrVoidFunction>(0x1234);
  const XrResult result = loaded.layer.getInstanceProcAddr(of, name, &found);
  EXPECT_EQ(found == nullptr, XR_FAILED(result)) << (name == nullptr ? "null" : name);
  return result;
}

HostTime LayerTest::host(XrTime time) const { return HostTime(Duration(time + runtime.offset_ns)); }

HandPose some_hand(Hand hand, HostTime t) {
  HandPose pose;
  pose.t = t;
  pose.hand = hand;
  pose.origin = PoseOrigin::Measured;
  for (std::size_t j = 0; j < tactus::kHandJoints; ++j) {
    const auto n = static_cast<float>(j);
    pose.T_world_joint[j] = {axis_angle({1, 0.3f * n, -1}, 0.1f * n),
                             {0.1f + 0.01f * n, 1.2f - 0.02f * n, -0.4f}};
    pose.v_world_joint[j] = {0.5f, 0.02f * n, -0.3f};
    pose.omega_world_joint[j] = {0.1f * n, -1.0f, 0.4f};
    pose.radius_m[j] = 0.006f + 0.0004f * n;
  }
  return pose;
}

Joints::Joints() {
  for (auto& joint : location) joint.locationFlags = kUntouchedFlags;
  for (auto& joint : velocity) joint.velocityFlags = kUntouchedFlags;
  velocities.type = XR_TYPE_HAND_JOINT_VELOCITIES_EXT;
  velocities.jointCount = XR_HAND_JOINT_COUNT_EXT;
  velocities.jointVelocities = velocity.data();
  locations.type = XR_TYPE_HAND_JOINT_LOCATIONS_EXT;
  locations.next = &velocities;
  locations.isActive = kUntouchedActive;
  locations.jointCount = XR_HAND_JOINT_COUNT_EXT;
  locations.jointLocations = location.data();
}

bool Joints::is_untouched() const {
  for (const auto& joint : location) {
    if (joint.locationFlags != kUntouchedFlags) return false;
  }
  for (const auto& joint : velocity) {
    if (joint.velocityFlags != kUntouchedFlags) return false;
  }
  return locations.isActive == kUntouchedActive;
}

}  // namespace tactus::layer_test
