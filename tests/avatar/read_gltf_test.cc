// Any skinned glTF comes out in metres at rest with weights of 255; none that is broken comes out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "gltf_file.h"

namespace tactus::avatar {
namespace {

constexpr float kPlaceTolerance_m = 1e-5f;

GltfError error_of(const GltfFile& file) {
  const auto model = read_skinned_gltf(file.glb());
  EXPECT_FALSE(model.has_value());
  return model ? GltfError::CannotRead : model.error();
}

double volume_of(const ModelPart& part) {
  double sum = 0;
  for (std::size_t i = 0; i < part.indices.size(); i += 3) {
    sum += dot(part.vertices[part.indices[i]].p_rest,
               cross(part.vertices[part.indices[i + 1]].p_rest,
                     part.vertices[part.indices[i + 2]].p_rest)) /
           6.0;
  }
  return sum;
}

int weight_sum(const ModelVertex& vertex) {
  return std::accumulate(vertex.weight.begin(), vertex.weight.end(), 0);
}

TEST(ReadGltf, ScaledNodesAndTwoSkinsMeetInMetres) {
  const auto model = read_skinned_gltf(two_bone_person().glb());
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  ASSERT_EQ(model->bones.size(), 2u);
  EXPECT_EQ(model->bones[0].name, "hips");
  EXPECT_EQ(model->bones[1].name, "head");
  EXPECT_EQ(model->bones[0].parent, -1);
  EXPECT_EQ(model->bones[1].parent, 0);
  EXPECT_NEAR(model->bones[1].T_rest_bone.p.y, 1.5f, kPlaceTolerance_m);
  const Vec3 x_turned = rotate(model->bones[1].T_rest_bone.q, {1, 0, 0});
  EXPECT_NEAR(x_turned.z, -1.0f, 1e-5f);
  EXPECT_NEAR(norm(model->bones[1].T_rest_bone.q), 1.0f, 1e-5f);

  ASSERT_EQ(model->parts.size(), 2u);
  for (const auto& [part, middle_y_m] : {std::pair{0, 1.0f}, std::pair{1, 1.5f}}) {
    const ModelPart& box = model->parts[static_cast<std::size_t>(part)];
    ASSERT_EQ(box.vertices.size(), 8u);
    for (const ModelVertex& vertex : box.vertices) {
      EXPECT_NEAR(std::fabs(vertex.p_rest.x), 0.1f, kPlaceTolerance_m);
      EXPECT_NEAR(std::fabs(vertex.p_rest.y - middle_y_m), 0.1f, kPlaceTolerance_m);
      EXPECT_EQ(weight_sum(vertex), 255);
    }
    EXPECT_NEAR(volume_of(box), 0.008, 1e-6);
  }
  EXPECT_EQ(model->parts[0].vertices[0].bone[0], 0);
  EXPECT_EQ(model->parts[0].vertices[0].weight[0], 191);  // 0.75 * 255 = 191.25
  EXPECT_EQ(model->parts[0].vertices[0].weight[1], 64);
  EXPECT_EQ(model->parts[1].vertices[0].bone[0], 1);
  EXPECT_EQ(model->parts[0].mesh, "body");
  EXPECT_EQ(model->parts[0].material, "cloth");
  EXPECT_EQ(model->unweighted_vertices, 0u);
}

TEST(ReadGltf, KeepsTheFourLargestOfEightWeightsInAnyFormat) {
  GltfFile file = two_bone_person();
  for (int i = 0; i < 6; ++i) {
    file.root["nodes"].push_back({{"name", "extra" + std::to_string(i)}});
    file.root["skins"][0]["joints"].push_back(5 + i);
  }
  file.root["skins"][0].erase("inverseBindMatrices");
  auto& attributes = file.root["meshes"][0]["primitives"][0]["attributes"];
  std::vector<std::uint16_t> near, far, near_weight, far_weight;
  for (int i = 0; i < 8; ++i) {
    near.insert(near.end(), {0, 1, 2, 3});
    near_weight.insert(near_weight.end(), {1000, 2000, 3000, 4000});
    far.insert(far.end(), {4, 5, 6, 7});
    far_weight.insert(far_weight.end(), {5000, 6000, 7000, 8000});
  }
  attributes["JOINTS_0"] = file.add(near, "VEC4", 5123, 4);
  attributes["WEIGHTS_0"] = file.add(near_weight, "VEC4", 5123, 4, true);
  attributes["POSITION"] = file.add(make_box({}, 0.1f).positions, "VEC3", 5126, 3);
  attributes["JOINTS_1"] = file.add(far, "VEC4", 5123, 4);
  attributes["WEIGHTS_1"] = file.add(far_weight, "VEC4", 5123, 4, true);
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  const ModelVertex& vertex = model->parts[0].vertices[3];
  EXPECT_EQ(weight_sum(vertex), 255);
  EXPECT_EQ(model->bones[vertex.bone[0]].name, "extra5");
  EXPECT_EQ(model->bones[vertex.bone[3]].name, "extra2");
  EXPECT_NEAR(vertex.weight[0], 255.0 * 8 / 26, 1.0);
}

TEST(ReadGltf, BytesAsWeightsAreNormalised) {
  GltfFile file = two_bone_person();
  std::vector<std::uint8_t> weights;
  for (int i = 0; i < 8; ++i) weights.insert(weights.end(), {30, 10, 0, 0});  // sums to 40
  file.root["meshes"][0]["primitives"][0]["attributes"]["WEIGHTS_0"] =
      file.add(weights, "VEC4", 5121, 4, true);
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->parts[0].vertices[0].weight[0], 191);
  EXPECT_NEAR(volume_of(model->parts[0]), 0.008, 1e-6);
}

TEST(ReadGltf, VerticesWithoutWeightFollowTheFirstJointAndAreCounted) {
  GltfFile file = two_bone_person();
  file.root["meshes"][0]["primitives"][0]["attributes"]["WEIGHTS_0"] =
      file.add(std::vector<float>(32, 0.0f), "VEC4", 5126, 4);
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->unweighted_vertices, 8u);
  EXPECT_EQ(model->parts[0].vertices[0].bone[0], 0);
  EXPECT_EQ(model->parts[0].vertices[0].weight[0], 255);
}

