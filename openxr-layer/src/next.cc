#include "next.h"

namespace tactus::layer {
namespace {

template <class Function>
void ask(XrInstance instance, PFN_xrGetInstanceProcAddr next, const char* name,
         Function& function) noexcept {
  PFN_xrVoidFunction found = nullptr;
  const bool is_there = XR_SUCCEEDED(next(instance, name, &found));
  function = is_there ? reinterpret_cast<Function>(found) : nullptr;
}

}  // namespace

void Next::resolve(XrInstance instance) noexcept {
  const PFN_xrGetInstanceProcAddr next = xrGetInstanceProcAddr;
  ask(instance, next, "xrDestroyInstance", xrDestroyInstance);
  ask(instance, next, "xrGetSystemProperties", xrGetSystemProperties);
  ask(instance, next, "xrCreateSession", xrCreateSession);
  ask(instance, next, "xrDestroySession", xrDestroySession);
  ask(instance, next, "xrPollEvent", xrPollEvent);
  ask(instance, next, "xrWaitFrame", xrWaitFrame);
  ask(instance, next, "xrEndFrame", xrEndFrame);
  ask(instance, next, "xrCreateReferenceSpace", xrCreateReferenceSpace);
  ask(instance, next, "xrCreateActionSpace", xrCreateActionSpace);
  ask(instance, next, "xrDestroySpace", xrDestroySpace);
  ask(instance, next, "xrLocateSpace", xrLocateSpace);
  ask(instance, next, "xrLocateViews", xrLocateViews);
  ask(instance, next, "xrLocateSpaces", xrLocateSpaces);
  ask(instance, next, "xrLocateSpacesKHR", xrLocateSpacesKHR);
  ask(instance, next, "xrStructureTypeToString", xrStructureTypeToString);
  ask(instance, next, "xrPathToString", xrPathToString);
  ask(instance, next, "xrStringToPath", xrStringToPath);
  ask(instance, next, "xrCreateActionSet", xrCreateActionSet);
  ask(instance, next, "xrCreateAction", xrCreateAction);
  ask(instance, next, "xrDestroyAction", xrDestroyAction);
  ask(instance, next, "xrDestroyActionSet", xrDestroyActionSet);
  ask(instance, next, "xrSuggestInteractionProfileBindings", xrSuggestInteractionProfileBindings);
  ask(instance, next, "xrAttachSessionActionSets", xrAttachSessionActionSets);
  ask(instance, next, "xrSyncActions", xrSyncActions);
  ask(instance, next, "xrGetActionStateBoolean", xrGetActionStateBoolean);
  ask(instance, next, "xrGetActionStateFloat", xrGetActionStateFloat);
  ask(instance, next, "xrGetActionStateVector2f", xrGetActionStateVector2f);
  ask(instance, next, "xrGetActionStatePose", xrGetActionStatePose);
  ask(instance, next, "xrGetCurrentInteractionProfile", xrGetCurrentInteractionProfile);
  ask(instance, next, "xrEnumerateBoundSourcesForAction", xrEnumerateBoundSourcesForAction);
  ask(instance, next, "xrGetInputSourceLocalizedName", xrGetInputSourceLocalizedName);
  ask(instance, next, "xrApplyHapticFeedback", xrApplyHapticFeedback);
  ask(instance, next, "xrStopHapticFeedback", xrStopHapticFeedback);
  ask(instance, next, "xrApplyForceFeedbackCurlMNDX", xrApplyForceFeedbackCurlMNDX);
  ask(instance, next, "xrHapticParametricGetPropertiesEXT", xrHapticParametricGetPropertiesEXT);
  ask(instance, next, "xrGetDeviceSampleRateFB", xrGetDeviceSampleRateFB);
  ask(instance, next, "xrCreateHandTrackerEXT", xrCreateHandTrackerEXT);
  ask(instance, next, "xrDestroyHandTrackerEXT", xrDestroyHandTrackerEXT);
  ask(instance, next, "xrLocateHandJointsEXT", xrLocateHandJointsEXT);
  ask(instance, next, "xrCreateBodyTrackerFB", xrCreateBodyTrackerFB);
  ask(instance, next, "xrDestroyBodyTrackerFB", xrDestroyBodyTrackerFB);
  ask(instance, next, "xrLocateBodyJointsFB", xrLocateBodyJointsFB);
  ask(instance, next, "xrGetBodySkeletonFB", xrGetBodySkeletonFB);
  ask(instance, next, "xrCreateBodyTrackerBD", xrCreateBodyTrackerBD);
  ask(instance, next, "xrDestroyBodyTrackerBD", xrDestroyBodyTrackerBD);
  ask(instance, next, "xrLocateBodyJointsBD", xrLocateBodyJointsBD);
  ask(instance, next, "xrEnumerateViveTrackerPathsHTCX", xrEnumerateViveTrackerPathsHTCX);
  ask(instance, next, "xrSetDebugUtilsObjectNameEXT", xrSetDebugUtilsObjectNameEXT);
  ask(instance, next, "xrSubmitDebugUtilsMessageEXT", xrSubmitDebugUtilsMessageEXT);
  ask(instance, next, "xrConvertTimeToTimespecTimeKHR", xrConvertTimeToTimespecTimeKHR);
}

bool Next::is_complete() const noexcept {
  return xrPathToString != nullptr && xrCreateAction != nullptr && xrDestroyAction != nullptr &&
         xrStringToPath != nullptr && xrCreateActionSet != nullptr &&
         xrAttachSessionActionSets != nullptr && xrGetActionStateBoolean != nullptr &&
         xrGetActionStateFloat != nullptr && xrGetActionStateVector2f != nullptr &&
         xrGetActionStatePose != nullptr && xrGetCurrentInteractionProfile != nullptr &&
         xrEnumerateBoundSourcesForAction != nullptr && xrGetInputSourceLocalizedName != nullptr &&
         xrDestroyActionSet != nullptr && xrSuggestInteractionProfileBindings != nullptr &&
         xrApplyHapticFeedback != nullptr && xrStopHapticFeedback != nullptr &&
         xrSyncActions != nullptr && xrEndFrame != nullptr && xrDestroyInstance != nullptr &&
         xrGetSystemProperties != nullptr && xrCreateSession != nullptr &&
         xrDestroySession != nullptr && xrPollEvent != nullptr && xrWaitFrame != nullptr &&
         xrCreateReferenceSpace != nullptr && xrCreateActionSpace != nullptr &&
         xrDestroySpace != nullptr && xrLocateSpace != nullptr && xrLocateViews != nullptr;
}

bool Next::has_hand_tracking() const noexcept {
  return xrCreateHandTrackerEXT != nullptr && xrDestroyHandTrackerEXT != nullptr &&
         xrLocateHandJointsEXT != nullptr;
}

bool Next::has_body_tracking_fb() const noexcept {
  return xrCreateBodyTrackerFB != nullptr && xrDestroyBodyTrackerFB != nullptr &&
         xrLocateBodyJointsFB != nullptr && xrGetBodySkeletonFB != nullptr;
}

bool Next::has_body_tracking_bd() const noexcept {
  return xrCreateBodyTrackerBD != nullptr && xrDestroyBodyTrackerBD != nullptr &&
         xrLocateBodyJointsBD != nullptr;
}

}  // namespace tactus::layer
