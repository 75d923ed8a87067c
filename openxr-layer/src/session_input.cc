#include "session_input.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "chain.h"
#include "glove.h"
#include "tracker.h"

namespace tactus::layer {
namespace {

/// An attached action and what was suggested for it.
struct Attached {
  XrAction action = XR_NULL_HANDLE;
  XrActionSet set = XR_NULL_HANDLE;
  XrActionType type = XR_ACTION_TYPE_BOOLEAN_INPUT;
  std::uint32_t priority = 0;
  std::uint32_t subactions = 0;
  std::array<std::array<std::uint16_t, kUsers>, kProfiles> suggested{};

  [[nodiscard]] std::size_t count_of(User user) const noexcept {
    std::size_t count = 0;
    for (const auto& profile : suggested) {
      count += static_cast<std::size_t>(std::popcount(profile[user]));
    }
    return count;
  }
  [[nodiscard]] std::size_t count() const noexcept {
    std::size_t count = 0;
    for (User user = 0; user < kUsers; ++user) count += count_of(user);
    return count;
  }
  [[nodiscard]] bool shows(User user) const noexcept {
    return (subactions >> user & 1) != 0 && count_of(user) > 0;
  }
};

/// Copies at most as many as there is room for; how many there are.
std::size_t find_attached(Instance& instance, const XrSessionActionSetsAttachInfo& info,
                          const OwnedRow<Attached>& found) noexcept {
  std::size_t count = 0;
  const Locked locked(instance.lock);
  for (std::uint32_t i = 0; i < info.countActionSets; ++i) {
    const ActionSet* set = action_sets.find(key_of(info.actionSets[i]));
    if (set == nullptr) continue;
    for (const Action* a = instance.actions; a != nullptr; a = a->following) {
      const Attached one{a->handle, a->set, a->type, set->priority, a->subactions, a->suggested};
      if (a->set != set->handle || one.count() == 0) continue;
      if (count < found.size()) found[count] = one;
      ++count;
    }
  }
  return count;
}

/// The action's inputs of one user, from the row's place `at` on; the place behind them.
std::size_t add_inputs(const Instance& instance, const Attached& action, User user,
                       const OwnedRow<BoundInput>& inputs, std::size_t at) noexcept {
  for (std::size_t p = 0; p < kProfiles; ++p) {
    for (std::size_t c = 0; c < profiles[p].components.size(); ++c) {
      if ((action.suggested[p][user] >> c & 1) == 0) continue;
      const Component& component = profiles[p].components[c];
      BoundInput& input = inputs[at];
      input.component = &component;
      input.path = path_of(instance, user, component.path);
      input.set = action.set;
      input.priority = action.priority;
      input.profile = static_cast<std::uint8_t>(p);
      input.user = user;
      const auto shares = [&](const BoundInput& other) {
        return other.user == user && other.profile == p &&
               other.component->source() == component.source();
      };
      const BoundInput* first = std::find_if(inputs.begin(), &input, shares);
      input.source = static_cast<std::size_t>(first - inputs.begin());
      ++at;
    }
  }
  return at;
}

/// For all users together, and for each that the application may ask about.
void fill(const Instance& instance, const OwnedRow<Attached>& attached,
          SessionInput& input) noexcept {
  std::size_t at = 0;
  DrivenAction* driven = input.actions.begin();
  const auto drive = [&](const Attached& a, User user, std::size_t from, std::size_t to) {
    driven->action = a.action;
    driven->type = a.type;
    driven->user = user == kNoUser ? XR_NULL_PATH : input.users[user];
    driven->is_hidden = is_hidden(instance, user);
    driven->inputs = {input.inputs.begin() + from, to - from};
    driven->state.write({});
    ++driven;
  };
  for (const Attached& action : attached) {
    const std::size_t first = at;
    for (User user = 0; user < kUsers; ++user) {
      const std::size_t from = at;
      at = add_inputs(instance, action, user, input.inputs, at);
      if (at > from && input.users[user] == XR_NULL_PATH) {
        input.users[user] = path_of(instance, user);
      }
      if (action.shows(user)) drive(action, user, from, at);
    }
    drive(action, kNoUser, first, at);
  }
  for (User user = 0; user < kUsers; ++user) {
    input.best[user] = kProfiles;
    input.playing[user] = kProfiles;
  }
  for (const BoundInput& bound : input.inputs) {
    std::size_t& best = input.best[bound.user];
    best = std::min<std::size_t>(best, bound.profile);
  }
}

Owned<SessionInput> make_input(const Instance& instance,
                               const OwnedRow<Attached>& attached) noexcept {
  std::size_t inputs = 0, shown = 0;
  for (const Attached& action : attached) {
    inputs += action.count();
    ++shown;
    for (User user = 0; user < kUsers; ++user) shown += action.shows(user) ? 1u : 0u;
  }
  Owned<SessionInput> input = make<SessionInput>();
  if (input == nullptr) return nullptr;
  input->inputs = OwnedRow<BoundInput>(inputs);
  input->actions = OwnedRow<DrivenAction>(shown);
  if (input->inputs.size() < inputs || input->actions.size() < shown) return nullptr;
  for (User hand = 0; hand < kHands; ++hand) input->users[hand] = path_of(instance, hand);
  for (std::size_t p = 0; p < kProfiles; ++p) {
    XrPath& path = input->profile_paths[p];
    const XrResult result = instance.next.xrStringToPath(instance.handle, profiles[p].path, &path);
    if (XR_FAILED(result)) path = XR_NULL_PATH;
  }
  fill(instance, attached, *input);
  return input;
}

/// One xrSyncActions.
struct Sync {
  const Session& session;
  SessionInput& input;
  const XrActionsSyncInfo& info;
  XrTime now;
};

bool is_wanted(const Sync& sync, const BoundInput& bound) noexcept {
  if (sync.input.playing[bound.user].load(std::memory_order_relaxed) != bound.profile) {
    return false;
  }
  const XrPath user = sync.input.users[bound.user];
  for (std::uint32_t i = 0; i < sync.info.countActiveActionSets; ++i) {
    const XrActiveActionSet& active = sync.info.activeActionSets[i];
    const bool is_of_user = active.subactionPath == XR_NULL_PATH || active.subactionPath == user;
    if (active.actionSet == bound.set && is_of_user) return true;
  }
  return false;
}

/// The set's own, unless this sync says otherwise (XR_EXT_active_action_set_priority).
std::uint32_t priority_of(const Sync& sync, const BoundInput& bound) noexcept {
  if (!sync.session.instance->wants(Extension::ActionSetPriority)) return bound.priority;
  const auto* said = first_of<const XrActiveActionSetPrioritiesEXT>(
      const_cast<void*>(sync.info.next), XR_TYPE_ACTIVE_ACTION_SET_PRIORITIES_EXT);
  for (std::uint32_t i = 0; said != nullptr && i < said->actionSetPriorityCount; ++i) {
    const XrActiveActionSetPriorityEXT& one = said->actionSetPriorities[i];
    if (one.actionSet == bound.set) return one.priorityOverride;
  }
  return bound.priority;
}

/// Of sets that share a source, those of the highest priority get it.
bool is_heard(const Sync& sync, const BoundInput& bound) noexcept {
  return is_wanted(sync, bound) &&
         priority_of(sync, bound) == sync.input.inputs[bound.source].highest;
}

void rank(const Sync& sync) noexcept {
  for (BoundInput& bound : sync.input.inputs) bound.highest = 0;
  for (const BoundInput& bound : sync.input.inputs) {
    std::uint32_t& highest = sync.input.inputs[bound.source].highest;
    if (is_wanted(sync, bound)) highest = std::max(highest, priority_of(sync, bound));
  }
}

XrPath profile_below(const Session& session, XrPath user) noexcept {
  XrInteractionProfileState state{};
  state.type = XR_TYPE_INTERACTION_PROFILE_STATE;
  const XrResult result =
      session.instance->next.xrGetCurrentInteractionProfile(session.handle, user, &state);
  return XR_SUCCEEDED(result) ? state.interactionProfile : XR_NULL_PATH;
}

/// Its glove is on, or it is a tracker that is there; takes in what a glove says.
bool look_at(const Sync& sync, User user) noexcept {
  Instance& instance = *sync.session.instance;
  if (is_tracker(user)) return is_tracker_on(instance, user);
  HandPose pose;
  HandValues& values = sync.input.values[user];
  const bool is_on = glove_hand_now(instance, hand_of(user), pose);
  values = is_on ? read_values(pose, values) : HandValues();
  return is_on;
}

/// Which devices are there and how hands are held. A user's profile changes here and nowhere else.
void look_at_devices(const Sync& sync) noexcept {
  SessionInput& input = sync.input;
  for (User user = 0; user < kUsers; ++user) {
    if (input.best[user] == kProfiles) continue;
    const std::size_t now = look_at(sync, user) ? input.best[user] : kProfiles;
    const std::size_t before = input.playing[user].exchange(now, std::memory_order_relaxed);
    if (now == before) continue;
    const XrPath played = input.profile_paths[std::min(now, before)];
    const bool is_new = is_hidden(*sync.session.instance, user) ||
                        played != profile_below(sync.session, input.users[user]);
    if (is_new) input.has_profile_changed = true;
  }
}

/// What those below say of an action.
DrivenState state_below(const Session& session, const DrivenAction& driven) noexcept {
  const Next& next = session.instance->next;
  const XrActionStateGetInfo info{XR_TYPE_ACTION_STATE_GET_INFO, nullptr, driven.action,
                                  driven.user};
  DrivenState below;
  const bool is_gone = actions.find(key_of(driven.action)) == nullptr;
  if (is_gone || driven.is_hidden) return below;
  if (driven.type == XR_ACTION_TYPE_BOOLEAN_INPUT) {
    XrActionStateBoolean state{};
    state.type = XR_TYPE_ACTION_STATE_BOOLEAN;
    if (XR_FAILED(next.xrGetActionStateBoolean(session.handle, &info, &state))) return below;
    below.is_active = state.isActive == XR_TRUE;
    below.value = state.currentState == XR_TRUE ? 1.0f : 0.0f;
    below.t_changed = state.lastChangeTime;
  } else if (driven.type == XR_ACTION_TYPE_FLOAT_INPUT) {
    XrActionStateFloat state{};
    state.type = XR_TYPE_ACTION_STATE_FLOAT;
    if (XR_FAILED(next.xrGetActionStateFloat(session.handle, &info, &state))) return below;
    below.is_active = state.isActive == XR_TRUE;
    below.value = state.currentState;
    below.t_changed = state.lastChangeTime;
  } else {
    XrActionStatePose state{};
    state.type = XR_TYPE_ACTION_STATE_POSE;
    if (XR_FAILED(next.xrGetActionStatePose(session.handle, &info, &state))) return below;
    below.is_active = state.isActive == XR_TRUE;
  }
  return below;
}

/// [spec] 11.6.1: any button, the lever that is pulled furthest, one source of a pose, which stays
/// the same while it can.
void merge(const Sync& sync, const DrivenAction& driven, const DrivenState& before,
           DrivenState& state) noexcept {
  bool keeps_source = false;
  for (const BoundInput& bound : driven.inputs) {
    if (!is_heard(sync, bound)) continue;
    const Component& component = *bound.component;
    const bool was_source =
        before.has_source && before.user == bound.user && before.input == component.input;
    if (!state.has_source || (was_source && !keeps_source)) {
      state.user = bound.user;
      state.input = component.input;
      keeps_source = was_source;
    }
    state.has_source = state.is_active = true;
    if (driven.type == XR_ACTION_TYPE_POSE_INPUT) continue;
    const HandValues& values = sync.input.values[bound.user];
    const bool is_button = driven.type == XR_ACTION_TYPE_BOOLEAN_INPUT;
    const float value =
        is_button ? (is_pressed(values, component) ? 1.0f : 0.0f) : value_of(values, component);
    if (std::abs(value) > std::abs(state.value)) state.value = value;
  }
}

void evaluate(const Sync& sync, DrivenAction& driven) noexcept {
  DrivenState before;
  if (!driven.state.read(before)) before = {};
  DrivenState state = state_below(sync.session, driven);
  const DrivenState below = state;
  merge(sync, driven, before, state);
  state.is_ours = state.has_source || before.has_source;
  state.has_changed = state.is_active && before.is_active && state.value != before.value;
  const bool is_only_below = below.is_active && below.value == state.value && !state.has_source;
  if (!state.is_active) {
    state.t_changed = 0;
  } else if (!is_only_below) {
    const bool is_same = before.is_active && !state.has_changed;
    state.t_changed = is_same ? before.t_changed : sync.now;
  }
  driven.state.write(state);
}

XrTime time_of_sync(Instance& instance) noexcept {
  const ServiceLink::Lease lease(instance.link);
  return lease ? instance.time_map.stamp(now_of(lease.published())) : 0;
}

}  // namespace

const DrivenAction* SessionInput::find(XrAction action, XrPath user) const noexcept {
  for (const DrivenAction& driven : actions) {
    if (driven.action == action && driven.user == user) return &driven;
  }
  return nullptr;
}

void attach_input(Session& session, const XrSessionActionSetsAttachInfo& info) noexcept {
  Instance& instance = *session.instance;
  for (std::uint32_t i = 0; i < info.countActionSets; ++i) {
    if (ActionSet* set = action_sets.find(key_of(info.actionSets[i]))) set->is_attached = true;
  }
  OwnedRow<Attached> attached(find_attached(instance, info, {}));
  if (find_attached(instance, info, attached) != attached.size()) return;
  Owned<SessionInput> input = make_input(instance, attached);
  SessionInput* none = nullptr;
  if (input != nullptr && session.input.compare_exchange_strong(none, input.get())) {
    static_cast<void>(input.release());  // the session's
  }
}

void sync_input(Session& session, const XrActionsSyncInfo& info, XrResult result) noexcept {
  SessionInput* input = session.input.load(std::memory_order_acquire);
  if (XR_FAILED(result) || input == nullptr || !input->syncing.try_lock()) return;
  if (result == XR_SESSION_NOT_FOCUSED) {
    for (DrivenAction& driven : input->actions) driven.state.write({});
  } else {
    const Sync sync{session, *input, info, time_of_sync(*session.instance)};
    look_at_devices(sync);
    rank(sync);
    for (DrivenAction& driven : input->actions) evaluate(sync, driven);
  }
  input->syncing.unlock();
}

bool read_driven(const Session& session, XrAction action, XrPath user,
                 DrivenState& state) noexcept {
  const SessionInput* input = session.input.load(std::memory_order_acquire);
  if (input == nullptr || !session.is_focused()) return false;
  const DrivenAction* driven = input->find(action, user);
  return driven != nullptr && driven->state.read(state) && state.is_ours;
}

}  // namespace tactus::layer
