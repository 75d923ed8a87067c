// The actions of a session that gloves and trackers drive: what they are bound to, and what they were
// at the last xrSyncActions.
//
// A glove is one source more beside the runtime's, and so is a tracker. What the runtime says of an
// action is asked at each sync and merged with ours as OpenXR says of several sources; where none of
// ours has a part in it, its own answer passes.
//
//   Clocks   XrTime of the sync.
//   Frames   none: poses are found when they are located.
//   Units    values in [-1, 1].
//   Errors   what cannot be kept is the runtime's alone.
//   Threads  made when action sets are attached, freed with the session. Of two that sync at once one
//            evaluates; readers take no lock.
//   Proof    tests/openxr-layer/must_hand_interaction_*_test.cc, must_vive_tracker_test.cc
#pragma once
#include "hand_input.h"
#include "instance.h"
#include "user.h"

namespace tactus::layer {

/// One input of one user that an action is bound to.
struct BoundInput {
  const Component* component = nullptr;
  XrPath path = XR_NULL_PATH;
  XrActionSet set = XR_NULL_HANDLE;
  std::uint32_t priority = 0;  ///< of the set
  std::uint8_t profile = 0;
  User user = kNoUser;
  std::size_t source = 0;     ///< the first of those that share its source
  std::uint32_t highest = 0;  ///< of a source's first: the priority that gets it
};

/// An action as one subaction path shows it, at the last sync.
struct DrivenState {
  bool is_ours = false;     ///< a source of ours has a part in it, or had at the sync before
  bool has_source = false;  ///< … has now
  bool is_active = false;
  bool has_changed = false;
  float value = 0;  ///< 0 or 1 of a boolean
  XrTime t_changed = 0;
  User user = kNoUser;  ///< of a pose with a source of ours: whose it is
  HandInput input = HandInput::Grip;
};

struct DrivenAction {
  XrAction action = XR_NULL_HANDLE;
  XrActionType type = XR_ACTION_TYPE_BOOLEAN_INPUT;
  XrPath user = XR_NULL_PATH;  ///< the subaction path
  bool is_hidden = false;      ///< those below do not know it
  std::span<BoundInput> inputs;
  ipc::Cell<DrivenState> state;
};

struct SessionInput {
  std::array<XrPath, kUsers> users{};  ///< of those that something was suggested for, and hands
  std::array<XrPath, kProfiles> profile_paths{};
  std::array<std::size_t, kUsers> best{};  ///< the profile that the user's device plays, or none
  OwnedRow<BoundInput> inputs;             ///< by action, then by user
  OwnedRow<DrivenAction> actions;
  std::array<std::atomic<std::size_t>, kUsers> playing{};  ///< profiles; kProfiles: none is there
  std::atomic<bool> has_profile_changed{false};            ///< the application is not told yet

  SpinLock syncing;  ///< only ever tried
  std::array<HandValues, kHands> values{};

  [[nodiscard]] const DrivenAction* find(XrAction action, XrPath user) const noexcept;
};

/// The session's action sets are attached now.
void attach_input(Session& session, const XrSessionActionSetsAttachInfo& info) noexcept;

/// Those below have synchronised with this result.
void sync_input(Session& session, const XrActionsSyncInfo& info, XrResult result) noexcept;

/// What the action was at the last sync; false: its answer is the runtime's.
[[nodiscard]] bool read_driven(const Session& session, XrAction action, XrPath user,
                               DrivenState& state) noexcept;

}  // namespace tactus::layer
