// The application's actions: which of them vibrate which hand. Nothing is changed on the way down.
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

void forget_if(Instance& instance, bool (*is_it)(const Action&, std::uint64_t),
               std::uint64_t key) noexcept {
  const Locked locked(instance.lock);
  for (Action** at = &instance.actions; *at != nullptr;) {
    if (!is_it(**at, key)) {
      at = &(*at)->following;
      continue;
    }
    Owned<Action> gone(*at);
    *at = gone->following;
    actions.remove(key_of(gone->handle));
  }
}

void enter(Instance& instance, XrActionSet set, XrActionType type, XrAction handle) noexcept {
  const std::uint64_t key = key_of(handle);
  if (const Action* stale = actions.find(key); stale != nullptr) {
    forget_if(
        *stale->instance, [](const Action& a, std::uint64_t k) { return key_of(a.handle) == k; },
        key);
  }
  Owned<Action> made = make<Action>();
  if (made == nullptr || !actions.insert(key, made.get())) return;
  made->instance = &instance;
  made->handle = handle;
  made->set = set;
  made->is_haptic = type == XR_ACTION_TYPE_VIBRATION_OUTPUT;
  made->is_pose = type == XR_ACTION_TYPE_POSE_INPUT;
  const Locked locked(instance.lock);
  made->following = instance.actions;
  instance.actions = made.release();
}

/// A path as text; empty when it is none.
struct PathText {
  PathText(const Instance& instance, XrPath path) noexcept {
    std::uint32_t size = 0;
    const XrResult result =
        instance.next.xrPathToString(instance.handle, path, sizeof(chars), &size, chars);
    chars[XR_FAILED(result) ? 0 : sizeof(chars) - 1] = '\0';
  }
  char chars[XR_MAX_PATH_LENGTH] = {};
};

/// As hands_of, of paths to a grip's pose.
std::uint8_t grips_of(const Instance& instance, XrPath path) noexcept {
  const PathText text(instance, path);
  return std::strstr(text.chars, "/input/grip") != nullptr ? hand_of(text.chars) : std::uint8_t{0};
}

/// Of whichever instance knows the object: with no table of action sets, all are asked.
template <class Call>
XrResult ask_all(Call call) noexcept {
  XrResult result = XR_ERROR_HANDLE_INVALID;
  instances.for_each([&](Instance& instance) {
    if (result == XR_ERROR_HANDLE_INVALID) result = call(instance);
  });
  return result;
}

}  // namespace

std::uint8_t hands_of(Instance& instance, XrPath path) noexcept {
  const PathText text(instance, path);
  return hand_of(text.chars);
}

XRAPI_ATTR XrResult XRAPI_CALL xrCreateAction(XrActionSet actionSet,
                                              const XrActionCreateInfo* createInfo,
                                              XrAction* action) noexcept {
  Instance* owner = nullptr;
  const XrResult result = ask_all([&](Instance& instance) {
    if (instance.next.xrCreateAction == nullptr) return XR_ERROR_HANDLE_INVALID;
    owner = &instance;
    return instance.next.xrCreateAction(actionSet, createInfo, action);
  });
  if (XR_SUCCEEDED(result)) enter(*owner, actionSet, createInfo->actionType, *action);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyAction(XrAction action) noexcept {
  const Action* ours = actions.find(key_of(action));
  if (ours == nullptr) {
    return ask_all([&](Instance& instance) {
      const auto destroy = instance.next.xrDestroyAction;
      return destroy == nullptr ? XR_ERROR_HANDLE_INVALID : destroy(action);
    });
  }
  Instance& instance = *ours->instance;
  forget_if(
      instance, [](const Action& a, std::uint64_t key) { return key_of(a.handle) == key; },
      key_of(action));
  return instance.next.xrDestroyAction(action);
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyActionSet(XrActionSet actionSet) noexcept {
  return ask_all([&](Instance& instance) {
    const auto destroy = instance.next.xrDestroyActionSet;
    const XrResult result = destroy == nullptr ? XR_ERROR_HANDLE_INVALID : destroy(actionSet);
    if (XR_SUCCEEDED(result)) {
      forget_if(
          instance, [](const Action& a, std::uint64_t key) { return key_of(a.set) == key; },
          key_of(actionSet));
    }
    return result;
  });
}

XRAPI_ATTR XrResult XRAPI_CALL xrSuggestInteractionProfileBindings(
    XrInstance instance, const XrInteractionProfileSuggestedBinding* suggested) noexcept {
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->next.xrSuggestInteractionProfileBindings(instance, suggested);
  if (XR_FAILED(result)) return result;
  for (std::uint32_t i = 0; i < suggested->countSuggestedBindings; ++i) {
    const XrActionSuggestedBinding& binding = suggested->suggestedBindings[i];
    Action* action = actions.find(key_of(binding.action));
    if (action == nullptr) continue;
    std::uint8_t hands = 0;
    if (action->is_haptic) hands = hands_of(*ours, binding.binding);
    if (action->is_pose) hands = grips_of(*ours, binding.binding);
    action->hands.fetch_or(hands, std::memory_order_relaxed);
  }
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrSyncActions(XrSession session,
                                             const XrActionsSyncInfo* syncInfo) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->instance->next.xrSyncActions(session, syncInfo);
  if (ours->instance->is_serving) keep_up(*ours->instance);
  return result;
}

}  // namespace tactus::layer
