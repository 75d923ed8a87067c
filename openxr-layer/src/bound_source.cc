// What an action is bound to, and what that is called: the runtime's sources, then ours.
#include <array>
#include <cstdio>
#include <cstring>

#include "functions.h"
#include "session_input.h"

namespace tactus::layer {
namespace {

/// Whose top-level user path it is; kNoUser: that of nobody whom something was suggested for.
User find_user(const SessionInput& input, XrPath path) noexcept {
  User user = 0;
  while (user < kUsers && (path == XR_NULL_PATH || input.users[user] != path)) ++user;
  return user;
}

/// Those below say whether the session may be asked; of a user whom they do not know, by a hand.
XrResult profile_below(Session& session, XrPath user, bool is_hidden,
                       XrInteractionProfileState* state) noexcept {
  const Instance& instance = *session.instance;
  const XrPath known = is_hidden ? path_of(instance, user_of(Hand::Left)) : user;
  const XrResult result =
      instance.next.xrGetCurrentInteractionProfile(session.handle, known, state);
  if (is_hidden && XR_SUCCEEDED(result)) state->interactionProfile = XR_NULL_PATH;
  return result;
}

bool is_playing(const SessionInput& input, const BoundInput& bound) noexcept {
  return input.playing[bound.user].load(std::memory_order_relaxed) == bound.profile;
}

/// The glove's input at this path; null when it is none, or no glove plays it.
const BoundInput* find_source(const SessionInput& input, XrPath path) noexcept {
  for (const BoundInput& bound : input.inputs) {
    if (bound.path == path && is_playing(input, bound)) return &bound;
  }
  return nullptr;
}

const char* name_of(HandInput input) noexcept {
  switch (input) {
    case HandInput::Grip:
    case HandInput::GripSurface:
      return "Grip";
    case HandInput::AimAt:
      return "Aim";
    case HandInput::PokeAt:
      return "Fingertip";
    case HandInput::Grasp:
    case HandInput::GraspReady:
      return "Grasp";
    default:
      return "Pinch";
  }
}

/// Adds a word behind a space.
template <std::size_t kSize>
void append(std::array<char, kSize>& text, const char* word) noexcept {
  const std::size_t used = std::strlen(text.data());
  std::snprintf(text.data() + used, kSize - used, "%s%s", used == 0 ? "" : " ", word);
}

XrResult give_name(const BoundInput& bound, XrInputSourceLocalizedNameFlags parts,
                   std::uint32_t capacity, std::uint32_t* count, char* buffer) noexcept {
  constexpr XrInputSourceLocalizedNameFlags kAll =
      XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT |
      XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT |
      XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT;
  const bool is_right = count != nullptr && (capacity == 0 || buffer != nullptr) && parts != 0 &&
                        (parts & ~kAll) == 0;
  if (!is_right) return XR_ERROR_VALIDATION_FAILURE;
  std::array<char, 64> text{};
  if ((parts & XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT) != 0) {
    append(text, title_of(bound.user));
  }
  if ((parts & XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT) != 0) {
    append(text, is_tracker(bound.user) ? "Tracker" : "Glove");
  }
  if ((parts & XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT) != 0) {
    append(text, name_of(bound.component->input));
  }
  *count = static_cast<std::uint32_t>(std::strlen(text.data())) + 1;
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  std::memcpy(buffer, text.data(), *count);
  return XR_SUCCESS;
}

constexpr std::uint32_t kMostSources = 64;  // an application suggests a few

/// The runtime's and ours, each once.
struct Sources {
  std::array<XrPath, kMostSources> paths{};
  std::uint32_t count = 0;

  void add(XrPath path) noexcept {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (paths[i] == path) return;
    }
    if (count < kMostSources) paths[count++] = path;
  }
};

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL
xrGetCurrentInteractionProfile(XrSession session, XrPath topLevelUserPath,
                               XrInteractionProfileState* interactionProfile) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const UserPath asked(*ours->instance, topLevelUserPath);
  const bool is_ours_alone = is_hidden(*ours->instance, asked.user);
  if (is_ours_alone && !asked.is_whole()) return XR_ERROR_PATH_UNSUPPORTED;
  const XrResult result = profile_below(*ours, topLevelUserPath, is_ours_alone, interactionProfile);
  const SessionInput* input = ours->input.load(std::memory_order_acquire);
  if (XR_FAILED(result) || input == nullptr) return result;
  const User user = find_user(*input, topLevelUserPath);
  if (user == kNoUser) return result;
  const std::size_t profile = input->playing[user].load(std::memory_order_relaxed);
  if (profile < kProfiles) interactionProfile->interactionProfile = input->profile_paths[profile];
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrEnumerateBoundSourcesForAction(
    XrSession session, const XrBoundSourcesForActionEnumerateInfo* enumerateInfo,
    uint32_t sourceCapacityInput, uint32_t* sourceCountOutput, XrPath* sources) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const auto below = ours->instance->next.xrEnumerateBoundSourcesForAction;
  const SessionInput* input = ours->input.load(std::memory_order_acquire);
  const DrivenAction* driven = input == nullptr || enumerateInfo == nullptr
                                   ? nullptr
                                   : input->find(enumerateInfo->action, XR_NULL_PATH);
  bool is_driven = false;
  if (driven != nullptr) {
    for (const BoundInput& bound : driven->inputs) is_driven |= is_playing(*input, bound);
  }
  if (!is_driven || sourceCountOutput == nullptr ||
      (sourceCapacityInput > 0 && sources == nullptr)) {
    return below(session, enumerateInfo, sourceCapacityInput, sourceCountOutput, sources);
  }
  Sources all;
  const XrResult result = below(session, enumerateInfo, kMostSources, &all.count, all.paths.data());
  if (XR_FAILED(result)) return result;
  for (const BoundInput& bound : driven->inputs) {
    if (is_playing(*input, bound)) all.add(bound.path);
  }
  *sourceCountOutput = all.count;
  if (sourceCapacityInput == 0) return XR_SUCCESS;
  if (sourceCapacityInput < all.count) return XR_ERROR_SIZE_INSUFFICIENT;
  std::copy_n(all.paths.begin(), all.count, sources);
  return XR_SUCCESS;
}

XRAPI_ATTR XrResult XRAPI_CALL xrGetInputSourceLocalizedName(
    XrSession session, const XrInputSourceLocalizedNameGetInfo* getInfo,
    uint32_t bufferCapacityInput, uint32_t* bufferCountOutput, char* buffer) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const SessionInput* input = ours->input.load(std::memory_order_acquire);
  const bool is_asked = input != nullptr && getInfo != nullptr &&
                        getInfo->type == XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO;
  const BoundInput* source = is_asked ? find_source(*input, getInfo->sourcePath) : nullptr;
  if (source == nullptr) {
    return ours->instance->next.xrGetInputSourceLocalizedName(session, getInfo, bufferCapacityInput,
                                                              bufferCountOutput, buffer);
  }
  return give_name(*source, getInfo->whichComponents, bufferCapacityInput, bufferCountOutput,
                   buffer);
}

}  // namespace tactus::layer
