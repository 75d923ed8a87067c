#include "interaction_profile.h"

#include <algorithm>
#include <array>

namespace tactus::runtime {
namespace {

constexpr std::string_view kLeft = "/user/hand/left";
constexpr std::string_view kRight = "/user/hand/right";
constexpr std::array<std::string_view, 5> kUsers{kLeft, kRight, "/user/head", "/user/gamepad",
                                                 "/user/treadmill"};

// OpenXR 1.1, 6.4 "Interaction Profile Paths", and XR_EXT_hand_interaction.
constexpr InteractionProfile kProfiles[] = {
    {.path = "/interaction_profiles/oculus/touch_controller",
     .localized_name = "Touch controller",
     .both = "input/squeeze/value input/trigger/value input/trigger/touch input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/thumbstick/touch "
             "input/thumbrest/touch input/grip/pose input/aim/pose output/haptic",
     .left = "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
     .right = "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
     .in_1_1 = "input/trigger/proximity input/thumb_resting_surfaces/proximity"},
    {.path = "/interaction_profiles/valve/index_controller",
     .localized_name = "Index controller",
     .both = "input/system/click input/system/touch input/a/click input/a/touch input/b/click "
             "input/b/touch input/squeeze/value input/squeeze/force input/trigger/click "
             "input/trigger/value input/trigger/touch input/thumbstick/x input/thumbstick/y "
             "input/thumbstick/click input/thumbstick/touch input/trackpad/x input/trackpad/y "
             "input/trackpad/force input/trackpad/touch input/grip/pose input/aim/pose "
             "output/haptic"},
    {.path = "/interaction_profiles/microsoft/motion_controller",
     .localized_name = "Motion controller",
     .both = "input/menu/click input/squeeze/click input/trigger/value input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/trackpad/x input/trackpad/y "
             "input/trackpad/click input/trackpad/touch input/grip/pose input/aim/pose "
             "output/haptic"},
    {.path = "/interaction_profiles/htc/vive_controller",
     .localized_name = "Vive controller",
     .both = "input/system/click input/squeeze/click input/menu/click input/trigger/click "
             "input/trigger/value input/trackpad/x input/trackpad/y input/trackpad/click "
             "input/trackpad/touch input/grip/pose input/aim/pose output/haptic"},
    {.path = "/interaction_profiles/meta/touch_pro_controller",
     .localized_name = "Touch Pro controller",
     .both = "input/squeeze/value input/trigger/value input/trigger/touch input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/thumbstick/touch "
             "input/thumbrest/touch input/grip/pose input/aim/pose output/haptic "
             "input/thumbrest/force input/stylus/force input/thumb_resting_surfaces/proximity "
             "input/trigger_curl/value input/trigger_slide/value input/trigger/proximity "
             "output/haptic_trigger output/haptic_thumb",
     .left = "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
     .right = "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/meta/touch_plus_controller",
     .localized_name = "Touch Plus controller",
     .both = "input/squeeze/value input/trigger/value input/trigger/touch input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/thumbstick/touch "
             "input/thumbrest/touch input/grip/pose input/aim/pose output/haptic "
             "input/thumb_resting_surfaces/proximity input/trigger/proximity "
             "input/trigger_curl/value input/trigger_slide/value input/trigger/force",
     .left = "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
     .right = "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/meta/touch_controller_quest_2",
     .localized_name = "Quest 2 controller",
     .both = "input/squeeze/value input/trigger/value input/trigger/touch input/trigger/proximity "
             "input/thumb_resting_surfaces/proximity input/thumbstick/x input/thumbstick/y "
             "input/thumbstick/click input/thumbstick/touch input/thumbrest/touch input/grip/pose "
             "input/aim/pose output/haptic",
     .left = "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
     .right = "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/meta/touch_controller_quest_1_rift_s",
     .localized_name = "Quest and Rift S controller",
     .both = "input/squeeze/value input/trigger/value input/trigger/touch input/trigger/proximity "
             "input/thumb_resting_surfaces/proximity input/thumbstick/x input/thumbstick/y "
             "input/thumbstick/click input/thumbstick/touch input/grip/pose input/aim/pose "
             "output/haptic",
     .left = "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
     .right = "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/meta/touch_controller_rift_cv1",
     .localized_name = "Rift controller",
     .both = "input/squeeze/value input/trigger/value input/trigger/touch input/trigger/proximity "
             "input/thumb_resting_surfaces/proximity input/thumbstick/x input/thumbstick/y "
             "input/thumbstick/click input/thumbstick/touch input/thumbrest/touch input/grip/pose "
             "input/aim/pose output/haptic",
     .left = "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
     .right = "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/bytedance/pico4_controller",
     .localized_name = "PICO 4 controller",
     .both = "input/system/click input/squeeze/click input/squeeze/value input/trigger/click "
             "input/trigger/touch input/trigger/value input/thumbstick/x input/thumbstick/y "
             "input/thumbstick/click input/thumbstick/touch input/grip/pose input/aim/pose "
             "output/haptic",
     .left = "input/x/click input/x/touch input/y/click input/menu/click input/y/touch",
     .right = "input/a/click input/a/touch input/b/click input/b/touch",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/bytedance/pico_neo3_controller",
     .localized_name = "PICO Neo3 controller",
     .both = "input/system/click input/menu/click input/squeeze/click input/squeeze/value "
             "input/trigger/click input/trigger/touch input/trigger/value input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/thumbstick/touch input/grip/pose "
             "input/aim/pose output/haptic",
     .left = "input/x/click input/x/touch input/y/click input/y/touch",
     .right = "input/a/click input/a/touch input/b/click input/b/touch",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/htc/vive_focus3_controller",
     .localized_name = "Vive Focus 3 controller",
     .both = "input/squeeze/click input/squeeze/touch input/squeeze/value input/trigger/click "
             "input/trigger/touch input/trigger/value input/thumbstick/x input/thumbstick/y "
             "input/thumbstick/click input/thumbstick/touch input/thumbrest/touch input/grip/pose "
             "input/aim/pose output/haptic",
     .left = "input/x/click input/y/click input/menu/click",
     .right = "input/a/click input/b/click input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/htc/vive_cosmos_controller",
     .localized_name = "Vive Cosmos controller",
     .both = "input/shoulder/click input/squeeze/click input/trigger/click input/trigger/value "
             "input/thumbstick/x input/thumbstick/y input/thumbstick/click input/thumbstick/touch "
             "input/grip/pose input/aim/pose output/haptic",
     .left = "input/x/click input/y/click input/menu/click",
     .right = "input/a/click input/b/click input/system/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/hp/mixed_reality_controller",
     .localized_name = "Reverb G2 controller",
     .both = "input/menu/click input/squeeze/value input/trigger/value input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/grip/pose input/aim/pose "
             "output/haptic",
     .left = "input/x/click input/y/click",
     .right = "input/a/click input/b/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/samsung/odyssey_controller",
     .localized_name = "Odyssey controller",
     .both = "input/menu/click input/squeeze/click input/trigger/value input/thumbstick/x "
             "input/thumbstick/y input/thumbstick/click input/trackpad/x input/trackpad/y "
             "input/trackpad/click input/trackpad/touch input/grip/pose input/aim/pose "
             "output/haptic",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/ml/ml2_controller",
     .localized_name = "Magic Leap 2 controller",
     .both = "input/menu/click input/home/click input/trigger/click input/trigger/value "
             "input/trackpad/x input/trackpad/y input/trackpad/click input/trackpad/force "
             "input/trackpad/touch input/grip/pose input/aim/pose input/shoulder/click "
             "output/haptic",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/bytedance/pico_g3_controller",
     .localized_name = "PICO G3 controller",
     .both = "input/trigger/click input/trigger/value input/menu/click input/grip/pose "
             "input/aim/pose input/thumbstick/x input/thumbstick/y input/thumbstick/click",
     .extension = Extension::Core11},
    {.path = "/interaction_profiles/khr/simple_controller",
     .localized_name = "Simple controller",
     .both = "input/select/click input/menu/click input/grip/pose input/aim/pose output/haptic"},
    {.path = "/interaction_profiles/oculus/go_controller",
     .localized_name = "Go controller",
     .both = "input/system/click input/trigger/click input/back/click input/trackpad/x "
             "input/trackpad/y input/trackpad/click input/trackpad/touch input/grip/pose "
             "input/aim/pose"},
    {.path = "/interaction_profiles/google/daydream_controller",
     .localized_name = "Daydream controller",
     .both = "input/select/click input/trackpad/x input/trackpad/y input/trackpad/click "
             "input/trackpad/touch input/grip/pose input/aim/pose"},
    {.path = "/interaction_profiles/ext/hand_interaction_ext",
     .localized_name = "Hands",
     .both = "input/aim/pose input/grip/pose input/aim_activate_ext/value "
             "input/aim_activate_ext/ready_ext input/grasp_ext/value input/grasp_ext/ready_ext "
             "input/pinch_ext/value input/pinch_ext/ready_ext",
     .extension = Extension::HandInteraction},
    {.path = "/interaction_profiles/htc/vive_pro",
     .localized_name = "Vive Pro",
     .both = "input/system/click input/volume_up/click input/volume_down/click "
             "input/mute_mic/click",
     .users = "/user/head"},
    {.path = "/interaction_profiles/microsoft/xbox_controller",
     .localized_name = "Xbox controller",
     .both = "input/menu/click input/view/click input/a/click input/b/click input/x/click "
             "input/y/click input/dpad_down/click input/dpad_right/click input/dpad_up/click "
             "input/dpad_left/click input/shoulder_left/click input/shoulder_right/click "
             "input/thumbstick_left/x input/thumbstick_left/y input/thumbstick_left/click "
             "input/thumbstick_right/x input/thumbstick_right/y input/thumbstick_right/click "
             "input/trigger_left/value input/trigger_right/value output/haptic_left "
             "output/haptic_right output/haptic_left_trigger output/haptic_right_trigger",
     .users = "/user/gamepad"},
};

// What is added to every profile of a hand, and by whom.
struct HandPoses {
  Extension extension;
  std::string_view words;
};
constexpr HandPoses kHandPoses[] = {
    {Extension::HandInteraction, "input/pinch_ext/pose input/poke_ext/pose"},
    {Extension::PalmPose, "input/palm_ext/pose"},
    {Extension::Core11, "input/grip_surface/pose"},
};

bool is_hand(std::string_view user) { return user == kLeft || user == kRight; }

bool has_user(const InteractionProfile& profile, std::string_view user) {
  return profile.users == "hand" ? is_hand(user) : profile.users == user;
}

// `rest` is one of the words, or one of them without its component.
bool lists(std::string_view words, std::string_view rest) {
  const bool is_identifier = std::count(rest.begin(), rest.end(), '/') == 1;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    if (word == rest) return true;
    if (is_identifier && word.size() > rest.size() && word.starts_with(rest) &&
        word[rest.size()] == '/') {
      return true;
    }
  }
  return false;
}

std::string_view user_of(std::string_view binding) {
  for (const std::string_view user : kUsers) {
    if (binding.starts_with(user) && binding.substr(user.size()).starts_with('/')) return user;
  }
  return {};
}

}  // namespace

