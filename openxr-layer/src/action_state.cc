// What an action is: the runtime's verdict on each call, and its state with the gloves' in it.
#include "functions.h"
#include "instance.h"
#include "session_input.h"
#include "user.h"

namespace tactus::layer {
namespace {

template <class State>
void write_change(const DrivenState& driven, State& state) noexcept {
  state.changedSinceLastSync = driven.has_changed ? XR_TRUE : XR_FALSE;
  state.lastChangeTime = driven.t_changed;
}
void write(const DrivenState& driven, XrActionStateBoolean& state) noexcept {
  state.currentState = driven.value != 0 ? XR_TRUE : XR_FALSE;
  write_change(driven, state);
}
void write(const DrivenState& driven, XrActionStateFloat& state) noexcept {
  state.currentState = driven.value;
  write_change(driven, state);
}
void write(const DrivenState& driven, XrActionStateVector2f& state) noexcept {
  state.currentState = {};  // nothing of ours has two axes
  write_change(driven, state);
}
void write(const DrivenState&, XrActionStatePose&) noexcept {}

template <class State>
using Get = XrResult(XRAPI_PTR*)(XrSession, const XrActionStateGetInfo*, State*);

template <class State>
XrResult get(XrSession session, const XrActionStateGetInfo* info, State* state,
             Get<State> Next::*below) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const Question question(*ours->instance, info);
  const XrResult result = (ours->instance->next.*below)(session, question.below(), state);
  if (XR_FAILED(result)) return result;
  if (!question.is_right()) return XR_ERROR_PATH_UNSUPPORTED;
  DrivenState driven;
  const bool is_driven = read_driven(*ours, info->action, info->subactionPath, driven);
  if (!is_driven && !question.is_hidden_below()) return result;
  if (!is_driven) driven = {};
  write(driven, *state);
  state->isActive = driven.is_active ? XR_TRUE : XR_FALSE;
  return result;
}

/// A set that is active for a user whom those below do not know: whether it may be.
XrResult check(const XrActiveActionSet& active, const UserPath& path) noexcept {
  const ActionSet* set = action_sets.find(key_of(active.actionSet));
  if (set == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!set->is_attached.load()) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  const Locked locked(set->instance->lock);
  for (const Action* a = set->instance->actions; a != nullptr; a = a->following) {
    const bool names = path.is_whole() && (a->subactions >> path.user & 1) != 0;
    if (a->set == set->handle && names) return XR_SUCCESS;
  }
  return XR_ERROR_PATH_UNSUPPORTED;
}

/// Those below hear of the sets that are active for whom they know.
XrResult sync_below(const Session& session, const XrActionsSyncInfo* info) noexcept {
  Instance& instance = *session.instance;
  const bool has_sets = info != nullptr && info->activeActionSets != nullptr;
  if (!has_sets || !instance.gives_trackers()) {
    return instance.next.xrSyncActions(session.handle, info);
  }
  const OwnedRow<XrActiveActionSet> known(info->countActiveActionSets);
  if (known.size() < info->countActiveActionSets) return XR_ERROR_OUT_OF_MEMORY;
  XrActionsSyncInfo to_next = *info;
  to_next.countActiveActionSets = 0;
  for (std::uint32_t i = 0; i < info->countActiveActionSets; ++i) {
    const XrActiveActionSet& active = info->activeActionSets[i];
    const UserPath path(instance, active.subactionPath);
    if (!is_hidden(instance, path.user)) {
      known[to_next.countActiveActionSets++] = active;
    } else if (const XrResult wrong = check(active, path); XR_FAILED(wrong)) {
      return wrong;
    }
  }
  to_next.activeActionSets = to_next.countActiveActionSets > 0 ? known.begin() : nullptr;
  return instance.next.xrSyncActions(session.handle, &to_next);
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrSyncActions(XrSession session,
                                             const XrActionsSyncInfo* syncInfo) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = sync_below(*ours, syncInfo);
  if (ours->instance->is_serving) keep_up(*ours->instance);
  if (syncInfo != nullptr) sync_input(*ours, *syncInfo, result);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStateBoolean(XrSession session,
                                                       const XrActionStateGetInfo* getInfo,
                                                       XrActionStateBoolean* state) noexcept {
  return get(session, getInfo, state, &Next::xrGetActionStateBoolean);
}

XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStateFloat(XrSession session,
                                                     const XrActionStateGetInfo* getInfo,
                                                     XrActionStateFloat* state) noexcept {
  return get(session, getInfo, state, &Next::xrGetActionStateFloat);
}

XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStateVector2f(XrSession session,
                                                        const XrActionStateGetInfo* getInfo,
                                                        XrActionStateVector2f* state) noexcept {
  return get(session, getInfo, state, &Next::xrGetActionStateVector2f);
}

XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStatePose(XrSession session,
                                                    const XrActionStateGetInfo* getInfo,
                                                    XrActionStatePose* state) noexcept {
  return get(session, getInfo, state, &Next::xrGetActionStatePose);
}

}  // namespace tactus::layer
