// What OpenXR 1.1 brought into its core, for headers that are older.
//
// Debian 12 has 1.0.20. The names stand aside where the header knows the version; the numbers and
// layouts are the registry's.
//
//   Clocks   XrTime. Frames: the XrSpace of each call.
//   Units    SI.
//   Errors   a size that differs from the registry's does not compile.
//   Threads  plain declarations.
//   Proof    tests/simulator/runtime/openxr_1_1_test.cc; built with both headers
#pragma once
#include <openxr/openxr.h>

#if !defined(XR_VERSION_1_1)
#define XR_API_VERSION_1_1 XR_MAKE_VERSION(1, 1, 0)
#define XR_ERROR_PERMISSION_INSUFFICIENT static_cast<XrResult>(-1000710000)
#define XR_ERROR_EXTENSION_DEPENDENCY_NOT_ENABLED static_cast<XrResult>(-1000710001)
#define XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR static_cast<XrReferenceSpaceType>(1000426000)
#define XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO_WITH_FOVEATED_INSET \
  static_cast<XrViewConfigurationType>(1000037000)
#define XR_TYPE_SPACES_LOCATE_INFO static_cast<XrStructureType>(1000471000)
#define XR_TYPE_SPACE_LOCATIONS static_cast<XrStructureType>(1000471001)
#define XR_TYPE_SPACE_VELOCITIES static_cast<XrStructureType>(1000471002)
struct XrSpacesLocateInfo {
  XrStructureType type;
  const void* next;
  XrSpace baseSpace;
  XrTime time;
  uint32_t spaceCount;
  const XrSpace* spaces;
};
struct XrSpaceLocationData {
  XrSpaceLocationFlags locationFlags;
  XrPosef pose;
};
struct XrSpaceLocations {
  XrStructureType type;
  void* next;
  uint32_t locationCount;
  XrSpaceLocationData* locations;
};
struct XrSpaceVelocityData {
  XrSpaceVelocityFlags velocityFlags;
  XrVector3f linearVelocity;
  XrVector3f angularVelocity;
};
struct XrSpaceVelocities {
  XrStructureType type;
  void* next;
  uint32_t velocityCount;
  XrSpaceVelocityData* velocities;
};
using PFN_xrLocateSpaces = XrResult(XRAPI_PTR*)(XrSession session,
                                                const XrSpacesLocateInfo* locateInfo,
                                                XrSpaceLocations* spaceLocations);
#endif
static_assert(sizeof(void*) != 8 ||
              (sizeof(XrSpacesLocateInfo) == 48 && sizeof(XrSpaceLocationData) == 40 &&
               sizeof(XrSpaceLocations) == 32 && sizeof(XrSpaceVelocityData) == 32 &&
               sizeof(XrSpaceVelocities) == 32));
