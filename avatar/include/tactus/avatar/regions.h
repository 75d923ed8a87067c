// The names and colours of regions and materials, and the rules by which a person overrides them.
//
// A rule is a line of text:
//     mesh NAME REGION MATERIAL     mesh NAME skip     mesh NAME keep RATIO
//     bone NAME REGION MATERIAL     # a comment
// `-` leaves a field as it was found. NAME is as in the file and may hold spaces.
//
//   Frames   none.
//   Units    RATIO: triangles kept, (0, 1].
//   Errors   RuleError: the line and what is wrong with it.
//   Threads  pure.
//   Proof    tests/avatar/regions_test.cc; docs/regions.md
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/contact/contact.h"

namespace tactus::avatar {

/// As written in rules and reports: cheek_left, hand_right, …
[[nodiscard]] const char* name_of(Region region) noexcept;
[[nodiscard]] const char* name_of(Material material) noexcept;
[[nodiscard]] std::optional<Region> region_named(std::string_view name) noexcept;
[[nodiscard]] std::optional<Material> material_named(std::string_view name) noexcept;

/// The colour that pictures show a region in, linear RGB.
[[nodiscard]] Vec3 color_of(Region region) noexcept;

struct RegionRule {
  enum class Subject : std::uint8_t { Mesh, Bone };
  Subject subject = Subject::Mesh;
  std::string name = {};
  std::optional<Region> region = std::nullopt;
  std::optional<Material> material = std::nullopt;
  bool skip = false;                         ///< the mesh is not part of what is touched
  std::optional<float> keep = std::nullopt;  ///< how many of the mesh's triangles decimation leaves
};

struct RuleError {
  std::size_t line = 0;  ///< the first is 1
  const char* reason = "";
};

/// Reads rules, one a line; empty lines and comments are skipped.
[[nodiscard]] Expected<std::vector<RegionRule>, RuleError> parse_region_rules(
    std::string_view text);

}  // namespace tactus::avatar
