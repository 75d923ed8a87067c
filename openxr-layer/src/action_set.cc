// The application's action sets: which go together, which come first, which session has them.
#include "functions.h"
#include "instance.h"
#include "session_input.h"

namespace tactus::layer {
namespace {

/// Its actions end with it.
void forget(ActionSet& set) noexcept {
  Instance& instance = *set.instance;
  const Locked locked(instance.lock);
  for (Action** at = &instance.actions; *at != nullptr;) {
    if ((*at)->set != set.handle) {
      at = &(*at)->following;
      continue;
    }
    Owned<Action> gone(*at);
    *at = gone->following;
    actions.remove(key_of(gone->handle));
  }
  ActionSet** at = &instance.action_sets;
  while (*at != nullptr && *at != &set) at = &(*at)->following;
  if (*at != nullptr) *at = set.following;
  action_sets.remove(key_of(set.handle));
  Owned<ActionSet>(&set).reset();
}

bool enter(Instance& instance, std::uint32_t priority, XrActionSet handle) noexcept {
  if (ActionSet* stale = action_sets.find(key_of(handle)); stale != nullptr) forget(*stale);
  Owned<ActionSet> made = make<ActionSet>();
  if (made == nullptr || !action_sets.insert(key_of(handle), made.get())) return false;
  made->instance = &instance;
  made->handle = handle;
  made->priority = priority;
  const Locked locked(instance.lock);
  made->following = instance.action_sets;
  instance.action_sets = made.release();
  return true;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrCreateActionSet(XrInstance instance,
                                                 const XrActionSetCreateInfo* createInfo,
                                                 XrActionSet* actionSet) noexcept {
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->next.xrCreateActionSet(instance, createInfo, actionSet);
  if (XR_FAILED(result) || enter(*ours, createInfo->priority, *actionSet)) return result;
  ours->next.xrDestroyActionSet(*actionSet);
  return XR_ERROR_OUT_OF_MEMORY;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyActionSet(XrActionSet actionSet) noexcept {
  ActionSet* ours = action_sets.find(key_of(actionSet));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const Instance& instance = *ours->instance;
  const XrResult result = instance.next.xrDestroyActionSet(actionSet);
  if (XR_SUCCEEDED(result)) forget(*ours);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrAttachSessionActionSets(
    XrSession session, const XrSessionActionSetsAttachInfo* attachInfo) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->instance->next.xrAttachSessionActionSets(session, attachInfo);
  if (XR_SUCCEEDED(result)) attach_input(*ours, *attachInfo);
  return result;
}

}  // namespace tactus::layer
