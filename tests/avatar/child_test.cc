// The child is whom the scene and the demo expect: the same bytes every time, 1.16 m tall, whole
// where she is touched, with VRM's bones and expressions and every region that a hand can reach.
#include "child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>

#include "anatomy.h"
#include "face.h"
#include "gltf_writer.h"
#include "tactus/avatar/bake.h"

namespace tactus::modelling {
namespace {

using avatar::BodyReport;
using avatar::PartReport;
using avatar::SkinnedModel;

struct Built {
  Skeleton skeleton = build_skeleton();
  std::vector<Part> parts = build_child(skeleton);
  std::vector<std::byte> glb = write_glb(parts, &skeleton);
};

class Child : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    built_ = new Built;
    auto model = avatar::read_skinned_gltf(built_->glb);
    ASSERT_TRUE(model.has_value()) << avatar::describe(model.error());
    model_ = new SkinnedModel(std::move(*model));
    auto bytes = avatar::bake(*model_);
    ASSERT_TRUE(bytes.has_value());
    body_ = new std::vector<std::byte>(std::move(*bytes));
    view_ = *view_body(*body_);
    report_ = avatar::check_body(*model_, view_);
  }
  static void TearDownTestSuite() {
    delete built_;
    delete model_;
    delete body_;
  }

  static const Part& part(const std::string& name) {
    for (const Part& p : built_->parts) {
      if (p.name == name) return p;
    }
    ADD_FAILURE() << "no part " << name;
    return built_->parts[0];
  }

  /// The region of the baked triangle whose centre is closest to a point.
  static Region region_near(Vec3 p) {
    Region region = Region::None;
    float nearest = 1e9f;
    for (const BodyTriangle& triangle : view_.triangles) {
      const Vec3 centre = (1.0f / 3.0f) * (view_.vertices[triangle.vertex[0]].p_rest +
                                           view_.vertices[triangle.vertex[1]].p_rest +
                                           view_.vertices[triangle.vertex[2]].p_rest);
      if (length(centre - p) < nearest) {
        nearest = length(centre - p);
        region = triangle.region;
      }
    }
    return region;
  }

  static inline Built* built_ = nullptr;
  static inline SkinnedModel* model_ = nullptr;
  static inline std::vector<std::byte>* body_ = nullptr;
  static inline BodyView view_;
  static inline BodyReport report_;
};

TEST_F(Child, TwoBuildsAreEqualByteForByte) {
  const Built again;
  EXPECT_EQ(again.glb, built_->glb);
  EXPECT_EQ(write_glb(build_park(), nullptr), write_glb(build_park(), nullptr));
}

TEST_F(Child, StandsOnTheGroundAndIs116CentimetresTall) {
  constexpr float kHeightTolerance_m = 0.005f;
  float lo = 1, hi = 0;
  for (const BodyVertex& vertex : view_.vertices) {
    lo = std::min(lo, vertex.p_rest.y);
    hi = std::max(hi, vertex.p_rest.y);
  }
  EXPECT_NEAR(lo, 0.0f, 0.003f);
  EXPECT_NEAR(hi - lo, 1.16f, kHeightTolerance_m);
}

TEST_F(Child, HasTheBonesOfVrm) {
  EXPECT_EQ(built_->skeleton.bones.size(), 51u);
  for (const char* name : {"hips",
                           "spine",
                           "chest",
                           "neck",
                           "head",
                           "leftEye",
                           "rightEye",
                           "leftShoulder",
                           "leftUpperArm",
                           "leftLowerArm",
                           "leftHand",
                           "leftThumbMetacarpal",
                           "leftThumbDistal",
                           "leftIndexProximal",
                           "leftLittleDistal",
                           "rightHand",
                           "rightRingIntermediate",
                           "leftUpperLeg",
                           "leftLowerLeg",
                           "leftFoot",
                           "rightFoot"}) {
    EXPECT_GE(built_->skeleton.find(name), 0) << name;
  }
  EXPECT_THAT(report_.missing_bones, testing::IsEmpty());
}

TEST_F(Child, WeightsSumToOneAndNameBonesThatExist) {
  for (const Part& p : built_->parts) {
    for (const Vertex& vertex : p.mesh.vertices) {
      const float sum = std::accumulate(vertex.weight.begin(), vertex.weight.end(), 0.0f);
      ASSERT_NEAR(sum, 1.0f, 1e-5f) << p.name;
      for (const std::uint8_t bone : vertex.bone) ASSERT_LT(bone, 51) << p.name;
    }
  }
  EXPECT_EQ(report_.unweighted_vertices, 0u);
}

