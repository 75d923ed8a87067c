// Action sets and actions, as the application declares them.
//
//   Clocks   none
//   Units    none
//   Errors   as xrCreateActionSet and xrCreateAction
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/action_test.cc
#pragma once
#include <string>
#include <vector>

#include "instance.h"
#include "object.h"

namespace tactus::runtime {

struct ActionSet : Object {
  using Xr = XrActionSet;
  static constexpr XrObjectType kType = XR_OBJECT_TYPE_ACTION_SET;
  explicit ActionSet(Instance& of) : Object(kType), instance(of) {}

  Instance& instance;
  std::string name;
  std::string localized_name;
  std::uint32_t priority = 0;
  bool attached = false;  ///< to a session, ever: it is immutable from then on
};

struct Action : Object {
  using Xr = XrAction;
  static constexpr XrObjectType kType = XR_OBJECT_TYPE_ACTION;
  explicit Action(ActionSet& of) : Object(kType), set(of) {}

  ActionSet& set;
  XrActionType kind = XR_ACTION_TYPE_BOOLEAN_INPUT;
  std::string name;
  std::string localized_name;
  std::vector<XrPath> subactions;
};

/// XR_NULL_PATH or one of the action's own; XR_ERROR_PATH_INVALID, XR_ERROR_PATH_UNSUPPORTED.
[[nodiscard]] XrResult check_subaction(const Action& action, XrPath subaction);

}  // namespace tactus::runtime
