// The OpenXR functions that the layer answers, by their own names in a namespace of ours.
//
// None of them is exported: an application that found them by name would bypass the loader.
//
//   Clocks   XrTime.
//   Frames   the XrSpace of each call.
//   Units    SI.
//   Errors   XrResult as the specification says; nothing else ever leaves them.
//   Threads  as OpenXR says for each.
//   Proof    tests/openxr-layer
#pragma once
#include "loader_contract.h"
#include "newer_openxr.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::layer {

// create_instance.cc, proc_addr.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateApiLayerInstance(const XrInstanceCreateInfo* info,
                                                        const XrApiLayerCreateInfo* layerInfo,
                                                        XrInstance* instance) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyInstance(XrInstance instance) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetInstanceProcAddr(XrInstance instance, const char* name,
                                                     PFN_xrVoidFunction* function) noexcept;

// system.cc
XRAPI_ATTR XrResult XRAPI_CALL xrGetSystemProperties(XrInstance instance, XrSystemId systemId,
                                                     XrSystemProperties* properties) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrStructureTypeToString(
    XrInstance instance, XrStructureType value, char buffer[XR_MAX_STRUCTURE_NAME_SIZE]) noexcept;

// session.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateSession(XrInstance instance,
                                               const XrSessionCreateInfo* createInfo,
                                               XrSession* session) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroySession(XrSession session) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrPollEvent(XrInstance instance,
                                           XrEventDataBuffer* eventData) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrWaitFrame(XrSession session, const XrFrameWaitInfo* waitInfo,
                                           XrFrameState* frameState) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrEndFrame(XrSession session,
                                          const XrFrameEndInfo* frameEndInfo) noexcept;

// composition.cc
XRAPI_ATTR XrResult XRAPI_CALL xrLocateViews(XrSession session, const XrViewLocateInfo* info,
                                             XrViewState* viewState, uint32_t viewCapacityInput,
                                             uint32_t* viewCountOutput, XrView* views) noexcept;

// app_space.cc, locate_space.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateReferenceSpace(XrSession session,
                                                      const XrReferenceSpaceCreateInfo* createInfo,
                                                      XrSpace* space) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrCreateActionSpace(XrSession session,
                                                   const XrActionSpaceCreateInfo* createInfo,
                                                   XrSpace* space) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroySpace(XrSpace space) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrLocateSpace(XrSpace space, XrSpace baseSpace, XrTime time,
                                             XrSpaceLocation* location) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrLocateSpaces(XrSession session,
                                              const XrSpacesLocateInfo* locateInfo,
                                              XrSpaceLocations* spaceLocations) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrLocateSpacesKHR(XrSession session,
                                                 const XrSpacesLocateInfo* locateInfo,
                                                 XrSpaceLocations* spaceLocations) noexcept;

// action_set.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateActionSet(XrInstance instance,
                                                 const XrActionSetCreateInfo* createInfo,
                                                 XrActionSet* actionSet) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyActionSet(XrActionSet actionSet) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrAttachSessionActionSets(
    XrSession session, const XrSessionActionSetsAttachInfo* attachInfo) noexcept;

// action.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateAction(XrActionSet actionSet,
                                              const XrActionCreateInfo* createInfo,
                                              XrAction* action) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyAction(XrAction action) noexcept;

// suggested_binding.cc
XRAPI_ATTR XrResult XRAPI_CALL xrSuggestInteractionProfileBindings(
    XrInstance instance, const XrInteractionProfileSuggestedBinding* suggested) noexcept;

// action_state.cc
XRAPI_ATTR XrResult XRAPI_CALL xrSyncActions(XrSession session,
                                             const XrActionsSyncInfo* syncInfo) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStateBoolean(XrSession session,
                                                       const XrActionStateGetInfo* getInfo,
                                                       XrActionStateBoolean* state) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStateFloat(XrSession session,
                                                     const XrActionStateGetInfo* getInfo,
                                                     XrActionStateFloat* state) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStateVector2f(XrSession session,
                                                        const XrActionStateGetInfo* getInfo,
                                                        XrActionStateVector2f* state) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStatePose(XrSession session,
                                                    const XrActionStateGetInfo* getInfo,
                                                    XrActionStatePose* state) noexcept;

// bound_source.cc
XRAPI_ATTR XrResult XRAPI_CALL
xrGetCurrentInteractionProfile(XrSession session, XrPath topLevelUserPath,
                               XrInteractionProfileState* interactionProfile) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrEnumerateBoundSourcesForAction(
    XrSession session, const XrBoundSourcesForActionEnumerateInfo* enumerateInfo,
    uint32_t sourceCapacityInput, uint32_t* sourceCountOutput, XrPath* sources) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetInputSourceLocalizedName(
    XrSession session, const XrInputSourceLocalizedNameGetInfo* getInfo,
    uint32_t bufferCapacityInput, uint32_t* bufferCountOutput, char* buffer) noexcept;