TEST_F(Child, MovesWithTheBonesThatAreNear) {
  const auto moved_by = [&](const std::string& mesh, Vec3 p) {
    const Vertex* nearest = nullptr;
    for (const Vertex& vertex : part(mesh).mesh.vertices) {
      if (nearest == nullptr || length(vertex.p - p) < length(nearest->p - p)) nearest = &vertex;
    }
    return built_->skeleton.bones[nearest->bone[0]].name;
  };
  EXPECT_EQ(moved_by("head", {0.05f, 0.96f, 0.09f}), "head");
  EXPECT_EQ(moved_by("head", {0, 0.855f, 0.03f}), "neck");
  EXPECT_EQ(moved_by("armsHands", kFingerShapes[1].tip()), "leftIndexDistal");
  EXPECT_EQ(moved_by("armsHands", {-0.385f, 0.78f, 0}), "rightHand");
  EXPECT_EQ(moved_by("dress", {0, 0.72f, 0.07f}), "chest");
  EXPECT_EQ(moved_by("legs", {0.054f, 0.20f, 0.02f}), "leftLowerLeg");
  EXPECT_EQ(moved_by("shoes", {0.06f, 0.04f, 0.09f}), "leftFoot");
}

TEST_F(Child, IsSymmetricWithinAMillimetre) {
  constexpr float kSideTolerance_m = 0.001f;
  for (const Bone& bone : built_->skeleton.bones) {
    if (!bone.name.starts_with("left")) continue;
    const Bone& other =
        built_->skeleton.bones[built_->skeleton.find("right" + bone.name.substr(4))];
    EXPECT_NEAR(bone.p_rest.x, -other.p_rest.x, kSideTolerance_m) << bone.name;
    EXPECT_NEAR(bone.p_rest.y, other.p_rest.y, kSideTolerance_m) << bone.name;
    EXPECT_NEAR(bone.p_rest.z, other.p_rest.z, kSideTolerance_m) << bone.name;
  }
  for (const char* name : {"head", "armsHands", "dress", "legs", "shoes"}) {
    float left = 0, right = 0;
    for (const Vertex& vertex : part(name).mesh.vertices) {
      left = std::max(left, vertex.p.x);
      right = std::min(right, vertex.p.x);
    }
    EXPECT_NEAR(left, -right, kSideTolerance_m) << name;
  }
  for (const Vertex& vertex : part("armsHands").mesh.vertices) {  // T: arms level
    if (std::fabs(vertex.p.x) > 0.16f) {
      EXPECT_NEAR(vertex.p.y, kWrist.y, 0.035f);
    }
  }
}

TEST_F(Child, IsClosedWhereSheIsTouched) {
  std::map<std::string, PartReport> by_name;
  for (const PartReport& report : report_.parts) by_name[report.mesh] = report;
  for (const char* name : {"head", "hair", "armsHands", "dress", "legs", "collar", "shoes"}) {
    const PartReport& report = by_name[name];
    EXPECT_EQ(report.open_edges, 0u) << name;
    EXPECT_EQ(report.wound_against, 0u) << name;
    EXPECT_FALSE(report.inside_out()) << name;
    // Decimation pinches a few edges where fingers and locks meet; more would be a fault.
    EXPECT_LT(report.shared_by_many, report.triangles / 500) << name;
  }
  EXPECT_THAT(avatar::describe(report_), testing::Not(testing::HasSubstr("\n!")));
}

