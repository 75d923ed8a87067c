/* XR_TACTUSX_touch_preview: touch for OpenXR applications.
 *
 * An application describes a person as a touchable body (baked data, or a skinned mesh), says each
 * frame where its bones will be shown, and the wearer's gloves feel it. Contacts, grasps and hugs, the
 * gloves' pressure sensors and the health of their links can be read back; designed patterns are played on
 * chosen joints; the facilitator's soften, pause, stop and step arrive as events. The extension is
 * provided by the API layer XR_APILAYER_TACTUS_touch; enable it like any other.
 *
 *   Clocks   XrTime. Frames: the XrSpace given with each call.
 *   Units    metres, newtons, m/s, pascals.
 *   Errors   XrResult; each function lists its own in docs/XR_TACTUSX_touch_preview.md.
 *   Threads  as OpenXR: every function may be called from any thread; xrDestroyTouchBodyTACTUSX and
 *            xrSetTouchMaterialTACTUSX are externally synchronised on the body.
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
#define XR_TACTUSX_touch_preview_SPEC_VERSION 4
#define XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME "XR_TACTUSX_touch_preview"

XR_DEFINE_HANDLE(XrTouchBodyTACTUSX)

/* Structure types: from an unregistered block until an author tag is registered. */
#define XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX ((XrStructureType)1000990000)
#define XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX ((XrStructureType)1000990001)
#define XR_TYPE_TOUCH_BODY_POSES_TACTUSX ((XrStructureType)1000990002)
#define XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX ((XrStructureType)1000990003)
#define XR_TYPE_TOUCH_CONTACTS_TACTUSX ((XrStructureType)1000990004)
#define XR_TYPE_TOUCH_MESH_TACTUSX ((XrStructureType)1000990005)
#define XR_TYPE_TOUCH_MATERIAL_SET_INFO_TACTUSX ((XrStructureType)1000990006)
#define XR_TYPE_TOUCH_PATTERN_PLAY_INFO_TACTUSX ((XrStructureType)1000990007)
#define XR_TYPE_TOUCH_GLOVE_STATE_TACTUSX ((XrStructureType)1000990008)
#define XR_TYPE_EVENT_DATA_TOUCH_STATE_CHANGED_TACTUSX ((XrStructureType)1000990009)
#define XR_TYPE_TOUCH_GLOVE_GET_INFO_TACTUSX ((XrStructureType)1000990010)
#define XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX ((XrStructureType)1000990011)
#define XR_TYPE_TOUCH_HOLDS_GET_INFO_TACTUSX ((XrStructureType)1000990012)
#define XR_TYPE_TOUCH_HOLDS_TACTUSX ((XrStructureType)1000990013)
#define XR_TYPE_TOUCH_BODY_CARRY_TACTUSX ((XrStructureType)1000990014)

#define XR_OBJECT_TYPE_TOUCH_BODY_TACTUSX ((XrObjectType)1000990000)

#define XR_TOUCH_MAX_BONES_TACTUSX 128
#define XR_TOUCH_MAX_VERTICES_TACTUSX 262144
#define XR_TOUCH_MAX_TRIANGLES_TACTUSX 524288
#define XR_TOUCH_MAX_CONTACTS_TACTUSX 128
#define XR_TOUCH_MAX_TARGETS_TACTUSX 52 /* both hands, every joint */
#define XR_TOUCH_SENSOR_COUNT_TACTUSX 9
#define XR_TOUCH_ALL_REGIONS_TACTUSX 0xffffffffu
#define XR_TOUCH_NO_ACTUATOR_TACTUSX 0xffffffffu

/* What a surface is made of: docs/regions.md. */
typedef enum XrTouchMaterialTACTUSX {
  XR_TOUCH_MATERIAL_SKIN_TACTUSX = 0,
  XR_TOUCH_MATERIAL_HAIR_TACTUSX = 1,
  XR_TOUCH_MATERIAL_CLOTH_TACTUSX = 2,
  XR_TOUCH_MATERIAL_HARD_TACTUSX = 3,
  XR_TOUCH_MATERIAL_FOAM_TACTUSX = 4,   /* sponge, crumb, stuffing */
  XR_TOUCH_MATERIAL_RUBBER_TACTUSX = 5, /* a balloon */
  XR_TOUCH_MATERIAL_MAX_ENUM_TACTUSX = 0x7FFFFFFF
} XrTouchMaterialTACTUSX;

