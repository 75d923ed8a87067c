// The interaction profiles that gloves and trackers play: which input stands behind each path.
//
//   Clocks   none.
//   Units    none.
//   Errors   null, or kProfiles, for what they do not play.
//   Threads  constants.
//   Proof    tests/openxr-layer/must_hand_interaction_*_test.cc
#pragma once
#include <openxr/openxr.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tactus::layer {

/// What a hand in a glove says.
enum class HandInput : std::uint8_t {
  Grip,  ///< poses
  GripSurface,
  AimAt,
  PinchAt,
  PokeAt,
  Pinch,  ///< 0 to 1
  Grasp,
  PinchReady,  ///< yes or no
  GraspReady,
  Absent,  ///< the profile has it, and nothing of ours says it
};
[[nodiscard]] constexpr bool is_pose(HandInput input) noexcept {
  return input <= HandInput::PokeAt;
}

struct Component {
  std::string_view path;  ///< behind the user path: input/pinch_ext/value
  HandInput input;
  bool is_button = false;  ///< of a value: pressed or not
  /// input/pinch_ext: bound to the same source where this is the same.
  [[nodiscard]] std::string_view source() const noexcept { return path.substr(0, path.rfind('/')); }
};

struct Profile {
  const char* path;
  std::span<const Component> components;  ///< kMostComponents at most
};
inline constexpr std::size_t kMostComponents = 16;

inline constexpr std::size_t kProfiles = 7;
inline constexpr std::size_t kHandInteraction = 0;     ///< of XR_EXT_hand_interaction
inline constexpr std::size_t kViveTracker = 6;         ///< of XR_HTCX_vive_tracker_interaction
extern const std::array<Profile, kProfiles> profiles;  ///< what suits a hand best comes first

/// Its number in `profiles`; kProfiles for one that nothing of ours plays.
[[nodiscard]] std::size_t find_profile(std::string_view path) noexcept;

/// Whether the profile has this path, with its component or without, in this version of OpenXR.
[[nodiscard]] bool has(const Profile& profile, std::string_view path, bool is_1_1) noexcept;

/// What an action of `type` gets that is bound to this path; of one without a component, that which
/// OpenXR says. Null: nothing that the type can hold.
[[nodiscard]] const Component* find_component(const Profile& profile, std::string_view path,
                                              XrActionType type) noexcept;

}  // namespace tactus::layer
