// What extensions declare that are younger than the OpenXR headers we may be built with.
//
// Debian 12 has 1.0.20. Each block stands aside where the header knows the extension; the numbers
// and layouts are the registry's.
//
//   Clocks   XrTime. Frames: the XrSpace of each call.
//   Units    SI.
//   Errors   a size that differs from the registry's does not compile.
//   Threads  plain declarations.
//   Proof    tests/openxr-layer/must_*_test.cc; built with both headers
#pragma once
#include <openxr/openxr.h>

#include "openxr_1_1.h"

#if !defined(XR_EXT_hand_tracking_data_source)
#define XR_EXT_hand_tracking_data_source 1
#define XR_EXT_HAND_TRACKING_DATA_SOURCE_EXTENSION_NAME "XR_EXT_hand_tracking_data_source"
#define XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT static_cast<XrStructureType>(1000428000)
#define XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT static_cast<XrStructureType>(1000428001)
enum XrHandTrackingDataSourceEXT {
  XR_HAND_TRACKING_DATA_SOURCE_UNOBSTRUCTED_EXT = 1,
  XR_HAND_TRACKING_DATA_SOURCE_CONTROLLER_EXT = 2,
  XR_HAND_TRACKING_DATA_SOURCE_MAX_ENUM_EXT = 0x7FFFFFFF
};
struct XrHandTrackingDataSourceInfoEXT {
  XrStructureType type;
  const void* next;
  uint32_t requestedDataSourceCount;
  XrHandTrackingDataSourceEXT* requestedDataSources;
};
struct XrHandTrackingDataSourceStateEXT {
  XrStructureType type;
  void* next;
  XrBool32 isActive;
  XrHandTrackingDataSourceEXT dataSource;
};
#endif
static_assert(sizeof(void*) != 8 || (sizeof(XrHandTrackingDataSourceInfoEXT) == 32 &&
                                     sizeof(XrHandTrackingDataSourceStateEXT) == 24));

#if !defined(XR_EXT_active_action_set_priority)
#define XR_EXT_active_action_set_priority 1
#define XR_EXT_ACTIVE_ACTION_SET_PRIORITY_EXTENSION_NAME "XR_EXT_active_action_set_priority"
#define XR_TYPE_ACTIVE_ACTION_SET_PRIORITIES_EXT static_cast<XrStructureType>(1000373000)
struct XrActiveActionSetPriorityEXT {
  XrActionSet actionSet;
  uint32_t priorityOverride;
};
struct XrActiveActionSetPrioritiesEXT {
  XrStructureType type;
  const void* next;
  uint32_t actionSetPriorityCount;
  const XrActiveActionSetPriorityEXT* actionSetPriorities;
};
#endif
static_assert(sizeof(void*) != 8 || (sizeof(XrActiveActionSetPriorityEXT) == 16 &&
                                     sizeof(XrActiveActionSetPrioritiesEXT) == 32));

#if !defined(XR_EXT_hand_interaction)
#define XR_EXT_hand_interaction 1
#define XR_EXT_HAND_INTERACTION_EXTENSION_NAME "XR_EXT_hand_interaction"
#endif

// Renamed in revision 2 of XR_FB_hand_tracking_capsules.
#if !defined(XR_HAND_TRACKING_CAPSULE_COUNT_FB)
#define XR_HAND_TRACKING_CAPSULE_COUNT_FB XR_FB_HAND_TRACKING_CAPSULE_COUNT
#endif

#if !defined(XR_FB_haptic_amplitude_envelope)
#define XR_FB_haptic_amplitude_envelope 1
#define XR_FB_HAPTIC_AMPLITUDE_ENVELOPE_EXTENSION_NAME "XR_FB_haptic_amplitude_envelope"
#define XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB static_cast<XrStructureType>(1000173001)
struct XrHapticAmplitudeEnvelopeVibrationFB {
  XrStructureType type;
  const void* next;
  XrDuration duration;
  uint32_t amplitudeCount;
  const float* amplitudes;
};
#endif
static_assert(sizeof(void*) != 8 || sizeof(XrHapticAmplitudeEnvelopeVibrationFB) == 40);

