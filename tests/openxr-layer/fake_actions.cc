#include "fake_actions.h"

#include <algorithm>
#include <cstring>

#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

bool offers_trackers() {
  return fake().offered.contains(XR_HTCX_VIVE_TRACKER_INTERACTION_EXTENSION_NAME);
}

bool knows(const std::string& profile, const std::string& path) {
  const bool is_trackers = profile.ends_with("vive_tracker_htcx");
  if (is_trackers != path.starts_with("/user/vive_tracker_htcx/")) return false;
  if (is_trackers) return offers_trackers();
  if (fake().offered.contains(XR_EXT_HAND_INTERACTION_EXTENSION_NAME)) return true;
  return profile.find("_ext") == std::string::npos && path.find("_ext") == std::string::npos;
}

/// The state that a get asks for; null, and why not.
const FakeActionState* find(XrSession session, const XrActionStateGetInfo* info, XrActionType type,
                            XrResult& result) {
  static const FakeActionState kInactive;
  const auto action = fake().actions.find(key(info->action));
  if (action == fake().actions.end()) {
    result = XR_ERROR_HANDLE_INVALID;
  } else if (info->subactionPath != XR_NULL_PATH &&
             !action->second.users.contains(info->subactionPath)) {
    result = XR_ERROR_PATH_UNSUPPORTED;
  } else if (action->second.type != type) {
    result = XR_ERROR_ACTION_TYPE_MISMATCH;
  } else if (!fake().attached[key(session)].contains(action->second.set)) {
    result = XR_ERROR_ACTIONSET_NOT_ATTACHED;
  } else {
    result = XR_SUCCESS;
    const auto found = fake().state_of.find({key(info->action), info->subactionPath});
    return found == fake().state_of.end() ? &kInactive : &found->second;
  }
  return nullptr;
}

template <class State>
void write_change(const FakeActionState& from, State* state) {
  state->changedSinceLastSync = from.has_changed ? XR_TRUE : XR_FALSE;
  state->lastChangeTime = from.t_changed;
  state->isActive = from.is_active ? XR_TRUE : XR_FALSE;
}

}  // namespace

bool knows_user(XrPath user) {
  const std::string& text = fake().paths[user];
  return text.starts_with("/user/hand/") || text == "/user/head" || text == "/user/gamepad" ||
         (offers_trackers() && text.starts_with("/user/vive_tracker_htcx/role/"));
}

