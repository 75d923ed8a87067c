// Tells each triangle of a body which part of a person it is and what it is made of.
//
// From names where they speak (hair, hands, cloth) and from shape where they do not: cheeks,
// nose, lips and forehead are found in proportion to the head, between chin, eyes and crown.
//
//   Frames   rest; the person's own axes.
//   Units    metres.
//   Errors   what nothing speaks of is Region::None, Material::Skin; of a thing Thing, Hard.
//   Threads  pure.
//   Proof    tests/avatar/regions_test.cc; docs/regions.md
#pragma once
#include <span>
#include <vector>

#include "tactus/avatar/regions.h"
#include "tactus/avatar/skinned_model.h"
#include "tactus/contact/body.h"

namespace tactus::avatar {

struct PartNames {
  std::string mesh, material;
};

/// A body on its way to the file: triangles remember the part of the model they came from.
struct BodyDraft {
  std::vector<ModelBone> bones;
  std::vector<BodyVertex> vertices;
  std::vector<BodyTriangle> triangles;
  std::vector<std::uint32_t> part_of_triangle;
  std::vector<PartNames> parts;
  bool is_thing = false;  ///< of no person: regions are not looked for
};

/// Fills region and material of every triangle, then applies the rules in order.
void find_regions(BodyDraft& draft, std::span<const RegionRule> rules);

/// The material that names speak of, Skin if none does.
[[nodiscard]] Material find_material(const PartNames& names);

/// The bone that moves most of the triangle.
[[nodiscard]] std::size_t dominant_bone(const BodyDraft& draft, const BodyTriangle& triangle);

}  // namespace tactus::avatar