TEST_F(Child, IsDrawnWithFewTriangles) {
  EXPECT_LT(report_.triangles_in, 26'000u);
  EXPECT_GT(report_.triangles_in, 20'000u);
  EXPECT_LE(report_.triangles_out, 12'000u);
  std::size_t park = 0;
  for (const Part& p : build_park()) park += p.mesh.indices.size() / 3;
  EXPECT_LT(park, 12'000u);
}

TEST_F(Child, EveryRegionThatAHandReachesHasASurface) {
  const auto area_cm2 = [&](Region region) {
    return 1e4f * report_.area_m2[static_cast<std::size_t>(region)];
  };
  for (const Region region :
       {Region::CheekLeft, Region::CheekRight, Region::Forehead, Region::HandLeft,
        Region::HandRight, Region::Chest, Region::Back, Region::Shoulder, Region::Lap, Region::Hair,
        Region::Arm, Region::Leg, Region::Foot, Region::Neck}) {
    EXPECT_GT(area_cm2(region), 50.0f) << avatar::name_of(region);
  }
  for (const Region region : {Region::Nose, Region::Lips, Region::Ear}) {
    EXPECT_GT(area_cm2(region), 5.0f) << avatar::name_of(region);
  }
  EXPECT_NEAR(area_cm2(Region::CheekLeft) / area_cm2(Region::CheekRight), 1.0f, 0.15f);
  EXPECT_EQ(area_cm2(Region::None), 0.0f);
}

TEST_F(Child, RegionsAreWhereOneLooksForThem) {
  EXPECT_EQ(region_near({0.056f, 0.958f, 0.085f}), Region::CheekLeft);
  EXPECT_EQ(region_near({-0.056f, 0.958f, 0.085f}), Region::CheekRight);
  EXPECT_EQ(region_near({0, 0.969f, 0.115f}), Region::Nose);
  EXPECT_EQ(region_near({0, 0.940f, 0.103f}), Region::Lips);
  EXPECT_EQ(region_near({0, 1.055f, 0.10f}), Region::Forehead);
  EXPECT_EQ(region_near({0, 1.150f, 0}), Region::Hair);
  EXPECT_EQ(region_near({0, 1.0f, -0.15f}), Region::Hair);
  EXPECT_EQ(region_near({0.39f, 0.783f, 0}), Region::HandLeft);
  EXPECT_EQ(region_near({-0.39f, 0.783f, 0}), Region::HandRight);
  EXPECT_EQ(region_near({0, 0.72f, 0.08f}), Region::Chest);
  EXPECT_EQ(region_near({0, 0.72f, -0.08f}), Region::Back);
  EXPECT_EQ(region_near({0.08f, 0.80f, 0.05f}), Region::Shoulder);
  EXPECT_EQ(region_near({0.06f, 0.42f, 0.16f}), Region::Lap);
}

TEST_F(Child, TurnedRoundSheKeepsHerCheeks) {
  SkinnedModel turned = *model_;  // as VRM 0.x files have it: facing -Z
  for (auto& bone : turned.bones) bone.T_rest_bone = Pose{{0, 1, 0, 0}, {}} * bone.T_rest_bone;
  for (auto& p : turned.parts) {
    for (auto& vertex : p.vertices) {
      vertex.p_rest = {-vertex.p_rest.x, vertex.p_rest.y, -vertex.p_rest.z};
    }
  }
  const auto bytes = avatar::bake(turned);
  ASSERT_TRUE(bytes.has_value());
  const BodyReport report = avatar::check_body(turned, *view_body(*bytes));
  for (const Region region : {Region::CheekLeft, Region::Lap, Region::Chest, Region::HandLeft}) {
    const auto i = static_cast<std::size_t>(region);
    EXPECT_NEAR(report.area_m2[i] / report_.area_m2[i], 1.0f, 0.05f) << avatar::name_of(region);
  }
}

TEST_F(Child, WearsTheExpressionsOfVrm) {
  std::set<std::string> names;
  for (const Part& p : built_->parts) {
    for (const Morph& morph : p.morphs) {
      names.insert(morph.name);
      EXPECT_EQ(morph.mesh.vertices.size(), p.mesh.vertices.size());
      EXPECT_EQ(morph.mesh.indices, p.mesh.indices);
    }
  }
  for (const char* name :
       {"aa", "ih", "ou", "ee", "oh", "blinkLeft", "blinkRight", "happy", "sad", "surprised"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  std::set<std::string> blinking;
  for (const Part& p : built_->parts) {
    for (const Morph& morph : p.morphs) {
      if (morph.name == "blinkLeft") blinking.insert(p.name);
    }
  }
  EXPECT_EQ(blinking, (std::set<std::string>{"lidUpperLeft", "lidLowerLeft"}));
}

TEST_F(Child, HerFaceMeetsTheOneWhoLooks) {
  EXPECT_GE(resting_expression().smile, 0.25f);
  EXPECT_LE(resting_expression().smile, 0.30f);
  constexpr float kBrowClearance_m = 0.008f;
  float clearance_m = 1;
  for (const char* name : {"browLeft", "browRight"}) {
    for (const Vertex& brow : part(name).mesh.vertices) {
      for (const Vertex& hair : part("hair").mesh.vertices) {
        if (head_distance(hair.p) < 0) continue;  // under the skin
        clearance_m = std::min(clearance_m, length(hair.p - brow.p));
      }
    }
  }
  EXPECT_GE(clearance_m, kBrowClearance_m);
  const Vec3 pupil = part("eyeLeft").mesh.vertices[0].p;  // the pole of the eyeball
  const float toe_in_rad = std::atan2(kEye.x - pupil.x, pupil.z - kEye.z);
  EXPECT_NEAR(toe_in_rad / kRadPerDeg, 4.0f, 0.1f);
}

}  // namespace
}  // namespace tactus::modelling
