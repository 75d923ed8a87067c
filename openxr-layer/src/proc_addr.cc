// Which functions the application gets from us, and which straight from those below.
#include <cstring>

#include "functions.h"
#include "instance.h"

namespace tactus::layer {
namespace {

/// Of what a function of ours is part, which says when it is ours to answer.
enum class Part : std::uint8_t {
  Below,
  Always,
  Active,
  Asked,
  Spaces,
  Input,
  Hands,
  HapticPcm,
  HapticParametric,
  ForceFeedback,
  BodyFb,
  BodyBd,
  ViveTracker,
  Touch
};

struct Entry {
  const char* name;
  PFN_xrVoidFunction function;
  Part part;
};

template <class Function>
Entry entry(const char* name, Function function, Part part) noexcept {
  return {name, reinterpret_cast<PFN_xrVoidFunction>(function), part};
}

Entry find_entry(const char* name) noexcept {
  const Entry entries[] = {
      entry("xrGetInstanceProcAddr", xrGetInstanceProcAddr, Part::Always),
      entry("xrDestroyInstance", xrDestroyInstance, Part::Always),
      entry("xrGetSystemProperties", xrGetSystemProperties, Part::Asked),
      entry("xrStructureTypeToString", xrStructureTypeToString, Part::Asked),
      entry("xrSetDebugUtilsObjectNameEXT", xrSetDebugUtilsObjectNameEXT, Part::Asked),
      entry("xrCreateSession", xrCreateSession, Part::Active),
      entry("xrDestroySession", xrDestroySession, Part::Active),
      entry("xrPollEvent", xrPollEvent, Part::Active),
      entry("xrWaitFrame", xrWaitFrame, Part::Active),
      entry("xrEndFrame", xrEndFrame, Part::Active),
      entry("xrSyncActions", xrSyncActions, Part::Active),
      entry("xrCreateActionSet", xrCreateActionSet, Part::Active),
      entry("xrCreateAction", xrCreateAction, Part::Active),
      entry("xrDestroyAction", xrDestroyAction, Part::Active),
      entry("xrDestroyActionSet", xrDestroyActionSet, Part::Active),
      entry("xrSuggestInteractionProfileBindings", xrSuggestInteractionProfileBindings,
            Part::Active),
      entry("xrAttachSessionActionSets", xrAttachSessionActionSets, Part::Input),
      entry("xrGetActionStateBoolean", xrGetActionStateBoolean, Part::Input),
      entry("xrGetActionStateFloat", xrGetActionStateFloat, Part::Input),
      entry("xrGetActionStateVector2f", xrGetActionStateVector2f, Part::Input),
      entry("xrGetActionStatePose", xrGetActionStatePose, Part::Input),
      entry("xrGetCurrentInteractionProfile", xrGetCurrentInteractionProfile, Part::Input),
      entry("xrEnumerateBoundSourcesForAction", xrEnumerateBoundSourcesForAction, Part::Input),
      entry("xrGetInputSourceLocalizedName", xrGetInputSourceLocalizedName, Part::Input),
      entry("xrLocateSpace", xrLocateSpace, Part::Input),
      entry("xrLocateViews", xrLocateViews, Part::Input),
      entry("xrLocateSpaces", xrLocateSpaces, Part::Input),
      entry("xrLocateSpacesKHR", xrLocateSpacesKHR, Part::Input),
      entry("xrApplyHapticFeedback", xrApplyHapticFeedback, Part::Active),
      entry("xrStopHapticFeedback", xrStopHapticFeedback, Part::Active),
      entry("xrGetDeviceSampleRateFB", xrGetDeviceSampleRateFB, Part::HapticPcm),
      entry("xrHapticParametricGetPropertiesEXT", xrHapticParametricGetPropertiesEXT,
            Part::HapticParametric),
      entry("xrCreateReferenceSpace", xrCreateReferenceSpace, Part::Spaces),
      entry("xrCreateActionSpace", xrCreateActionSpace, Part::Spaces),
      entry("xrDestroySpace", xrDestroySpace, Part::Spaces),
      entry("xrCreateHandTrackerEXT", xrCreateHandTrackerEXT, Part::Hands),
      entry("xrDestroyHandTrackerEXT", xrDestroyHandTrackerEXT, Part::Hands),
      entry("xrLocateHandJointsEXT", xrLocateHandJointsEXT, Part::Hands),
      entry("xrApplyForceFeedbackCurlMNDX", xrApplyForceFeedbackCurlMNDX, Part::ForceFeedback),
      entry("xrCreateBodyTrackerFB", xrCreateBodyTrackerFB, Part::BodyFb),
      entry("xrDestroyBodyTrackerFB", xrDestroyBodyTrackerFB, Part::BodyFb),
      entry("xrLocateBodyJointsFB", xrLocateBodyJointsFB, Part::BodyFb),
      entry("xrGetBodySkeletonFB", xrGetBodySkeletonFB, Part::BodyFb),
      entry("xrCreateBodyTrackerBD", xrCreateBodyTrackerBD, Part::BodyBd),
      entry("xrDestroyBodyTrackerBD", xrDestroyBodyTrackerBD, Part::BodyBd),
      entry("xrLocateBodyJointsBD", xrLocateBodyJointsBD, Part::BodyBd),
      entry("xrEnumerateViveTrackerPathsHTCX", xrEnumerateViveTrackerPathsHTCX, Part::ViveTracker),
      entry("xrCreateTouchBodyTACTUSX", xrCreateTouchBodyTACTUSX, Part::Touch),
      entry("xrDestroyTouchBodyTACTUSX", xrDestroyTouchBodyTACTUSX, Part::Touch),
      entry("xrUpdateTouchBodyTACTUSX", xrUpdateTouchBodyTACTUSX, Part::Touch),
      entry("xrGetTouchContactsTACTUSX", xrGetTouchContactsTACTUSX, Part::Touch),
      entry("xrGetTouchHoldsTACTUSX", xrGetTouchHoldsTACTUSX, Part::Touch),
      entry("xrSetTouchMaterialTACTUSX", xrSetTouchMaterialTACTUSX, Part::Touch),
      entry("xrPlayTouchPatternTACTUSX", xrPlayTouchPatternTACTUSX, Part::Touch),
      entry("xrStopTouchPatternTACTUSX", xrStopTouchPatternTACTUSX, Part::Touch),
      entry("xrGetTouchGloveStateTACTUSX", xrGetTouchGloveStateTACTUSX, Part::Touch),
      entry("xrStopTouchTACTUSX", xrStopTouchTACTUSX, Part::Touch),
      entry("xrResumeTouchTACTUSX", xrResumeTouchTACTUSX, Part::Touch),
  };
  for (const Entry& candidate : entries) {
    if (std::strcmp(candidate.name, name) == 0) return candidate;
  }
  return {name, nullptr, Part::Below};
}

/// Of an extension that was enabled for us and not for the application.
bool is_hidden(const Instance& instance, const char* name) noexcept {
  return instance.below.has(Extension::Timespec) && !instance.wants(Extension::Timespec) &&
         (std::strcmp(name, "xrConvertTimeToTimespecTimeKHR") == 0 ||
          std::strcmp(name, "xrConvertTimespecTimeToTimeKHR") == 0);
}

/// Ours, whatever those below have. Functions of extensions exist only for an application that
/// enabled them.
bool is_emulated(const Instance& instance, Part part) noexcept {
  return (part == Part::Touch && instance.wants(Extension::Touch)) ||
         (part == Part::HapticPcm && instance.wants(Extension::HapticPcm)) ||
         (part == Part::HapticParametric && instance.wants(Extension::HapticParametric)) ||
         (part == Part::ForceFeedback && instance.wants(Extension::ForceFeedback) &&
          instance.answers_hands()) ||
         (part == Part::BodyFb && instance.gives_body(Extension::BodyFb)) ||
         (part == Part::BodyBd && instance.gives_body(Extension::BodyBd)) ||
         (part == Part::ViveTracker && instance.gives_trackers()) ||
         (part == Part::Hands && instance.answers_hands());
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrGetInstanceProcAddr(XrInstance instance, const char* name,
                                                     PFN_xrVoidFunction* function) noexcept {
  if (function == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  *function = nullptr;
  if (name == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;

  const Entry found = find_entry(name);
  if (is_hidden(*ours, name)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (is_emulated(*ours, found.part)) {
    *function = found.function;
    return XR_SUCCESS;
  }
  // What those below lack stays lacking.
  const XrResult result = ours->next.xrGetInstanceProcAddr(instance, name, function);
  if (XR_FAILED(result)) {
    *function = nullptr;
    return result;
  }
  if (std::strcmp(name, "xrDestroyInstance") == 0) {
    ours->destroy.store(reinterpret_cast<PFN_xrDestroyInstance>(*function),
                        std::memory_order_relaxed);
  }
  const bool is_ours = found.part == Part::Always ||
                       (found.part == Part::Active && ours->is_active()) ||
                       (found.part == Part::Asked && ours->is_asked()) ||
                       (found.part == Part::Input && ours->gives_input()) ||
                       (found.part == Part::Spaces && (ours->is_asked() || ours->gives_input()));
  if (is_ours) *function = found.function;
  return result;
}

}  // namespace tactus::layer
