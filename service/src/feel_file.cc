#include "tactus/service/feel_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <vector>

#include "text_file.h"

namespace tactus::service {
namespace {

constexpr std::string_view kFirstLine = "tactus feel 1";
constexpr std::array<std::string_view, kHands> kHandNames = {"left", "right"};
constexpr std::array<std::string_view, kActuators> kActuatorNames = {
    "thumb_pulp",  "thumb_apex", "index_pulp",  "index_apex",  "middle_pulp", "middle_apex",
    "ring_pulp",   "ring_apex",  "little_pulp", "little_apex", "index_base",  "middle_base",
    "little_base", "thenar",     "hypothenar",  "palm_centre"};

/// Calls `visit` with the name of each line and the numbers it holds, in the file's order.
template <class Feel, class Visit>
void each_line(Feel& feel, Visit visit) {
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    visit(fmt::format("{}_threshold_db", kHandNames[hand]), feel.threshold_db[hand]);
    for (std::size_t a = 0; a < kActuators; ++a) {
      visit(fmt::format("{}_{}_db", kHandNames[hand], kActuatorNames[a]),
            feel.response[hand][a].gain_db);
    }
  }
}

bool read(std::string_view words, std::array<float, kResponsePoints>& levels_db) {
  std::array<double, kResponsePoints> numbers{};
  if (!read_numbers(words, numbers)) return false;
  for (std::size_t i = 0; i < numbers.size(); ++i) levels_db[i] = static_cast<float>(numbers[i]);
  return true;
}

Unexpected<std::string> fault(int line, const std::string& cause) {
  return Unexpected{
      fmt::format("line {}: {}; correct it, or delete the file: even actuators", line, cause)};
}

}  // namespace

Expected<FeelProfile, std::string> parse_feel(std::string_view text) {
  FeelProfile feel;
  std::vector<std::string> names;
  each_line(feel, [&](std::string name, const auto&) { names.push_back(std::move(name)); });
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto words = read_named_lines(text, kFirstLine, views);
  if (!words) return fault(words.error().line, words.error().cause);
  std::size_t line = 0;
  int wrong = 0;
  each_line(feel, [&](const std::string&, auto& levels_db) {
    if (!read((*words)[line++], levels_db) && wrong == 0) wrong = static_cast<int>(line) + 1;
  });
  if (wrong != 0) return fault(wrong, fmt::format("has not {} numbers", kResponsePoints));
  if (!is_sound(feel)) return fault(2, fmt::format("a level is beyond {} dB", kMostOff_db));
  return feel;
}

std::string to_text(const FeelProfile& feel) {
  std::string text = fmt::format("{}\n", kFirstLine);
  each_line(feel, [&](const std::string& name, const auto& levels_db) {
    text += fmt::format("{} {}\n", name, fmt::join(levels_db, " "));
  });
  return text;
}

Expected<FeelProfile, std::string> read_feel(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return FeelProfile{};
  const auto text = read_text(path);
  if (!text) return Unexpected{text.error()};
  auto feel = parse_feel(*text);
  if (!feel) return Unexpected{fmt::format("{}: {}", path, feel.error())};
  return feel;
}

bool write_feel(const std::string& path, const FeelProfile& feel) {
  return write_text(path, to_text(feel));
}

std::string_view actuator_name(std::size_t actuator) { return kActuatorNames.at(actuator); }

std::string feel_path() { return state_path("feel"); }

}  // namespace tactus::service