TEST(ReadGltf, WithoutASkinAPartIsRigid) {
  GltfFile file = plain_box(0.5f);
  file.root["nodes"][0]["scale"] = {-0.1, 0.1, 0.1};  // mirrored: the winding must turn with it
  file.root["nodes"][0]["translation"] = {0, 2, 0};
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  EXPECT_EQ(model->rigid_parts, 1u);
  ASSERT_EQ(model->bones.size(), 1u);
  EXPECT_EQ(model->bones[0].name, "root");
  EXPECT_NEAR(volume_of(model->parts[0]), 0.001, 1e-7);
  EXPECT_NEAR(model->parts[0].vertices[0].p_rest.y, 1.95f, kPlaceTolerance_m);
}

TEST(ReadGltf, AnAccessoryFollowsTheBoneItHangsOn) {
  GltfFile file = two_bone_person();
  file.root["nodes"][4].erase("skin");
  file.root["scenes"][0]["nodes"] = {0, 3};
  file.root["nodes"][2]["children"] = {4};
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  const auto face = std::find_if(model->parts.begin(), model->parts.end(),
                                 [](const ModelPart& part) { return part.mesh == "face"; });
  ASSERT_NE(face, model->parts.end());
  EXPECT_EQ(face->vertices[0].bone[0], 1);
  EXPECT_EQ(face->vertices[0].weight[0], 255);
}