#if !defined(XR_FB_haptic_pcm)
#define XR_FB_haptic_pcm 1
#define XR_FB_HAPTIC_PCM_EXTENSION_NAME "XR_FB_haptic_pcm"
#define XR_TYPE_HAPTIC_PCM_VIBRATION_FB static_cast<XrStructureType>(1000209001)
#define XR_TYPE_DEVICE_PCM_SAMPLE_RATE_STATE_FB static_cast<XrStructureType>(1000209002)
#define XR_MAX_HAPTIC_PCM_BUFFER_SIZE_FB 4000
struct XrHapticPcmVibrationFB {
  XrStructureType type;
  const void* next;
  uint32_t bufferSize;
  const float* buffer;
  float sampleRate;
  XrBool32 append;
  uint32_t* samplesConsumed;
};
struct XrDevicePcmSampleRateStateFB {
  XrStructureType type;
  void* next;
  float sampleRate;
};
using PFN_xrGetDeviceSampleRateFB =
    XrResult(XRAPI_PTR*)(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                         XrDevicePcmSampleRateStateFB* deviceSampleRate);
#endif
static_assert(sizeof(void*) != 8 ||
              (sizeof(XrHapticPcmVibrationFB) == 48 && sizeof(XrDevicePcmSampleRateStateFB) == 24));

#if !defined(XR_MNDX_force_feedback_curl)
#define XR_MNDX_force_feedback_curl 1
#define XR_MNDX_FORCE_FEEDBACK_CURL_EXTENSION_NAME "XR_MNDX_force_feedback_curl"
#define XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX static_cast<XrStructureType>(1000375000)
#define XR_TYPE_FORCE_FEEDBACK_CURL_APPLY_LOCATIONS_MNDX static_cast<XrStructureType>(1000375001)
enum XrForceFeedbackCurlLocationMNDX {
  XR_FORCE_FEEDBACK_CURL_LOCATION_THUMB_CURL_MNDX = 0,
  XR_FORCE_FEEDBACK_CURL_LOCATION_INDEX_CURL_MNDX = 1,
  XR_FORCE_FEEDBACK_CURL_LOCATION_MIDDLE_CURL_MNDX = 2,
  XR_FORCE_FEEDBACK_CURL_LOCATION_RING_CURL_MNDX = 3,
  XR_FORCE_FEEDBACK_CURL_LOCATION_LITTLE_CURL_MNDX = 4,
  XR_FORCE_FEEDBACK_CURL_LOCATION_MAX_ENUM_MNDX = 0x7FFFFFFF
};
struct XrSystemForceFeedbackCurlPropertiesMNDX {
  XrStructureType type;
  void* next;
  XrBool32 supportsForceFeedbackCurl;
};
struct XrForceFeedbackCurlApplyLocationMNDX {
  XrForceFeedbackCurlLocationMNDX location;
  float value;
};
struct XrForceFeedbackCurlApplyLocationsMNDX {
  XrStructureType type;
  const void* next;
  uint32_t locationCount;
  XrForceFeedbackCurlApplyLocationMNDX* locations;
};
using PFN_xrApplyForceFeedbackCurlMNDX = XrResult(XRAPI_PTR*)(
    XrHandTrackerEXT handTracker, const XrForceFeedbackCurlApplyLocationsMNDX* locations);
#endif
static_assert(sizeof(void*) != 8 || (sizeof(XrSystemForceFeedbackCurlPropertiesMNDX) == 24 &&
                                     sizeof(XrForceFeedbackCurlApplyLocationMNDX) == 8 &&
                                     sizeof(XrForceFeedbackCurlApplyLocationsMNDX) == 32));