XrResult XRAPI_CALL create_action_set(XrInstance, const XrActionSetCreateInfo*, XrActionSet* set) {
  const std::scoped_lock lock(fake().mutex);
  *set = mint<XrActionSet>(fake().action_sets);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL destroy_action_set(XrActionSet set) {
  const std::scoped_lock lock(fake().mutex);
  if (fake().action_sets.erase(key(set)) == 0) return XR_ERROR_HANDLE_INVALID;
  std::erase_if(fake().actions, [&](const auto& action) { return action.second.set == key(set); });
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_action(XrActionSet set, const XrActionCreateInfo* info,
                                  XrAction* action) {
  const std::scoped_lock lock(fake().mutex);
  if (!fake().action_sets.contains(key(set))) return XR_ERROR_HANDLE_INVALID;
  const std::uint64_t value = fake().next_handle++;
  const XrPath* users = info->subactionPaths;
  if (!std::all_of(users, users + info->countSubactionPaths, knows_user)) {
    return XR_ERROR_PATH_UNSUPPORTED;
  }
  fake().actions[value] = {key(set), info->actionType, {users, users + info->countSubactionPaths}};
  *action = reinterpret_cast<XrAction>(value);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL destroy_action(XrAction action) {
  const std::scoped_lock lock(fake().mutex);
  return fake().actions.erase(key(action)) != 0 ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

XrResult XRAPI_CALL suggest(XrInstance, const XrInteractionProfileSuggestedBinding* suggested) {
  const std::scoped_lock lock(fake().mutex);
  const std::string profile = fake().paths[suggested->interactionProfile];
  std::vector<std::string> paths;
  for (uint32_t i = 0; i < suggested->countSuggestedBindings; ++i) {
    paths.push_back(fake().paths[suggested->suggestedBindings[i].binding]);
    if (!knows(profile, paths.back())) return XR_ERROR_PATH_UNSUPPORTED;
  }
  fake().suggested[profile] = paths;
  return XR_SUCCESS;
}

XrResult XRAPI_CALL attach(XrSession session, const XrSessionActionSetsAttachInfo* info) {
  const std::scoped_lock lock(fake().mutex);
  if (!fake().attached[key(session)].empty()) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
  for (uint32_t i = 0; i < info->countActionSets; ++i) {
    fake().attached[key(session)].insert(key(info->actionSets[i]));
  }
  return XR_SUCCESS;
}

XrResult XRAPI_CALL sync_actions(XrSession session, const XrActionsSyncInfo* info) {
  const std::scoped_lock lock(fake().mutex);
  for (uint32_t i = 0; info != nullptr && i < info->countActiveActionSets; ++i) {
    const XrActiveActionSet& active = info->activeActionSets[i];
    if (!fake().attached[key(session)].contains(key(active.actionSet))) {
      return XR_ERROR_ACTIONSET_NOT_ATTACHED;
    }
    if (active.subactionPath != XR_NULL_PATH && !knows_user(active.subactionPath)) {
      return XR_ERROR_PATH_UNSUPPORTED;
    }
  }
  return fake().sync_result;
}

XrResult XRAPI_CALL get_boolean(XrSession session, const XrActionStateGetInfo* info,
                                XrActionStateBoolean* state) {
  const std::scoped_lock lock(fake().mutex);
  XrResult result = XR_SUCCESS;
  const FakeActionState* found = find(session, info, XR_ACTION_TYPE_BOOLEAN_INPUT, result);
  if (found == nullptr) return result;
  state->currentState = found->value != 0 ? XR_TRUE : XR_FALSE;
  write_change(*found, state);
  return result;
}

XrResult XRAPI_CALL get_float(XrSession session, const XrActionStateGetInfo* info,
                              XrActionStateFloat* state) {
  const std::scoped_lock lock(fake().mutex);
  XrResult result = XR_SUCCESS;
  const FakeActionState* found = find(session, info, XR_ACTION_TYPE_FLOAT_INPUT, result);
  if (found == nullptr) return result;
  state->currentState = found->value;
  write_change(*found, state);
  return result;
}

XrResult XRAPI_CALL get_vector(XrSession session, const XrActionStateGetInfo* info,
                               XrActionStateVector2f* state) {
  const std::scoped_lock lock(fake().mutex);
  XrResult result = XR_SUCCESS;
  const FakeActionState* found = find(session, info, XR_ACTION_TYPE_VECTOR2F_INPUT, result);
  if (found == nullptr) return result;
  state->currentState = {found->value, found->value};
  write_change(*found, state);
  return result;
}

XrResult XRAPI_CALL get_pose(XrSession session, const XrActionStateGetInfo* info,
                             XrActionStatePose* state) {
  const std::scoped_lock lock(fake().mutex);
  XrResult result = XR_SUCCESS;
  const FakeActionState* found = find(session, info, XR_ACTION_TYPE_POSE_INPUT, result);
  if (found == nullptr) return result;
  state->isActive = found->is_active ? XR_TRUE : XR_FALSE;
  return result;
}

XrResult XRAPI_CALL get_profile(XrSession session, XrPath user, XrInteractionProfileState* state) {
  const std::scoped_lock lock(fake().mutex);
  if (fake().attached[key(session)].empty()) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  if (!knows_user(user)) return XR_ERROR_PATH_UNSUPPORTED;
  state->interactionProfile = fake().profile_of[user];
  return XR_SUCCESS;
}

XrResult XRAPI_CALL enumerate_sources(XrSession session,
                                      const XrBoundSourcesForActionEnumerateInfo* info,
                                      uint32_t capacity, uint32_t* count, XrPath* sources) {
  const std::scoped_lock lock(fake().mutex);
  const auto action = fake().actions.find(key(info->action));
  if (action == fake().actions.end()) return XR_ERROR_HANDLE_INVALID;
  if (!fake().attached[key(session)].contains(action->second.set)) {
    return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  }
  const std::vector<XrPath>& all = fake().sources_of[key(info->action)];
  *count = static_cast<uint32_t>(all.size());
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  std::copy(all.begin(), all.end(), sources);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL get_source_name(XrSession session, const XrInputSourceLocalizedNameGetInfo*,
                                    uint32_t capacity, uint32_t* count, char* text) {
  constexpr char kName[] = "Controller";
  const std::scoped_lock lock(fake().mutex);
  if (fake().attached[key(session)].empty()) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  *count = sizeof(kName);
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  std::memcpy(text, kName, sizeof(kName));
  return XR_SUCCESS;
}

XrResult XRAPI_CALL enumerate_trackers(XrInstance, uint32_t capacity, uint32_t* count,
                                       XrViveTrackerPathsHTCX* paths) {
  const std::scoped_lock lock(fake().mutex);
  *count = static_cast<uint32_t>(fake().trackers_worn.size());
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  for (const auto& [persistent, role] : fake().trackers_worn) {
    paths->persistentPath = persistent;
    paths++->rolePath = role;
  }
  return XR_SUCCESS;
}

}  // namespace tactus::layer_test
