// Meshes that pass through themselves are found, meshes that only touch themselves are not.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "../../avatar/src/crossings.h"

namespace tactus::avatar {
namespace {

/// A tetrahedron with one corner at `p`.
struct Solid {
  std::vector<Vec3> places;
  std::vector<std::uint32_t> indices;

  void add(Vec3 p, float size_m) {
    const auto first = static_cast<std::uint32_t>(places.size());
    for (const Vec3 to : {Vec3{0, 0, 0}, Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}}) {
      places.push_back(p + size_m * to);
    }
    for (const std::uint32_t i : {0u, 2u, 1u, 0u, 1u, 3u, 0u, 3u, 2u, 1u, 2u, 3u}) {
      indices.push_back(first + i);
    }
  }
  Crossings crossings() const { return find_crossings(places, indices); }
};

TEST(Crossings, ApartAndWithinEachOtherThereAreNone) {
  Solid solid;
  EXPECT_EQ(solid.crossings().pairs, 0u);
  solid.add({0, 0, 0}, 1);
  solid.add({2, 0.1f, 0.1f}, 1);
  solid.add({0.1f, 0.1f, 0.1f}, 0.2f);
  EXPECT_EQ(solid.crossings().pairs, 0u);
}

TEST(Crossings, ACornerThatSticksOutIsFoundWhereItIs) {
  Solid solid;
  solid.add({0, 0, 0}, 1);
  solid.add({0.1f, 0.1f, -0.1f}, 0.2f);  // its foot is below the floor of the first
  const Crossings found = solid.crossings();
  EXPECT_EQ(found.pairs, 3u) << "the floor and each face that goes through it";
  EXPECT_LT(length(found.p_first), 0.6f);
}

TEST(Crossings, WhatOnlyTouchesDoesNotCross) {
  Solid solid;
  solid.add({0, 0, 0}, 1);
  solid.add({0.1f, 0.1f, 0}, 0.2f);  // stands on the floor of the first
  EXPECT_EQ(solid.crossings().pairs, 0u);
}

TEST(Crossings, TrianglesWithoutAreaCrossNothing) {
  const std::array<Vec3, 6> places = {
      {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0.2f, 0.2f, -1}, {0.2f, 0.2f, 1}, {0.2f, 0.2f, 0}}};
  const std::array<std::uint32_t, 6> indices = {0, 1, 2, 3, 3, 3};
  EXPECT_EQ(find_crossings(places, indices).pairs, 0u);
}

}  // namespace
}  // namespace tactus::avatar
