// XR_BD_body_tracking from the headset and the gloves, and from the runtime's own trackers where no
// body of ours is known.
#include "body_tracker.h"
#include "functions.h"
#include "locate_body.h"
#include "said_enum.h"

namespace tactus::layer {
namespace {

static_assert(kBdJoints == XR_BODY_JOINT_COUNT_BD &&
              index(BdJoint::Head) + 1 == XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD);

BodyTrackers<XrBodyTrackerBD, XrBodyTrackerCreateInfoBD> trackers() noexcept {
  return {bd_body_trackers, &Session::bd_bodies, &Next::xrCreateBodyTrackerBD,
          &Next::xrDestroyBodyTrackerBD, Extension::BodyBd};
}

/// 0: no set of this extension.
std::uint32_t count_of(XrBodyJointSetBD set) noexcept {
  switch (said(set)) {
    case XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD:
      return XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD;
    case XR_BODY_JOINT_SET_FULL_BODY_JOINTS_BD:
      return XR_BODY_JOINT_COUNT_BD;
    default:
      return 0;
  }
}

XrResult check(const BodyTracker& tracker, const XrBodyJointsLocateInfoBD& info,
               const XrBodyJointLocationsBD& locations) noexcept {
  const bool is_right = info.type == XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD &&
                        locations.type == XR_TYPE_BODY_JOINT_LOCATIONS_BD &&
                        locations.jointLocationCount == tracker.joint_count &&
                        locations.jointLocations != nullptr;
  if (!is_right) return XR_ERROR_VALIDATION_FAILURE;
  return info.time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

void fill_active(const BodyTracker&, const WearerBody& wearer, const LocatedSpace& base,
                 const XrBodyJointsLocateInfoBD&, XrBodyJointLocationsBD& locations) noexcept {
  const auto joints = bd_joints(wearer.body, wearer.hands);
  const XrSpaceLocationFlags tracked = joint_flags(true, base);
  bool are_all = base.is_position_tracked && base.is_orientation_tracked;
  for (std::size_t j = 0; j < locations.jointLocationCount; ++j) {
    locations.jointLocations[j] = {joint_flags(joints.is_tracked[j], base),
                                   joint_in_base(joints.T_world_joint[j], base)};
    are_all &= locations.jointLocations[j].locationFlags == tracked;
  }
  locations.allJointPosesTracked = are_all ? XR_TRUE : XR_FALSE;
}

void fill_inactive(const XrBodyJointsLocateInfoBD&, XrBodyJointLocationsBD& locations) noexcept {
  for (std::size_t j = 0; j < locations.jointLocationCount; ++j) {
    locations.jointLocations[j].locationFlags = 0;
  }
  locations.allJointPosesTracked = XR_FALSE;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrCreateBodyTrackerBD(XrSession session,
                                                     const XrBodyTrackerCreateInfoBD* createInfo,
                                                     XrBodyTrackerBD* bodyTracker) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::BodyBd)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (createInfo == nullptr || bodyTracker == nullptr ||
      createInfo->type != XR_TYPE_BODY_TRACKER_CREATE_INFO_BD) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  return create(trackers(), *ours, *createInfo, count_of(createInfo->jointSet), bodyTracker);
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyBodyTrackerBD(XrBodyTrackerBD bodyTracker) noexcept {
  return destroy(trackers(), bodyTracker);
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateBodyJointsBD(XrBodyTrackerBD bodyTracker,
                                                    const XrBodyJointsLocateInfoBD* locateInfo,
                                                    XrBodyJointLocationsBD* locations) noexcept {
  return locate_body<XrBodyTrackerBD, XrBodyJointsLocateInfoBD, XrBodyJointLocationsBD>(
      {bd_body_trackers, &Next::xrLocateBodyJointsBD, check, fill_active, fill_inactive},
      bodyTracker, locateInfo, locations);
}

}  // namespace tactus::layer
