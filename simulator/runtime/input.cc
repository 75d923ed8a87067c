#include <algorithm>
#include <set>

#include "action.h"
#include "entry_points.h"
#include "enumerate.h"
#include "interaction_profile.h"
#include "runtime.h"
#include "session.h"

namespace tactus::runtime {
namespace {

// Which subaction paths of which sets a sync asks for.
using ActiveSets = std::set<std::pair<ObjectId, XrPath>>;

bool is_synced(const ActiveSets& active, ObjectId set, XrPath subaction) {
  return active.contains({set, XR_NULL_PATH}) || active.contains({set, subaction});
}

XrResult check_active_set(const Session& session, const XrActiveActionSet& active,
                          ActiveSets& sets) {
  const ActionSet* set = find<ActionSet>(active.actionSet);
  if (!set) return XR_ERROR_HANDLE_INVALID;
  const auto& attached = session.input.sets;
  if (std::find(attached.begin(), attached.end(), set->id) == attached.end()) {
    return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  }
  sets.insert({set->id, active.subactionPath});
  if (active.subactionPath == XR_NULL_PATH) return XR_SUCCESS;
  if (!session.instance.paths.text(active.subactionPath)) return XR_ERROR_PATH_INVALID;
  for (const AttachedAction& action : session.input.actions) {
    if (action.set == set->id && action.states.contains(active.subactionPath)) return XR_SUCCESS;
  }
  return XR_ERROR_PATH_UNSUPPORTED;
}

// The best profile that the application suggested something for on this device.
XrPath best_profile(Session& session, Device device) {
  for (const InteractionProfile& profile : interaction_profiles()) {
    const XrPath path = session.instance.paths.intern(profile.path);
    for (const AttachedAction& action : session.input.actions) {
      const auto sources = action.sources.find(path);
      if (sources == action.sources.end()) continue;
      for (const Source& source : sources->second) {
        if (source.device == device) return path;
      }
    }
  }
  return XR_NULL_PATH;
}

void choose_profiles(Session& session) {
  const std::map<Device, XrPath> before = session.input.profiles;
  World& world = session.instance.world;
  for (const Device device : {Device::LeftHand, Device::RightHand}) {
    const bool is_on = world.locate(device, world.clock().now_ns()).active;
    const XrPath best = is_on ? best_profile(session, device) : XR_NULL_PATH;
    // A controller that is put down stays the one that it was.
    if (best != XR_NULL_PATH) session.input.profiles[device] = best;
  }
  if (session.input.profiles == before) return;
  session.instance.events.push(XrEventDataInteractionProfileChanged{
      XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED, nullptr, xr(session)});
}

// The highest priority that each input is wanted with: lower ones do not get it.
std::map<std::string, std::uint32_t> priorities(const SessionInput& input,
                                                const ActiveSets& active) {
  std::map<std::string, std::uint32_t> highest;
  for (const AttachedAction& action : input.actions) {
    const auto wants = [&](const auto& state) {
      return is_synced(active, action.set, state.first);
    };
    if (std::none_of(action.states.begin(), action.states.end(), wants)) continue;
    for (const Source* source : bound_sources(input, action)) {
      std::uint32_t& priority = highest[source->whole_identifier];
      priority = std::max(priority, action.priority);
    }
  }
  return highest;
}

struct Sync {
  Session& session;
  ActiveSets active;
  std::map<std::string, std::uint32_t> highest;
  XrTime time;
};

bool is_under(const Session& session, const Source& source, XrPath subaction) {
  if (subaction == XR_NULL_PATH) return true;
  return device_at(*session.instance.paths.text(subaction)) == source.device;
}

// Of several sources: any button, the lever pulled furthest.
void merge(const Source& source, const Controls& controls, XrActionType kind, ActionState& state) {
  const Vec3 value = measure(source, controls);
  const float x = kind == XR_ACTION_TYPE_BOOLEAN_INPUT ? (value.x >= 0.5f ? 1.0f : 0.0f) : value.x;
  if (std::fabs(x) <= std::fabs(state.x)) return;
  state.x = x;
  state.y = value.y;
}

ActionState evaluate(const Sync& sync, const AttachedAction& action, XrPath subaction,
                     const ActionState& before) {
  ActionState state;
  World& world = sync.session.instance.world;
  bool keeps_source = false;
  for (const Source* source : bound_sources(sync.session.input, action)) {
    const bool gets = is_under(sync.session, *source, subaction) &&
                      sync.highest.at(source->whole_identifier) <= action.priority;
    if (!gets) continue;
    const bool is_on = world.locate(source->device, world.clock().now_ns()).active;
    const bool was_followed = source->path == before.pose_source;
    if (was_followed || (is_on && !keeps_source && state.pose_source == XR_NULL_PATH)) {
      state.pose_source = source->path;
      keeps_source = was_followed;
      if (action.kind == XR_ACTION_TYPE_POSE_INPUT) state.active = is_on;
    }
    if (!is_on || action.kind == XR_ACTION_TYPE_POSE_INPUT) continue;
    state.active = true;
    merge(*source, world.controls(), action.kind, state);
  }
  state.changed = state.active && (state.x != before.x || state.y != before.y);
  state.changed_at = state.changed ? sync.time : state.active ? before.changed_at : 0;
  return state;
}

// An action that nobody reads keeps the source that its spaces follow.
ActionState asleep(const ActionState& before) {
  ActionState state;
  state.pose_source = before.pose_source;
  return state;
}

void evaluate_all(const Sync& sync) {
  for (AttachedAction& action : sync.session.input.actions) {
    for (auto& [subaction, state] : action.states) {
      const bool awake = subaction == XR_NULL_PATH
                             ? std::any_of(sync.active.begin(), sync.active.end(),
                                           [&](const auto& one) { return one.first == action.set; })
                             : is_synced(sync.active, action.set, subaction);
      state = awake ? evaluate(sync, action, subaction, state) : asleep(state);
    }
  }
}

void sleep_all(SessionInput& input) {
  for (AttachedAction& action : input.actions) {
    for (auto& [subaction, state] : action.states) state = asleep(state);
  }
}

// The state that a get function asks for, or why not.
XrResult find_state(XrSession xr_session, const XrActionStateGetInfo* get, XrActionType kind,
                    const ActionState*& state) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(get, XR_TYPE_ACTION_STATE_GET_INFO)) return XR_ERROR_VALIDATION_FAILURE;
  const Action* action = find<Action>(get->action);
  if (!action) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = check_subaction(*action, get->subactionPath);
  if (XR_FAILED(result)) return result;
  if (action->kind != kind) return XR_ERROR_ACTION_TYPE_MISMATCH;
  const AttachedAction* attached = session->input.find(action->id);
  if (!attached) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  state = &attached->states.at(get->subactionPath);
  return XR_SUCCESS;
}

