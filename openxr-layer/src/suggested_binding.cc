// The bindings that an application suggests: which of them gloves and trackers can play, and what of
// them those below may be told.
//
// A runtime without XR_EXT_hand_interaction refuses its profile, whose rules are then ours to keep,
// and its two poses on controllers, which get the controller's aim in their stead: a fixed place in
// front of it.
#include "functions.h"
#include "instance.h"
#include "user.h"

namespace tactus::layer {
namespace {

using Suggested = XrInteractionProfileSuggestedBinding;

/// As hands_of, of paths to a grip's pose.
std::uint8_t grips_of(Instance& instance, XrPath path) noexcept {
  const UserPath asked(instance, path);
  const bool is_grip =
      is_hand(asked.user) && (asked.input == "input/grip/pose" || asked.input == "input/grip");
  return static_cast<std::uint8_t>(is_grip ? 1 << asked.user : 0);
}

/// Which of those that gloves and trackers play for this application it is; kProfiles: none.
std::size_t played_profile(const Instance& instance, XrPath path) noexcept {
  if (!instance.gives_input()) return kProfiles;
  const std::size_t profile = find_profile(PathText(instance, path).chars);
  if (profile == kViveTracker) return instance.gives_trackers() ? profile : kProfiles;
  const bool is_played = profile == kHandInteraction ? instance.wants(Extension::HandInteraction)
                                                     : instance.plays_controllers;
  return is_played ? profile : kProfiles;
}

/// Those below would refuse it.
bool is_ours_alone(const Instance& instance, std::size_t profile) noexcept {
  return (profile == kHandInteraction && !instance.below.has(Extension::HandInteraction)) ||
         (profile == kViveTracker && !instance.below.has(Extension::ViveTracker));
}

/// The profile is one of hands, or of trackers, and so is whoever the path names.
bool is_played_by(std::size_t profile, User user) noexcept {
  return profile == kViveTracker ? is_tracker(user) : is_hand(user);
}

/// What a runtime says of a binding to a profile that it knows.
XrResult check(Instance& instance, std::size_t profile,
               const XrActionSuggestedBinding& binding) noexcept {
  const Action* action = actions.find(key_of(binding.action));
  if (action == nullptr || action->instance != &instance) return XR_ERROR_HANDLE_INVALID;
  const UserPath path(instance, binding.binding);
  if (path.text.chars[0] == '\0') return XR_ERROR_PATH_INVALID;
  if (!is_played_by(profile, path.user) || !has(profiles[profile], path.input, instance.is_1_1)) {
    return XR_ERROR_PATH_UNSUPPORTED;
  }
  const ActionSet* set = action_sets.find(key_of(action->set));
  if (set == nullptr) return XR_ERROR_HANDLE_INVALID;
  return set->is_attached.load() ? XR_ERROR_ACTIONSETS_ALREADY_ATTACHED : XR_SUCCESS;
}

XrResult check(Instance& instance, std::size_t profile, const Suggested& suggested) noexcept {
  if (suggested.countSuggestedBindings == 0 || suggested.suggestedBindings == nullptr) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::uint32_t i = 0; i < suggested.countSuggestedBindings; ++i) {
    const XrResult wrong = check(instance, profile, suggested.suggestedBindings[i]);
    if (XR_FAILED(wrong)) return wrong;
  }
  return XR_SUCCESS;
}

/// On any controller's profile, by XR_EXT_hand_interaction.
bool is_added_pose(std::string_view path) noexcept {
  return path == "input/pinch_ext/pose" || path == "input/pinch_ext" ||
         path == "input/poke_ext/pose" || path == "input/poke_ext";
}

/// The controller's aim in place of what the runtime lacks; the path itself where it does not.
XrPath known_below(Instance& instance, XrPath path) noexcept {
  const UserPath asked(instance, path);
  const bool may_lack =
      instance.wants(Extension::HandInteraction) && !instance.below.has(Extension::HandInteraction);
  if (!may_lack || !is_hand(asked.user) || !is_added_pose(asked.input)) return path;
  const XrPath aim = path_of(instance, asked.user, "input/aim/pose");
  return aim != XR_NULL_PATH ? aim : path;
}

/// Those below hear of what they can know: not of trackers that are ours by name.
XrResult suggest_below(Instance& instance, std::size_t profile,
                       const Suggested& suggested) noexcept {
  const std::uint32_t count =
      suggested.suggestedBindings == nullptr ? 0 : suggested.countSuggestedBindings;
  const OwnedRow<XrActionSuggestedBinding> known(count);
  if (known.size() < count) return XR_ERROR_OUT_OF_MEMORY;
  Suggested to_next = suggested;
  to_next.countSuggestedBindings = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const XrActionSuggestedBinding& binding = suggested.suggestedBindings[i];
    if (profile == kViveTracker && is_hidden(instance, UserPath(instance, binding.binding).user)) {
      const XrResult wrong = check(instance, profile, binding);
      if (XR_FAILED(wrong)) return wrong;
      continue;
    }
    known[to_next.countSuggestedBindings++] = {binding.action,
                                               known_below(instance, binding.binding)};
  }
  if (count > 0 && to_next.countSuggestedBindings == 0) return XR_SUCCESS;
  if (count > 0) to_next.suggestedBindings = known.begin();
  return instance.next.xrSuggestInteractionProfileBindings(instance.handle, &to_next);
}

/// Whose gloves vibrate, and where the runtime sees the wrists.
void learn_below(Instance& instance, const Suggested& suggested) noexcept {
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
    const UserPath path(instance, binding.binding);
    const Component* component = find_component(profiles[profile], path.input, action->type);
    if (!is_played_by(profile, path.user) || component == nullptr) continue;
    const auto bit = component - profiles[profile].components.data();
    const Locked locked(instance.lock);
    std::uint16_t& bits = action->suggested[profile][path.user];
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
  const bool is_ours = is_ours_alone(*ours, profile);
  const XrResult result =
      is_ours ? check(*ours, profile, *suggested) : suggest_below(*ours, profile, *suggested);
  if (XR_FAILED(result)) return result;
  if (!is_ours) learn_below(*ours, *suggested);
  if (profile < kProfiles) learn(*ours, profile, *suggested);
  return result;
}

}  // namespace tactus::layer
