// What a session's actions are bound to, and what they were at the last xrSyncActions.
//
// It keeps copies of what was attached: destroying an action takes the application's handle away,
// not what is bound to it.
//
//   Clocks   XrTime of the sync
//   Units    as the inputs: [0, 1], [-1, 1]
//   Errors   none
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/action_test.cc
#pragma once
#include <map>
#include <string>
#include <vector>

#include "input_script.h"
#include "object.h"
#include "tracking.h"
#include "xr.h"

namespace tactus::runtime {

/// One input or output of one device.
struct Source {
  XrPath path;
  Device device;
  std::string identifier;        ///< trigger, grip
  std::string component;         ///< value, pose; may be empty
  std::string whole_identifier;  ///< what counts as the same input between action sets
};

/// An action as seen through one subaction path (XR_NULL_PATH: through all).
struct ActionState {
  bool active = false;
  float x = 0;  ///< the value; 0 or 1 for a boolean
  float y = 0;
  bool changed = false;
  XrTime changed_at = 0;
  XrPath pose_source = XR_NULL_PATH;  ///< an action space follows it until it is unbound
};

struct AttachedAction {
  ObjectId id;
  ObjectId set;
  XrActionType kind;
  std::uint32_t priority;                         ///< of its set
  std::map<XrPath, std::vector<Source>> sources;  ///< by interaction profile, all of them
  std::map<XrPath, ActionState> states;           ///< by subaction path
};

struct SessionInput {
  bool attached = false;
  std::vector<ObjectId> sets;
  std::vector<AttachedAction> actions;
  std::map<Device, XrPath> profiles;  ///< the current ones; absent: none

  [[nodiscard]] const AttachedAction* find(ObjectId action) const;
};

struct Session;

/// The sources that the action is bound to on the devices' current profiles.
[[nodiscard]] std::vector<const Source*> bound_sources(const SessionInput& input,
                                                       const AttachedAction& action);

/// Where the pose action's source is. Inactive when it has none or the session is not focused.
[[nodiscard]] Motion locate_action(Session& session, ObjectId action, XrPath subaction,
                                   XrTime time);

/// What a source measures now; y only for two-axis ones.
[[nodiscard]] Vec3 measure(const Source& source, const Controls& controls);

}  // namespace tactus::runtime
