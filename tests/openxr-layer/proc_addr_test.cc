// [spec] xrGetInstanceProcAddr; what the conformance tests' test_xrGetInstanceProcAddr asserts.
#include "layer_fixture.h"

namespace tactus::layer_test {
namespace {

class GetProcAddr : public LayerTest {
 protected:
  PFN_xrVoidFunction below(const char* name) {
    PFN_xrVoidFunction found = nullptr;
    EXPECT_EQ(FakeRuntime::get_proc_addr(instance, name, &found), XR_SUCCESS) << name;
    return found;
  }
};

constexpr const char* kHandFunctions[] = {"xrCreateHandTrackerEXT", "xrDestroyHandTrackerEXT",
                                          "xrLocateHandJointsEXT"};
constexpr const char* kTouchFunctions[] = {"xrCreateTouchBodyTACTUSX", "xrDestroyTouchBodyTACTUSX",
                                           "xrUpdateTouchBodyTACTUSX", "xrGetTouchContactsTACTUSX",
                                           "xrStopTouchTACTUSX",       "xrResumeTouchTACTUSX"};

TEST_F(GetProcAddr, NullInstanceIsInvalidForAllButTheLoadersOwn) {
  EXPECT_EQ(ask(XR_NULL_HANDLE, "xrInitializeLoaderKHR"), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(ask(XR_NULL_HANDLE, "xrPollEvent"), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(ask(XR_NULL_HANDLE, "xrCreateHandTrackerEXT"), XR_ERROR_HANDLE_INVALID);
}

TEST_F(GetProcAddr, NullNameAndNullPointerAreValidationFailures) {
  ASSERT_EQ(create({}), XR_SUCCESS);
  EXPECT_EQ(ask(instance, nullptr), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(loaded.layer.getInstanceProcAddr(instance, "xrPollEvent", nullptr),
            XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(GetProcAddr, UnknownInstanceIsInvalid) {
  ASSERT_EQ(create({}), XR_SUCCESS);
  EXPECT_EQ(ask(reinterpret_cast<XrInstance>(0xdead), "xrPollEvent"), XR_ERROR_HANDLE_INVALID);
}

TEST_F(GetProcAddr, UnknownNamesAreForTheNext) {
  ASSERT_EQ(create({}), XR_SUCCESS);
  EXPECT_EQ(ask(instance, "xrNobodyKnowsThis"), XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_EQ(runtime.asked.back(), "xrNobodyKnowsThis");
}

TEST_F(GetProcAddr, ExtensionFunctionsResolveOnlyWhenEnabled) {
  start_service();
  ASSERT_EQ(create({kTouch}), XR_SUCCESS);
  for (const char* name : kHandFunctions) {
    EXPECT_EQ(ask(instance, name), XR_ERROR_FUNCTION_UNSUPPORTED) << name;
  }
  for (const char* name : kTouchFunctions) EXPECT_EQ(ask(instance, name), XR_SUCCESS) << name;
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  for (const char* name : kHandFunctions) EXPECT_EQ(ask(instance, name), XR_SUCCESS) << name;
  for (const char* name : kTouchFunctions) {
    EXPECT_EQ(ask(instance, name), XR_ERROR_FUNCTION_UNSUPPORTED) << name;
  }
}

TEST_F(GetProcAddr, WhatWasEnabledForUsAloneStaysHidden) {
  start_service();
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  EXPECT_EQ(ask(instance, "xrConvertTimeToTimespecTimeKHR"), XR_ERROR_FUNCTION_UNSUPPORTED);
  EXPECT_EQ(ask(instance, "xrConvertTimespecTimeToTimeKHR"), XR_ERROR_FUNCTION_UNSUPPORTED);
  ASSERT_EQ(create({kHandTracking, kTimespec}), XR_SUCCESS);
  EXPECT_EQ(ask(instance, "xrConvertTimeToTimespecTimeKHR"), XR_SUCCESS);
  EXPECT_EQ(ask(instance, "xrConvertTimespecTimeToTimeKHR"), XR_SUCCESS);
}

TEST_F(GetProcAddr, WhatTheNextLacksStaysLacking) {
  start_service();
  runtime.lacks_name_function = true;
  ASSERT_EQ(create({kTouch}), XR_SUCCESS);
  EXPECT_EQ(ask(instance, "xrStructureTypeToString"), XR_ERROR_FUNCTION_UNSUPPORTED);
}

TEST_F(GetProcAddr, NothingOfOursEnabledGivesTheRuntimesOwnPointers) {
  ASSERT_EQ(create({"XR_MND_headless"}), XR_SUCCESS);
  for (const char* name :
       {"xrPollEvent", "xrWaitFrame", "xrEndFrame", "xrSyncActions", "xrCreateSession",
        "xrDestroySession", "xrApplyHapticFeedback", "xrCreateAction", "xrGetSystemProperties",
        "xrStructureTypeToString", "xrLocateSpace", "xrDestroySpace"}) {
    EXPECT_EQ(get<PFN_xrVoidFunction>(name), below(name)) << name;
  }
}

TEST_F(GetProcAddr, GlovesOfAnApplicationThatAsksForNothingWantItsActionsHapticsAndFocus) {
  start_service();
  ASSERT_EQ(create({"XR_MND_headless"}), XR_SUCCESS);
  for (const char* name : {"xrPollEvent", "xrApplyHapticFeedback", "xrCreateAction",
                           "xrGetActionStateFloat", "xrLocateSpace", "xrDestroySpace"}) {
    EXPECT_NE(get<PFN_xrVoidFunction>(name), below(name)) << name;
  }
  for (const char* name : {"xrGetSystemProperties", "xrStructureTypeToString", "xrStringToPath"}) {
    EXPECT_EQ(get<PFN_xrVoidFunction>(name), below(name)) << name;
  }
}

TEST_F(GetProcAddr, WithoutAServiceTheRuntimesHandsAreNotTouched) {
  runtime.offered.insert(kHandTracking);
  ASSERT_EQ(create({kHandTracking}), XR_SUCCESS);
  for (const char* name : kHandFunctions) {
    EXPECT_EQ(get<PFN_xrVoidFunction>(name), below(name)) << name;
  }
}

TEST_F(GetProcAddr, GivesItself) {
  ASSERT_EQ(create({}), XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrGetInstanceProcAddr>("xrGetInstanceProcAddr"),
            loaded.layer.getInstanceProcAddr);
}

}  // namespace
}  // namespace tactus::layer_test