/* What the facilitator allows. */
typedef enum XrTouchAllowedTACTUSX {
  XR_TOUCH_ALLOWED_FULL_TACTUSX = 0,
  XR_TOUCH_ALLOWED_SOFTENED_TACTUSX = 1, /* half as strong */
  XR_TOUCH_ALLOWED_PAUSED_TACTUSX = 2,   /* nothing, after a gentle fade */
  XR_TOUCH_ALLOWED_STOPPED_TACTUSX = 3,  /* nothing, at once */
  XR_TOUCH_ALLOWED_MAX_ENUM_TACTUSX = 0x7FFFFFFF
} XrTouchAllowedTACTUSX;

/* Chain to XrSystemProperties. supportsTouch: a Tactus service is configured on this machine. */
typedef struct XrSystemTouchPropertiesTACTUSX {
  XrStructureType type;
  void* next;
  XrBool32 supportsTouch;
} XrSystemTouchPropertiesTACTUSX;

/* `data`: the bytes of a .tbody file, as `tactus bake` writes it; or dataSize 0, data NULL and an
 * XrTouchMeshTACTUSX in the chain. Copied during the call. */
typedef struct XrTouchBodyCreateInfoTACTUSX {
  XrStructureType type;
  const void* next;
  uint32_t dataSize;
  const void* data;
} XrTouchBodyCreateInfoTACTUSX;

/* A bone of a mesh, parents first: `parent` is less than its own index, -1 for a root. `bindPose`:
 * where it stands in the mesh's own space when vertices are where `positions` say. */
typedef struct XrTouchBoneTACTUSX {
  int32_t parent;
  XrPosef bindPose;
} XrTouchBoneTACTUSX;

/* A skinned mesh as engines have it, in metres; chain to XrTouchBodyCreateInfoTACTUSX. Four bones a
 * vertex, weights of any positive sum; three indices a triangle, counter-clockwise seen from
 * outside. `regions` (docs/regions.md) and `materials` hold one for each triangle, or are NULL: no
 * region, skin. */
typedef struct XrTouchMeshTACTUSX {
  XrStructureType type;
  const void* next;
  uint32_t boneCount;
  const XrTouchBoneTACTUSX* bones;
  uint32_t vertexCount;
  const XrVector3f* positions;
  const uint16_t* boneIndices; /* 4 * vertexCount */
  const float* boneWeights;    /* 4 * vertexCount */
  uint32_t triangleCount;
  const uint32_t* indices; /* 3 * triangleCount */
  const uint32_t* regions;
  const XrTouchMaterialTACTUSX* materials;
} XrTouchMeshTACTUSX;

/* `region`: one of docs/regions.md, or XR_TOUCH_ALL_REGIONS_TACTUSX. */
typedef struct XrTouchMaterialSetInfoTACTUSX {
  XrStructureType type;
  const void* next;
  uint32_t region;
  XrTouchMaterialTACTUSX material;
} XrTouchMaterialSetInfoTACTUSX;

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

/* Chain to XrTouchBodyPosesTACTUSX while a hand carries the body: its bones are then given in that hand's
 * frame, which has the axes of the palm's joint and its origin in the middle of `joints` (those that hold,
 * each once; the tracked hand, not the drawn one), and `space` is not used. */
typedef struct XrTouchBodyCarryTACTUSX {
  XrStructureType type;
  const void* next;
  XrHandEXT hand;
  uint32_t jointCount;
  const XrHandJointEXT* joints;
} XrTouchBodyCarryTACTUSX;

typedef struct XrTouchContactsGetInfoTACTUSX {
  XrStructureType type;
  const void* next;
  XrSpace baseSpace; /* positions, normals and velocities are given in it */
  XrTime time;       /* at which baseSpace is located, usually the predicted display time */
} XrTouchContactsGetInfoTACTUSX;

