// Closest points between two frames of a moving, bending body against brute force in double.
#include "tactus/contact/surface.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "reference.h"

namespace tactus {
namespace {

using testing::Shape;

constexpr double kDistanceTolerance_m = 1e-5;  // 0.01 mm

/// Two frames of one shape, 11 ms apart, and the exact vertices of both.
struct Scene {
  explicit Scene(Shape s, std::vector<Pose> T_before, std::vector<Pose> T_after)
      : shape(std::move(s)),
        model(build_model(shape.view())),
        before(model),
        after(model),
        exact_before(testing::skin_exactly(shape, T_before)),
        exact_after(testing::skin_exactly(shape, T_after)) {
    EXPECT_TRUE(skin(model, HostTime{100ms}, T_before, before));
    EXPECT_TRUE(skin(model, HostTime{111ms}, T_after, after));
  }
  [[nodiscard]] Surface at(double s) const {
    return surface_at(model, before, after, HostTime{100ms} + from_seconds(0.011 * s));
  }

  Shape shape;
  BodyModel model;
  DeformedBody before, after;
  std::vector<testing::Point> exact_before, exact_after;
};

std::vector<Pose> bent_tube(Vec3 p_world, float turn_rad, float bend_rad) {
  const Pose T_world_root{axis_angle({0.3f, 1, 0.2f}, turn_rad), p_world};
  return {T_world_root, T_world_root * Pose{axis_angle({1, 0, 0.3f}, bend_rad), {0, 0.2f, 0}}};
}

Scene bending_tube(float bend_rad, Vec3 p_world = {0.2f, 1.2f, -0.5f}) {
  return Scene(testing::make_tube(0.4f, 0.04f, 32, 20), bent_tube(p_world, 0.4f, bend_rad),
               bent_tube(p_world + Vec3{0.004f, -0.002f, 0.006f}, 0.45f, bend_rad + 0.08f));
}

/// A point within 30 mm of the surface, on either side.
Vec3 near_point(const Surface& surface, std::mt19937& random) {
  std::uniform_real_distribution<float> uniform(-0.03f, 0.03f);
  const auto v = static_cast<std::uint32_t>(random() % surface.model->vertices.size());
  return surface.to_world(surface.vertex(v)) +
         Vec3{uniform(random), uniform(random), uniform(random)};
}

TEST(ClosestPoint, AgreesWithBruteForceAtAnyBendAndInstant) {
  std::mt19937 random(1);
  double worst = 0;
  for (const float bend_rad : {0.0f, 0.5f, 1.2f, 2.0f}) {
    const Scene scene = bending_tube(bend_rad);
    for (const double s : {-1.0, 0.0, 0.3, 0.77, 1.0, 1.5, 3.0}) {
      const double held = std::clamp(s, 0.0, 1.5);
      const auto exact = testing::blend(scene.exact_before, scene.exact_after, held);
      const Surface surface = scene.at(s);
      for (int i = 0; i < 60; ++i) {
        const Vec3 p_world = near_point(surface, random);
        const auto hit = closest_point(surface, surface.from_world(p_world), 1.0f);
        ASSERT_TRUE(hit.found());
        const double truth =
            testing::distance_exactly(scene.shape, exact, testing::to_point(p_world));
        worst = std::max(worst, std::fabs(hit.distance_m - truth));
        EXPECT_NEAR(length(surface.from_world(p_world) - hit.p_surface), hit.distance_m, 1e-6);
      }
    }
  }
  RecordProperty("worst_error_nm", static_cast<int>(worst * 1e9));
  EXPECT_LT(worst, kDistanceTolerance_m);
}

TEST(ClosestPoint, SideAgreesWithTheSolidAngle) {
  std::mt19937 random(2);
  const Scene scene = bending_tube(0.8f);
  const auto exact = testing::blend(scene.exact_before, scene.exact_after, 0.4);
  const Surface surface = scene.at(0.4);
  int insides = 0;
  for (int i = 0; i < 2000; ++i) {
    const Vec3 p_world = near_point(surface, random);
    const Vec3 p_surface = surface.from_world(p_world);
    const auto hit = closest_point(surface, p_surface, 1.0f);
    if (hit.distance_m < 1e-5f) continue;
    const bool inside = dot(p_surface - hit.p_surface, pseudonormal(surface, hit)) < 0;
    insides += inside ? 1 : 0;
    ASSERT_EQ(inside, testing::is_inside(scene.shape, exact, testing::to_point(p_world))) << i;
  }
  EXPECT_GT(insides, 300);
  EXPECT_LT(insides, 1700);
}

TEST(ClosestPoint, SideIsRightAtCornersAndEdges) {
  // Coarse, sharp and thin: most closest points from outside are at corners and edges.
  std::mt19937 random(3);
  const std::vector<Pose> still(1);
  const Scene scene(testing::make_ellipsoid({0.03f, 0.04f, 0.004f}, 5, 5), still, still);
  const auto exact = scene.exact_after;
  const Surface surface = scene.at(1.0);
  int corners = 0, edges = 0;
  for (int i = 0; i < 4000; ++i) {
    const Vec3 p_world = near_point(surface, random);
    const auto hit = closest_point(surface, surface.from_world(p_world), 1.0f);
    if (hit.distance_m < 1e-5f) continue;
    const auto zeros = std::count(hit.corner.begin(), hit.corner.end(), 0.0f);
    corners += zeros == 2 ? 1 : 0;
    edges += zeros == 1 ? 1 : 0;
    const bool inside =
        dot(surface.from_world(p_world) - hit.p_surface, pseudonormal(surface, hit)) < 0;
    ASSERT_EQ(inside, testing::is_inside(scene.shape, exact, testing::to_point(p_world))) << i;
  }
  EXPECT_GT(corners, 500);
  EXPECT_GT(edges, 500);
}

TEST(ClosestPoint, SideIsRightOnSpikesAndInValleys) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> spike(0.3f, 1.0f);
  Shape shape = testing::make_ellipsoid({0.05f, 0.05f, 0.05f}, 7, 7);
  for (BodyVertex& vertex : shape.vertices) vertex.p_rest = spike(random) * vertex.p_rest;
  const std::vector<Pose> still(1);
  const Scene scene(shape, still, still);
  const Surface surface = scene.at(1.0);
  for (int i = 0; i < 10000; ++i) {
    const Vec3 p_world = near_point(surface, random);
    const Vec3 p_surface = surface.from_world(p_world);
    const auto hit = closest_point(surface, p_surface, 1.0f);
    if (hit.distance_m < 1e-5f) continue;
    const bool inside = dot(p_surface - hit.p_surface, pseudonormal(surface, hit)) < 0;
    ASSERT_EQ(inside,
              testing::is_inside(scene.shape, scene.exact_after, testing::to_point(p_world)))
        << i;
  }
}

/// The second shape beside the first in one body.
Shape together(Shape a, const Shape& b, Vec3 p_b) {
  const auto first = static_cast<std::uint32_t>(a.vertices.size());
  for (BodyVertex vertex : b.vertices) {
    vertex.p_rest += p_b;
    a.vertices.push_back(vertex);
  }
  for (BodyTriangle triangle : b.triangles) {
    for (std::uint32_t& v : triangle.vertex) v += first;
    a.triangles.push_back(triangle);
  }
  return a;
}

TEST(Inside, AgreesWithTheSolidAngleWhereShellsOverlap) {
  std::mt19937 random(8);
  const Shape shape =
      together(testing::make_ellipsoid({0.08f, 0.1f, 0.09f}, 20, 20),
               testing::make_ellipsoid({0.09f, 0.06f, 0.1f}, 18, 22), {0.01f, 0.05f, -0.02f});
  const std::vector<Pose> T_before(1, Pose{axis_angle({1, 2, 0}, 0.7f), {1, 2, 3}});
  std::vector<Pose> T_after = T_before;
  T_after[0].p.x += 0.01f;
  T_after[0].q = axis_angle({1, 2, 0}, 1.2f);
  const Scene scene(shape, T_before, T_after);
  for (const double s : {0.4, 1.4}) {
    const Surface surface = scene.at(s);
    const auto exact = testing::blend(scene.exact_before, scene.exact_after, s);
    int insides = 0;
    for (int i = 0; i < 2000; ++i) {
      const Vec3 p_world = near_point(surface, random);
      const Vec3 p_surface = surface.from_world(p_world);
      if (closest_point(surface, p_surface, 1.0f).distance_m < 2e-5f) continue;
      const bool inside = testing::is_inside(shape, exact, testing::to_point(p_world));
      insides += inside ? 1 : 0;
      ASSERT_EQ(is_inside(surface, p_surface), inside) << i;
    }
    EXPECT_GT(insides, 400);
    EXPECT_LT(insides, 1800);
  }
}

TEST(Inside, ASheetHasNoneAndAHoleHidesNone) {
  const std::vector<Pose> still(1);
  const Scene sheet(testing::make_sheet(0.2f, 8), still, still);
  EXPECT_FALSE(is_inside(sheet.at(1), {0.01f, 0.01f, -0.02f}));
  // Nor has a bowl, though rays along two axes leave it.
  Shape bowl = testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 40, 40);
  std::erase_if(bowl.triangles, [&](const BodyTriangle& triangle) {
    return bowl.vertices[triangle.vertex[0]].p_rest.y > 0;
  });
  const Scene open(bowl, still, still);
  EXPECT_FALSE(is_inside(open.at(1), {0.001f, -0.03f, 0.002f}));
  // A head with holes straight along +Z and -X: two of three rays know better.
  Shape head = testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 40, 40);
  std::erase_if(head.triangles, [&](const BodyTriangle& triangle) {
    const Vec3 p = head.vertices[triangle.vertex[0]].p_rest;
    const bool in_front = p.z > 0 && std::fabs(p.x) < 0.02f && std::fabs(p.y) < 0.02f;
    const bool beside = p.x < 0 && std::fabs(p.z) < 0.02f && std::fabs(p.y) < 0.02f;
    return in_front || beside;
  });
  const Scene holed(head, still, still);
  EXPECT_EQ(std::count(holed.model.solid.begin(), holed.model.solid.end(), 0), 0);
  EXPECT_TRUE(is_inside(holed.at(1), {0.001f, 0.002f, 0}));
  EXPECT_FALSE(is_inside(holed.at(1), {0.001f, 0.002f, 0.2f}));
  EXPECT_FALSE(is_inside(holed.at(1), {-0.2f, 0.002f, 0.001f}));
}

