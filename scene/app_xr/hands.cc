#include "scene/app_xr/hands.h"

#include <algorithm>

namespace tactus::scene {
namespace {

static_assert(kHandJoints == XR_HAND_JOINT_COUNT_EXT);
constexpr float kThinnest = 0.6f, kThickest = 1.6f;  ///< against the hand at rest

}  // namespace

XrHands::XrHands(const Runtime& runtime, XrSession session) {
  if (!runtime.has_hands) return;
  const auto create =
      find_function<PFN_xrCreateHandTrackerEXT>(runtime.instance, "xrCreateHandTrackerEXT");
  locate_ = find_function<PFN_xrLocateHandJointsEXT>(runtime.instance, "xrLocateHandJointsEXT");
  destroy_ =
      find_function<PFN_xrDestroyHandTrackerEXT>(runtime.instance, "xrDestroyHandTrackerEXT");
  for (std::size_t i = 0; i < tracker_.size(); ++i) {
    XrHandTrackerCreateInfoEXT request{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT};
    request.hand = i == 0 ? XR_HAND_LEFT_EXT : XR_HAND_RIGHT_EXT;
    request.handJointSet = XR_HAND_JOINT_SET_DEFAULT_EXT;
    check(create(session, &request, &tracker_[i]), "xrCreateHandTrackerEXT");
  }
}

XrHands::~XrHands() {
  for (XrHandTrackerEXT tracker : tracker_)
    if (tracker != XR_NULL_HANDLE) destroy_(tracker);
}

std::optional<ShownHand> XrHands::locate(std::size_t hand, XrSpace space, XrTime t) const {
  if (tracker_[hand] == XR_NULL_HANDLE) return std::nullopt;
  std::array<XrHandJointLocationEXT, kHandJoints> joints{};
  XrHandJointLocationsEXT locations{XR_TYPE_HAND_JOINT_LOCATIONS_EXT};
  locations.jointCount = joints.size();
  locations.jointLocations = joints.data();
  XrHandJointsLocateInfoEXT where{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT};
  where.baseSpace = space;
  where.time = t;
  if (XR_FAILED(locate_(tracker_[hand], &where, &locations)) || !locations.isActive)
    return std::nullopt;
  ShownHand shown;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    if ((joints[j].locationFlags & kWholePose) != kWholePose) return std::nullopt;
    shown.T_world_joint[j] = from_xr(joints[j].pose);
    const float scale = joints[j].radius / rest_[hand][j].radius_m;
    shown.scale[j] = scale > 0 ? std::clamp(scale, kThinnest, kThickest) : 1.0f;
  }
  return shown;
}

}  // namespace tactus::scene
