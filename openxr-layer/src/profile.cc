#include "profile.h"

namespace tactus::layer {
namespace {

/// Of OpenXR 1.1.
constexpr std::string_view kGripSurface = "input/grip_surface/pose";

constexpr Component kHandComponents[] = {
    {"input/grip/pose", HandInput::Grip},
    {kGripSurface, HandInput::GripSurface},
    {"input/aim/pose", HandInput::AimAt},
    {"input/pinch_ext/pose", HandInput::PinchAt},
    {"input/poke_ext/pose", HandInput::PokeAt},
    {"input/pinch_ext/value", HandInput::Pinch},
    {"input/pinch_ext/ready_ext", HandInput::PinchReady},
    // A pinch leaves the ray where it is (find_aim).
    {"input/aim_activate_ext/value", HandInput::Pinch},
    {"input/aim_activate_ext/ready_ext", HandInput::PinchReady},
    {"input/grasp_ext/value", HandInput::Grasp},
    {"input/grasp_ext/ready_ext", HandInput::GraspReady},
};
static_assert(std::size(kHandComponents) <= kMostComponents);

// A controller in place of which there is a hand: what the index finger pulls is the pinch, what the
// others press is the grasp. Its sticks and other buttons rest.
constexpr Component kTouchComponents[] = {
    {"input/grip/pose", HandInput::Grip},       {kGripSurface, HandInput::GripSurface},
    {"input/aim/pose", HandInput::AimAt},       {"input/pinch_ext/pose", HandInput::PinchAt},
    {"input/poke_ext/pose", HandInput::PokeAt}, {"input/trigger/value", HandInput::Pinch},
    {"input/squeeze/value", HandInput::Grasp},
};
constexpr Component kIndexComponents[] = {
    {"input/grip/pose", HandInput::Grip},
    {kGripSurface, HandInput::GripSurface},
    {"input/aim/pose", HandInput::AimAt},
    {"input/pinch_ext/pose", HandInput::PinchAt},
    {"input/poke_ext/pose", HandInput::PokeAt},
    {"input/trigger/value", HandInput::Pinch},
    {"input/trigger/click", HandInput::Pinch, true},
    {"input/squeeze/value", HandInput::Grasp},
    {"input/squeeze/force", HandInput::Grasp},
};
constexpr Component kMotionComponents[] = {
    {"input/grip/pose", HandInput::Grip},
    {kGripSurface, HandInput::GripSurface},
    {"input/aim/pose", HandInput::AimAt},
    {"input/pinch_ext/pose", HandInput::PinchAt},
    {"input/poke_ext/pose", HandInput::PokeAt},
    {"input/trigger/value", HandInput::Pinch},
    {"input/squeeze/click", HandInput::Grasp, true},
};
constexpr Component kViveComponents[] = {
    {"input/grip/pose", HandInput::Grip},
    {kGripSurface, HandInput::GripSurface},
    {"input/aim/pose", HandInput::AimAt},
    {"input/pinch_ext/pose", HandInput::PinchAt},
    {"input/poke_ext/pose", HandInput::PokeAt},
    {"input/trigger/value", HandInput::Pinch},
    {"input/trigger/click", HandInput::Pinch, true},
    {"input/squeeze/click", HandInput::Grasp, true},
};
constexpr Component kSimpleComponents[] = {
    {"input/grip/pose", HandInput::Grip},       {kGripSurface, HandInput::GripSurface},
    {"input/aim/pose", HandInput::AimAt},       {"input/pinch_ext/pose", HandInput::PinchAt},
    {"input/poke_ext/pose", HandInput::PokeAt}, {"input/select/click", HandInput::Pinch, true},
};

/// A tracker of ours is a place and no more.
constexpr Component kTrackerComponents[] = {
    {"input/grip/pose", HandInput::Grip},
    {kGripSurface, HandInput::Grip},
    {"input/system/click", HandInput::Absent, true},
    {"input/menu/click", HandInput::Absent, true},
    {"input/trigger/click", HandInput::Absent, true},
    {"input/trigger/value", HandInput::Absent},
    {"input/squeeze/click", HandInput::Absent, true},
    {"input/trackpad/x", HandInput::Absent},
    {"input/trackpad/y", HandInput::Absent},
    {"input/trackpad/click", HandInput::Absent, true},
    {"input/trackpad/touch", HandInput::Absent, true},
    {"output/haptic", HandInput::Absent},
};
static_assert(std::size(kTrackerComponents) <= kMostComponents);

/// The component is missing: `path` is where it would be added.
bool is_parent(std::string_view path, const Component& component) noexcept {
  return component.source() == path;
}

bool holds(XrActionType type, const Component& component) noexcept {
  if (component.input == HandInput::Absent) return false;
  if (type == XR_ACTION_TYPE_POSE_INPUT) return is_pose(component.input);
  return (type == XR_ACTION_TYPE_BOOLEAN_INPUT || type == XR_ACTION_TYPE_FLOAT_INPUT) &&
         !is_pose(component.input);
}

/// [spec] 11.4: of a parent, a boolean takes click, else value; a float value, else click.
bool comes_before(XrActionType type, const Component& a, const Component& b) noexcept {
  return a.is_button != b.is_button && a.is_button == (type == XR_ACTION_TYPE_BOOLEAN_INPUT);
}

}  // namespace

constinit const std::array<Profile, kProfiles> profiles = {{
    {"/interaction_profiles/ext/hand_interaction_ext", kHandComponents},
    {"/interaction_profiles/oculus/touch_controller", kTouchComponents},
    {"/interaction_profiles/valve/index_controller", kIndexComponents},
    {"/interaction_profiles/microsoft/motion_controller", kMotionComponents},
    {"/interaction_profiles/htc/vive_controller", kViveComponents},
    {"/interaction_profiles/khr/simple_controller", kSimpleComponents},
    {"/interaction_profiles/htc/vive_tracker_htcx", kTrackerComponents},
}};

std::size_t find_profile(std::string_view path) noexcept {
  std::size_t i = 0;
  while (i < kProfiles && profiles[i].path != path) ++i;
  return i;
}

bool has(const Profile& profile, std::string_view path, bool is_1_1) noexcept {
  for (const Component& component : profile.components) {
    if (component.path == kGripSurface && !is_1_1) continue;
    if (component.path == path || is_parent(path, component)) return true;
  }
  return false;
}

const Component* find_component(const Profile& profile, std::string_view path,
                                XrActionType type) noexcept {
  const Component* best = nullptr;
  for (const Component& component : profile.components) {
    if (!holds(type, component)) continue;
    if (component.path == path) return &component;
    const bool is_ready = component.path.ends_with("/ready_ext");
    if (!is_parent(path, component) || is_ready) continue;
    if (best == nullptr || comes_before(type, component, *best)) best = &component;
  }
  return best;
}

}  // namespace tactus::layer
