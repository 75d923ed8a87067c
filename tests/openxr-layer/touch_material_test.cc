// [docs/XR_TACTUSX_touch_preview.md, Bodies] what a body is made of, changed while it lives.
#include <cstring>

#include "touch_fixture.h"

namespace tactus::layer_test {
namespace {

class TouchMaterialTest : public TouchTest {
 protected:
  XrResult set(std::uint32_t region, std::uint32_t material) {
    XrTouchMaterialSetInfoTACTUSX info{XR_TYPE_TOUCH_MATERIAL_SET_INFO_TACTUSX, nullptr, region,
                                       XR_TOUCH_MATERIAL_SKIN_TACTUSX};
    std::memcpy(&info.material, &material, sizeof(material));
    return get<PFN_xrSetTouchMaterialTACTUSX>("xrSetTouchMaterialTACTUSX")(body, &info);
  }
  /// How many triangles of the newest body that the service got are of the material.
  std::size_t count_of(Material material) {
    const std::vector<std::byte> bytes = service->received(ipc::Kind::CreateBody).back().attached;
    const auto view = view_body(bytes);
    EXPECT_TRUE(view.has_value());
    return static_cast<std::size_t>(
        std::count_if(view->triangles.begin(), view->triangles.end(),
                      [&](const BodyTriangle& t) { return t.material == material; }));
  }
};

TEST_F(TouchMaterialTest, TheServiceHearsOfABodyInTheOldOnesPlace) {
  begin_touch();
  create_body();
  ASSERT_EQ(set(XR_TOUCH_ALL_REGIONS_TACTUSX, XR_TOUCH_MATERIAL_CLOTH_TACTUSX), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::CreateBody, 2));
  EXPECT_EQ(count_of(Material::Cloth), view_body(tube)->triangles.size());
  const auto gone = service->received(ipc::Kind::DestroyBody);
  ASSERT_EQ(gone.size(), 1u);
  EXPECT_EQ(gone[0].head<ipc::DestroyBody>().body,
            service->received(ipc::Kind::CreateBody)[0].head<ipc::CreateBody>().body);
  ASSERT_EQ(update(body, poses(stage)), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::BodyFrame, 1));
  EXPECT_EQ(service->received(ipc::Kind::BodyFrame)[0].head<ipc::BodyFrame>().body,
            service->received(ipc::Kind::CreateBody)[1].head<ipc::CreateBody>().body);
}

TEST_F(TouchMaterialTest, OnlyOneRegionIfOneIsNamed) {
  begin_touch();
  create_body();
  const auto region = static_cast<std::uint32_t>(view_body(tube)->triangles[0].region);
  ASSERT_EQ(set((region + 1) % kRegions, XR_TOUCH_MATERIAL_HAIR_TACTUSX), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::CreateBody, 2));
  EXPECT_EQ(count_of(Material::Hair), 0u);
  ASSERT_EQ(set(region, XR_TOUCH_MATERIAL_HAIR_TACTUSX), XR_SUCCESS);
  ASSERT_TRUE(service->await(ipc::Kind::CreateBody, 3));
  EXPECT_GT(count_of(Material::Hair), 0u);
}

TEST_F(TouchMaterialTest, ArgumentsAreChecked) {
  begin_touch();
  create_body();
  EXPECT_EQ(set(kRegions, XR_TOUCH_MATERIAL_SKIN_TACTUSX), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(set(0, kMaterials), XR_ERROR_VALIDATION_FAILURE);
  const auto set_material = get<PFN_xrSetTouchMaterialTACTUSX>("xrSetTouchMaterialTACTUSX");
  EXPECT_EQ(set_material(body, nullptr), XR_ERROR_VALIDATION_FAILURE);
  XrTouchMaterialSetInfoTACTUSX info{XR_TYPE_TOUCH_MESH_TACTUSX, nullptr, 0,
                                     XR_TOUCH_MATERIAL_SKIN_TACTUSX};
  EXPECT_EQ(set_material(body, &info), XR_ERROR_VALIDATION_FAILURE);
  ASSERT_EQ(destroy_body(body), XR_SUCCESS);
  EXPECT_EQ(set(0, XR_TOUCH_MATERIAL_SKIN_TACTUSX), XR_ERROR_HANDLE_INVALID);
}

}  // namespace
}  // namespace tactus::layer_test