#if !defined(XR_FB_body_tracking)
#define XR_FB_body_tracking 1
#define XR_FB_BODY_TRACKING_EXTENSION_NAME "XR_FB_body_tracking"
#define XR_TYPE_BODY_TRACKER_CREATE_INFO_FB static_cast<XrStructureType>(1000076001)
#define XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB static_cast<XrStructureType>(1000076002)
#define XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB static_cast<XrStructureType>(1000076004)
#define XR_TYPE_BODY_JOINT_LOCATIONS_FB static_cast<XrStructureType>(1000076005)
#define XR_TYPE_BODY_SKELETON_FB static_cast<XrStructureType>(1000076006)
XR_DEFINE_HANDLE(XrBodyTrackerFB)
// The names of its joints are in tactus/pose/body_joint_sets.h.
enum XrBodyJointFB { XR_BODY_JOINT_COUNT_FB = 70, XR_BODY_JOINT_MAX_ENUM_FB = 0x7FFFFFFF };
enum XrBodyJointSetFB {
  XR_BODY_JOINT_SET_DEFAULT_FB = 0,
  XR_BODY_JOINT_SET_MAX_ENUM_FB = 0x7FFFFFFF
};
struct XrBodyJointLocationFB {
  XrSpaceLocationFlags locationFlags;
  XrPosef pose;
};
struct XrSystemBodyTrackingPropertiesFB {
  XrStructureType type;
  void* next;
  XrBool32 supportsBodyTracking;
};
struct XrBodyTrackerCreateInfoFB {
  XrStructureType type;
  const void* next;
  XrBodyJointSetFB bodyJointSet;
};
struct XrBodySkeletonJointFB {
  int32_t joint;
  int32_t parentJoint;
  XrPosef pose;
};
struct XrBodySkeletonFB {
  XrStructureType type;
  void* next;
  uint32_t jointCount;
  XrBodySkeletonJointFB* joints;
};
struct XrBodyJointsLocateInfoFB {
  XrStructureType type;
  const void* next;
  XrSpace baseSpace;
  XrTime time;
};
struct XrBodyJointLocationsFB {
  XrStructureType type;
  void* next;
  XrBool32 isActive;
  float confidence;
  uint32_t jointCount;
  XrBodyJointLocationFB* jointLocations;
  uint32_t skeletonChangedCount;
  XrTime time;
};
using PFN_xrCreateBodyTrackerFB = XrResult(XRAPI_PTR*)(XrSession session,
                                                       const XrBodyTrackerCreateInfoFB* createInfo,
                                                       XrBodyTrackerFB* bodyTracker);
using PFN_xrDestroyBodyTrackerFB = XrResult(XRAPI_PTR*)(XrBodyTrackerFB bodyTracker);
using PFN_xrLocateBodyJointsFB = XrResult(XRAPI_PTR*)(XrBodyTrackerFB bodyTracker,
                                                      const XrBodyJointsLocateInfoFB* locateInfo,
                                                      XrBodyJointLocationsFB* locations);
using PFN_xrGetBodySkeletonFB = XrResult(XRAPI_PTR*)(XrBodyTrackerFB bodyTracker,
                                                     XrBodySkeletonFB* skeleton);
#endif
static_assert(sizeof(void*) != 8 ||
              (sizeof(XrBodyJointLocationFB) == 40 &&
               sizeof(XrSystemBodyTrackingPropertiesFB) == 24 &&
               sizeof(XrBodyTrackerCreateInfoFB) == 24 && sizeof(XrBodySkeletonJointFB) == 36 &&
               sizeof(XrBodySkeletonFB) == 32 && sizeof(XrBodyJointsLocateInfoFB) == 32 &&
               sizeof(XrBodyJointLocationsFB) == 56));

#if !defined(XR_BD_body_tracking)
#define XR_BD_body_tracking 1
#define XR_BD_BODY_TRACKING_EXTENSION_NAME "XR_BD_body_tracking"
#define XR_TYPE_BODY_TRACKER_CREATE_INFO_BD static_cast<XrStructureType>(1000385001)
#define XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD static_cast<XrStructureType>(1000385002)
#define XR_TYPE_BODY_JOINT_LOCATIONS_BD static_cast<XrStructureType>(1000385003)
#define XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD static_cast<XrStructureType>(1000385004)
#define XR_BODY_JOINT_COUNT_BD 24
#define XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD 16
XR_DEFINE_HANDLE(XrBodyTrackerBD)
enum XrBodyJointSetBD {
  XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD = 1,
  XR_BODY_JOINT_SET_FULL_BODY_JOINTS_BD = 2,
  XR_BODY_JOINT_SET_MAX_ENUM_BD = 0x7FFFFFFF
};
struct XrSystemBodyTrackingPropertiesBD {
  XrStructureType type;
  void* next;
  XrBool32 supportsBodyTracking;
};
struct XrBodyTrackerCreateInfoBD {
  XrStructureType type;
  const void* next;
  XrBodyJointSetBD jointSet;
};
struct XrBodyJointsLocateInfoBD {
  XrStructureType type;
  const void* next;
  XrSpace baseSpace;
  XrTime time;
};
struct XrBodyJointLocationBD {
  XrSpaceLocationFlags locationFlags;
  XrPosef pose;
};
struct XrBodyJointLocationsBD {
  XrStructureType type;
  void* next;
  XrBool32 allJointPosesTracked;
  uint32_t jointLocationCount;
  XrBodyJointLocationBD* jointLocations;
};
using PFN_xrCreateBodyTrackerBD = XrResult(XRAPI_PTR*)(XrSession session,
                                                       const XrBodyTrackerCreateInfoBD* createInfo,
                                                       XrBodyTrackerBD* bodyTracker);
