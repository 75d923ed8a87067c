#include "hand_chain.h"

#include "hand_gestures.h"
#include "space.h"

namespace tactus::layer {
namespace {

struct Emulated {
  XrStructureType type;
  Extension extension;
};
constexpr Emulated kEmulated[] = {
    {XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT, Extension::DataSource},
    {XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT, Extension::DataSource},
    {XR_TYPE_HAND_JOINTS_MOTION_RANGE_INFO_EXT, Extension::MotionRange},
    {XR_TYPE_HAND_TRACKING_AIM_STATE_FB, Extension::Aim},
    {XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB, Extension::Capsules},
    {XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX, Extension::Touch},
};

bool is_written_by_us(const Instance& instance, XrStructureType type) noexcept {
  if (type == XR_TYPE_HAND_JOINT_VELOCITIES_EXT) return true;
  for (const Emulated& e : kEmulated) {
    if (e.type == type) return instance.wants(e.extension);
  }
  return false;
}

void write(const XrHandJointLocationsEXT& locations, const Pinches& pinches,
           XrHandTrackingAimStateFB& aim) noexcept {
  const bool is_active = locations.isActive == XR_TRUE;
  aim.status = is_active ? XR_HAND_TRACKING_AIM_COMPUTED_BIT_FB | XR_HAND_TRACKING_AIM_VALID_BIT_FB
                         : XrHandTrackingAimFlagsFB{0};
  static_assert(XR_HAND_TRACKING_AIM_LITTLE_PINCHING_BIT_FB ==
                XR_HAND_TRACKING_AIM_INDEX_PINCHING_BIT_FB << 3);
  aim.status |= XR_HAND_TRACKING_AIM_INDEX_PINCHING_BIT_FB * pinches.pinching;
  aim.aimPose = to_xr(is_active ? find_aim(locations.jointLocations) : Pose{});
  aim.pinchStrengthIndex = pinches.strength[0];
  aim.pinchStrengthMiddle = pinches.strength[1];
  aim.pinchStrengthRing = pinches.strength[2];
  aim.pinchStrengthLittle = pinches.strength[3];
}

void write(const XrHandJointLocationsEXT& locations,
           XrHandTrackingCapsulesStateFB& state) noexcept {
  for (std::size_t i = 0; i < kBones; ++i) {
    const Bone& bone = kBoneJoints[i];
    XrHandCapsuleFB& capsule = state.capsules[i];
    capsule = {};
    capsule.joint = bone.joint;
    if (locations.isActive != XR_TRUE) continue;
    const XrHandJointLocationEXT& from = locations.jointLocations[bone.joint];
    const XrHandJointLocationEXT& to = locations.jointLocations[bone.next];
    capsule.points[0] = from.pose.position;
    capsule.points[1] = to.pose.position;
    capsule.radius = 0.5f * (from.radius + to.radius);
  }
}

}  // namespace

HandChain::HandChain(const Instance& instance, const XrHandJointsLocateInfoEXT& info,
                     XrHandJointLocationsEXT& locations) noexcept {
  void* const in = const_cast<void*>(info.next);
  void* const out = locations.next;
  velocities = first_of<XrHandJointVelocitiesEXT>(out, XR_TYPE_HAND_JOINT_VELOCITIES_EXT);
  if (instance.wants(Extension::DataSource)) {
    source = first_of<XrHandTrackingDataSourceStateEXT>(
        out, XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT);
  }
  if (instance.wants(Extension::MotionRange)) {
    motion_range =
        first_of<XrHandJointsMotionRangeInfoEXT>(in, XR_TYPE_HAND_JOINTS_MOTION_RANGE_INFO_EXT);
  }
  if (instance.wants(Extension::Aim)) {
    aims[0] = first_of<XrHandTrackingAimStateFB>(out, XR_TYPE_HAND_TRACKING_AIM_STATE_FB);
    aims[1] = first_of<XrHandTrackingAimStateFB>(in, XR_TYPE_HAND_TRACKING_AIM_STATE_FB);
  }
  if (instance.wants(Extension::Capsules)) {
    capsules[0] =
        first_of<XrHandTrackingCapsulesStateFB>(out, XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB);
    capsules[1] =
        first_of<XrHandTrackingCapsulesStateFB>(in, XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB);
  }
  if (instance.wants(Extension::Touch)) {
    shown = first_of<XrTouchShownHandTACTUSX>(in, XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX);
  }
  for (void* chain : {in, out}) {
    for (auto* at = static_cast<XrBaseOutStructure*>(chain); at != nullptr; at = at->next) {
      has_others |= !is_written_by_us(instance, at->type);
    }
  }
}

void HandChain::fill_gestures(const Instance& instance, const XrHandJointLocationsEXT& locations,
                              bool only_emulated,
                              std::atomic<std::uint8_t>& pinching) const noexcept {
  if (!only_emulated || !instance.below.has(Extension::Aim)) {
    Pinches pinches;
    if ((aims[0] != nullptr || aims[1] != nullptr) && locations.isActive == XR_TRUE) {
      pinches = find_pinches(locations.jointLocations, pinching.load(std::memory_order_relaxed));
      pinching.store(pinches.pinching, std::memory_order_relaxed);
    }
    for (XrHandTrackingAimStateFB* aim : aims) {
      if (aim != nullptr) write(locations, pinches, *aim);
    }
  }
  if (only_emulated && instance.below.has(Extension::Capsules)) return;
  for (XrHandTrackingCapsulesStateFB* state : capsules) {
    if (state != nullptr) write(locations, *state);
  }
}

XrResult locate_hand_below(const Instance& instance, XrHandTrackerEXT tracker,
                           const XrHandJointsLocateInfoEXT& info,
                           XrHandJointLocationsEXT& locations) noexcept {
  // The input is not ours to change: what leads its chain can be left out, what follows others not.
  XrHandJointsLocateInfoEXT to_next = info;
  const auto is_unknown_below = [&](const void* next) {
    for (const Emulated& e : kEmulated) {
      const bool is_it = static_cast<const XrBaseInStructure*>(next)->type == e.type;
      if (is_it && instance.wants(e.extension)) return !instance.below.has(e.extension);
    }
    return false;
  };
  while (to_next.next != nullptr && is_unknown_below(to_next.next)) {
    to_next.next = static_cast<const XrBaseInStructure*>(to_next.next)->next;
  }
  const auto cut = [&](Extension extension, XrStructureType type) {
    const bool is_theirs = !instance.wants(extension) || instance.below.has(extension);
    return is_theirs ? XR_TYPE_UNKNOWN : type;
  };
  const ChainCut source(locations,
                        cut(Extension::DataSource, XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT));
  const ChainCut aim(locations, cut(Extension::Aim, XR_TYPE_HAND_TRACKING_AIM_STATE_FB));
  const ChainCut capsules(locations,
                          cut(Extension::Capsules, XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB));
  return instance.next.xrLocateHandJointsEXT(tracker, &to_next, &locations);
}

}  // namespace tactus::layer
