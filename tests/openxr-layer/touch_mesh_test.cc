// [docs/XR_TACTUSX_touch_preview.md, Bodies] a skinned mesh handed over becomes a body.
#include <cmath>
#include <cstring>

#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

/// A square of two triangles whose shared corners are doubled, as a texture's seam does it.
class TouchMeshTest : public TouchTest {
 protected:
  TouchMeshTest() {
    const Vec3 corner[4] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
    for (const int c : {0, 1, 2, 0, 2, 3}) {
      positions.push_back({corner[c].x, corner[c].y, corner[c].z});
      bone_indices.insert(bone_indices.end(), {0, 1, 77, 0});
      weights.insert(weights.end(), {3.0f, 1.0f, 0, 0});
    }
  }

  XrTouchMeshTACTUSX mesh() {
    return {XR_TYPE_TOUCH_MESH_TACTUSX,
            nullptr,
            static_cast<uint32_t>(skeleton.size()),
            skeleton.data(),
            static_cast<uint32_t>(positions.size()),
            positions.data(),
            bone_indices.data(),
            weights.data(),
            static_cast<uint32_t>(indices.size() / 3),
            indices.data(),
            regions.data(),
            materials.data()};
  }
  XrResult try_create(const XrTouchMeshTACTUSX& from) {
    const XrTouchBodyCreateInfoTACTUSX info{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, &from, 0,
                                            nullptr};
    return get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX")(session, &info, &body);
  }
  /// The body that the service got last.
  std::vector<std::byte> arrived() {
    EXPECT_TRUE(service->await(ipc::Kind::CreateBody, 1));
    return service->received(ipc::Kind::CreateBody).back().attached;
  }

  std::vector<XrTouchBoneTACTUSX> skeleton = {{-1, {{0, 0, 0, 1}, {0, 0, 0}}},
                                              {0, {{0, 0.6f, 0, 0.8f}, {0, 1, 0}}}};
  std::vector<XrVector3f> positions;
  std::vector<uint16_t> bone_indices;
  std::vector<float> weights;
  std::vector<uint32_t> indices = {0, 1, 2, 3, 4, 5};
  std::vector<uint32_t> regions = {2, 14};
  std::vector<XrTouchMaterialTACTUSX> materials = {XR_TOUCH_MATERIAL_SKIN_TACTUSX,
                                                   XR_TOUCH_MATERIAL_CLOTH_TACTUSX};
};

TEST_F(TouchMeshTest, ReachesTheServiceWithItsSeamsClosed) {
  begin_touch();
  ASSERT_EQ(try_create(mesh()), XR_SUCCESS);
  const std::vector<std::byte> bytes = arrived();
  const auto view = view_body(bytes);
  ASSERT_TRUE(view.has_value());
  ASSERT_EQ(view->bones.size(), 2u);
  EXPECT_EQ(view->bones[1].parent, 0);
  EXPECT_FLOAT_EQ(view->bones[1].T_rest_bone.p.y, 1);
  EXPECT_EQ(view->vertices.size(), 4u);
  ASSERT_EQ(view->triangles.size(), 2u);
  EXPECT_EQ(view->triangles[0].region, Region::CheekLeft);
  EXPECT_EQ(view->triangles[1].region, Region::Chest);
  EXPECT_EQ(view->triangles[1].material, Material::Cloth);
  for (std::size_t t = 0; t < 2; ++t) {
    for (std::size_t k = 0; k < 3; ++k) {
      const BodyVertex& vertex = view->vertices[view->triangles[t].vertex[k]];
      EXPECT_EQ(vertex.p_rest.x, positions[3 * t + k].x);
      EXPECT_EQ(vertex.p_rest.y, positions[3 * t + k].y);
      EXPECT_EQ(vertex.weight[0], 191);  // 3 of 4
      EXPECT_EQ(vertex.weight[1], 64);
    }
  }
}

TEST_F(TouchMeshTest, RegionsAndMaterialsMayBeLeftOut) {
  begin_touch();
  auto plain = mesh();
  plain.regions = nullptr;
  plain.materials = nullptr;
  ASSERT_EQ(try_create(plain), XR_SUCCESS);
  const std::vector<std::byte> bytes = arrived();
  EXPECT_EQ(view_body(bytes)->triangles[1].region, Region::None);
  EXPECT_EQ(view_body(bytes)->triangles[1].material, Material::Skin);
}

