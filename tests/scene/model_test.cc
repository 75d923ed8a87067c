// Reading models: what a good file becomes, and that a broken one is refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scene/world/model.h"
#include "scene/world/morph.h"
#include "tiny_glb.h"

namespace tactus::scene {
namespace {

TEST(Model, ReadsBonesSkinAndExpressions) {
  const Model model = read_model(tiny_glb(), "tiny");
  ASSERT_EQ(model.skeleton.size(), 2u);
  EXPECT_EQ(model.skeleton.find("tip"), 1);
  EXPECT_EQ(model.skeleton.parent[1], 0);
  EXPECT_NEAR(model.skeleton.T_model_rest[1].p.y(), 1.0f, 1e-6f);
  ASSERT_EQ(model.meshes.size(), 1u);
  const Mesh& mesh = model.meshes[0];
  EXPECT_EQ(mesh.surface, Surface::Skin);
  EXPECT_EQ(mesh.indices, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(mesh.vertices[1].weight[0] + mesh.vertices[1].weight[1], 255);
  EXPECT_EQ(mesh.vertices[0].n[2], 32767);
  EXPECT_EQ(mesh.vertices[0].colour[3], 65535);
  ASSERT_EQ(mesh.morphs.size(), 1u);
  EXPECT_EQ(mesh.morphs[0].name, "blinkLeft");
}

struct Break {
  const char *from, *to, *cause;
};

TEST(Model, RefusesABrokenFileByNameAndCause) {
  const Break breaks[] = {
      {"\"count\":3,\"type\":\"VEC3\"", "\"count\":9,\"type\":\"VEC3\"", "do not fit"},
      {"\"byteOffset\":36,\"comp", "\"byteOffset\":99,\"xxxx", "tiny"},
      {"\"indices\":6", "\"indices\":9", "tiny"},
      {"\"joints\":[0,1]", "\"joints\":[0,7]", "no node"},
      {"\"children\":[1]", "\"children\":[0]", "tree"},
      {"\"inverseBindMatrices\":3", "\"inverseBindMatrices\":0", "bind matrices"},
      {"\"byteLength\":236", "\"byteLength\":999", "outside its bytes"},
      {"\"byteLength\":236", "\"byteLength\":200", "outside its bytes"},
  };
  for (const Break& b : breaks) {
    const auto broken = with(tiny_glb(), b.from, b.to);
    ASSERT_NE(broken, tiny_glb()) << b.from;
    try {
      (void)read_model(broken, "tiny");
      ADD_FAILURE() << b.from << " was accepted";
    } catch (const SceneError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr(b.cause));
      EXPECT_THAT(error.what(), testing::StartsWith("tiny"));
    }
  }
}

TEST(Model, RefusesAnIndexOrABoneThatIsNotThere) {
  for (const std::size_t back : {12u, 36u}) {  // first index; first joint
    auto file = tiny_glb();
    file[file.size() - back] = std::byte{77};
    EXPECT_THROW((void)read_model(file, "tiny"), SceneError) << back;
  }
}

TEST(Model, RefusesEveryCutFile) {
  const auto whole = tiny_glb();
  for (std::size_t n = 0; n < whole.size(); n += 7) {
    const std::vector<std::byte> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_THROW((void)read_model(cut, "cut"), SceneError) << n;
  }
}

TEST(Morph, MovesWhatItIsToldByItsWeight) {
  const Mesh mesh = read_model(tiny_glb(), "tiny").meshes[0];
  std::vector<Vertex> blended(mesh.vertices.size());
  const float half = 0.5f;
  blend_morphs(mesh, {&half, 1}, blended);
  EXPECT_NEAR(blended[2].p[2], 0.25f, 1e-6f);
  EXPECT_EQ(blended[0].p, mesh.vertices[0].p);
}

TEST(Morph, LetsAClosingLidTakeTheSmilesPlace) {
  Mesh mesh = read_model(tiny_glb(), "tiny").meshes[0];
  mesh.morphs.push_back(
      {"smileClosed", std::vector<Vec3>(3, Vec3(0.1f, 0, 0)), std::vector<Vec3>(3, Vec3::Zero())});
  std::vector<Vertex> blended(3);
  const float open[] = {0, 1}, closed[] = {1, 1};
  blend_morphs(mesh, open, blended);
  EXPECT_NEAR(blended[0].p[0], 0.1f, 1e-6f);
  blend_morphs(mesh, closed, blended);
  EXPECT_NEAR(blended[0].p[0], 0.0f, 1e-6f);
  EXPECT_NEAR(blended[2].p[2], 0.5f, 1e-6f);
}

TEST(Morph, SwingsALidRoundTheEyeballNotThroughIt) {
  constexpr float kEye_m = 0.041f, kInside_m = 1e-4f, kOutside_m = 1e-3f;
  const Quat closing = turn(Vec3::UnitX(), 50 * kRadPerDeg);
  const Vec3 n = turn(Vec3::UnitX(), -30 * kRadPerDeg) * Vec3::UnitZ();
  Mesh lid;
  lid.vertices.resize(1);
  lid.vertices[0].p = {kEye_m * n.x(), kEye_m * n.y(), kEye_m * n.z()};
  lid.vertices[0].n = packed_normal(n);
  lid.morphs = {{"blinkLeft", {kEye_m * (closing * n - n)}, {closing * n - n}}};
  for (const float w : {-0.3f, 0.0f, 0.2f, 0.5f, 0.8f, 1.0f}) {
    Vertex blended;
    blend_morphs(lid, {&w, 1}, {&blended, 1});
    const float radius_m = std::hypot(blended.p[0], blended.p[1], blended.p[2]);
    EXPECT_GT(radius_m, kEye_m - kInside_m) << "closed by " << w;
    EXPECT_LT(radius_m, kEye_m + kOutside_m) << "closed by " << w;
  }
}

}  // namespace
}  // namespace tactus::scene
