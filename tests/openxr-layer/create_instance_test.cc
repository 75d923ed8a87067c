// [loader] xrCreateApiLayerInstance: no application fails to start because of the layer.
#include <cstring>

#include "layer_fixture.h"

namespace tactus::layer_test {
namespace {

using Names = std::vector<std::string>;

class CreateInstance : public LayerTest {};

TEST_F(CreateInstance, NothingOfOursEnabledGoesDownAsItIs) {
  ASSERT_EQ(create({"XR_MND_headless"}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{"XR_MND_headless"}}));
}

TEST_F(CreateInstance, AnApplicationThatAsksForNothingOfOursStillHasGloves) {
  start_service();
  ASSERT_EQ(create({"XR_MND_headless"}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{"XR_MND_headless", kTimespec}}));
  EXPECT_TRUE(service->await(ipc::Kind::Hello, 1));
  EXPECT_EQ(ask(instance, "xrConvertTimeToTimespecTimeKHR"), XR_ERROR_FUNCTION_UNSUPPORTED);
}

TEST_F(CreateInstance, WhatOnlyWeProvideIsTakenOut) {
  ASSERT_EQ(create({kHandTracking, "XR_MND_headless", kTouch, kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{"XR_MND_headless"}}));
}

TEST_F(CreateInstance, HandsStayWhereTheRuntimeHasThem) {
  runtime.offered.insert(kHandTracking);
  ASSERT_EQ(create({kHandTracking, kTouch}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{kHandTracking}}));
}

TEST_F(CreateInstance, TimespecIsAddedForOurselvesOnce) {
  start_service();
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{kTimespec}}));
}

TEST_F(CreateInstance, TimespecIsNeverDoubled) {
  start_service();
  ASSERT_EQ(create({kTimespec, kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{kTimespec}}));
}

TEST_F(CreateInstance, TimespecIsNotAskedOfARuntimeThatLacksIt) {
  start_service();
  runtime.offered.erase(kTimespec);
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{}}));
}

TEST_F(CreateInstance, WhatNobodyHasIsTheRuntimesToRefuse) {
  EXPECT_EQ(create({kHandTracking, "XR_NOBODY_has_this"}), XR_ERROR_EXTENSION_NOT_PRESENT);
  EXPECT_EQ(ask(reinterpret_cast<XrInstance>(1), "xrPollEvent"), XR_ERROR_HANDLE_INVALID);
}

TEST_F(CreateInstance, MalformedLoaderStructsAreRefused) {
  XrInstanceCreateInfo info{};
  info.type = XR_TYPE_INSTANCE_CREATE_INFO;
  XrApiLayerCreateInfo layer_info{};
  const auto create_instance = loaded.layer.createApiLayerInstance;
  EXPECT_EQ(create_instance(&info, nullptr, &instance), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_EQ(create_instance(&info, &layer_info, &instance), XR_ERROR_INITIALIZATION_FAILED);
  layer_info.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_CREATE_INFO;
  layer_info.structVersion = XR_API_LAYER_CREATE_INFO_STRUCT_VERSION;
  layer_info.structSize = sizeof(layer_info);
  EXPECT_EQ(create_instance(&info, &layer_info, &instance), XR_ERROR_INITIALIZATION_FAILED);
  EXPECT_TRUE(runtime.creates.empty());
}

TEST_F(CreateInstance, LeakedInstanceOfANeighbourIsForgottenWhenItsValueComesAgain) {
  ASSERT_EQ(create({}), XR_SUCCESS);
  const XrInstance leaked = instance;
  runtime.instances.clear();  // destroyed behind our back
  runtime.next_handle = reinterpret_cast<std::uint64_t>(leaked);
  ASSERT_EQ(create({kTouch}), XR_SUCCESS);
  ASSERT_EQ(instance, leaked);
  EXPECT_EQ(ask(instance, "xrStopTouchTACTUSX"), XR_SUCCESS);
}

TEST_F(CreateInstance, ManyInstancesLiveBesideEachOther) {
  LoadedLayer::pin();  // what the tables grew by is the library's for good
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(create(i % 2 == 0 ? std::vector<const char*>{kTouch} : std::vector<const char*>{}),
              XR_SUCCESS);
  }
  const std::vector<XrInstance> live = made_instances;
  for (std::size_t i = 0; i < live.size(); ++i) {
    EXPECT_EQ(ask(live[i], "xrStopTouchTACTUSX"),
              i % 2 == 0 ? XR_SUCCESS : XR_ERROR_FUNCTION_UNSUPPORTED);
  }
  const auto destroy = get<PFN_xrDestroyInstance>("xrDestroyInstance");
  for (const XrInstance one : live) EXPECT_EQ(destroy(one), XR_SUCCESS);
  EXPECT_EQ(destroy(live[0]), XR_ERROR_HANDLE_INVALID);
  EXPECT_TRUE(runtime.instances.empty());
}

