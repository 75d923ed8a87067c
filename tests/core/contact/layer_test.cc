// A finger that sinks into hair and strokes through it, against spheres worked out by hand.
#include "tactus/contact/layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "support/shapes.h"
#include "tactus/contact/query.h"
#include "tactus/contact/shown_hand.h"
#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

constexpr float kScalp_m = 0.09f, kHair_m = 0.11f, kFinger_m = 0.008f;

/// Two balls, the outer of the material given.
testing::Shape head_with(Material outer, float scalp_m) {
  testing::Shape head = testing::make_ellipsoid({scalp_m, scalp_m, scalp_m}, 100, 100);
  const testing::Shape hair = testing::make_ellipsoid({kHair_m, kHair_m, kHair_m}, 100, 100);
  const auto first = static_cast<std::uint32_t>(head.vertices.size());
  head.vertices.insert(head.vertices.end(), hair.vertices.begin(), hair.vertices.end());
  for (BodyTriangle& triangle : head.triangles) triangle.region = Region::Face;
  for (BodyTriangle triangle : hair.triangles) {
    for (std::uint32_t& v : triangle.vertex) v += first;
    triangle.region = Region::Hair;
    triangle.material = outer;
    head.triangles.push_back(triangle);
  }
  return head;
}

struct Head {
  explicit Head(Material outer, float scalp_m = kScalp_m) : shape(head_with(outer, scalp_m)) {
    const Pose T_world_bone;
    EXPECT_TRUE(skin(model, HostTime{}, std::span(&T_world_bone, 1), frame));
  }
  [[nodiscard]] Surface surface() const { return surface_at(model, frame, frame, HostTime{}); }

  testing::Shape shape;
  BodyModel model = build_model(shape.view());
  DeformedBody frame{model};
};

TEST(Layer, ForceRisesToItsMostAndNoFurther) {
  for (const Layer& layer : kLayers) {
    float last_N = 0;
    for (int i = -10; i <= 100; ++i) {
      const float depth_m = 0.0005f * static_cast<float>(i);
      const float force_N = layer_force(layer, depth_m);
      EXPECT_GE(force_N, last_N);
      EXPECT_LE(force_N, layer.most_N);
      if (depth_m <= 0) {
        EXPECT_EQ(force_N, 0);
      }
      if (depth_m > layer.thick_m) {
        EXPECT_EQ(force_N, layer.most_N);
      }
      last_N = force_N;
    }
  }
}

/// Hertz for 30 kPa, in the most literal form.
double hertz_N(double depth_m) {
  return depth_m > 0 ? 4.0 / 3.0 * 30e3 * std::sqrt(kFinger_m) * std::pow(depth_m, 1.5) : 0.0;
}

TEST(Layer, AFingerSinksThroughHairAndRestsOnTheScalp) {
  const Head head(Material::Hair);
  const Surface surface = head.surface();
  const Vec3 way = normalized(Vec3{0.3f, 0.5f, 0.8f});
  ProbeMemory memory;
  const Layer hair = kLayers[static_cast<std::size_t>(Material::Hair)];
  constexpr float kSpeed_m_per_s = 0.05f;
  float last_N = 0;
  int in_hair = 0, on_scalp = 0;
  for (int ms = 0; ms < 620; ++ms) {
    const float r_m = 0.125f - 0.001f * kSpeed_m_per_s * static_cast<float>(ms);
    const Probe probe{r_m * way, -kSpeed_m_per_s * way, {}, kFinger_m};
    Contact contact;
    const bool touches =
        touch(memory, {}, surface, probe, 0.001f, HostTime{Duration{1ms} * ms}, contact);
    const double in_hair_m = kHair_m + kFinger_m - r_m, in_scalp_m = kScalp_m + kFinger_m - r_m;
    // Balls of 100 facets are flatter by 0.06 mm.
    if (std::fabs(in_hair_m) < 0.0005) continue;
    ASSERT_EQ(touches, in_hair_m > 0) << r_m;
    if (!touches) continue;
    EXPECT_LT(std::fabs(contact.force_N - last_N), 0.02f) << r_m << ": a jump";
    last_N = contact.force_N;
    EXPECT_GT(dot(contact.n_world, way), 0.99f) << r_m;
    if (in_scalp_m < -0.0005) {
      ++in_hair;
      EXPECT_EQ(contact.region, Region::Hair) << r_m;
      EXPECT_LE(contact.force_N, hair.most_N + 0.1f) << r_m;
    } else if (in_scalp_m > 0.0005) {
      ++on_scalp;
      EXPECT_EQ(contact.region, Region::Face) << r_m;
      EXPECT_NEAR(contact.force_N, hertz_N(in_scalp_m) + 0.5 * hair.most_N,
                  0.5 * hair.most_N + 0.02);
    }
  }
  EXPECT_GT(in_hair, 300);
  EXPECT_GT(on_scalp, 50);
}