TEST(ReadGltf, StripsAndFansAreTriangles) {
  GltfFile file = plain_box(0.5f);
  auto& primitive = file.root["meshes"][0]["primitives"][0];
  primitive["indices"] = file.add(std::vector<std::uint8_t>{0, 1, 2, 3}, "SCALAR", 5121, 1);
  primitive["mode"] = 5;
  auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_THAT(model->parts[0].indices, testing::ElementsAre(0, 1, 2, 1, 3, 2));
  primitive["mode"] = 6;
  model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_THAT(model->parts[0].indices, testing::ElementsAre(0, 1, 2, 0, 2, 3));
}

TEST(ReadGltf, NamesAreNeverEmptyNorTwice) {
  GltfFile file = two_bone_person();
  file.root["nodes"][1]["name"] = "head";
  const auto twice = read_skinned_gltf(file.glb());
  ASSERT_TRUE(twice.has_value());
  EXPECT_NE(twice->bones[0].name, twice->bones[1].name);
  file.root["nodes"][1].erase("name");
  const auto unnamed = read_skinned_gltf(file.glb());
  ASSERT_TRUE(unnamed.has_value());
  EXPECT_FALSE(unnamed->bones[0].name.empty());
}

TEST(ReadGltf, WhatIsNotShownIsNotTouched) {
  GltfFile file = two_bone_person();
  file.root["scenes"][0]["nodes"] = {0, 3};
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->parts.size(), 1u);
}

/// The box's accessor made sparse: `moved` corners have other places than the view gives them.
GltfFile sparse_box(const std::vector<std::uint8_t>& moved, const std::vector<float>& places) {
  GltfFile file = plain_box(0.1f);
  const int at = file.add(moved, "SCALAR", 5121, 1), values = file.add(places, "VEC3", 5126, 3);
  const auto view_of = [&](int accessor) {
    return file.root["accessors"][static_cast<std::size_t>(accessor)]["bufferView"];
  };
  file.root["accessors"][0]["sparse"] = {
      {"count", moved.size()},
      {"indices", {{"bufferView", view_of(at)}, {"componentType", 5121}}},
      {"values", {{"bufferView", view_of(values)}}}};
  return file;
}

TEST(ReadGltf, SparseAccessorsAreMadeWhole) {
  GltfFile file = sparse_box({1, 6}, {0.5f, 0, 0, 0, 0.25f, 0});
  auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  const auto& vertices = model->parts[0].vertices;
  EXPECT_FLOAT_EQ(vertices[0].p_rest.x, -0.1f);
  EXPECT_FLOAT_EQ(vertices[1].p_rest.x, 0.5f);
  EXPECT_FLOAT_EQ(vertices[6].p_rest.y, 0.25f);
  EXPECT_FLOAT_EQ(vertices[7].p_rest.z, 0.1f);

  file.root["accessors"][0].erase("bufferView");  // all others are zero
  file.root["accessors"][0]["byteOffset"] = 0;
  model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value()) << describe(model.error());
  EXPECT_FLOAT_EQ(model->parts[0].vertices[0].p_rest.x, 0);
  EXPECT_FLOAT_EQ(model->parts[0].vertices[6].p_rest.y, 0.25f);
}

TEST(ReadGltf, RefusesSparseAccessorsThatPointOutside) {
  const std::vector<float> place = {0, 0, 0};
  EXPECT_EQ(error_of(sparse_box({8}, place)), GltfError::BadAccessor);
  for (const auto& [where, key, value] : {std::tuple{"", "count", 2},
                                          {"", "count", 0},
                                          {"", "count", 9},
                                          {"indices", "bufferView", 99},
                                          {"indices", "byteOffset", -1},
                                          {"indices", "componentType", 5126},
                                          {"values", "bufferView", -1},
                                          {"values", "byteOffset", 4}}) {
    GltfFile file = sparse_box({1}, place);
    auto& sparse = file.root["accessors"][0]["sparse"];
    (std::string_view(where).empty() ? sparse : sparse[where])[key] = value;
    EXPECT_EQ(error_of(file), GltfError::BadAccessor) << where << " " << key << " " << value;
  }
  GltfFile huge = sparse_box({1}, place);
  huge.root["accessors"][0].erase("bufferView");
  huge.root["accessors"][0]["count"] = 20'000'000;
  EXPECT_EQ(error_of(huge), GltfError::TooLarge);
}