TEST_F(CreateInstance, DestroyThatIsRefusedBelowLeavesTheInstanceUsable) {
  ASSERT_EQ(create({kTouch}), XR_SUCCESS);
  const auto destroy = get<PFN_xrDestroyInstance>("xrDestroyInstance");
  runtime.destroy_instance_result = XR_ERROR_RUNTIME_FAILURE;
  EXPECT_EQ(destroy(instance), XR_ERROR_RUNTIME_FAILURE);
  EXPECT_EQ(ask(instance, "xrPollEvent"), XR_SUCCESS);
}

// A layer between us and the runtime that provides hand tracking, as vendors' layers do.
XrResult XRAPI_CALL vendor_create(const XrInstanceCreateInfo* info,
                                  const XrApiLayerCreateInfo* layer_info, XrInstance* instance) {
  std::vector<const char*> names;
  for (uint32_t i = 0; i < info->enabledExtensionCount; ++i) {
    if (std::strcmp(info->enabledExtensionNames[i], kHandTracking) != 0) {
      names.push_back(info->enabledExtensionNames[i]);
    }
  }
  XrInstanceCreateInfo below = *info;
  below.enabledExtensionCount = static_cast<uint32_t>(names.size());
  below.enabledExtensionNames = names.data();
  XrApiLayerCreateInfo below_info = *layer_info;
  below_info.nextInfo = layer_info->nextInfo->next;
  return layer_info->nextInfo->nextCreateApiLayerInstance(&below, &below_info, instance);
}

XrResult XRAPI_CALL vendor_destroy_tracker(XrHandTrackerEXT) { return XR_SUCCESS; }

XrResult XRAPI_CALL vendor_get(XrInstance instance, const char* name,
                               PFN_xrVoidFunction* function) {
  if (std::strstr(name, "Hand") == nullptr) {
    return FakeRuntime::get_proc_addr(instance, name, function);
  }
  *function = reinterpret_cast<PFN_xrVoidFunction>(vendor_destroy_tracker);
  return XR_SUCCESS;
}

XrApiLayerNextInfo between(PFN_xrGetInstanceProcAddr get, PFN_xrCreateApiLayerInstance create) {
  XrApiLayerNextInfo info{};
  info.structType = XR_LOADER_INTERFACE_STRUCT_API_LAYER_NEXT_INFO;
  info.structVersion = XR_API_LAYER_NEXT_INFO_STRUCT_VERSION;
  info.structSize = sizeof(info);
  info.nextGetInstanceProcAddr = get;
  info.nextCreateApiLayerInstance = create;
  return info;
}

TEST_F(CreateInstance, HandsOfALayerBelowAreKept) {
  XrApiLayerNextInfo vendor = between(vendor_get, vendor_create);
  // The record that we are given is the vendor's; the vendor's own next is the runtime.
  ASSERT_EQ(create({kHandTracking}, &vendor), XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrDestroyHandTrackerEXT>("xrDestroyHandTrackerEXT"), vendor_destroy_tracker);
}

XrResult XRAPI_CALL plain_create(const XrInstanceCreateInfo* info,
                                 const XrApiLayerCreateInfo* layer_info, XrInstance* instance) {
  XrApiLayerCreateInfo below = *layer_info;
  below.nextInfo = layer_info->nextInfo->next;
  return layer_info->nextInfo->nextCreateApiLayerInstance(info, &below, instance);
}

TEST_F(CreateInstance, HandsThatNoLayerBelowHasAreTakenOutAtTheSecondTry) {
  start_service();
  XrApiLayerNextInfo plain = between(FakeRuntime::get_proc_addr, plain_create);
  ASSERT_EQ(create({kHandTracking, "XR_MND_headless"}, &plain), XR_SUCCESS);
  EXPECT_EQ(runtime.creates.back(), (Names{"XR_MND_headless", kTimespec}));
}

/// As core_validation 1.0.20: an error of its own for whatever failed below.
XrResult XRAPI_CALL obscuring_create(const XrInstanceCreateInfo* info,
                                     const XrApiLayerCreateInfo* layer_info, XrInstance* instance) {
  const XrResult result = plain_create(info, layer_info, instance);
  return XR_FAILED(result) ? XR_ERROR_INITIALIZATION_FAILED : result;
}

TEST_F(CreateInstance, AnErrorOfALayerBelowDoesNotHideThatAnExtensionIsMissing) {
  XrApiLayerNextInfo obscuring = between(FakeRuntime::get_proc_addr, obscuring_create);
  EXPECT_EQ(create({kHandTracking}, &obscuring), XR_SUCCESS);
}

TEST_F(CreateInstance, LayerThatIsLoadedTwiceWorksOnce) {
  start_service();
  XrApiLayerNextInfo ourselves =
      between(loaded.layer.getInstanceProcAddr, loaded.layer.createApiLayerInstance);
  ASSERT_EQ(create({kHandTracking, kTouch}, &ourselves), XR_SUCCESS);
  EXPECT_EQ(runtime.creates, (std::vector<Names>{{kTimespec}}));
  EXPECT_EQ(ask(instance, "xrLocateHandJointsEXT"), XR_SUCCESS);
  EXPECT_EQ(ask(instance, "xrNobodyKnowsThis"), XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_EQ(get<PFN_xrDestroyInstance>("xrDestroyInstance")(instance), XR_SUCCESS);
}

}  // namespace
}  // namespace tactus::layer_test
