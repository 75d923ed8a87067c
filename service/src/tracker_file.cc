#include "tactus/service/tracker_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "text_file.h"

namespace tactus::service {
namespace {

constexpr std::string_view kFirstLine = "tactus trackers 1";

struct Place {
  std::string_view name;  ///< empty: not for a file to say
  std::optional<BodySite> site;
};
/// In the order of ipc::TrackerRole. A wrist's tracker is the glove's, and says so itself.
constexpr std::array<Place, ipc::kTrackerRoles> kPlaces = {{
    {},
    {"handheld_object", {}},
    {"left_foot", BodySite::LeftFoot},
    {"right_foot", BodySite::RightFoot},
    {"left_shoulder", BodySite::LeftUpperArm},
    {"right_shoulder", BodySite::RightUpperArm},
    {"left_elbow", BodySite::LeftForearm},
    {"right_elbow", BodySite::RightForearm},
    {"left_knee", BodySite::LeftShank},
    {"right_knee", BodySite::RightShank},
    {},
    {},
    {"left_ankle", BodySite::LeftFoot},
    {"right_ankle", BodySite::RightFoot},
    {"waist", BodySite::Pelvis},
    {"chest", BodySite::Chest},
    {"camera", {}},
    {"keyboard", {}},
}};
const Place& place_of(ipc::TrackerRole role) noexcept {
  const auto number = static_cast<std::size_t>(role);
  return kPlaces[number < kPlaces.size() ? number : 0];
}

std::string_view text_of(const Serial& serial) noexcept {
  return {serial.data(), std::find(serial.begin(), serial.end(), '\0')};
}

bool is_serial(std::string_view text) noexcept {
  const auto is_fine = [](char c) { return c > ' ' && c <= '~'; };
  return !text.empty() && text.size() < Serial{}.size() && std::ranges::all_of(text, is_fine);
}

/// Two on one segment would pull it apart.
bool is_same_place(ipc::TrackerRole a, ipc::TrackerRole b) noexcept {
  return a == b || (site_of(a) && site_of(a) == site_of(b));
}

/// What keeps `added` from standing beside those that are there; empty: nothing.
std::string conflict(const TrackerPlaces& places, const PlacedTracker& added) {
  for (const PlacedTracker& there : places.all) {
    if (there.role == ipc::TrackerRole::None) continue;
    if (there.serial == added.serial) return "this tracker is named twice";
    if (is_same_place(there.role, added.role)) return "two trackers are worn there";
  }
  return {};
}

std::string_view take_word(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view word = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return word;
}

bool read_mount(std::string_view words, PlacedTracker& out) {
  if (words.empty()) return true;
  std::array<double, 7> n{};
  if (!read_numbers(words, n)) return false;
  const auto real = [&n](std::size_t i) { return static_cast<float>(n[i]); };
  out.is_mounted = 1;
  out.T_segment_tracker = {{real(3), real(4), real(5), real(6)}, {real(0), real(1), real(2)}};
  return is_valid(out.T_segment_tracker);
}

/// One line; what is wrong with it.
std::string read_line(std::string_view line, PlacedTracker& out) {
  const std::string_view serial = take_word(line, ' ');
  if (!is_serial(serial)) return "does not begin with a serial number";
  std::ranges::copy(serial, out.serial.begin());
  out.role = role_named(take_word(line, ' '));
  if (out.role == ipc::TrackerRole::None) {
    return fmt::format("has no role behind the serial number; there are {}", role_names());
  }
  return read_mount(line, out) ? "" : "has a mount that is no pose";
}

Unexpected<std::string> fault(int line, const std::string& cause) {
  return Unexpected{fmt::format(
      "line {}: {}; correct it, or delete the file and say `tactus trackers SERIAL ROLE` anew",
      line, cause)};
}

}  // namespace

bool is_sound(const TrackerPlaces& places) noexcept {
  for (auto one = places.all.begin(); one != places.all.end(); ++one) {
    if (one->role == ipc::TrackerRole::None) continue;
    if (place_of(one->role).name.empty() || !is_valid(one->T_segment_tracker) ||
        one->is_mounted > 1 || one->serial.back() != '\0' || !is_serial(text_of(one->serial))) {
      return false;
    }
    for (auto other = places.all.begin(); other != one; ++other) {
      if (other->role == ipc::TrackerRole::None) continue;
      if (other->serial == one->serial || is_same_place(other->role, one->role)) return false;
    }
  }
  return true;
}

const PlacedTracker* find_place(const TrackerPlaces& places, const Serial& serial) noexcept {
  for (const PlacedTracker& one : places.all) {
    if (one.role != ipc::TrackerRole::None && one.serial == serial) return &one;
  }
  return nullptr;
}

std::optional<BodySite> site_of(ipc::TrackerRole role) noexcept { return place_of(role).site; }

ipc::TrackerRole role_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kPlaces.size() && !name.empty(); ++i) {
    if (kPlaces[i].name == name) return static_cast<ipc::TrackerRole>(i);
  }
  return ipc::TrackerRole::None;
}