TEST(ClosestPoint, AHintSavesTimeAndChangesNothing) {
  std::mt19937 random(4);
  const Scene scene = bending_tube(1.0f);
  const Surface surface = scene.at(0.6);
  for (int i = 0; i < 300; ++i) {
    const Vec3 p = surface.from_world(near_point(surface, random));
    const auto cold = closest_point(surface, p, 1.0f);
    const auto hint = static_cast<std::uint32_t>(random() % scene.model.triangles.size());
    EXPECT_FLOAT_EQ(closest_point(surface, p, 1.0f, hint).distance_m, cold.distance_m);
    EXPECT_FLOAT_EQ(closest_point(surface, p, 1.0f, ~0u - 1).distance_m, cold.distance_m);
    EXPECT_FALSE(closest_point(surface, p, 0.999f * cold.distance_m).found());
  }
}

TEST(ClosestPoint, ATriangleWithoutAreaIsStillAPlace) {
  Shape shape = testing::make_sheet(0.1f, 1);
  for (BodyVertex& vertex : shape.vertices) vertex.p_rest = {0.01f, 0.02f, 0.03f};
  const std::vector<Pose> still(1);
  const Scene scene(shape, still, still);
  const auto hit = closest_point(scene.at(1), {0.01f, 0.02f, 0}, 1.0f);
  ASSERT_TRUE(hit.found());
  EXPECT_NEAR(hit.distance_m, 0.03f, 1e-6f);
  EXPECT_TRUE(is_finite(pseudonormal(scene.at(1), hit)));
}