TEST(Layer, AFingerStrokesThroughHairWithoutBeingPushedOut) {
  const Head head(Material::Hair);
  const Surface surface = head.surface();
  ProbeMemory memory;
  const ContactParams params;
  constexpr float kSpeed_m_per_s = 0.1f, kDeep_m = 0.104f;
  const float most_drag_N = params.friction.sticking[static_cast<std::size_t>(Material::Hair)] *
                            kLayers[static_cast<std::size_t>(Material::Hair)].most_N;
  int slips = 0;
  for (int ms = 0; ms < 500; ++ms) {
    const float turn = 0.001f * static_cast<float>(ms) * kSpeed_m_per_s / kDeep_m;
    const Vec3 p{kDeep_m * std::sin(turn), 0, kDeep_m * std::cos(turn)};
    const Vec3 v{kSpeed_m_per_s * std::cos(turn), 0, -kSpeed_m_per_s * std::sin(turn)};
    Contact contact;
    ASSERT_TRUE(touch(memory, params, surface, {p, v, {}, kFinger_m}, 0.001f,
                      HostTime{Duration{1ms} * ms}, contact));
    EXPECT_EQ(contact.material, Material::Hair);
    EXPECT_LE(length(contact.drag_world_N), most_drag_N);
    if (contact.sticks || ms < 100) continue;
    ++slips;
    // A facet's normal is a little off the ball's.
    EXPECT_NEAR(length(contact.v_slip_world), kSpeed_m_per_s, 0.01f);
  }
  EXPECT_GT(slips, 350);
}

/// A flat hand over the top, its bones `height_m` above the outer ball.
HandPose hand_above(float height_m) {
  HandPose pose;
  pose.t = HostTime{11ms};
  pose.hand = Hand::Right;
  pose.origin = PoseOrigin::Measured;
  const Pose T_world_wrist{{}, {0, kHair_m + height_m, 0.08f}};
  pose.T_world_joint = forward_kinematics(HandProfile{}, Hand::Right, HandAngles{});
  for (Pose& T : pose.T_world_joint) T = T_world_wrist * T;
  return pose;
}

float yielded_m(const HandPose& shown, const HandPose& tracked) {
  float most_m = 0;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    most_m = std::max(most_m, length(shown.T_world_joint[j].p - tracked.T_world_joint[j].p));
  }
  return most_m;
}

TEST(Layer, TheDrawnHandSinksIntoHairButNotIntoSkin) {
  for (const Material material : {Material::Hair, Material::Skin}) {
    const Head head(material, 0.06f);  // no finger reaches the scalp
    const BodyInterval body{&head.model, &head.frame, &head.frame, 1.0f};
    const auto state = std::make_unique<ShownHandState>();
    const HandPose tracked = hand_above(0.008f);  // its palm is 1 cm deep
    const HandPose shown = rest_on_skin(*state, {}, tracked, std::span(&body, 1));
    if (material == Material::Hair) {
      EXPECT_LT(yielded_m(shown, tracked), 0.001f);
    } else {
      EXPECT_GT(yielded_m(shown, tracked), 0.005f);
    }
  }
}

}  // namespace
}  // namespace tactus