TEST_F(TouchMeshTest, TrianglesWithoutAreaAreLeftOut) {
  begin_touch();
  positions[5] = positions[4];
  ASSERT_EQ(try_create(mesh()), XR_SUCCESS);
  const std::vector<std::byte> bytes = arrived();
  EXPECT_EQ(view_body(bytes)->triangles.size(), 1u);
}

TEST_F(TouchMeshTest, ItsBonesAreThoseThatAreUpdated) {
  begin_touch();
  ASSERT_EQ(try_create(mesh()), XR_SUCCESS);
  EXPECT_EQ(update(body, poses(stage)), XR_SUCCESS);
  auto one = poses(stage);
  one.boneCount = 1;
  EXPECT_EQ(update(body, one), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(TouchMeshTest, EitherDataOrAMesh) {
  begin_touch();
  const auto whole = mesh();
  XrTouchBodyCreateInfoTACTUSX info{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, &whole,
                                    static_cast<uint32_t>(tube.size()), tube.data()};
  const auto create = get<PFN_xrCreateTouchBodyTACTUSX>("xrCreateTouchBodyTACTUSX");
  EXPECT_EQ(create(session, &info, &body), XR_ERROR_VALIDATION_FAILURE);
  info.next = nullptr;
  info.data = nullptr;
  info.dataSize = 0;
  EXPECT_EQ(create(session, &info, &body), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(TouchMeshTest, ImpossibleMeshesAreRefused) {
  begin_touch();
  using Spoil = std::function<void(XrTouchMeshTACTUSX&)>;
  const std::vector<std::pair<const char*, Spoil>> kWrong = {
      {"no bones", [](auto& m) { m.boneCount = 0; }},
      {"no vertices", [](auto& m) { m.vertexCount = 0; }},
      {"no triangles", [](auto& m) { m.triangleCount = 0; }},
      {"null bones", [](auto& m) { m.bones = nullptr; }},
      {"null positions", [](auto& m) { m.positions = nullptr; }},
      {"null bone indices", [](auto& m) { m.boneIndices = nullptr; }},
      {"null weights", [](auto& m) { m.boneWeights = nullptr; }},
      {"null indices", [](auto& m) { m.indices = nullptr; }},
      {"parent after child", [this](auto&) { skeleton[0].parent = 1; }},
      {"bind pose", [this](auto&) { skeleton[1].bindPose.orientation.w = 9; }},
      {"position", [this](auto&) { positions[2].x = std::nanf(""); }},
      {"far away", [this](auto&) { positions[2].x = 1e4f; }},
      {"negative weight", [this](auto&) { weights[0] = -1; }},
      {"infinite weight", [this](auto&) { weights[0] = HUGE_VALF; }},
      {"no weight", [this](auto&) { weights[0] = weights[1] = 0; }},
      {"bone of a weight", [this](auto&) { bone_indices[1] = 2; }},
      {"index", [this](auto&) { indices[5] = 6; }},
      {"region", [this](auto&) { regions[1] = kRegions; }},
      {"material",
       [this](auto&) {
         const uint32_t none = kMaterials;
         std::memcpy(&materials[1], &none, sizeof(none));
       }},
  };
  for (const auto& [what, spoil] : kWrong) {
    const auto kept = std::tuple(skeleton, positions, bone_indices, weights, indices, regions);
    const auto kept_materials = materials;
    auto spoilt = mesh();
    spoil(spoilt);
    EXPECT_EQ(try_create(spoilt), XR_ERROR_VALIDATION_FAILURE) << what;
    std::tie(skeleton, positions, bone_indices, weights, indices, regions) = kept;
    materials = kept_materials;
  }
  auto huge = mesh();
  huge.vertexCount = XR_TOUCH_MAX_VERTICES_TACTUSX + 1;
  EXPECT_EQ(try_create(huge), XR_ERROR_LIMIT_REACHED);
  huge = mesh();
  huge.boneCount = XR_TOUCH_MAX_BONES_TACTUSX + 1;
  EXPECT_EQ(try_create(huge), XR_ERROR_LIMIT_REACHED);
  EXPECT_EQ(body, XR_NULL_HANDLE);
}

}  // namespace
}  // namespace tactus::layer_test
