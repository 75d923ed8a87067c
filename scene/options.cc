#include "scene/options.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "scene/world/model.h"

namespace tactus::scene {
namespace {

constexpr const char* kUsage =
    R"(usage: tactus-scene [options]             in a headset, through OpenXR
       tactus-scene still [options]       one picture, without headset or screen
  --assets DIR           child.glb, park.glb, child.tbody (default: ../share/tactus beside the program)
  --child X,Y,Z,YAW_DEG  where she stands in STAGE, facing +Z at 0 (default 0,0,-0.62,0)
  --story STORY          default, none, or spans in seconds: cheek=2-7,hair=7-12,hand=12-18,hug=18-27
  --help
in a headset:
  --frames N             leave after N frames
  --stats FILE.json      at the end: frames, rendered, contacts, regions
  s or SIGUSR1           STOP: silences every actuator; Ctrl-C leaves
still:
  --time T               seconds since the scene began (default 0)
  --eye left|right|both  (default both, side by side)
  --out FILE.png         (default still.png)
  --size N or WxH        of each eye (default 512)
  --fov DEG              (default 80)
  --from X,Y,Z           the head in STAGE (default 0,1.15,0)
  --to X,Y,Z             what it looks at (default 0,0.92,-0.62)
  --camera X,Y,Z         seen by somebody who stands there and watches her
  --hands                with the participant's hands held out flat
  --touched              as if a hand had lain on her cheek all the while
  --validate             under the Vulkan validation layer; its messages make the program fail
)";

template <class Number>
Number number(const char* option, const char* text, const char** rest = nullptr) {
  Number value{};
  const char* end = text + std::strlen(text);
  const auto [at, error] = std::from_chars(text, end, value);
  if (error != std::errc() || (rest == nullptr && at != end))
    throw SceneError(std::string(option) + ": \"" + text + "\" is not a number");
  if (rest != nullptr) *rest = at;
  return value;
}

template <std::size_t N>
std::array<float, N> numbers(const char* option, const char* text) {
  std::array<float, N> list{};
  const char* at = text;
  for (std::size_t i = 0; i < N; ++i) {
    list[i] = number<float>(option, at, &at);
    const bool last = i + 1 == N;
    if (!std::isfinite(list[i]) || *at != (last ? '\0' : ','))
      throw SceneError(std::string(option) + ": wants " + std::to_string(N) +
                       " numbers with commas between, not \"" + text + "\"");
    ++at;
  }
  return list;
}

Vec3 point(const char* option, const char* text) {
  const std::array<float, 3> list = numbers<3>(option, text);
  return {list[0], list[1], list[2]};
}

void read_size(Options& options, const char* text) {
  const char* at = nullptr;
  options.width = options.height = number<std::uint32_t>("--size", text, &at);
  if (*at == 'x')
    options.height = number<std::uint32_t>("--size", at + 1);
  else if (*at != '\0')
    throw SceneError("--size: wants N or WxH");
  if (std::min(options.width, options.height) < 1 || std::max(options.width, options.height) > 8192)
    throw SceneError("--size: from 1 to 8192");
}

void read_eye(Options& options, const char* text) {
  const std::string eye = text;
  if (eye != "left" && eye != "right" && eye != "both")
    throw SceneError("--eye: left, right or both");
  options.left = eye != "right";
  options.right = eye != "left";
}

void read_child(Options& options, const char* text) {
  const std::array<float, 4> list = numbers<4>("--child", text);
  options.T_stage_child = {turn(Vec3::UnitY(), list[3] * kRadPerDeg), {list[0], list[1], list[2]}};
}

void read_story(Options& options, const char* text) {
  const std::optional<Story> story = parse_story(text);
  if (!story) throw SceneError("--story: wants default, none, or such as cheek=2-7,hand=12-18");
  options.story = *story;
}

bool read_flag(Options& options, const std::string& name) {
  if (name == "--help" || name == "-h")
    options.help = true;
  else if (name == "--hands")
    options.hands = true;
  else if (name == "--touched")
    options.touched = true;
  else if (name == "--validate")
    options.validate = true;
  else
    return false;
  return true;
}

bool read_value(Options& options, const std::string& name, const char* value) {
  if (name == "--assets")
    options.assets = value;
  else if (name == "--child")
    read_child(options, value);
  else if (name == "--story")
    read_story(options, value);
  else if (name == "--frames")
    options.frames = number<std::uint64_t>("--frames", value);
  else if (name == "--stats")
    options.stats = value;
  else if (name == "--time")
    options.time_s = number<float>("--time", value);
  else if (name == "--eye")
    read_eye(options, value);
  else if (name == "--out")
    options.out = value;
  else if (name == "--size")
    read_size(options, value);
  else if (name == "--fov")
    options.fov_deg = number<float>("--fov", value);
  else if (name == "--from")
    options.p_stage_head = point("--from", value);
  else if (name == "--to")
    options.p_stage_target = point("--to", value);
  else if (name == "--camera")
    options.p_stage_camera = point("--camera", value);
  else
    return false;
  return true;
}

}  // namespace

void print_usage() { std::fputs(kUsage, stdout); }

Options read_options(std::span<char* const> arguments) {
  Options options;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string name = arguments[i];
    if (i == 1 && name == "still") {
      options.still = true;
    } else if (read_flag(options, name)) {
      continue;
    } else if (i + 1 == arguments.size() || !read_value(options, name, arguments[i + 1])) {
      throw SceneError(name + ": unknown, or its value is missing; see --help");
    } else {
      ++i;
    }
  }
  if (!(options.fov_deg > 1 && options.fov_deg < 170)) throw SceneError("--fov: from 1 to 170");
  if (!(options.time_s >= 0 && options.time_s < 3600)) throw SceneError("--time: from 0 to 3600");
  return options;
}

std::string asset(const Options& options, const char* file) {
  if (!options.assets.empty()) return (std::filesystem::path(options.assets) / file).string();
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "../share/tactus" / file).lexically_normal().string();
}

}  // namespace tactus::scene
