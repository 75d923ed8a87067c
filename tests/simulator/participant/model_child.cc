#include "model_child.h"

#include <array>
#include <cmath>
#include <numbers>

namespace tactus::simulator {
namespace {

constexpr std::uint8_t kHead = 1, kHand = 2, kChest = 4;
constexpr V3d kWrist{0.35, 0.8, 0};

std::uint32_t add_vertex(TrueBody& body, V3d p, std::uint8_t bone) {
  body.vertices.push_back({p, {bone, 0, 0, 0}, {1, 0, 0, 0}});
  return static_cast<std::uint32_t>(body.vertices.size() - 1);
}

Region region_of_head(V3d direction) {
  if (direction.y > 0.35) return Region::Hair;
  const double from_left = std::atan2(direction.x, direction.z);
  if (from_left > 0.25 && from_left < 1.2) return Region::CheekLeft;
  if (from_left < -0.25 && from_left > -1.2) return Region::CheekRight;
  return Region::Face;
}

Region region_of_trunk(V3d direction) { return direction.z < 0 ? Region::Back : Region::Chest; }

/// A ball, stretched; the region of its skin by the direction from its centre.
void add_ball(TrueBody& body, V3d centre, V3d radii_m, std::uint8_t bone,
              Region (*region_of)(V3d)) {
  constexpr int kRings = 36, kSegments = 48;
  const auto point = [](int ring, int segment) {
    const double a = std::numbers::pi * ring / kRings;
    const double b = 2 * std::numbers::pi * (segment % kSegments) / kSegments;
    return V3d{std::sin(a) * std::sin(b), std::cos(a), std::sin(a) * std::cos(b)};
  };
  std::vector<std::uint32_t> first;
  for (int ring = 0; ring <= kRings; ++ring) {
    for (int segment = 0; segment < kSegments; ++segment) {
      const V3d out = point(ring, segment);
      const V3d p = centre + V3d{radii_m.x * out.x, radii_m.y * out.y, radii_m.z * out.z};
      const std::uint32_t at = add_vertex(body, p, bone);
      if (segment == 0) first.push_back(at);
    }
  }
  for (int ring = 0; ring < kRings; ++ring) {
    for (int segment = 0; segment < kSegments; ++segment) {
      const auto at = [&](int r, int s) {
        return first[static_cast<std::size_t>(r)] + static_cast<std::uint32_t>(s % kSegments);
      };
      const Region region = region_of(point(ring, segment));
      body.triangles.push_back(
          {{at(ring, segment), at(ring + 1, segment), at(ring + 1, segment + 1)}, region});
      body.triangles.push_back(
          {{at(ring, segment), at(ring + 1, segment + 1), at(ring, segment + 1)}, region});
    }
  }
}

/// A box along +X from the wrist, palm down, each face in small squares.
void add_hand(TrueBody& body) {
  constexpr int kCells = 6;
  const V3d centre = kWrist + V3d{0.045, 0, 0}, half{0.045, 0.012, 0.04};
  for (int face = 0; face < 6; ++face) {
    const int k = face / 2;
    const double sign = face % 2 == 0 ? 1 : -1;
    const auto corner = [&](int i, int j) {
      std::array<double, 3> unit{};
      unit[static_cast<std::size_t>(k)] = sign;
      unit[static_cast<std::size_t>((k + 1) % 3)] = sign * (2.0 * i / kCells - 1);
      unit[static_cast<std::size_t>((k + 2) % 3)] = 2.0 * j / kCells - 1;
      const V3d p = centre + V3d{unit[0] * half.x, unit[1] * half.y, unit[2] * half.z};
      return add_vertex(body, p, kHand);
    };
    for (int i = 0; i < kCells; ++i) {
      for (int j = 0; j < kCells; ++j) {
        const std::uint32_t a = corner(i, j), b = corner(i + 1, j), c = corner(i + 1, j + 1),
                            d = corner(i, j + 1);
        body.triangles.push_back({{a, b, c}, Region::HandLeft});
        body.triangles.push_back({{a, c, d}, Region::HandLeft});
      }
    }
  }
}

}  // namespace

TrueBody model_child() {
  TrueBody body;
  body.bones = {{"hips", -1, {{}, {0, 0.5, 0}}},
                {"head", 0, {{}, {0, 0.89, 0}}},
                {"leftHand", 0, {{}, kWrist}},
                {"leftMiddleProximal", 2, {{}, kWrist + V3d{0.055, 0, 0}}},
                {"chest", 0, {{}, {0, 0.68, 0}}}};
  constexpr double r = kHeadRadius_m;
  add_ball(body, kHeadCentre, {r, r, r}, kHead, region_of_head);
  add_ball(body, kTrunkCentre, kTrunkRadii_m, kChest, region_of_trunk);
  add_hand(body);
  divide(body);
  return body;
}

std::vector<Pose3d> offered_bones(const TrueBody& body, double z_m) {
  const Pose3d T_stage_model{{}, {0, 0, z_m}};
  std::vector<Pose3d> T;
  for (const TrueBody::Bone& bone : body.bones) T.push_back(T_stage_model * bone.T_rest_bone);
  // Fingers forward (+Z), palm up.
  const Q4d q = turn({0, 1, 0}, -std::numbers::pi / 2) * turn({1, 0, 0}, std::numbers::pi);
  T[2] = T_stage_model * Pose3d{q, {0.08, 0.66, 0.2}};
  T[3] = T[2] * Pose3d{{}, {0.055, 0, 0}};
  return T;
}

}  // namespace tactus::simulator
