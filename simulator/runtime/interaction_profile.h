// The interaction profiles: which inputs and outputs each kind of controller has.
//
// The runtime plays any of them: it becomes the controller that the application knows best.
//
//   Clocks   none
//   Units    none
//   Errors   an unknown profile or path is nullptr, false or nullopt.
//   Threads  constants.
//   Proof    tests/simulator/runtime/action_test.cc
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "extensions.h"
#include "tracking.h"

namespace tactus::runtime {

struct InteractionProfile {
  std::string_view path;
  std::string_view localized_name;
  std::string_view both = {};       ///< of every user path: components, with spaces between them
  std::string_view left = {};       ///< of /user/hand/left alone
  std::string_view right = {};      ///< of /user/hand/right alone
  std::string_view in_1_1 = {};     ///< of every user path, of an instance of OpenXR 1.1
  std::string_view users = "hand";  ///< "hand" for both, else the one top-level user path
  Extension extension = Extension::Core;
};

/// All, the best first.
[[nodiscard]] std::span<const InteractionProfile> interaction_profiles();

/// nullptr: none of that name with these extensions.
[[nodiscard]] const InteractionProfile* profile_named(std::string_view path,
                                                      const EnabledExtensions& extensions);

/// Whether a binding path like /user/hand/left/input/select/click exists on the profile; the
/// component may be left out.
[[nodiscard]] bool accepts(const InteractionProfile& profile, std::string_view binding,
                           const EnabledExtensions& extensions);

/// A top-level user path, like /user/hand/left.
[[nodiscard]] bool is_user_path(std::string_view path);

/// A binding path in its parts.
struct SourceParts {
  std::string_view user;              ///< /user/hand/left
  std::string_view identifier;        ///< trigger, grip
  std::string_view component;         ///< value, pose; may be empty
  std::string_view whole_identifier;  ///< /user/hand/left/input/trigger
};
[[nodiscard]] std::optional<SourceParts> parts_of(std::string_view binding);

/// The device at a user path; nullopt for those that the runtime has not.
[[nodiscard]] std::optional<Device> device_at(std::string_view user);

}  // namespace tactus::runtime
