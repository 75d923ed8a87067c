// The bindings that an application suggests: which of them gloves can play, and what of them those
// below may be told.
//
// A runtime without XR_EXT_hand_interaction refuses its profile, whose rules are then ours to keep,
// and its two poses on controllers, which get the controller's aim in their stead: a fixed place in
// front of it.
#include <cstdlib>
#include <cstring>
#include <memory>

#include "functions.h"
#include "instance.h"

namespace tactus::layer {
namespace {

using Suggested = XrInteractionProfileSuggestedBinding;

struct Free {
  void operator()(void* memory) const noexcept { std::free(memory); }
};

/// The part of a binding path that a profile's components name: input/…
const char* below_hand(const char* path) noexcept {
  constexpr char kUser[] = "/user/hand/";
  if (std::strncmp(path, kUser, sizeof(kUser) - 1) != 0) return "";
  const char* slash = std::strchr(path + sizeof(kUser) - 1, '/');
  return slash == nullptr ? "" : slash + 1;
}

/// As hands_of, of paths to a grip's pose.
std::uint8_t grips_of(const Instance& instance, XrPath path) noexcept {
  const PathText text(instance, path);
  const bool is_grip = std::strncmp(below_hand(text.chars), "input/grip", 10) == 0;
  return is_grip ? hands_of(instance, path) : std::uint8_t{0};
}

/// Which of those that gloves play for this application it is; kProfiles: none.
std::size_t played_profile(const Instance& instance, XrPath path) noexcept {
  if (!instance.gives_input()) return kProfiles;
  const std::size_t profile = find_profile(PathText(instance, path).chars);
  const bool is_played = profile == kHandInteraction ? instance.wants(Extension::HandInteraction)
                                                     : instance.plays_controllers;
  return is_played ? profile : kProfiles;
}

/// What a runtime says of bindings to a profile that it knows.
XrResult check(const Instance& instance, const Profile& profile,
               const Suggested& suggested) noexcept {
  if (suggested.countSuggestedBindings == 0 || suggested.suggestedBindings == nullptr) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::uint32_t i = 0; i < suggested.countSuggestedBindings; ++i) {
    const XrActionSuggestedBinding& binding = suggested.suggestedBindings[i];
    const Action* action = actions.find(key_of(binding.action));
    if (action == nullptr || action->instance != &instance) return XR_ERROR_HANDLE_INVALID;
    const PathText text(instance, binding.binding);
    if (text.chars[0] == '\0') return XR_ERROR_PATH_INVALID;
    if (hands_of(instance, binding.binding) == 0 || !has(profile, below_hand(text.chars))) {
      return XR_ERROR_PATH_UNSUPPORTED;
    }
    const ActionSet* set = action_sets.find(key_of(action->set));
    if (set == nullptr) return XR_ERROR_HANDLE_INVALID;
    if (set->is_attached.load()) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
  }
  return XR_SUCCESS;
}

/// On any controller's profile, by XR_EXT_hand_interaction.
bool is_added_pose(std::string_view path) noexcept {
  return path == "input/pinch_ext/pose" || path == "input/pinch_ext" ||
         path == "input/poke_ext/pose" || path == "input/poke_ext";
}

/// The controller's aim in place of what the runtime lacks; the path itself where it does not.
XrPath known_below(const Instance& instance, XrPath path) noexcept {
  const PathText text(instance, path);
  if (!is_added_pose(below_hand(text.chars))) return path;
  const bool is_left = hands_of(instance, path) == 1;
  XrPath aim = XR_NULL_PATH;
  const XrResult result = instance.next.xrStringToPath(
      instance.handle,
      is_left ? "/user/hand/left/input/aim/pose" : "/user/hand/right/input/aim/pose", &aim);
  return XR_SUCCEEDED(result) ? aim : path;
}

XrResult suggest_below(const Instance& instance, const Suggested& suggested) noexcept {
  const auto suggest = instance.next.xrSuggestInteractionProfileBindings;
  const bool may_lack =
      instance.wants(Extension::HandInteraction) && !instance.below.has(Extension::HandInteraction);
  if (!may_lack || suggested.suggestedBindings == nullptr) {
    return suggest(instance.handle, &suggested);
  }
  const std::uint32_t count = suggested.countSuggestedBindings;
  std::unique_ptr<XrActionSuggestedBinding, Free> bindings(static_cast<XrActionSuggestedBinding*>(
      std::calloc(std::size_t{count} + 1, sizeof(XrActionSuggestedBinding))));
  if (bindings == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  for (std::uint32_t i = 0; i < count; ++i) {
    const XrActionSuggestedBinding& binding = suggested.suggestedBindings[i];
    bindings.get()[i] = {binding.action, known_below(instance, binding.binding)};
  }
  Suggested to_next = suggested;
  to_next.suggestedBindings = bindings.get();
  return suggest(instance.handle, &to_next);
}

/// Whose gloves vibrate, and where the runtime sees the wrists.
void learn_below(const Instance& instance, const Suggested& suggested) noexcept {
  for (std::uint32_t i = 0; i < suggested.countSuggestedBindings; ++i) {
    const XrActionSuggestedBinding& binding = suggested.suggestedBindings[i];
    Action* action = actions.find(key_of(binding.action));
    if (action == nullptr) continue;
    std::uint8_t hands = 0;
    if (action->is_haptic()) hands = hands_of(instance, binding.binding);
    if (action->is_pose()) hands = grips_of(instance, binding.binding);
    action->hands.fetch_or(hands, std::memory_order_relaxed);
  }
}

/// What was suggested before for this profile counts no more.
void learn(Instance& instance, std::size_t profile, const Suggested& suggested) noexcept {
  {
    const Locked locked(instance.lock);
    for (Action* a = instance.actions; a != nullptr; a = a->following) a->suggested[profile] = {};
  }
  for (std::uint32_t i = 0; i < suggested.countSuggestedBindings; ++i) {
    const XrActionSuggestedBinding& binding = suggested.suggestedBindings[i];
    Action* action = actions.find(key_of(binding.action));
    if (action == nullptr) continue;
    const PathText text(instance, binding.binding);
    const std::uint8_t hands = hands_of(instance, binding.binding);
    const Component* component =
        find_component(profiles[profile], below_hand(text.chars), action->type);
    if (hands == 0 || component == nullptr) continue;
    const auto bit = component - profiles[profile].components.data();
    const Locked locked(instance.lock);
    std::uint16_t& bits = action->suggested[profile][hands == 1 ? 0 : 1];
    bits = static_cast<std::uint16_t>(bits | 1u << bit);
  }
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrSuggestInteractionProfileBindings(
    XrInstance instance, const XrInteractionProfileSuggestedBinding* suggested) noexcept {
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (suggested == nullptr || suggested->type != XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const std::size_t profile = played_profile(*ours, suggested->interactionProfile);
  const bool is_ours_alone =
      profile == kHandInteraction && !ours->below.has(Extension::HandInteraction);
  const XrResult result = is_ours_alone ? check(*ours, profiles[profile], *suggested)
                                        : suggest_below(*ours, *suggested);
  if (XR_FAILED(result)) return result;
  if (!is_ours_alone) learn_below(*ours, *suggested);
  if (profile < kProfiles) learn(*ours, profile, *suggested);
  return result;
}

}  // namespace tactus::layer
