// What an action is: the runtime's verdict on each call, and its state with the gloves' in it.
#include "functions.h"
#include "instance.h"
#include "session_input.h"

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
void write(const DrivenState&, XrActionStatePose&) noexcept {}

template <class State>
using Get = XrResult(XRAPI_PTR*)(XrSession, const XrActionStateGetInfo*, State*);

template <class State>
XrResult get(XrSession session, const XrActionStateGetInfo* info, State* state,
             Get<State> Next::*below) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = (ours->instance->next.*below)(session, info, state);
  DrivenState driven;
  if (XR_FAILED(result) || !read_driven(*ours, info->action, info->subactionPath, driven)) {
    return result;
  }
  write(driven, *state);
  state->isActive = driven.is_active ? XR_TRUE : XR_FALSE;
  return result;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrSyncActions(XrSession session,
                                             const XrActionsSyncInfo* syncInfo) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->instance->next.xrSyncActions(session, syncInfo);
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

XRAPI_ATTR XrResult XRAPI_CALL xrGetActionStatePose(XrSession session,
                                                    const XrActionStateGetInfo* getInfo,
                                                    XrActionStatePose* state) noexcept {
  return get(session, getInfo, state, &Next::xrGetActionStatePose);
}

}  // namespace tactus::layer