TEST(ReadGltf, KnowsWhatAVrmSaysOfItsBones) {
  GltfFile file = two_bone_person();
  file.root["extensionsUsed"] = {"VRMC_vrm"};
  file.root["extensions"]["VRMC_vrm"]["humanoid"]["humanBones"] = {
      {"hips", {{"node", 1}}}, {"head", {{"node", 2}}}, {"jaw", {{"node", 77}}}};
  auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->bones[0].humanoid, "hips");
  EXPECT_EQ(model->bones[1].humanoid, "head");

  file = two_bone_person();
  file.root["extensions"]["VRM"]["humanoid"]["humanBones"] = {
      {{"bone", "head"}, {"node", 2}}, {{"bone", 3}, {"node", 1}}, "hips", {{"node", "1"}}};
  model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->bones[0].humanoid, "");
  EXPECT_EQ(model->bones[1].humanoid, "head");

  for (const auto& wrong : {nlohmann::json(3), nlohmann::json({{"humanoid", "no"}}),
                            nlohmann::json({{"humanoid", {{"humanBones", 1}}}})}) {
    file.root["extensions"] = {{"VRM", wrong}, {"VRMC_vrm", wrong}};
    EXPECT_TRUE(read_skinned_gltf(file.glb()).has_value()) << wrong;
  }
}

TEST(ReadGltf, SaysWhatItCannotTake) {
  GltfFile file = two_bone_person();
  file.root["extensionsRequired"] = {"VENDOR_packed_mesh"};
  file.root["extensionsUsed"] = {"VENDOR_packed_mesh"};
  EXPECT_EQ(error_of(file), GltfError::NeedsExtension);

  file = two_bone_person();
  file.root["meshes"][0]["primitives"][0]["mode"] = 1;
  file.root["meshes"][1]["primitives"][0]["mode"] = 0;
  EXPECT_EQ(error_of(file), GltfError::NoTriangles);
}

TEST(ReadGltf, RefusesAccessorsThatPointOutside) {
  for (const char* field : {"count", "byteOffset"}) {
    GltfFile file = two_bone_person();
    file.root["accessors"][0][field] = 1'000'000;
    EXPECT_EQ(error_of(file), GltfError::BadAccessor) << field;
  }
  GltfFile file = two_bone_person();
  file.root["bufferViews"][0]["byteOffset"] = 1'000'000;
  EXPECT_EQ(error_of(file), GltfError::BadAccessor);
  file = two_bone_person();
  file.root["accessors"][0]["bufferView"] = 99;
  EXPECT_EQ(error_of(file), GltfError::BadAccessor);
  file = two_bone_person();
  file.root["meshes"][0]["primitives"][0]["attributes"]["POSITION"] = 99;
  EXPECT_EQ(error_of(file), GltfError::BadAccessor);
  file = two_bone_person();
  file.root["accessors"][0]["type"] = "VEC2";
  EXPECT_EQ(error_of(file), GltfError::BadAccessor);
}

TEST(ReadGltf, RefusesImpossibleVertices) {
  GltfFile file = two_bone_person();
  auto& attributes = file.root["meshes"][0]["primitives"][0]["attributes"];
  attributes["JOINTS_0"] = file.add(std::vector<std::uint8_t>(32, 2), "VEC4", 5121, 4);
  EXPECT_EQ(error_of(file), GltfError::BadVertex);

  file = two_bone_person();
  std::vector<float> positions = make_box({}, 1).positions;
  positions[5] = std::numeric_limits<float>::quiet_NaN();
  file.root["meshes"][0]["primitives"][0]["attributes"]["POSITION"] =
      file.add(positions, "VEC3", 5126, 3);
  EXPECT_EQ(error_of(file), GltfError::BadVertex);

  file = two_bone_person();
  file.root["meshes"][0]["primitives"][0]["indices"] =
      file.add(std::vector<std::uint16_t>{0, 1, 8}, "SCALAR", 5123, 1);
  EXPECT_EQ(error_of(file), GltfError::BadVertex);

  file = two_bone_person();
  file.root["meshes"][0]["primitives"][0]["attributes"]["WEIGHTS_0"] =
      file.add(std::vector<float>(32, -1.0f), "VEC4", 5126, 4);
  EXPECT_EQ(error_of(file), GltfError::BadVertex);
}

