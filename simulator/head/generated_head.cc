#include "tactus/simulator/generated_head.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

namespace tactus::simulator {
namespace {

constexpr Vec3 kChest{0, -0.20f, -0.02f}, kSkull{0, -0.09f, -0.02f}, kJaw{0, -0.02f, 0.01f};

float bump(Vec3 n, Vec3 towards, float width_rad) {
  const float angle = std::acos(std::clamp(dot(n, normalized(towards)), -1.0f, 1.0f)) / width_rad;
  return std::exp(-angle * angle);
}

float smoothstep(float low, float high, float x) {
  const float s = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
  return s * s * (3 - 2 * s);
}

/// Where the ray from the centre along `n` leaves skull or neck.
Vec3 head_surface(Vec3 n) {
  const float skull_m =
      1.0f / std::sqrt(n.x * n.x / (0.068f * 0.068f) + n.y * n.y / (0.098f * 0.098f) +
                       n.z * n.z / (0.085f * 0.085f));
  const float across = std::sqrt(n.x * n.x + n.z * n.z);
  // A cylinder with a floor, rounded where they meet.
  const float wall_m = 0.045f / std::max(across, 1e-3f), floor_m = 0.20f / std::max(-n.y, 1e-3f);
  const float neck_m =
      n.y < 0 ? std::pow(std::pow(wall_m, -8.0f) + std::pow(floor_m, -8.0f), -0.125f) : 0;
  float r_m = std::pow(std::pow(skull_m, 12.0f) + std::pow(neck_m, 12.0f), 1.0f / 12.0f);
  r_m += 0.022f * bump(n, {0, -0.25f, 1}, 0.13f);  // nose
  r_m += 0.014f * bump(n, {0, -1.05f, 1}, 0.25f);  // chin
  r_m -= 0.006f * (bump(n, {0.38f, 0.12f, 1}, 0.17f) + bump(n, {-0.38f, 0.12f, 1}, 0.17f));
  r_m -= 0.003f * bump(n, {0, -0.62f, 1}, 0.07f);  // mouth
  return r_m * n;
}

/// A leaf 3 mm thin, 30 by 45 mm, standing off the skull.
Vec3 ear_surface(Vec3 n, float side) {
  const Vec3 leaf{0.015f * n.x, 0.0225f * n.y, 0.0015f * n.z};
  const Quat turn = axis_angle({0, 1, 0}, side * (0.5f * kPi - 0.45f));
  return rotate(turn, leaf) + Vec3{side * 0.076f, 0.005f, -0.01f};
}

BodyVertex weighted(Vec3 p) {
  BodyVertex vertex;
  vertex.p_rest = p;
  const float skull = smoothstep(-0.15f, -0.06f, p.y);
  const float jaw = skull * smoothstep(-0.015f, -0.055f, p.y) * smoothstep(0.02f, 0.06f, p.z);
  const auto jaw_255 = static_cast<std::uint8_t>(std::lround(255.0f * jaw));
  const auto skull_255 = static_cast<std::uint8_t>(std::lround(255.0f * skull) - jaw_255);
  vertex.bone = {0, 1, 2, 0};
  vertex.weight = {static_cast<std::uint8_t>(255 - skull_255 - jaw_255), skull_255, jaw_255, 0};
  return vertex;
}

/// Adds a cube of cells x cells squares a side, its corners moved by `place` from the unit sphere.
template <class Place>
void add_ball(GeneratedHead& head, int cells, Region region, Place place) {
  std::map<std::array<int, 3>, std::uint32_t> known;
  const auto corner = [&](std::array<int, 3> at) {
    const auto [found, is_new] =
        known.emplace(at, static_cast<std::uint32_t>(head.vertices.size()));
    if (is_new) {
      // Equal angles a cell: a cube's plain projection would crowd its corners.
      const auto across = [cells](int i) {
        return std::tan(0.25f * kPi *
                        (2.0f * static_cast<float>(i) / static_cast<float>(cells) - 1));
      };
      head.vertices.push_back(
          weighted(place(normalized(Vec3{across(at[0]), across(at[1]), across(at[2])}))));
    }
    return found->second;
  };
  const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    BodyTriangle triangle;
    triangle.vertex = {a, b, c};
    triangle.region = region;
    head.triangles.push_back(triangle);
  };
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (const int side : {0, cells}) {
      for (int i = 0; i < cells; ++i) {
        for (int j = 0; j < cells; ++j) {
          const auto at = [&](int u, int v) {
            std::array<int, 3> p{};
            p[axis] = side;
            p[(axis + 1) % 3] = u;
            p[(axis + 2) % 3] = v;
            return corner(p);
          };
          std::uint32_t a = at(i, j), b = at(i + 1, j), c = at(i + 1, j + 1), d = at(i, j + 1);
          if (side == 0) std::swap(b, d);
          add(a, b, c);
          add(a, c, d);
        }
      }
    }
  }
}

BodyBone bone_at(const char* name, Vec3 p_rest, int parent) {
  BodyBone bone;
  std::memcpy(bone.name.data(), name, std::strlen(name));
  bone.parent = parent;
  bone.T_rest_bone.p = p_rest;
  return bone;
}

}  // namespace

GeneratedHead generate_head(int triangles) {
  GeneratedHead head;
  head.bones = {bone_at("chest", kChest, -1), bone_at("skull", kSkull, 0), bone_at("jaw", kJaw, 1)};
  const auto cells_for = [](float count) {
    return std::max(3, static_cast<int>(std::lround(std::sqrt(count / 12.0f))));
  };
  const auto count = static_cast<float>(triangles);
  const int ear_cells = cells_for(0.02f * count);
  const auto ears = static_cast<float>(2 * 12 * ear_cells * ear_cells);
  add_ball(head, cells_for(count - ears), Region::Face, head_surface);
  add_ball(head, ear_cells, Region::Ear, [](Vec3 n) { return ear_surface(n, 1.0f); });
  add_ball(head, ear_cells, Region::Ear, [](Vec3 n) { return ear_surface(n, -1.0f); });
  return head;
}

HeadPose pose_head(const HeadPosture& posture) {
  const Pose chest{{}, posture.p_world + kChest};
  const Quat held =
      axis_angle({0, 1, 0}, posture.turn_rad) * axis_angle({1, 0, 0}, posture.nod_rad);
  const Pose skull = chest * Pose{held, kSkull - kChest};
  const Pose jaw = skull * Pose{axis_angle({1, 0, 0}, posture.jaw_rad), kJaw - kSkull};
  return {chest, skull, jaw};
}

}  // namespace tactus::simulator
