// The application's actions: what they are and whose hands they name.
#include <cstring>

#include "functions.h"
#include "instance.h"

namespace tactus::layer {
namespace {

/// Bit 0: /user/hand/left, bit 1: /user/hand/right; 0 for all other paths.
std::uint8_t hand_of(const char* path) noexcept {
  constexpr char kHand[] = "/user/hand/";
  if (std::strncmp(path, kHand, sizeof(kHand) - 1) != 0) return 0;
  const char* rest = path + sizeof(kHand) - 1;
  if (std::strncmp(rest, "left", 4) == 0 && (rest[4] == '/' || rest[4] == '\0')) return 1;
  if (std::strncmp(rest, "right", 5) == 0 && (rest[5] == '/' || rest[5] == '\0')) return 2;
  return 0;
}

void forget(Action& action) noexcept {
  const Locked locked(action.instance->lock);
  Action** at = &action.instance->actions;
  while (*at != nullptr && *at != &action) at = &(*at)->following;
  if (*at != nullptr) *at = action.following;
  actions.remove(key_of(action.handle));
  Owned<Action>(&action).reset();
}

bool enter(Instance& instance, const XrActionCreateInfo& info, XrActionSet set,
           XrAction handle) noexcept {
  if (Action* stale = actions.find(key_of(handle)); stale != nullptr) forget(*stale);
  Owned<Action> made = make<Action>();
  if (made == nullptr || !actions.insert(key_of(handle), made.get())) return false;
  made->instance = &instance;
  made->handle = handle;
  made->set = set;
  made->type = info.actionType;
  for (std::uint32_t i = 0; i < info.countSubactionPaths; ++i) {
    made->subactions |= hands_of(instance, info.subactionPaths[i]);
  }
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

std::uint8_t hands_of(const Instance& instance, XrPath path) noexcept {
  const PathText text(instance, path);
  return hand_of(text.chars);
}

XRAPI_ATTR XrResult XRAPI_CALL xrCreateAction(XrActionSet actionSet,
                                              const XrActionCreateInfo* createInfo,
                                              XrAction* action) noexcept {
  const ActionSet* set = action_sets.find(key_of(actionSet));
  if (set == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *set->instance;
  const XrResult result = instance.next.xrCreateAction(actionSet, createInfo, action);
  if (XR_FAILED(result) || enter(instance, *createInfo, actionSet, *action)) return result;
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
