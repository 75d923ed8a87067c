/* XR_TACTUSX_touch_preview: touch for OpenXR applications.
 *
 * An application describes a person as a touchable body (baked data), says each frame where its
 * bones will be shown, and the wearer's gloves feel it. Contacts can be read back. The extension is
 * provided by the API layer XR_APILAYER_TACTUS_touch; enable it like any other.
 *
 *   Clocks   XrTime. Frames: the XrSpace given with each call.
 *   Units    metres, newtons, m/s.
 *   Errors   XrResult; each function lists its own in docs/XR_TACTUSX_touch_preview.md.
 *   Threads  as OpenXR: every function may be called from any thread; xrDestroyTouchBodyTACTUSX is
 *            externally synchronised on the body.
 *   Proof    tests/openxr-layer
 *
 * C99, no dependency but openxr.h. SPDX-License-Identifier: Apache-2.0
 */
#ifndef XR_TACTUSX_TOUCH_PREVIEW_H_
#define XR_TACTUSX_TOUCH_PREVIEW_H_

#include <openxr/openxr.h>

#ifdef __cplusplus
extern "C" {
#endif

#define XR_TACTUSX_touch_preview 1
#define XR_TACTUSX_touch_preview_SPEC_VERSION 1
#define XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME "XR_TACTUSX_touch_preview"

XR_DEFINE_HANDLE(XrTouchBodyTACTUSX)

/* Structure types: from an unregistered block until an author tag is registered. */
#define XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX ((XrStructureType)1000990000)
#define XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX ((XrStructureType)1000990001)
#define XR_TYPE_TOUCH_BODY_POSES_TACTUSX ((XrStructureType)1000990002)
#define XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX ((XrStructureType)1000990003)
#define XR_TYPE_TOUCH_CONTACTS_TACTUSX ((XrStructureType)1000990004)

#define XR_TOUCH_MAX_BONES_TACTUSX 128
#define XR_TOUCH_MAX_CONTACTS_TACTUSX 32

/* Chain to XrSystemProperties. supportsTouch: a Tactus service is configured on this machine. */
typedef struct XrSystemTouchPropertiesTACTUSX {
  XrStructureType type;
  void* next;
  XrBool32 supportsTouch;
} XrSystemTouchPropertiesTACTUSX;

/* `data`: the bytes of a .tbody file, as `tactus bake` writes it. Copied during the call. */
typedef struct XrTouchBodyCreateInfoTACTUSX {
  XrStructureType type;
  const void* next;
  uint32_t dataSize;
  const void* data;
} XrTouchBodyCreateInfoTACTUSX;

/* Where each bone, in the order of the baked data, will be in `space` when the frame of
 * `displayTime` is shown. Poses are rigid; boneCount must be the baked body's. */
typedef struct XrTouchBodyPosesTACTUSX {
  XrStructureType type;
  const void* next;
  XrSpace space;
  XrTime displayTime;
  uint32_t boneCount;
  const XrPosef* bones;
} XrTouchBodyPosesTACTUSX;

typedef struct XrTouchContactsGetInfoTACTUSX {
  XrStructureType type;
  const void* next;
  XrSpace baseSpace; /* positions, normals and velocities are given in it */
  XrTime time;       /* at which baseSpace is located, usually the predicted display time */
} XrTouchContactsGetInfoTACTUSX;

typedef struct XrTouchContactTACTUSX {
  XrHandEXT hand;
  XrHandJointEXT joint; /* the joint whose skin touches */
  uint32_t actuator;    /* 0..15, docs/devices/tg1.md */
  uint32_t region;      /* docs/regions.md; 0 unknown */
  XrVector3f position;  /* on the body's skin */
  XrVector3f normal;    /* outward, unit */
  float depth;          /* metres, > 0 */
  float force;          /* newtons, virtual */
  float slipSpeed;      /* m/s along the skin */
  XrTime since;         /* when this contact began */
} XrTouchContactTACTUSX;

/* Two-call idiom: contactCapacityInput 0 asks for the count. isActive false: no glove is on, the
 * session is not focused, or the service is away; the count is then 0. */
typedef struct XrTouchContactsTACTUSX {
  XrStructureType type;
  void* next;
  XrBool32 isActive;
  uint32_t contactCapacityInput;
  uint32_t contactCountOutput;
  XrTouchContactTACTUSX* contacts;
} XrTouchContactsTACTUSX;

typedef XrResult(XRAPI_PTR* PFN_xrCreateTouchBodyTACTUSX)(
    XrSession session, const XrTouchBodyCreateInfoTACTUSX* createInfo, XrTouchBodyTACTUSX* body);
typedef XrResult(XRAPI_PTR* PFN_xrDestroyTouchBodyTACTUSX)(XrTouchBodyTACTUSX body);
typedef XrResult(XRAPI_PTR* PFN_xrUpdateTouchBodyTACTUSX)(XrTouchBodyTACTUSX body,
                                                          const XrTouchBodyPosesTACTUSX* poses);
typedef XrResult(XRAPI_PTR* PFN_xrGetTouchContactsTACTUSX)(
    XrSession session, const XrTouchContactsGetInfoTACTUSX* getInfo,
    XrTouchContactsTACTUSX* contacts);
/* Silences every actuator now, whoever drives it, until xrResumeTouchTACTUSX. */
typedef XrResult(XRAPI_PTR* PFN_xrStopTouchTACTUSX)(XrSession session);
typedef XrResult(XRAPI_PTR* PFN_xrResumeTouchTACTUSX)(XrSession session);

#ifdef __cplusplus
}
#endif
#endif /* XR_TACTUSX_TOUCH_PREVIEW_H_ */