TEST(ReadGltf, CentimetresTakenForMetresAreToldSo) {
  GltfFile file = two_bone_person();
  file.root["nodes"][0].erase("scale");  // hips at y = 100, head at 150
  EXPECT_EQ(error_of(file), GltfError::NotInMetres);
  file = plain_box(300.0f);
  EXPECT_EQ(error_of(file), GltfError::NotInMetres);
}

TEST(ReadGltf, RefusesNodesThatAreNoTree) {
  GltfFile file = two_bone_person();
  file.root["nodes"][2]["children"] = {0};  // a cycle
  EXPECT_EQ(error_of(file), GltfError::BadNode);
  file = two_bone_person();
  file.root["nodes"][3]["children"] = {2};  // two parents
  EXPECT_EQ(error_of(file), GltfError::BadNode);
  file = two_bone_person();
  file.root["skins"][1]["joints"] = {77};
  EXPECT_EQ(error_of(file), GltfError::BadSkin);
  file = two_bone_person();
  file.root["skins"][0]["joints"] = {1, 2, 0};  // more joints than matrices
  EXPECT_EQ(error_of(file), GltfError::BadSkin);
}

TEST(ReadGltf, EveryTruncationIsAnError) {
  const std::vector<std::byte> whole = two_bone_person().glb();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(read_skinned_gltf(std::span(whole).first(size)).has_value()) << size;
  }
}

TEST(ReadGltf, DeepNestingIsRefusedBeforeItIsParsed) {
  std::string text = R"({"asset":{"version":"2.0"},"extras":)";
  text.append(200'000, '[');
  const auto model = read_skinned_gltf(std::as_bytes(std::span(text)));
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error(), GltfError::NotGltf);
}

TEST(ReadGltf, ReadsBuffersBesideAFileAndNowhereElse) {
  const std::string folder = testing::TempDir() + "read_gltf_test/";
  std::filesystem::create_directories(folder + "inside");
  GltfFile file = two_bone_person();
  for (const char* name : {"beside.bin", "inside/below.bin"}) {
    std::ofstream(folder + name, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.binary.data()),
               static_cast<std::streamsize>(file.binary.size()));
  }
  const auto read_with = [&](const std::string& gltf, const std::string& uri) {
    file.root["buffers"] = {{{"byteLength", file.binary.size()}, {"uri", uri}}};
    std::ofstream(folder + gltf) << file.root.dump();
    return read_skinned_gltf(folder + gltf).has_value();
  };
  EXPECT_TRUE(read_with("a.gltf", "beside.bin"));
  EXPECT_TRUE(read_with("a.gltf", "inside/below.bin"));
  EXPECT_FALSE(read_with("inside/a.gltf", "../beside.bin"));
  EXPECT_FALSE(read_with("a.gltf", folder + "beside.bin"));
  const auto nowhere = read_skinned_gltf(folder + "missing.glb");
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error(), GltfError::CannotRead);
  EXPECT_FALSE(read_skinned_gltf(folder).has_value());
}

TEST(ReadGltf, EveryErrorNamesARemedy) {
  for (int i = 0; i <= static_cast<int>(GltfError::NoTriangles); ++i) {
    EXPECT_THAT(describe(static_cast<GltfError>(i)), testing::HasSubstr(":")) << i;
  }
}

}  // namespace
}  // namespace tactus::avatar
