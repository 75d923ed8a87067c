// The application's actions: what they are and whom they name.
#include "functions.h"
#include "instance.h"
#include "user.h"

namespace tactus::layer {
namespace {

void forget(Action& action) noexcept {
  const Locked locked(action.instance->lock);
  Action** at = &action.instance->actions;
  while (*at != nullptr && *at != &action) at = &(*at)->following;
  if (*at != nullptr) *at = action.following;
  actions.remove(key_of(action.handle));
  Owned<Action>(&action).reset();
}

/// The subaction paths of an action to be, and those of them that those below know.
struct Subactions {
  std::uint32_t users = 0;  ///< bits
  bool is_right = true;     ///< as far as that is ours to say
  OwnedRow<XrPath> below;
  std::uint32_t count_below = 0;
};

Subactions read_subactions(Instance& instance, const XrActionCreateInfo& info) noexcept {
  Subactions read;
  const std::uint32_t count = info.subactionPaths == nullptr ? 0 : info.countSubactionPaths;
  read.below = OwnedRow<XrPath>(count);
  for (std::uint32_t i = 0; i < count && i < read.below.size(); ++i) {
    const UserPath path(instance, info.subactionPaths[i]);
    const std::uint32_t bit = path.is_whole() ? 1u << path.user : 0;
    if (is_hidden(instance, path.user)) {
      if (bit == 0 || (read.users & bit) != 0) read.is_right = false;
    } else {
      read.below[read.count_below++] = info.subactionPaths[i];
    }
    read.users |= bit;
  }
  return read;
}

bool enter(Instance& instance, const XrActionCreateInfo& info, std::uint32_t users, XrActionSet set,
           XrAction handle) noexcept {
  if (Action* stale = actions.find(key_of(handle)); stale != nullptr) forget(*stale);
  Owned<Action> made = make<Action>();
  if (made == nullptr || !actions.insert(key_of(handle), made.get())) return false;
  made->instance = &instance;
  made->handle = handle;
  made->set = set;
  made->type = info.actionType;
  made->subactions = users;
  const Locked locked(instance.lock);
  made->following = instance.actions;
  instance.actions = made.release();
  return true;
}

}  // namespace

PathText::PathText(const Instance& instance, XrPath path) noexcept {
  std::uint32_t size = 0;
  const XrResult result =
      instance.next.xrPathToString(instance.handle, path, sizeof(chars), &size, chars);
  chars[XR_FAILED(result) ? 0 : sizeof(chars) - 1] = '\0';
}

XRAPI_ATTR XrResult XRAPI_CALL xrCreateAction(XrActionSet actionSet,
                                              const XrActionCreateInfo* createInfo,
                                              XrAction* action) noexcept {
  const ActionSet* set = action_sets.find(key_of(actionSet));
  if (set == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *set->instance;
  if (createInfo == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const Subactions subactions = read_subactions(instance, *createInfo);
  if (!subactions.is_right) return XR_ERROR_PATH_UNSUPPORTED;
  XrActionCreateInfo to_next = *createInfo;
  if (subactions.count_below < subactions.below.size()) {
    to_next.countSubactionPaths = subactions.count_below;
    to_next.subactionPaths = subactions.count_below > 0 ? subactions.below.begin() : nullptr;
  }
  const XrResult result = instance.next.xrCreateAction(actionSet, &to_next, action);
  const bool is_made = XR_SUCCEEDED(result);
  if (!is_made || enter(instance, *createInfo, subactions.users, actionSet, *action)) return result;
  instance.next.xrDestroyAction(*action);
  return XR_ERROR_OUT_OF_MEMORY;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyAction(XrAction action) noexcept {
  Action* ours = actions.find(key_of(action));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const Instance& instance = *ours->instance;
  forget(*ours);
  return instance.next.xrDestroyAction(action);
}

}  // namespace tactus::layer
