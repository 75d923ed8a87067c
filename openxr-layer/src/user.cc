#include "user.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tactus::layer {
namespace {

struct NamedUser {
  std::string_view path;
  const char* title;
};
/// Hands, then roles in the order of ipc::TrackerRole.
constexpr std::array<NamedUser, kFirstTracker> kNamed = {{
    {"/user/hand/left", "Left Hand"},
    {"/user/hand/right", "Right Hand"},
    {"/user/vive_tracker_htcx/role/handheld_object", "Handheld Object"},
    {"/user/vive_tracker_htcx/role/left_foot", "Left Foot"},
    {"/user/vive_tracker_htcx/role/right_foot", "Right Foot"},
    {"/user/vive_tracker_htcx/role/left_shoulder", "Left Shoulder"},
    {"/user/vive_tracker_htcx/role/right_shoulder", "Right Shoulder"},
    {"/user/vive_tracker_htcx/role/left_elbow", "Left Elbow"},
    {"/user/vive_tracker_htcx/role/right_elbow", "Right Elbow"},
    {"/user/vive_tracker_htcx/role/left_knee", "Left Knee"},
    {"/user/vive_tracker_htcx/role/right_knee", "Right Knee"},
    {"/user/vive_tracker_htcx/role/left_wrist", "Left Wrist"},
    {"/user/vive_tracker_htcx/role/right_wrist", "Right Wrist"},
    {"/user/vive_tracker_htcx/role/left_ankle", "Left Ankle"},
    {"/user/vive_tracker_htcx/role/right_ankle", "Right Ankle"},
    {"/user/vive_tracker_htcx/role/waist", "Waist"},
    {"/user/vive_tracker_htcx/role/chest", "Chest"},
    {"/user/vive_tracker_htcx/role/camera", "Camera"},
    {"/user/vive_tracker_htcx/role/keyboard", "Keyboard"},
}};

/// Followed by the serial number.
constexpr std::string_view kTrackers = "/devices/htc/vive_tracker_htcx/tactus-";

/// What paths may be made of.
char path_char(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  const bool is_fine =
      (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  return is_fine ? c : '_';
}

/// The text behind `user`, if the path is of it: nothing, or what follows its slash.
bool is_of(std::string_view path, std::string_view user, std::string_view& input) noexcept {
  if (!path.starts_with(user)) return false;
  const std::string_view rest = path.substr(user.size());
  if (!rest.empty() && rest[0] != '/') return false;
  input = rest.empty() ? rest : rest.substr(1);
  return true;
}

}  // namespace

User name_tracker(Instance& instance, std::string_view serial) noexcept {
  TrackerName name{};
  serial = serial.substr(0, std::min(serial.find('\0'), name.size() - 1));
  std::transform(serial.begin(), serial.end(), name.begin(), path_char);
  if (serial.empty()) return kNoUser;
  const Locked locked(instance.lock);
  for (std::size_t i = 0; i < ipc::kMaxTrackers; ++i) {
    TrackerName& known = instance.trackers[i].name;
    if (known[0] == '\0') known = name;
    if (known == name) return static_cast<User>(kFirstTracker + i);
  }
  return kNoUser;
}

UserPath::UserPath(Instance& instance, XrPath path) noexcept : text(instance, path) {
  const std::string_view whole = text.chars;
  const User named = instance.gives_trackers() ? kFirstTracker : User{kHands};
  for (User u = 0; u < named; ++u) {
    if (is_of(whole, kNamed[u].path, input)) {
      user = u;
      return;
    }
  }
  if (!instance.gives_trackers() || !whole.starts_with(kTrackers)) return;
  const std::string_view rest = whole.substr(kTrackers.size());
  const std::size_t end = std::min(rest.find('/'), rest.size());
  if (end < TrackerName().size()) user = name_tracker(instance, rest.substr(0, end));
  input = rest.substr(std::min(end + 1, rest.size()));
}

XrPath path_of(const Instance& instance, User user, std::string_view input) noexcept {
  if (user >= kUsers) return XR_NULL_PATH;
  char text[XR_MAX_PATH_LENGTH] = {};
  char* end = text;
  const auto append = [&](std::string_view part) {
    const auto room = static_cast<std::size_t>(std::end(text) - 1 - end);
    end = std::copy_n(part.begin(), std::min(part.size(), room), end);
  };
  if (user < kFirstTracker) {
    append(kNamed[user].path);
  } else {
    append(kTrackers);
    append(instance.trackers[user - kFirstTracker].name.data());
  }
  if (!input.empty()) {
    append("/");
    append(input);
  }
  XrPath path = XR_NULL_PATH;
  const XrResult result = instance.next.xrStringToPath(instance.handle, text, &path);
  return XR_SUCCEEDED(result) ? path : XR_NULL_PATH;
}

const char* title_of(User user) noexcept {
  return user < kFirstTracker ? kNamed[user].title : "Tracker";
}

std::uint8_t hands_of(Instance& instance, XrPath path) noexcept {
  const User user = UserPath(instance, path).user;
  return is_hand(user) ? static_cast<std::uint8_t>(1 << user) : std::uint8_t{0};
}

}  // namespace tactus::layer
