// XR_FB_body_tracking from the headset and the gloves, and from the runtime's own trackers where no
// body of ours is known.
#include "body_tracker.h"
#include "functions.h"
#include "glove.h"
#include "locate_body.h"
#include "said_enum.h"

namespace tactus::layer {
namespace {

static_assert(kFbJoints == XR_BODY_JOINT_COUNT_FB);

/// Ours are counted from here, so that a change between the runtime's skeleton and ours is one.
constexpr std::uint32_t kOursBegin = 1u << 30;

BodyTrackers<XrBodyTrackerFB, XrBodyTrackerCreateInfoFB> trackers() noexcept {
  return {fb_body_trackers, &Session::fb_bodies, &Next::xrCreateBodyTrackerFB,
          &Next::xrDestroyBodyTrackerFB, Extension::BodyFb};
}

XrResult check(const BodyTracker& tracker, const XrBodyJointsLocateInfoFB& info,
               const XrBodyJointLocationsFB& locations) noexcept {
  const bool is_right = info.type == XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB &&
                        locations.type == XR_TYPE_BODY_JOINT_LOCATIONS_FB &&
                        locations.jointCount == tracker.joint_count &&
                        locations.jointLocations != nullptr;
  if (!is_right) return XR_ERROR_VALIDATION_FAILURE;
  return info.time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

void fill_active(const BodyTracker& tracker, const WearerBody& wearer, const LocatedSpace& base,
                 const XrBodyJointsLocateInfoFB& info, XrBodyJointLocationsFB& locations) noexcept {
  const auto joints = fb_joints(wearer.body, wearer.hands, 0);
  for (std::size_t j = 0; j < kFbJoints; ++j) {
    locations.jointLocations[j] = {joint_flags(joints.is_tracked[j], base),
                                   joint_in_base(joints.T_world_joint[j], base)};
  }
  locations.isActive = XR_TRUE;
  locations.confidence = wearer.body.confidence;
  locations.skeletonChangedCount =
      (tracker.is_runtimes ? kOursBegin : 0) + wearer.body.proportions_changed;
  locations.time = info.time;
}

void fill_inactive(const XrBodyJointsLocateInfoFB& info,
                   XrBodyJointLocationsFB& locations) noexcept {
  for (std::size_t j = 0; j < kFbJoints; ++j) locations.jointLocations[j].locationFlags = 0;
  locations.isActive = XR_FALSE;
  locations.confidence = 0;
  locations.skeletonChangedCount = 0;
  locations.time = info.time;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrCreateBodyTrackerFB(XrSession session,
                                                     const XrBodyTrackerCreateInfoFB* createInfo,
                                                     XrBodyTrackerFB* bodyTracker) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::BodyFb)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (createInfo == nullptr || bodyTracker == nullptr ||
      createInfo->type != XR_TYPE_BODY_TRACKER_CREATE_INFO_FB) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const bool is_default = said(createInfo->bodyJointSet) == XR_BODY_JOINT_SET_DEFAULT_FB;
  return create(trackers(), *ours, *createInfo, is_default ? XR_BODY_JOINT_COUNT_FB : 0,
                bodyTracker);
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyBodyTrackerFB(XrBodyTrackerFB bodyTracker) noexcept {
  return destroy(trackers(), bodyTracker);
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateBodyJointsFB(XrBodyTrackerFB bodyTracker,
                                                    const XrBodyJointsLocateInfoFB* locateInfo,
                                                    XrBodyJointLocationsFB* locations) noexcept {
  return locate_body<XrBodyTrackerFB, XrBodyJointsLocateInfoFB, XrBodyJointLocationsFB>(
      {fb_body_trackers, &Next::xrLocateBodyJointsFB, check, fill_active, fill_inactive},
      bodyTracker, locateInfo, locations);
}

XRAPI_ATTR XrResult XRAPI_CALL xrGetBodySkeletonFB(XrBodyTrackerFB bodyTracker,
                                                   XrBodySkeletonFB* skeleton) noexcept {
  const BodyTracker* tracker = fb_body_trackers.find(key_of(bodyTracker));
  if (tracker == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (skeleton == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  Instance& instance = *tracker->session->instance;
  if (tracker->is_runtimes && (tracker->joint_count == 0 || !is_any_glove_on(instance, 3))) {
    return instance.next.xrGetBodySkeletonFB(bodyTracker, skeleton);
  }
  if (skeleton->type != XR_TYPE_BODY_SKELETON_FB || skeleton->jointCount != kFbJoints ||
      skeleton->joints == nullptr) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const auto joints = fb_skeleton(wearer_proportions(instance));
  for (std::size_t j = 0; j < kFbJoints; ++j) {
    const auto joint = static_cast<FbJoint>(j);
    skeleton->joints[j] = {static_cast<std::int32_t>(j),
                           static_cast<std::int32_t>(index(fb_parent(joint))),
                           to_xr(joints.T_world_joint[j])};
  }
  return XR_SUCCESS;
}

}  // namespace tactus::layer
