#include "tactus/avatar/regions.h"

#include <array>
#include <charconv>

namespace tactus::avatar {
namespace {

struct RegionLook {
  const char* name;
  int srgb;
};

// In the order of Region. Neighbours differ; left is warm and right is cool.
constexpr std::array<RegionLook, kRegions> kRegionLooks = {
    {{"none", 0x808080},        {"face", 0xF2D0B0},       {"cheek_left", 0xE8505B},
     {"cheek_right", 0x4F7CE0}, {"forehead", 0xF2C94C},   {"nose", 0x27AE60},
     {"lips", 0xB0225A},        {"ear", 0x9B51E0},        {"hair", 0x6B4A34},
     {"neck", 0xC98F5F},        {"shoulder", 0x2D9CDB},   {"arm", 0xA8D5BA},
     {"hand_left", 0xF2784B},   {"hand_right", 0x3B5BA5}, {"chest", 0x6FCF97},
     {"back", 0x219653},        {"lap", 0xD98CD6},        {"leg", 0xBFA2DB},
     {"foot", 0x7A3E3E},        {"cloth", 0x8FB8C9},      {"thing", 0xE0B34A}}};

constexpr std::array<const char*, kMaterials> kMaterialNames = {"skin", "hair", "cloth",
                                                                "hard", "foam", "rubber"};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// Cuts the first or the last word off `text`.
std::string_view take_first(std::string_view& text) {
  const auto end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}
std::string_view take_last(std::string_view& text) {
  const auto blank = text.find_last_of(" \t");
  const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
  text = trimmed(text.substr(0, text.size() - word.size()));
  return word;
}

/// Null, or what is wrong with the line.
const char* parse_rule(std::string_view line, RegionRule& rule) {
  const std::string_view subject = take_first(line);
  if (subject != "mesh" && subject != "bone") return "a rule begins with `mesh` or `bone`";
  rule.subject = subject == "mesh" ? RegionRule::Subject::Mesh : RegionRule::Subject::Bone;
  const std::string_view last = take_last(line);
  if (last == "skip") {
    if (rule.subject == RegionRule::Subject::Bone) return "only a mesh can be skipped";
    rule.skip = true;
  } else {
    const std::string_view before = take_last(line);
    if (before == "keep") {
      float ratio = 0;
      const auto read = std::from_chars(last.data(), last.data() + last.size(), ratio);
      if (read.ec != std::errc{} || !(ratio > 0 && ratio <= 1)) {
        return "keep takes a ratio above 0, up to 1";
      }
      if (rule.subject == RegionRule::Subject::Bone) return "only a mesh can be kept in part";
      rule.keep = ratio;
    } else {
      rule.region = region_named(before);
      rule.material = material_named(last);
      if (!rule.region && before != "-") return "unknown region: docs/regions.md lists them";
      if (!rule.material && last != "-")
        return "unknown material: skin, hair, cloth, hard, foam, rubber or -";
    }
  }
  rule.name = line;
  return rule.name.empty() ? "the name of the mesh or bone is missing" : nullptr;
}

}  // namespace

const char* name_of(Region region) noexcept {
  const auto i = static_cast<std::size_t>(region);
  return i < kRegions ? kRegionLooks[i].name : "none";
}

const char* name_of(Material material) noexcept {
  const auto i = static_cast<std::size_t>(material);
  return i < kMaterials ? kMaterialNames[i] : "skin";
}

std::optional<Region> region_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kRegions; ++i) {
    if (name == kRegionLooks[i].name) return static_cast<Region>(i);
  }
  return std::nullopt;
}

std::optional<Material> material_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kMaterials; ++i) {
    if (name == kMaterialNames[i]) return static_cast<Material>(i);
  }
  return std::nullopt;
}

Vec3 color_of(Region region) noexcept {
  const int hex = kRegionLooks[std::min(static_cast<std::size_t>(region), kRegions - 1)].srgb;
  const auto linear = [](int byte) {  // IEC 61966-2-1
    const float c = static_cast<float>(byte & 255) / 255.0f;
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
  };
  return {linear(hex >> 16), linear(hex >> 8), linear(hex)};
}

Expected<std::vector<RegionRule>, RuleError> parse_region_rules(std::string_view text) {
  std::vector<RegionRule> rules;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    line = trimmed(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    RegionRule rule;
    if (const char* reason = parse_rule(line, rule)) return Unexpected{RuleError{number, reason}};
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace tactus::avatar
