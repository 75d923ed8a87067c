// Only a whole, sound body file is viewed; everything else says what is wrong.
#include "tactus/contact/body.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <random>
#include <set>

#include "support/shapes.h"
#include "tactus/base/crc32.h"

namespace tactus {
namespace {

testing::Shape tube() { return testing::make_tube(0.3f, 0.04f, 6, 5); }

BodyError error_of(const std::vector<std::byte>& bytes) {
  const auto view = view_body(bytes);
  EXPECT_FALSE(view);
  return view ? BodyError{} : view.error();
}

/// The file with one field of the header changed, checksum untouched.
template <class Change>
std::vector<std::byte> with_header(Change change) {
  auto bytes = testing::to_bytes(tube());
  BodyHeader header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  change(header);
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

TEST(Body, ViewsWhatWasWritten) {
  const auto shape = tube();
  const auto bytes = testing::to_bytes(shape);
  const auto view = view_body(bytes);
  ASSERT_TRUE(view);
  ASSERT_EQ(view->bones.size(), 2u);
  ASSERT_EQ(view->vertices.size(), shape.vertices.size());
  ASSERT_EQ(view->triangles.size(), shape.triangles.size());
  EXPECT_EQ(view->bones[1].parent, 0);
  EXPECT_EQ(view->triangles[3].vertex, shape.triangles[3].vertex);
  EXPECT_EQ(view->vertices[7].weight, shape.vertices[7].weight);
}

TEST(Body, EveryCutIsTooShortAndALongerFileIsCorrupt) {
  auto bytes = testing::to_bytes(tube());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto view = view_body(std::span(bytes).first(size));
    ASSERT_FALSE(view) << size;
    EXPECT_EQ(view.error(), BodyError::TooShort) << size;
  }
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of(bytes), BodyError::Corrupt);
}

TEST(Body, EveryFlippedBitOfTheContentIsCorrupt) {
  auto bytes = testing::to_bytes(tube());
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const std::size_t at = sizeof(BodyHeader) + random() % (bytes.size() - sizeof(BodyHeader));
    const auto bit = std::byte(1u << (random() % 8));
    bytes[at] ^= bit;
    EXPECT_EQ(error_of(bytes), BodyError::Corrupt) << at;
    bytes[at] ^= bit;
  }
  EXPECT_TRUE(view_body(bytes));
}

TEST(Body, TheHeaderIsChecked) {
  EXPECT_EQ(error_of(with_header([](auto& h) { h.magic[0] = 'X'; })), BodyError::NotABody);
  EXPECT_EQ(error_of(with_header([](auto& h) { h.version = 2; })), BodyError::WrongVersion);
  EXPECT_EQ(error_of(with_header([](auto& h) { h.vertex_count = kMaxBodyVertices + 1; })),
            BodyError::TooLarge);
  EXPECT_EQ(error_of(with_header([](auto& h) { h.triangle_count = ~0u; })), BodyError::TooLarge);
  EXPECT_EQ(error_of(with_header([](auto& h) { h.bone_count = kMaxBodyBones + 1; })),
            BodyError::TooLarge);
  EXPECT_EQ(error_of(with_header([](auto& h) { h.bone_count = 1; })), BodyError::Corrupt);
  EXPECT_EQ(error_of(with_header([](auto& h) { ++h.total_bytes; })), BodyError::Corrupt);
  EXPECT_EQ(error_of(testing::to_bytes({})), BodyError::Corrupt);
}

TEST(Body, BonesMustFormASkeleton) {
  for (const std::int32_t parent : {1, 2, -2, 77}) {
    auto shape = tube();
    shape.bones[1].parent = parent;
    EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadBone) << parent;
  }
  auto shape = tube();
  shape.bones[0].T_rest_bone.q = {0, 0, 0, 2};
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadBone);
  shape = tube();
  shape.bones[0].T_rest_bone.p.x = std::numeric_limits<float>::infinity();
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadBone);
}

TEST(Body, VerticesMustBeFiniteAndFullyWeighted) {
  auto shape = tube();
  shape.vertices[2].p_rest.y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadVertex);
  shape = tube();
  shape.vertices[2].weight[0] ^= 1;
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadVertex);
  shape = tube();
  shape.vertices[2].bone[3] = 2;
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadVertex);
  shape = tube();
  shape.vertices[2].p_rest.z = 1e30f;
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadVertex);
}

TEST(Body, TrianglesMustNameWhatIsThere) {
  auto shape = tube();
  shape.triangles[4].vertex[2] = static_cast<std::uint32_t>(shape.vertices.size());
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadTriangle);
  shape = tube();
  shape.triangles[4].region = static_cast<Region>(kRegions);
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadTriangle);
  shape = tube();
  shape.triangles[4].material = static_cast<Material>(kMaterials);
  EXPECT_EQ(error_of(testing::to_bytes(shape)), BodyError::BadTriangle);
}

TEST(Body, EveryErrorIsDescribedInItsOwnWords) {
  std::set<std::string_view> descriptions;
  for (int e = 0; e <= static_cast<int>(BodyError::BadTriangle); ++e) {
    descriptions.insert(describe(static_cast<BodyError>(e)));
  }
  EXPECT_EQ(descriptions.size(), 8u);
}

}  // namespace
}  // namespace tactus
