#include "scene/app_xr/spaces.h"

#include <cstdio>

namespace tactus::scene {
namespace {

XrResult create(XrSession session, XrReferenceSpaceType type, XrSpace* space) {
  XrReferenceSpaceCreateInfo request{XR_TYPE_REFERENCE_SPACE_CREATE_INFO};
  request.referenceSpaceType = type;
  request.poseInReferenceSpace = kXrIdentity;
  return xrCreateReferenceSpace(session, &request, space);
}

std::optional<Pose> where(XrSpace space, XrSpace base, XrTime t) {
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  check(xrLocateSpace(space, base, t, &location), "xrLocateSpace");
  if ((location.locationFlags & kWholePose) != kWholePose) return std::nullopt;
  return from_xr(location.pose);
}

}  // namespace

XrSpaces::XrSpaces(XrSession session) {
  check(create(session, XR_REFERENCE_SPACE_TYPE_LOCAL, &local_), "xrCreateReferenceSpace LOCAL");
  check(create(session, XR_REFERENCE_SPACE_TYPE_VIEW, &head_), "xrCreateReferenceSpace VIEW");
  if (XR_FAILED(create(session, XR_REFERENCE_SPACE_TYPE_STAGE, &stage_))) {
    stage_ = XR_NULL_HANDLE;
    std::fprintf(stderr, "tactus-scene: the runtime has no STAGE; the floor is guessed\n");
  }
}

XrSpaces::~XrSpaces() {
  for (XrSpace space : {local_, head_, stage_})
    if (space != XR_NULL_HANDLE) xrDestroySpace(space);
}

void XrSpaces::locate(XrTime t) {
  if (stage_ != XR_NULL_HANDLE) T_local_stage_ = where(stage_, local_, t).value_or(T_local_stage_);
  if (const std::optional<Pose> head = where(head_, local_, t)) T_local_head_ = head;
}

}  // namespace tactus::scene
