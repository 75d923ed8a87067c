#include "tactus/service/body_file.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <vector>

#include "tactus/ipc/body_history.h"
#include "text_file.h"

namespace tactus::service {
namespace {

constexpr std::string_view kFirstLine = "tactus body 1";
constexpr float kUsual_m = 1.70f;

/// Calls `visit` with the name of each line and what it holds, in the file's order.
template <class Body, class Visit>
void each_line(Body& body, Visit visit) {
  auto& bones = body.proportions;
  visit("height_m", bones.height_m);
  visit("pelvis_hip_m", bones.p_pelvis_hip);
  visit("pelvis_neck_m", bones.p_pelvis_neck);
  visit("neck_head_m", bones.p_neck_head);
  visit("neck_collar_m", bones.p_neck_collar);
  visit("collar_shoulder_m", bones.p_collar_shoulder);
  visit("upper_arm_m", bones.upper_arm_m);
  visit("forearm_m", bones.forearm_m);
  visit("thigh_m", bones.thigh_m);
  visit("shank_m", bones.shank_m);
  visit("ankle_height_m", bones.ankle_height_m);
  visit("ankle_toe_m", bones.p_ankle_toe);
  visit("head_headset", body.T_segment_tracker[index(BodySite::Head)]);
}

std::string words_of(float value) { return fmt::format("{}", value); }
std::string words_of(Vec3 v) { return fmt::format("{} {} {}", v.x, v.y, v.z); }
std::string words_of(const Pose& T) {
  return fmt::format("{} {} {} {} {}", words_of(T.p), T.q.x, T.q.y, T.q.z, T.q.w);
}

template <std::size_t kCount>
bool read(std::string_view words, std::array<float, kCount>& values) {
  std::array<double, kCount> numbers{};
  if (!read_numbers(words, numbers)) return false;
  for (std::size_t i = 0; i < kCount; ++i) values[i] = static_cast<float>(numbers[i]);
  return true;
}
bool read(std::string_view words, float& value) {
  std::array<float, 1> values{};
  const bool is_read = read(words, values);
  value = values[0];
  return is_read;
}
bool read(std::string_view words, Vec3& v) {
  std::array<float, 3> values{};
  const bool is_read = read(words, values);
  v = {values[0], values[1], values[2]};
  return is_read;
}
bool read(std::string_view words, Pose& T) {
  std::array<float, 7> values{};
  const bool is_read = read(words, values);
  T = {{values[3], values[4], values[5], values[6]}, {values[0], values[1], values[2]}};
  return is_read;
}

Unexpected<std::string> fault(int line, const std::string& cause) {
  return Unexpected{fmt::format(
      "line {}: {}; correct it, or write it anew with `tactus calibrate body --height CM`", line,
      cause)};
}

}  // namespace

bool is_sound(const BodyProfile& body) noexcept {
  bool is_right = ipc::is_sound(body.proportions) && body.proportions.height_m >= kLeastHeight_m &&
                  body.proportions.height_m <= kMostHeight_m;
  for (const Pose& T : body.T_segment_tracker) is_right = is_right && is_valid(T);
  return is_right;
}

Expected<BodyProfile, std::string> parse_body(std::string_view text) {
  BodyProfile body = body_profile(kUsual_m);
  std::vector<std::string_view> names;
  each_line(body, [&](std::string_view name, auto&) { names.push_back(name); });
  const auto words = read_named_lines(text, kFirstLine, names);
  if (!words) return fault(words.error().line, words.error().cause);
  int line = 1, wrong = 0;
  each_line(body, [&](std::string_view, auto& value) {
    if (!read((*words)[static_cast<std::size_t>(line - 1)], value) && wrong == 0) wrong = line + 1;
    ++line;
  });
  if (wrong != 0) return fault(wrong, "has not the numbers that belong there");
  if (!is_sound(body)) return fault(2, "bones, height or mount are none that a person can have");
  return body;
}

std::string to_text(const BodyProfile& body) {
  std::string text = fmt::format("{}\n", kFirstLine);
  each_line(body, [&](std::string_view name, const auto& value) {
    text += fmt::format("{} {}\n", name, words_of(value));
  });
  return text;
}

Expected<BodyProfile, std::string> read_body(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return body_profile(kUsual_m);
  const auto text = read_text(path);
  if (!text) return Unexpected{text.error()};
  auto body = parse_body(*text);
  if (!body) return Unexpected{fmt::format("{}: {}", path, body.error())};
  return body;
}

bool write_body(const std::string& path, const BodyProfile& body) {
  return write_text(path, to_text(body));
}

std::string body_path() { return state_path("body"); }

}  // namespace tactus::service