using PFN_xrDestroyBodyTrackerBD = XrResult(XRAPI_PTR*)(XrBodyTrackerBD bodyTracker);
using PFN_xrLocateBodyJointsBD = XrResult(XRAPI_PTR*)(XrBodyTrackerBD bodyTracker,
                                                      const XrBodyJointsLocateInfoBD* locateInfo,
                                                      XrBodyJointLocationsBD* locations);
#endif
static_assert(sizeof(void*) != 8 ||
              (sizeof(XrSystemBodyTrackingPropertiesBD) == 24 &&
               sizeof(XrBodyTrackerCreateInfoBD) == 24 && sizeof(XrBodyJointsLocateInfoBD) == 32 &&
               sizeof(XrBodyJointLocationBD) == 40 && sizeof(XrBodyJointLocationsBD) == 32));

#if !defined(XR_EXT_haptic_parametric)
#define XR_EXT_haptic_parametric 1
#define XR_EXT_HAPTIC_PARAMETRIC_EXTENSION_NAME "XR_EXT_haptic_parametric"
#define XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT static_cast<XrStructureType>(1000775000)
#define XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT static_cast<XrStructureType>(1000775001)
#define XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT static_cast<XrStructureType>(1000775002)
#define XR_HAPTIC_PARAMETRIC_MAX_POINTS_TRANSIENTS_EXT 500
#define XR_HAPTIC_PARAMETRIC_VIBRATION_EXTEND_DURATION_EXT 50000000
#define XR_HAPTIC_PARAMETRIC_FREQUENCY_MIN_HZ_EXT 1
#define XR_HAPTIC_PARAMETRIC_FREQUENCY_MAX_HZ_EXT 1000
enum XrHapticParametricStreamFrameTypeEXT {
  XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_NONE_EXT = 0,
  XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_FIRST_FRAME_EXT = 1,
  XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_INTERMEDIATE_FRAME_EXT = 2,
  XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_LAST_FRAME_EXT = 3,
  XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_MAX_ENUM_EXT = 0x7FFFFFFF
};
struct XrHapticParametricPropertiesEXT {
  XrStructureType type;
  void* next;
  XrDuration idealFrameSubmissionRate;
  XrDuration minimumFirstFrameDuration;
  float minFrequencyHz;
  float maxFrequencyHz;
};
struct XrHapticParametricPointEXT {
  XrDuration time;
  float value;
};
struct XrHapticParametricTransientEXT {
  XrDuration time;
  float amplitude;
  float frequency;
};
struct XrHapticParametricVibrationEXT {
  XrStructureType type;
  const void* next;
  uint32_t amplitudePointCount;
  const XrHapticParametricPointEXT* amplitudePoints;
  uint32_t frequencyPointCount;
  const XrHapticParametricPointEXT* frequencyPoints;
  uint32_t transientCount;
  const XrHapticParametricTransientEXT* transients;
  float minFrequencyHz;
  float maxFrequencyHz;
  XrHapticParametricStreamFrameTypeEXT streamFrameType;
};
struct XrSystemHapticParametricPropertiesEXT {
  XrStructureType type;
  void* next;
  XrBool32 supportsParametricHaptics;
};
using PFN_xrHapticParametricGetPropertiesEXT =
    XrResult(XRAPI_PTR*)(XrSession session, const XrHapticActionInfo* hapticActionInfo,
                         XrHapticParametricPropertiesEXT* parametricProperties);
#endif
static_assert(sizeof(void*) != 8 || (sizeof(XrHapticParametricVibrationEXT) == 80 &&
                                     sizeof(XrHapticParametricPropertiesEXT) == 40 &&
                                     sizeof(XrSystemHapticParametricPropertiesEXT) == 24 &&
                                     sizeof(XrHapticParametricTransientEXT) == 16));