/// How far `p` is outside the blended box of child `k`, along the worst axis.
float outside_m(const Surface& surface, std::size_t node_index, std::size_t k, Vec3 p) {
  const Boxes& before = surface.before->boxes[node_index];
  const Boxes& after = surface.after->boxes[node_index];
  const bool turned = surface.weight_before < 0;
  const float at[3] = {p.x, p.y, p.z};
  float worst_m = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const float low = turned ? before.high[axis][k] : before.low[axis][k];
    const float high = turned ? before.low[axis][k] : before.high[axis][k];
    worst_m = std::max(
        {worst_m,
         surface.weight_before * low + surface.weight_after * after.low[axis][k] - at[axis],
         at[axis] - surface.weight_before * high - surface.weight_after * after.high[axis][k]});
  }
  return worst_m;
}

/// Every vertex below child `k` of a node is inside the child's box, but for rounding.
void expect_held(const Surface& surface, std::size_t node_index, std::size_t k,
                 const std::vector<std::uint32_t>& triangles) {
  constexpr float kRounding_m = 2e-7f;
  for (const std::uint32_t t : triangles) {
    for (const std::uint32_t v : surface.model->triangles[t].vertex) {
      ASSERT_LE(outside_m(surface, node_index, k, surface.vertex(v)), kRounding_m)
          << surface.weight_after;
    }
  }
}

