#include "action.h"

#include <algorithm>
#include <cstring>

#include "entry_points.h"
#include "enumerate.h"
#include "interaction_profile.h"
#include "runtime.h"

namespace tactus::runtime {
namespace {

// A name must end within its array; "" stands for one that does not, which no rule accepts.
template <std::size_t kSize>
std::string text_of(const char (&array)[kSize]) {
  const auto* end = static_cast<const char*>(std::memchr(array, '\0', kSize));
  return end ? std::string(array, end) : std::string();
}

template <typename Named>
XrResult check_names(const std::string& name, const std::string& localized_name,
                     const std::vector<Named*>& siblings) {
  if (name.empty()) return XR_ERROR_NAME_INVALID;
  if (localized_name.empty()) return XR_ERROR_LOCALIZED_NAME_INVALID;
  if (!is_path_component(name)) return XR_ERROR_PATH_FORMAT_INVALID;
  for (const Named* other : siblings) {
    if (other->name == name) return XR_ERROR_NAME_DUPLICATED;
    if (other->localized_name == localized_name) return XR_ERROR_LOCALIZED_NAME_DUPLICATED;
  }
  return XR_SUCCESS;
}

bool is_action_type(XrActionType type) {
  switch (type) {
    case XR_ACTION_TYPE_BOOLEAN_INPUT:
    case XR_ACTION_TYPE_FLOAT_INPUT:
    case XR_ACTION_TYPE_VECTOR2F_INPUT:
    case XR_ACTION_TYPE_POSE_INPUT:
    case XR_ACTION_TYPE_VIBRATION_OUTPUT:
      return true;
    default:
      return false;
  }
}

XrResult read_subactions(const PathTable& paths, const XrActionCreateInfo& create,
                         std::vector<XrPath>& subactions) {
  if (create.countSubactionPaths > 0 && !create.subactionPaths) return XR_ERROR_VALIDATION_FAILURE;
  for (std::uint32_t i = 0; i < create.countSubactionPaths; ++i) {
    const XrPath path = create.subactionPaths[i];
    const std::string* text = paths.text(path);
    if (!text) return XR_ERROR_PATH_INVALID;
    const bool is_new = std::find(subactions.begin(), subactions.end(), path) == subactions.end();
    if (!is_user_path(*text) || !is_new) return XR_ERROR_PATH_UNSUPPORTED;
    subactions.push_back(path);
  }
  return XR_SUCCESS;
}

}  // namespace

XrResult check_subaction(const Action& action, XrPath subaction) {
  if (subaction == XR_NULL_PATH) return XR_SUCCESS;
  if (!action.set.instance.paths.text(subaction)) return XR_ERROR_PATH_INVALID;
  const bool is_own = std::find(action.subactions.begin(), action.subactions.end(), subaction) !=
                      action.subactions.end();
  return is_own ? XR_SUCCESS : XR_ERROR_PATH_UNSUPPORTED;
}

XrResult create_action_set(XrInstance xr_instance, const XrActionSetCreateInfo* create,
                           XrActionSet* made) {
  Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_ACTION_SET_CREATE_INFO) || !made) return XR_ERROR_VALIDATION_FAILURE;
  const std::string name = text_of(create->actionSetName);
  const std::string localized_name = text_of(create->localizedActionSetName);
  ObjectTable& objects = runtime().objects;
  const XrResult result =
      check_names(name, localized_name, objects.children<ActionSet>(instance->id));
  if (XR_FAILED(result)) return result;
  ActionSet& set = objects.add<ActionSet>(instance->id, *instance);
  set.name = name;
  set.localized_name = localized_name;
  set.priority = create->priority;
  *made = xr(set);
  return XR_SUCCESS;
}

XrResult destroy_action_set(XrActionSet xr_set) {
  const ActionSet* set = find<ActionSet>(xr_set);
  if (!set) return XR_ERROR_HANDLE_INVALID;
  runtime().objects.remove(set->id);
  return XR_SUCCESS;
}

XrResult create_action(XrActionSet xr_set, const XrActionCreateInfo* create, XrAction* made) {
  ActionSet* set = find<ActionSet>(xr_set);
  if (!set) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_ACTION_CREATE_INFO) || !made || !is_action_type(create->actionType)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (set->attached) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
  const std::string name = text_of(create->actionName);
  const std::string localized_name = text_of(create->localizedActionName);
  ObjectTable& objects = runtime().objects;
  XrResult result = check_names(name, localized_name, objects.children<Action>(set->id));
  if (XR_FAILED(result)) return result;
  std::vector<XrPath> subactions;
  result = read_subactions(set->instance.paths, *create, subactions);
  if (XR_FAILED(result)) return result;
  Action& action = objects.add<Action>(set->id, *set);
  action.kind = create->actionType;
  action.name = name;
  action.localized_name = localized_name;
  action.subactions = std::move(subactions);
  *made = xr(action);
  return XR_SUCCESS;
}

XrResult destroy_action(XrAction xr_action) {
  const Action* action = find<Action>(xr_action);
  if (!action) return XR_ERROR_HANDLE_INVALID;
  runtime().objects.remove(action->id);
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
