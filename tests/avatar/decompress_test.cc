// Files that Draco or meshopt packed are the same people as they were before, and damaged ones errors.
#include <gtest/gtest.h>

#include <algorithm>

#include "packed_gltf.h"

namespace tactus::avatar {
namespace {

using Json = nlohmann::json;

/// Triangles by their corners, so that another order of vertices is the same shape.
std::vector<std::array<float, 3 * 7>> shape_of(const ModelPart& part) {
  std::vector<std::array<float, 3 * 7>> triangles;
  for (std::size_t i = 0; i + 2 < part.indices.size(); i += 3) {
    std::array<std::array<float, 7>, 3> corners;
    for (std::size_t k = 0; k < 3; ++k) {
      const ModelVertex& v = part.vertices[part.indices[i + k]];
      corners[k] = {v.p_rest.x,
                    v.p_rest.y,
                    v.p_rest.z,
                    static_cast<float>(v.bone[0]),
                    static_cast<float>(v.weight[0]),
                    static_cast<float>(v.bone[1]),
                    static_cast<float>(v.weight[1])};
    }
    std::rotate(corners.begin(), std::min_element(corners.begin(), corners.end()), corners.end());
    std::array<float, 3 * 7> flat;
    for (std::size_t k = 0; k < 3; ++k)
      std::copy(corners[k].begin(), corners[k].end(), &flat[7 * k]);
    triangles.push_back(flat);
  }
  std::sort(triangles.begin(), triangles.end());
  return triangles;
}

void expect_same(const GltfFile& packed) {
  const auto plain = read_skinned_gltf(two_bone_person().glb());
  const auto model = read_skinned_gltf(packed.glb());
  ASSERT_TRUE(model) << describe(model.error());
  ASSERT_EQ(model->parts.size(), plain->parts.size());
  ASSERT_EQ(model->bones.size(), plain->bones.size());
  for (std::size_t i = 0; i < plain->parts.size(); ++i) {
    EXPECT_EQ(shape_of(model->parts[i]), shape_of(plain->parts[i])) << i;
  }
}

TEST(Decompress, DracoTellsTheSamePerson) {
  expect_same(packed_by_draco(two_bone_person(), DracoMethod::Sequential));
  expect_same(packed_by_draco(two_bone_person(), DracoMethod::Edgebreaker));
}

TEST(Decompress, MeshoptTellsTheSamePersonThoughItsFallbackIsNotThere) {
  expect_same(packed_by_meshopt(two_bone_person()));
}

TEST(Decompress, DamagedBytesAreErrors) {
  for (const GltfFile& packed : {packed_by_draco(two_bone_person(), DracoMethod::Edgebreaker),
                                 packed_by_meshopt(two_bone_person())}) {
    std::size_t refused = 0;
    for (std::size_t i = 0; i < packed.binary.size(); ++i) {
      GltfFile damaged = packed;
      damaged.binary[i] ^= 0xff;
      refused += read_skinned_gltf(damaged.glb()) ? 0 : 1;
    }
    EXPECT_GT(refused, 0u);
    GltfFile cut = packed;
    cut.binary.resize(cut.binary.size() / 2);
    cut.root.erase("buffers");
    EXPECT_FALSE(read_skinned_gltf(cut.glb()));
  }
}

TEST(Decompress, WhatTheFileSaysOfItsBytesIsNotBelieved) {
  GltfFile draco = packed_by_draco(two_bone_person(), DracoMethod::Sequential);
  Json& said = draco.root["meshes"][0]["primitives"][0]["extensions"][kDraco];
  for (const Json& view : {Json(-1), Json(1000), Json("0"), Json(0)}) {
    said["bufferView"] = view;
    const auto model = read_skinned_gltf(draco.glb());
    EXPECT_FALSE(model) << view;
  }
  GltfFile ids = packed_by_draco(two_bone_person(), DracoMethod::Sequential);
  ids.root["meshes"][0]["primitives"][0]["extensions"][kDraco]["attributes"]["POSITION"] = 99;
  EXPECT_FALSE(read_skinned_gltf(ids.glb()));

  for (const auto& [name, value] : {std::pair<const char*, Json>{"count", 1 << 30},
                                    {"count", -1},
                                    {"byteStride", 3},
                                    {"byteStride", 1 << 20},
                                    {"byteLength", 1 << 30},
                                    {"buffer", 7},
                                    {"mode", "ZIP"},
                                    {"filter", "SEPIA"}}) {
    GltfFile meshopt = packed_by_meshopt(two_bone_person());
    meshopt.root["bufferViews"][0]["extensions"][kMeshopt][name] = value;
    const auto model = read_skinned_gltf(meshopt.glb());
    ASSERT_FALSE(model) << name;
    EXPECT_EQ(model.error(), GltfError::BadCompression) << name << " " << value;
  }
}

}  // namespace
}  // namespace tactus::avatar