std::vector<std::uint32_t> triangles_below(const Surface& surface, std::size_t node_index) {
  const TreeNode& node = surface.model->nodes[node_index];
  std::vector<std::uint32_t> all;
  for (std::size_t k = 0; k < node.width; ++k) {
    std::vector<std::uint32_t> part;
    if (node.is_leaf(k)) {
      const auto all_triangles = static_cast<std::uint32_t>(surface.model->triangles.size());
      const std::uint32_t first = node.child[k] * kLeafTriangles;
      for (std::uint32_t t = first; t < std::min(first + kLeafTriangles, all_triangles); ++t) {
        part.push_back(t);
      }
    } else {
      part = triangles_below(surface, node.child[k]);
    }
    expect_held(surface, node_index, k, part);
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

TEST(Surface, BlendedBoxesHoldTheBlendedSurface) {
  const Scene scene = bending_tube(0.7f);
  for (const double s : {0.0, 0.2, 0.5, 1.0, 1.3, 1.5}) {
    EXPECT_EQ(triangles_below(scene.at(s), 0).size(), scene.model.triangles.size());
  }
}

TEST(Surface, WorldAndSurfaceCoordinatesUndoEachOther) {
  const Scene scene = bending_tube(0.7f, {120, 3, -400});
  const Surface surface = scene.at(0.37);
  const Vec3 p_world{120.2f, 3.1f, -400.3f};
  EXPECT_LT(length(surface.to_world(surface.from_world(p_world)) - p_world), 4e-5f);
}

TEST(Surface, IsAsExactFarFromTheOrigin) {
  // Positions that a float at 1 km can hold exactly, so that what is tested is our arithmetic.
  const Vec3 p_far{1024, 0, -512};
  const Shape shape = testing::make_ellipsoid({0.1f, 0.12f, 0.09f}, 20, 20);
  const Vec3 moved{0.0009765625f, 0, 0.00390625f};
  const Scene scene(shape, {{{}, p_far}}, {{{}, p_far + moved}});
  const Surface surface = scene.at(0.5);
  const auto exact = testing::blend(scene.exact_before, scene.exact_after, 0.5);
  for (int i = 0; i < 100; ++i) {
    const Vec3 p_world =
        p_far + Vec3{0.125f - 0.0009765625f * static_cast<float>(i), 0.0625f, 0.0625f};
    const auto hit = closest_point(surface, surface.from_world(p_world), 1.0f);
    EXPECT_NEAR(hit.distance_m, testing::distance_exactly(shape, exact, testing::to_point(p_world)),
                1e-6);
  }
}

TEST(Surface, VelocityIsTheDerivativeOfPlace) {
  const Scene scene = bending_tube(0.9f);
  constexpr double kStep = 0.25;
  const Surface early = scene.at(0.25), late = scene.at(0.25 + kStep);
  const std::array<float, 3> corner{0.2f, 0.3f, 0.5f};
  for (std::uint32_t t = 0; t < 600; t += 50) {
    const auto place = [&](const Surface& surface) {
      Vec3 p;
      for (std::size_t k = 0; k < 3; ++k) {
        p += corner[k] * surface.vertex(scene.model.triangles[t].vertex[k]);
      }
      return surface.to_world(p);
    };
    const auto dt_s = static_cast<float>(kStep * 0.011);
    const Vec3 v = (1.0f / dt_s) * (place(late) - place(early));
    EXPECT_LT(length(early.velocity(t, corner) - v), 1e-3f);
  }
  // Held beyond the extrapolation: it stands still.
  EXPECT_EQ(length(scene.at(2).velocity(0, corner)), 0.0f);
  EXPECT_EQ(length(scene.at(-1).velocity(0, corner)), 0.0f);
}

TEST(Surface, AbsurdTimesHoldTheSurfaceStill) {
  Scene scene = bending_tube(0.3f);
  for (const HostTime t : {HostTime::min(), HostTime::max()}) {
    scene.after.t = t;
    const Surface surface = surface_at(scene.model, scene.before, scene.after, HostTime{105ms});
    EXPECT_TRUE(is_finite(surface.vertex(0)));
    EXPECT_GE(surface.weight_after, 0);
    EXPECT_LE(surface.weight_after, kMaxExtrapolation);
  }
}

TEST(Surface, NoNinetyHertzSteps) {
  // A sphere that nods as 10 mm * sin(2 pi 2 Hz t), shown at 90 Hz and asked at 1 kHz: the step
  // from tick to tick never exceeds the true speed by more than 2 %.
  const Shape shape = testing::make_ellipsoid({0.08f, 0.08f, 0.08f}, 16, 16);
  const BodyModel model = build_model(shape.view());
  const auto nod = [](double t_s) {
    return Pose{{}, {0, 0, static_cast<float>(0.01 * std::sin(2 * 3.14159265 * 2 * t_s))}};
  };
  DeformedBody before(model), after(model);
  const auto shown = [](int frame) { return HostTime{from_seconds(frame / 90.0)}; };
  int frame = -1;
  double last = 0, worst_step_m = 0;
  for (int tick = 0; tick < 500; ++tick) {
    const HostTime t{Duration{1ms} * tick};
    if (const int now = static_cast<int>(seconds(t.time_since_epoch()) * 90); now != frame) {
      frame = now;
      const std::vector<Pose> T_before{nod(frame / 90.0)}, T_after{nod((frame + 1) / 90.0)};
      ASSERT_TRUE(skin(model, shown(frame), T_before, before));
      ASSERT_TRUE(skin(model, shown(frame + 1), T_after, after));
    }
    const Surface surface = surface_at(model, before, after, t);
    const auto hit = closest_point(surface, surface.from_world({0, 0, 0.2f}), 1.0f);
    if (tick > 0) worst_step_m = std::max(worst_step_m, std::fabs(hit.distance_m - last));
    last = hit.distance_m;
  }
  const double fastest_m_per_s = 0.01 * 2 * 3.14159265 * 2;
  EXPECT_LT(worst_step_m, 1.02e-3 * fastest_m_per_s);
  EXPECT_GT(worst_step_m, 0.9e-3 * fastest_m_per_s);
}

}  // namespace
}  // namespace tactus