/* Which of the wearer's parts touches. */
typedef enum XrTouchPartTACTUSX {
  XR_TOUCH_PART_HAND_TACTUSX = 0,
  XR_TOUCH_PART_FOREARM_TACTUSX = 1,
  XR_TOUCH_PART_CHEST_TACTUSX = 2,
  XR_TOUCH_PART_MAX_ENUM_TACTUSX = 0x7FFFFFFF
} XrTouchPartTACTUSX;

typedef struct XrTouchContactTACTUSX {
  XrHandEXT hand; /* the side */
  XrTouchPartTACTUSX part;
  XrBool32 isOwn;          /* it touches the wearer's other hand, not a body of the session */
  XrHandJointEXT joint;    /* of a hand: the joint whose skin touches; else the wrist */
  uint32_t actuator;       /* of the part: docs/XR_TACTUSX_touch_preview.md */
  XrTouchBodyTACTUSX body; /* that is touched; XR_NULL_HANDLE where isOwn */
  uint32_t region;         /* docs/regions.md; 0 unknown */
  XrVector3f position;     /* on the skin that is touched */
  XrVector3f normal;       /* outward, unit */
  float depth;             /* metres, > 0 */
  float force;             /* newtons, virtual */
  float slipSpeed;         /* m/s along the skin */
  XrTime since;            /* when this contact began */
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

typedef struct XrTouchHoldsGetInfoTACTUSX {
  XrStructureType type;
  const void* next;
  XrTime time; /* usually the predicted display time: how it is known that the service lives */
} XrTouchHoldsGetInfoTACTUSX;

/* A grasp of one hand, or a hug. */
typedef struct XrTouchHoldTACTUSX {
  XrBool32 isHeld;
  XrTime since;    /* held: since when; else 0 */
  float force;     /* newtons, virtual: of what pushes against each other, also before it is held */
  float strength;  /* [0, 1]: eases in and out */
  uint32_t region; /* of a grasp, what it presses most: docs/regions.md; 0 unknown */
  XrTouchBodyTACTUSX
      body; /* of a grasp, what is grasped; XR_NULL_HANDLE of a hug, and of nothing */
} XrTouchHoldTACTUSX;

/* isActive false: as of contacts; all else is then zero. */
typedef struct XrTouchHoldsTACTUSX {
  XrStructureType type;
  void* next;
  XrBool32 isActive;
  XrTouchHoldTACTUSX grasps[2]; /* left, right */
  XrTouchHoldTACTUSX hug;
} XrTouchHoldsTACTUSX;

typedef struct XrTouchTargetTACTUSX {
  XrHandEXT hand;
  XrHandJointEXT joint;
} XrTouchTargetTACTUSX;

/* `data`: the bytes of a .tpattern file, as `tactus play FILE --write X.tpattern` makes it of a
 * designer's file. Copied during the call. targetCount 0: felt where the file says; else on these
 * joints, and on what is nearest where a joint has no actuator. `gain`: (0, 1]. */
typedef struct XrTouchPatternPlayInfoTACTUSX {
  XrStructureType type;
  const void* next;
  uint32_t dataSize;
  const void* data;
  uint32_t targetCount;
  const XrTouchTargetTACTUSX* targets;
  float gain;
} XrTouchPatternPlayInfoTACTUSX;

typedef struct XrTouchSensorTACTUSX {
  XrHandJointEXT joint; /* whose skin presses on it */
  float pressure;       /* pascals, >= 0 */
} XrTouchSensorTACTUSX;

typedef struct XrTouchGloveGetInfoTACTUSX {
  XrStructureType type;
  const void* next;
  XrHandEXT hand;
  XrTime time; /* usually the predicted display time: how it is known that the service lives */
} XrTouchGloveGetInfoTACTUSX;

/* One hand's glove. isConnected false: all else is zero. */
typedef struct XrTouchGloveStateTACTUSX {
  XrStructureType type;
  void* next;
  XrBool32 isConnected;
  XrBool32 isTrackerConnected; /* a tracker of its own says where it is */
  float battery;               /* [0, 1] */
  uint32_t reportsReceived;
  uint32_t reportsLost;
  XrDuration latency; /* from a report's arrival to its use, the last second's worst */
  XrTouchSensorTACTUSX sensors[XR_TOUCH_SENSOR_COUNT_TACTUSX];
} XrTouchGloveStateTACTUSX;

/* What the facilitator does: `tactus stop [--soften | --pause | --resume]`, `tactus step N`. */
typedef struct XrEventDataTouchStateChangedTACTUSX {
  XrStructureType type;
  const void* next;
  XrSession session;
  XrTouchAllowedTACTUSX allowed;
  uint32_t step;
} XrEventDataTouchStateChangedTACTUSX;

typedef enum XrTouchShownModeTACTUSX {
  XR_TOUCH_SHOWN_MODE_OUTER_TACTUSX = 0,   /* rests on the skin of the session's bodies */
  XR_TOUCH_SHOWN_MODE_TRACKED_TACTUSX = 1, /* where the hand really is, in the skin or not */
  XR_TOUCH_SHOWN_MODE_BLENDED_TACTUSX = 2, /* goes `share` of the way from there onto the skin */
  XR_TOUCH_SHOWN_MODE_MAX_ENUM_TACTUSX = 0x7FFFFFFF
} XrTouchShownModeTACTUSX;

/* Chain to XrHandJointsLocateInfoEXT. Without it, OUTER. */
typedef struct XrTouchShownHandTACTUSX {
  XrStructureType type;
  const void* next;
  XrTouchShownModeTACTUSX mode;
  float share; /* [0, 1], of BLENDED */
} XrTouchShownHandTACTUSX;

typedef XrResult(XRAPI_PTR* PFN_xrCreateTouchBodyTACTUSX)(
    XrSession session, const XrTouchBodyCreateInfoTACTUSX* createInfo, XrTouchBodyTACTUSX* body);
typedef XrResult(XRAPI_PTR* PFN_xrDestroyTouchBodyTACTUSX)(XrTouchBodyTACTUSX body);
typedef XrResult(XRAPI_PTR* PFN_xrUpdateTouchBodyTACTUSX)(XrTouchBodyTACTUSX body,
                                                          const XrTouchBodyPosesTACTUSX* poses);
typedef XrResult(XRAPI_PTR* PFN_xrGetTouchContactsTACTUSX)(
    XrSession session, const XrTouchContactsGetInfoTACTUSX* getInfo,
    XrTouchContactsTACTUSX* contacts);
typedef XrResult(XRAPI_PTR* PFN_xrGetTouchHoldsTACTUSX)(XrSession session,
                                                        const XrTouchHoldsGetInfoTACTUSX* getInfo,
                                                        XrTouchHoldsTACTUSX* holds);
/* The body's contacts begin anew. */
typedef XrResult(XRAPI_PTR* PFN_xrSetTouchMaterialTACTUSX)(
    XrTouchBodyTACTUSX body, const XrTouchMaterialSetInfoTACTUSX* setInfo);
/* One pattern an instance; another takes its place. */
typedef XrResult(XRAPI_PTR* PFN_xrPlayTouchPatternTACTUSX)(
    XrSession session, const XrTouchPatternPlayInfoTACTUSX* playInfo);
typedef XrResult(XRAPI_PTR* PFN_xrStopTouchPatternTACTUSX)(XrSession session);
typedef XrResult(XRAPI_PTR* PFN_xrGetTouchGloveStateTACTUSX)(
    XrSession session, const XrTouchGloveGetInfoTACTUSX* getInfo, XrTouchGloveStateTACTUSX* state);
/* Silences every actuator now, whoever drives it, until xrResumeTouchTACTUSX. */
typedef XrResult(XRAPI_PTR* PFN_xrStopTouchTACTUSX)(XrSession session);
typedef XrResult(XRAPI_PTR* PFN_xrResumeTouchTACTUSX)(XrSession session);

#ifdef __cplusplus
}
#endif
#endif /* XR_TACTUSX_TOUCH_PREVIEW_H_ */