std::string role_names() {
  std::string names;
  for (const Place& one : kPlaces) {
    if (!one.name.empty()) names += fmt::format("{}{}", names.empty() ? "" : " ", one.name);
  }
  return names;
}

bool place(TrackerPlaces& places, std::string_view serial, ipc::TrackerRole role,
           const std::optional<Pose>& T_segment_tracker) {
  if (!is_serial(serial)) return false;
  PlacedTracker added;
  std::ranges::copy(serial, added.serial.begin());
  added.role = role;
  added.is_mounted = T_segment_tracker ? 1 : 0;
  added.T_segment_tracker = T_segment_tracker.value_or(Pose{});
  for (PlacedTracker& there : places.all) {
    const bool is_in_the_way = there.serial == added.serial || is_same_place(there.role, role);
    if (is_in_the_way) there = {};
  }
  if (role == ipc::TrackerRole::None) return true;
  const auto room = std::ranges::find(places.all, ipc::TrackerRole::None, &PlacedTracker::role);
  if (room == places.all.end()) return false;
  *room = added;
  return true;
}

Expected<TrackerPlaces, std::string> parse_trackers(std::string_view text) {
  if (take_word(text, '\n') != kFirstLine) return fault(1, fmt::format("not \"{}\"", kFirstLine));
  TrackerPlaces places;
  int line = 1;
  for (std::size_t i = 0; !text.empty(); ++i) {
    ++line;
    PlacedTracker added;
    std::string wrong = read_line(take_word(text, '\n'), added);
    if (wrong.empty() && i == places.all.size()) wrong = "more trackers than the service takes";
    if (wrong.empty()) wrong = conflict(places, added);
    if (!wrong.empty()) return fault(line, wrong);
    places.all[i] = added;
  }
  return places;
}

std::string to_text(const TrackerPlaces& places) {
  std::string text = fmt::format("{}\n", kFirstLine);
  for (const PlacedTracker& one : places.all) {
    if (one.role == ipc::TrackerRole::None) continue;
    text += fmt::format("{} {}", text_of(one.serial), place_of(one.role).name);
    const auto& [q, p] = one.T_segment_tracker;
    if (one.is_mounted == 1)
      text += fmt::format(" {} {} {} {} {} {} {}", p.x, p.y, p.z, q.x, q.y, q.z, q.w);
    text += '\n';
  }
  return text;
}

Expected<TrackerPlaces, std::string> read_trackers(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return TrackerPlaces{};
  const auto text = read_text(path);
  if (!text) return Unexpected{text.error()};
  auto places = parse_trackers(*text);
  if (!places) return Unexpected{fmt::format("{}: {}", path, places.error())};
  return places;
}

bool write_trackers(const std::string& path, const TrackerPlaces& places) {
  return write_text(path, to_text(places));
}

std::string trackers_path() { return state_path("trackers"); }

}  // namespace tactus::service
