// The functions of whoever is below us: another layer, or the loader's way to the runtime.
//
//   Clocks   none.
//   Units    none.
//   Errors   what those below lack stays null.
//   Threads  filled once, then constant.
//   Proof    tests/openxr-layer
#pragma once
#include <time.h>  // before openxr_platform.h, which uses its timespec

#define XR_USE_TIMESPEC
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include "newer_openxr.h"

namespace tactus::layer {

struct Next {
  PFN_xrGetInstanceProcAddr xrGetInstanceProcAddr = nullptr;
  PFN_xrDestroyInstance xrDestroyInstance = nullptr;
  PFN_xrGetSystemProperties xrGetSystemProperties = nullptr;
  PFN_xrCreateSession xrCreateSession = nullptr;
  PFN_xrDestroySession xrDestroySession = nullptr;
  PFN_xrPollEvent xrPollEvent = nullptr;
  PFN_xrWaitFrame xrWaitFrame = nullptr;
  PFN_xrEndFrame xrEndFrame = nullptr;
  PFN_xrCreateReferenceSpace xrCreateReferenceSpace = nullptr;
  PFN_xrCreateActionSpace xrCreateActionSpace = nullptr;
  PFN_xrDestroySpace xrDestroySpace = nullptr;
  PFN_xrLocateSpace xrLocateSpace = nullptr;
  PFN_xrLocateViews xrLocateViews = nullptr;
  PFN_xrStructureTypeToString xrStructureTypeToString = nullptr;
  PFN_xrPathToString xrPathToString = nullptr;
  PFN_xrStringToPath xrStringToPath = nullptr;
  PFN_xrCreateActionSet xrCreateActionSet = nullptr;
  PFN_xrCreateAction xrCreateAction = nullptr;
  PFN_xrDestroyAction xrDestroyAction = nullptr;
  PFN_xrDestroyActionSet xrDestroyActionSet = nullptr;
  PFN_xrSuggestInteractionProfileBindings xrSuggestInteractionProfileBindings = nullptr;
  PFN_xrAttachSessionActionSets xrAttachSessionActionSets = nullptr;
  PFN_xrSyncActions xrSyncActions = nullptr;
  PFN_xrGetActionStateBoolean xrGetActionStateBoolean = nullptr;
  PFN_xrGetActionStateFloat xrGetActionStateFloat = nullptr;
  PFN_xrGetActionStateVector2f xrGetActionStateVector2f = nullptr;
  PFN_xrGetActionStatePose xrGetActionStatePose = nullptr;
  PFN_xrGetCurrentInteractionProfile xrGetCurrentInteractionProfile = nullptr;
  PFN_xrEnumerateBoundSourcesForAction xrEnumerateBoundSourcesForAction = nullptr;
  PFN_xrGetInputSourceLocalizedName xrGetInputSourceLocalizedName = nullptr;
  PFN_xrApplyHapticFeedback xrApplyHapticFeedback = nullptr;
  PFN_xrStopHapticFeedback xrStopHapticFeedback = nullptr;
  // Of OpenXR 1.1.
  PFN_xrLocateSpaces xrLocateSpaces = nullptr;
  // Of extensions: there when they are enabled below.
  PFN_xrLocateSpaces xrLocateSpacesKHR = nullptr;
  PFN_xrCreateHandTrackerEXT xrCreateHandTrackerEXT = nullptr;
  PFN_xrDestroyHandTrackerEXT xrDestroyHandTrackerEXT = nullptr;
  PFN_xrLocateHandJointsEXT xrLocateHandJointsEXT = nullptr;
  PFN_xrCreateBodyTrackerFB xrCreateBodyTrackerFB = nullptr;
  PFN_xrDestroyBodyTrackerFB xrDestroyBodyTrackerFB = nullptr;
  PFN_xrLocateBodyJointsFB xrLocateBodyJointsFB = nullptr;
  PFN_xrGetBodySkeletonFB xrGetBodySkeletonFB = nullptr;
  PFN_xrCreateBodyTrackerBD xrCreateBodyTrackerBD = nullptr;
  PFN_xrDestroyBodyTrackerBD xrDestroyBodyTrackerBD = nullptr;
  PFN_xrLocateBodyJointsBD xrLocateBodyJointsBD = nullptr;
  PFN_xrEnumerateViveTrackerPathsHTCX xrEnumerateViveTrackerPathsHTCX = nullptr;
  PFN_xrApplyForceFeedbackCurlMNDX xrApplyForceFeedbackCurlMNDX = nullptr;
  PFN_xrHapticParametricGetPropertiesEXT xrHapticParametricGetPropertiesEXT = nullptr;
  PFN_xrGetDeviceSampleRateFB xrGetDeviceSampleRateFB = nullptr;
  PFN_xrSetDebugUtilsObjectNameEXT xrSetDebugUtilsObjectNameEXT = nullptr;
  PFN_xrSubmitDebugUtilsMessageEXT xrSubmitDebugUtilsMessageEXT = nullptr;
  PFN_xrConvertTimeToTimespecTimeKHR xrConvertTimeToTimespecTimeKHR = nullptr;

  /// Asks xrGetInstanceProcAddr, which is there already, for each of the others.
  void resolve(XrInstance instance) noexcept;

  /// Everything that we need of core OpenXR is there.
  [[nodiscard]] bool is_complete() const noexcept;
  [[nodiscard]] bool has_hand_tracking() const noexcept;
  [[nodiscard]] bool has_body_tracking_fb() const noexcept;
  [[nodiscard]] bool has_body_tracking_bd() const noexcept;
};

}  // namespace tactus::layer