// tracker.cc
XRAPI_ATTR XrResult XRAPI_CALL
xrEnumerateViveTrackerPathsHTCX(XrInstance instance, uint32_t pathCapacityInput,
                                uint32_t* pathCountOutput, XrViveTrackerPathsHTCX* paths) noexcept;

// haptic.cc
XRAPI_ATTR XrResult XRAPI_CALL
xrApplyHapticFeedback(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                      const XrHapticBaseHeader* hapticFeedback) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL
xrStopHapticFeedback(XrSession session, const XrHapticActionInfo* hapticActionInfo) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL
xrGetDeviceSampleRateFB(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                        XrDevicePcmSampleRateStateFB* deviceSampleRate) noexcept;

// haptic_parametric.cc
XRAPI_ATTR XrResult XRAPI_CALL
xrHapticParametricGetPropertiesEXT(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                                   XrHapticParametricPropertiesEXT* parametricProperties) noexcept;

// hand_tracking.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateHandTrackerEXT(XrSession session,
                                                      const XrHandTrackerCreateInfoEXT* createInfo,
                                                      XrHandTrackerEXT* handTracker) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyHandTrackerEXT(XrHandTrackerEXT handTracker) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrLocateHandJointsEXT(XrHandTrackerEXT handTracker,
                                                     const XrHandJointsLocateInfoEXT* locateInfo,
                                                     XrHandJointLocationsEXT* locations) noexcept;

// body_tracking_fb.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateBodyTrackerFB(XrSession session,
                                                     const XrBodyTrackerCreateInfoFB* createInfo,
                                                     XrBodyTrackerFB* bodyTracker) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyBodyTrackerFB(XrBodyTrackerFB bodyTracker) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrLocateBodyJointsFB(XrBodyTrackerFB bodyTracker,
                                                    const XrBodyJointsLocateInfoFB* locateInfo,
                                                    XrBodyJointLocationsFB* locations) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetBodySkeletonFB(XrBodyTrackerFB bodyTracker,
                                                   XrBodySkeletonFB* skeleton) noexcept;

// body_tracking_bd.cc
XRAPI_ATTR XrResult XRAPI_CALL xrCreateBodyTrackerBD(XrSession session,
                                                     const XrBodyTrackerCreateInfoBD* createInfo,
                                                     XrBodyTrackerBD* bodyTracker) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyBodyTrackerBD(XrBodyTrackerBD bodyTracker) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrLocateBodyJointsBD(XrBodyTrackerBD bodyTracker,
                                                    const XrBodyJointsLocateInfoBD* locateInfo,
                                                    XrBodyJointLocationsBD* locations) noexcept;

// force_feedback.cc
XRAPI_ATTR XrResult XRAPI_CALL xrApplyForceFeedbackCurlMNDX(
    XrHandTrackerEXT handTracker, const XrForceFeedbackCurlApplyLocationsMNDX* locations) noexcept;

// debug_name.cc
XRAPI_ATTR XrResult XRAPI_CALL xrSetDebugUtilsObjectNameEXT(
    XrInstance instance, const XrDebugUtilsObjectNameInfoEXT* nameInfo) noexcept;

// touch_body.cc, touch_material.cc, touch_contacts.cc, touch_holds.cc, touch_glove.cc,
// touch_pattern.cc
XRAPI_ATTR XrResult XRAPI_CALL
xrCreateTouchBodyTACTUSX(XrSession session, const XrTouchBodyCreateInfoTACTUSX* createInfo,
                         XrTouchBodyTACTUSX* body) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrDestroyTouchBodyTACTUSX(XrTouchBodyTACTUSX body) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL
xrUpdateTouchBodyTACTUSX(XrTouchBodyTACTUSX body, const XrTouchBodyPosesTACTUSX* poses) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL
xrGetTouchContactsTACTUSX(XrSession session, const XrTouchContactsGetInfoTACTUSX* getInfo,
                          XrTouchContactsTACTUSX* contacts) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrGetTouchHoldsTACTUSX(XrSession session,
                                                      const XrTouchHoldsGetInfoTACTUSX* getInfo,
                                                      XrTouchHoldsTACTUSX* holds) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrSetTouchMaterialTACTUSX(
    XrTouchBodyTACTUSX body, const XrTouchMaterialSetInfoTACTUSX* setInfo) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrPlayTouchPatternTACTUSX(
    XrSession session, const XrTouchPatternPlayInfoTACTUSX* playInfo) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrStopTouchPatternTACTUSX(XrSession session) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL
xrGetTouchGloveStateTACTUSX(XrSession session, const XrTouchGloveGetInfoTACTUSX* getInfo,
                            XrTouchGloveStateTACTUSX* state) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrStopTouchTACTUSX(XrSession session) noexcept;
XRAPI_ATTR XrResult XRAPI_CALL xrResumeTouchTACTUSX(XrSession session) noexcept;

}  // namespace tactus::layer