template <typename State, typename Write>
XrResult answer(XrSession xr_session, const XrActionStateGetInfo* get, XrActionType kind,
                XrStructureType type, State* out, Write write) {
  const ActionState* state = nullptr;
  const XrResult result = find_state(xr_session, get, kind, state);
  if (XR_FAILED(result)) return result;
  if (!is_a(out, type)) return XR_ERROR_VALIDATION_FAILURE;
  write(*state);
  out->isActive = state->active ? XR_TRUE : XR_FALSE;
  return XR_SUCCESS;
}

template <typename State>
void write_change(const ActionState& state, State* out) {
  out->changedSinceLastSync = state.changed ? XR_TRUE : XR_FALSE;
  out->lastChangeTime = state.changed_at;
}

// The controllers have no motors: what is asked for is checked, then dropped.
XrResult check_haptics(XrSession xr_session, const XrHapticActionInfo* haptic) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(haptic, XR_TYPE_HAPTIC_ACTION_INFO)) return XR_ERROR_VALIDATION_FAILURE;
  const Action* action = find<Action>(haptic->action);
  if (!action) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = check_subaction(*action, haptic->subactionPath);
  if (XR_FAILED(result)) return result;
  if (action->kind != XR_ACTION_TYPE_VIBRATION_OUTPUT) return XR_ERROR_ACTION_TYPE_MISMATCH;
  if (!session->input.find(action->id)) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  return session->is_focused() ? XR_SUCCESS : XR_SESSION_NOT_FOCUSED;
}

}  // namespace

XrResult sync_actions(XrSession xr_session, const XrActionsSyncInfo* ask) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(ask, XR_TYPE_ACTIONS_SYNC_INFO) ||
      (ask->countActiveActionSets > 0 && !ask->activeActionSets)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  Sync sync{*session, {}, {}, to_xr_time(session->instance.world.clock().now_ns())};
  for (std::uint32_t i = 0; i < ask->countActiveActionSets; ++i) {
    const XrResult result = check_active_set(*session, ask->activeActionSets[i], sync.active);
    if (XR_FAILED(result)) return result;
  }
  if (!session->is_focused()) {
    sleep_all(session->input);
    return XR_SESSION_NOT_FOCUSED;
  }
  choose_profiles(*session);
  sync.highest = priorities(session->input, sync.active);
  evaluate_all(sync);
  return XR_SUCCESS;
}

XrResult get_boolean(XrSession xr_session, const XrActionStateGetInfo* get,
                     XrActionStateBoolean* out) {
  return answer(xr_session, get, XR_ACTION_TYPE_BOOLEAN_INPUT, XR_TYPE_ACTION_STATE_BOOLEAN, out,
                [out](const ActionState& state) {
                  out->currentState = state.x != 0 ? XR_TRUE : XR_FALSE;
                  write_change(state, out);
                });
}

XrResult get_float(XrSession xr_session, const XrActionStateGetInfo* get, XrActionStateFloat* out) {
  return answer(xr_session, get, XR_ACTION_TYPE_FLOAT_INPUT, XR_TYPE_ACTION_STATE_FLOAT, out,
                [out](const ActionState& state) {
                  out->currentState = state.x;
                  write_change(state, out);
                });
}

XrResult get_vector2f(XrSession xr_session, const XrActionStateGetInfo* get,
                      XrActionStateVector2f* out) {
  return answer(xr_session, get, XR_ACTION_TYPE_VECTOR2F_INPUT, XR_TYPE_ACTION_STATE_VECTOR2F, out,
                [out](const ActionState& state) {
                  out->currentState = {state.x, state.y};
                  write_change(state, out);
                });
}

XrResult get_pose(XrSession xr_session, const XrActionStateGetInfo* get, XrActionStatePose* out) {
  return answer(xr_session, get, XR_ACTION_TYPE_POSE_INPUT, XR_TYPE_ACTION_STATE_POSE, out,
                [](const ActionState&) {});
}

XrResult apply_haptics(XrSession xr_session, const XrHapticActionInfo* haptic,
                       const XrHapticBaseHeader* effect) {
  const XrResult result = check_haptics(xr_session, haptic);
  if (XR_FAILED(result)) return result;
  return effect && effect->type == XR_TYPE_HAPTIC_VIBRATION ? result : XR_ERROR_VALIDATION_FAILURE;
}

XrResult stop_haptics(XrSession xr_session, const XrHapticActionInfo* haptic) {
  return check_haptics(xr_session, haptic);
}

}  // namespace tactus::runtime
