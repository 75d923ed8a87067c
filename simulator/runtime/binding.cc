#include <algorithm>

#include "action.h"
#include "entry_points.h"
#include "enumerate.h"
#include "interaction_profile.h"
#include "runtime.h"
#include "session.h"

namespace tactus::runtime {
namespace {

XrResult check_binding(const Instance& instance, const InteractionProfile& profile,
                       const XrActionSuggestedBinding& binding) {
  const Action* action = find<Action>(binding.action);
  if (!action || &action->set.instance != &instance) return XR_ERROR_HANDLE_INVALID;
  const std::string* text = instance.paths.text(binding.binding);
  if (!text) return XR_ERROR_PATH_INVALID;
  if (!accepts(profile, *text, instance.extensions)) return XR_ERROR_PATH_UNSUPPORTED;
  return action->set.attached ? XR_ERROR_ACTIONSETS_ALREADY_ATTACHED : XR_SUCCESS;
}

// Sources on devices that the runtime has; a gamepad's, for one, never move.
void add_sources(const PathTable& paths, const Action& action,
                 const std::vector<SuggestedBinding>& suggested, std::vector<Source>& sources) {
  for (const SuggestedBinding& binding : suggested) {
    if (binding.action != action.id) continue;
    const std::optional<SourceParts> parts = parts_of(*paths.text(binding.source));
    const std::optional<Device> device = parts ? device_at(parts->user) : std::nullopt;
    if (!device) continue;
    sources.push_back({binding.source, *device, std::string(parts->identifier),
                       std::string(parts->component), std::string(parts->whole_identifier)});
  }
}

AttachedAction attach(const Instance& instance, const Action& action) {
  AttachedAction attached{action.id, action.set.id, action.kind, action.set.priority, {}, {}};
  for (const auto& [profile, suggested] : instance.suggested) {
    add_sources(instance.paths, action, suggested, attached.sources[profile]);
  }
  attached.states[XR_NULL_PATH] = {};
  for (const XrPath subaction : action.subactions) attached.states[subaction] = {};
  return attached;
}

std::string describe(const Session& session, const SourceParts& parts,
                     XrInputSourceLocalizedNameFlags which) {
  std::string name;
  const auto append = [&name](std::string_view word) {
    if (!name.empty()) name += ' ';
    name += word;
  };
  if ((which & XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT) != 0) {
    append(parts.user.ends_with("left") ? "Left hand" : "Right hand");
  }
  if ((which & XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT) != 0) {
    const auto current = session.input.profiles.find(*device_at(parts.user));
    const std::string* path = current == session.input.profiles.end()
                                  ? nullptr
                                  : session.instance.paths.text(current->second);
    const InteractionProfile* profile =
        path ? profile_named(*path, session.instance.extensions) : nullptr;
    append(profile ? profile->localized_name : "Simulated controller");
  }
  if ((which & XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT) != 0) append(parts.identifier);
  return name;
}

}  // namespace

XrResult suggest_bindings(XrInstance xr_instance,
                          const XrInteractionProfileSuggestedBinding* suggest) {
  Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(suggest, XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING) ||
      suggest->countSuggestedBindings == 0 || !suggest->suggestedBindings) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const std::string* path = instance->paths.text(suggest->interactionProfile);
  if (!path) return XR_ERROR_PATH_INVALID;
  const InteractionProfile* profile = profile_named(*path, instance->extensions);
  if (!profile) return XR_ERROR_PATH_UNSUPPORTED;
  std::vector<SuggestedBinding> suggested;
  for (std::uint32_t i = 0; i < suggest->countSuggestedBindings; ++i) {
    const XrActionSuggestedBinding& binding = suggest->suggestedBindings[i];
    const XrResult result = check_binding(*instance, *profile, binding);
    if (XR_FAILED(result)) return result;
    suggested.push_back({find<Action>(binding.action)->id, binding.binding});
  }
  instance->suggested[suggest->interactionProfile] = std::move(suggested);  // the last word counts
  return XR_SUCCESS;
}

XrResult attach_action_sets(XrSession xr_session, const XrSessionActionSetsAttachInfo* attach_all) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(attach_all, XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO) ||
      attach_all->countActionSets == 0 || !attach_all->actionSets) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  std::vector<ActionSet*> sets;
  for (std::uint32_t i = 0; i < attach_all->countActionSets; ++i) {
    ActionSet* set = find<ActionSet>(attach_all->actionSets[i]);
    if (!set || &set->instance != &session->instance) return XR_ERROR_HANDLE_INVALID;
    sets.push_back(set);
  }
  if (session->input.attached) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
  session->input.attached = true;
  for (ActionSet* set : sets) {
    set->attached = true;
    session->input.sets.push_back(set->id);
    for (const Action* action : runtime().objects.children<Action>(set->id)) {
      session->input.actions.push_back(attach(session->instance, *action));
    }
  }
  return XR_SUCCESS;
}

XrResult get_current_profile(XrSession xr_session, XrPath user, XrInteractionProfileState* state) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(state, XR_TYPE_INTERACTION_PROFILE_STATE)) return XR_ERROR_VALIDATION_FAILURE;
  if (!session->input.attached) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  const std::string* text = session->instance.paths.text(user);
  if (!text) return XR_ERROR_PATH_INVALID;
  if (!is_user_path(*text)) return XR_ERROR_PATH_UNSUPPORTED;
  state->interactionProfile = XR_NULL_PATH;
  if (const std::optional<Device> device = device_at(*text)) {
    const auto current = session->input.profiles.find(*device);
    if (current != session->input.profiles.end()) state->interactionProfile = current->second;
  }
  return XR_SUCCESS;
}

XrResult enumerate_bound_sources(XrSession xr_session,
                                 const XrBoundSourcesForActionEnumerateInfo* ask,
                                 std::uint32_t capacity, std::uint32_t* count, XrPath* sources) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(ask, XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const Action* action = find<Action>(ask->action);
  if (!action) return XR_ERROR_HANDLE_INVALID;
  const AttachedAction* attached = session->input.find(action->id);
  if (!attached) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  std::vector<XrPath> paths;
  for (const Source* source : bound_sources(session->input, *attached)) {
    paths.push_back(source->path);
  }
  return enumerate<XrPath>(capacity, count, sources, paths);
}

XrResult get_source_name(XrSession xr_session, const XrInputSourceLocalizedNameGetInfo* get,
                         std::uint32_t capacity, std::uint32_t* count, char* text) {
  constexpr XrInputSourceLocalizedNameFlags kAll =
      XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT |
      XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT |
      XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT;
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(get, XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO) || get->whichComponents == 0 ||
      (get->whichComponents & ~kAll) != 0) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (!session->input.attached) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
  const std::string* path = session->instance.paths.text(get->sourcePath);
  if (!path) return XR_ERROR_PATH_INVALID;
  const std::optional<SourceParts> parts = parts_of(*path);
  if (!parts || !device_at(parts->user)) return XR_ERROR_PATH_UNSUPPORTED;
  return enumerate_text(capacity, count, text, describe(*session, *parts, get->whichComponents));
}

}  // namespace tactus::runtime