std::span<const InteractionProfile> interaction_profiles() { return kProfiles; }

const InteractionProfile* profile_named(std::string_view path,
                                        const EnabledExtensions& extensions) {
  for (const InteractionProfile& profile : kProfiles) {
    if (profile.path == path && extensions.has(profile.extension)) return &profile;
  }
  return nullptr;
}

bool accepts(const InteractionProfile& profile, std::string_view binding,
             const EnabledExtensions& extensions) {
  const std::string_view user = user_of(binding);
  if (user.empty() || !has_user(profile, user)) return false;
  const std::string_view rest = binding.substr(user.size() + 1);
  const auto adds = [&](const HandPoses& poses) {
    return extensions.has(poses.extension) && lists(poses.words, rest);
  };
  return lists(profile.both, rest) || (user == kLeft && lists(profile.left, rest)) ||
         (user == kRight && lists(profile.right, rest)) ||
         (extensions.has(Extension::Core11) && lists(profile.in_1_1, rest)) ||
         (is_hand(user) && std::any_of(std::begin(kHandPoses), std::end(kHandPoses), adds));
}

bool is_user_path(std::string_view path) {
  return std::find(kUsers.begin(), kUsers.end(), path) != kUsers.end();
}

std::optional<SourceParts> parts_of(std::string_view binding) {
  const std::string_view user = user_of(binding);
  if (user.empty()) return std::nullopt;
  const std::string_view rest = binding.substr(user.size() + 1);  // input/trigger/value
  const std::size_t first = rest.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = rest.find('/', first + 1);
  SourceParts parts{.user = user, .identifier = {}, .component = {}, .whole_identifier = {}};
  parts.identifier = rest.substr(
      first + 1, second == std::string_view::npos ? std::string_view::npos : second - first - 1);
  if (second != std::string_view::npos) parts.component = rest.substr(second + 1);
  parts.whole_identifier = binding.substr(0, user.size() + 1 + std::min(second, rest.size()));
  return parts;
}

std::optional<Device> device_at(std::string_view user) {
  if (user == kLeft) return Device::LeftHand;
  if (user == kRight) return Device::RightHand;
  return std::nullopt;
}

}  // namespace tactus::runtime
