#include "session_input.h"

#include <algorithm>

#include "session.h"

namespace tactus::runtime {
namespace {

constexpr float kHalf = 0.5f;            // a lever counts as a pressed button from here on
constexpr float kGripRadius_m = 0.018f;  // from the middle of a common controller's handle to skin

// OpenXR's grip lies in the palm; the other poses sit before it on a hand that points ahead.
Pose pose_on_device(const Source& source) {
  const std::string& identifier = source.identifier;
  if (identifier == "grip_surface" || identifier == "palm_ext") {
    const float side = source.device == Device::RightHand ? 1.0f : -1.0f;
    return {Quat{}, {side * kGripRadius_m, 0, 0}};
  }
  if (identifier == "aim") return {Quat{}, {0, 0.02f, -0.05f}};
  if (identifier == "pinch_ext") return {Quat{}, {0, 0.01f, -0.08f}};
  if (identifier == "poke_ext") return {Quat{}, {0, 0.02f, -0.11f}};
  return {};
}

float lever(const std::string& identifier, const Controls& controls, std::size_t side) {
  if (identifier == "trigger" || identifier == "select" || identifier == "pinch_ext" ||
      identifier == "aim_activate_ext") {
    return controls.trigger[side];
  }
  if (identifier == "squeeze" || identifier == "grasp_ext") return controls.squeeze[side];
  if (identifier == "menu") return controls.menu[side] ? 1.0f : 0.0f;
  return 0.0f;
}

}  // namespace

const AttachedAction* SessionInput::find(ObjectId action) const {
  for (const AttachedAction& attached_action : actions) {
    if (attached_action.id == action) return &attached_action;
  }
  return nullptr;
}

std::vector<const Source*> bound_sources(const SessionInput& input, const AttachedAction& action) {
  std::vector<const Source*> bound;
  for (const auto& [device, profile] : input.profiles) {
    const auto suggested = action.sources.find(profile);
    if (suggested == action.sources.end()) continue;
    for (const Source& source : suggested->second) {
      const auto same = [&source](const Source* other) { return other->path == source.path; };
      if (source.device == device && std::none_of(bound.begin(), bound.end(), same)) {
        bound.push_back(&source);
      }
    }
  }
  return bound;
}

Motion locate_action(Session& session, ObjectId action, XrPath subaction, XrTime time) {
  const AttachedAction* attached = session.input.find(action);
  if (!attached || !session.is_focused()) return {};
  const auto state = attached->states.find(subaction);
  if (state == attached->states.end() || !state->second.active) return {};
  for (const Source* source : bound_sources(session.input, *attached)) {
    if (source->path != state->second.pose_source) continue;
    Motion motion = session.instance.world.locate(source->device, to_ns(time));
    const Pose T_stage_device = motion.T_stage;
    motion.T_stage = T_stage_device * pose_on_device(*source);
    motion.velocity_m_per_s += cross(motion.omega_rad_per_s, motion.T_stage.p - T_stage_device.p);
    return motion;
  }
  return {};
}

Vec3 measure(const Source& source, const Controls& controls) {
  const std::size_t side = source.device == Device::RightHand ? 1 : 0;
  const float value = lever(source.identifier, controls, side);
  if (source.component == "ready_ext") return {1, 0, 0};
  if (source.component == "touch" || source.component == "proximity")
    return {value > 0 ? 1.0f : 0.0f, 0, 0};
  if (source.component == "click") return {value >= kHalf ? 1.0f : 0.0f, 0, 0};
  return {value, 0, 0};
}

}  // namespace tactus::runtime
