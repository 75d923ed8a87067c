#include "skeleton.h"

#include <algorithm>
#include <cmath>

#include "sdf.h"

namespace tactus::modelling {
namespace {

constexpr Vec3 from_wrist(float x, float y, float z) {
  return {kWrist.x + x, kWrist.y + y, kWrist.z + z};
}

class Builder {
 public:
  Skeleton run() {
    trunk();
    for (const float side : {1.0f, -1.0f}) limbs(side);
    return std::move(skeleton_);
  }

 private:
  void bone(const std::string& name, const std::string& parent, Vec3 p) {
    skeleton_.bones.push_back({name, parent.empty() ? -1 : skeleton_.find(parent), p});
  }
  void flesh(const std::string& name, Vec3 a, Vec3 b, float radius_m) {
    skeleton_.segments.push_back({skeleton_.find(name), a, b, radius_m});
  }

  void trunk() {
    bone("hips", "", {0, 0.52f, 0});
    bone("spine", "hips", {0, 0.59f, 0});
    bone("chest", "spine", {0, 0.68f, 0});
    bone("neck", "chest", {0, 0.835f, -0.005f});
    bone("head", "neck", {0, 0.885f, 0});
    flesh("hips", {0, 0.50f, 0}, {0, 0.57f, 0}, 0.08f);
    flesh("spine", {0, 0.58f, 0}, {0, 0.67f, 0}, 0.07f);
    flesh("chest", {0, 0.69f, 0}, {0, 0.79f, 0}, 0.07f);
    flesh("neck", {0, 0.835f, -0.008f}, {0, 0.87f, -0.008f}, 0.042f);
    flesh("head", {0, 0.94f, 0}, {0, 1.05f, 0}, 0.085f);
  }

  void limbs(float side) {
    const std::string s = side > 0 ? "left" : "right";
    const auto at = [side](float x, float y, float z) { return Vec3{side * x, y, z}; };
    bone(s + "Eye", "head", at(kEye.x, kEye.y, kEye.z));
    bone(s + "Shoulder", "chest", at(0.03f, 0.80f, 0));
    bone(s + "UpperArm", s + "Shoulder", at(0.088f, 0.795f, 0));
    bone(s + "LowerArm", s + "UpperArm", at(0.225f, 0.795f, 0));
    bone(s + "Hand", s + "LowerArm", at(kWrist.x, kWrist.y, 0));
    flesh(s + "Shoulder", at(0.04f, 0.795f, 0), at(0.08f, 0.795f, 0), 0.03f);
    flesh(s + "UpperArm", at(0.092f, 0.795f, 0), at(0.222f, 0.795f, 0), 0.028f);
    flesh(s + "LowerArm", at(0.228f, 0.795f, 0), at(kWrist.x - 0.004f, kWrist.y, 0), 0.022f);
    flesh(s + "Hand", at(kWrist.x, kWrist.y, 0.004f), at(kWrist.x + 0.046f, kWrist.y, 0.008f),
          0.015f);
    flesh(s + "Hand", at(kWrist.x, kWrist.y, -0.004f), at(kWrist.x + 0.042f, kWrist.y, -0.012f),
          0.015f);
    for (const FingerShape& finger : kFingerShapes) add_finger(finger, s, side);
    bone(s + "UpperLeg", "hips", at(0.052f, 0.49f, 0));
    bone(s + "LowerLeg", s + "UpperLeg", at(0.054f, 0.275f, 0));
    bone(s + "Foot", s + "LowerLeg", at(0.055f, 0.065f, -0.01f));
    flesh(s + "UpperLeg", at(0.052f, 0.48f, 0), at(0.054f, 0.28f, 0), 0.04f);
    flesh(s + "LowerLeg", at(0.054f, 0.27f, 0), at(0.055f, 0.08f, -0.008f), 0.03f);
    flesh(s + "Foot", at(0.055f, 0.04f, -0.01f), at(0.058f, 0.025f, 0.07f), 0.03f);
  }

  void add_finger(const FingerShape& finger, const std::string& s, float side) {
    std::string parent = s + "Hand";
    Vec3 p = finger.base;
    for (int k = 0; k < 3; ++k) {
      const std::string name = s + finger.name + finger.segment[k];
      const Vec3 end = p + finger.length_m[k] * finger.direction();
      const float s_mid = (static_cast<float>(k) + 0.5f) / 3.0f;
      bone(name, parent, {side * p.x, p.y, p.z});
      flesh(name, {side * p.x, p.y, p.z}, {side * end.x, end.y, end.z},
            mix(finger.radius_base_m, finger.radius_tip_m, s_mid));
      parent = name;
      p = end;
    }
  }

  Skeleton skeleton_;
};

}  // namespace

const FingerShape kFingerShapes[5] = {{"Thumb",
                                       from_wrist(0.012f, -0.004f, 0.014f),
                                       {0.62f, -0.18f, 0.76f},
                                       {0.024f, 0.020f, 0.017f},
                                       0.0090f,
                                       0.0068f,
                                       {"Metacarpal", "Proximal", "Distal"}},
                                      {"Index",
                                       from_wrist(0.054f, 0.000f, 0.0205f),
                                       {0.985f, -0.03f, 0.15f},
                                       {0.022f, 0.015f, 0.0125f},
                                       0.0070f,
                                       0.0060f,
                                       {"Proximal", "Intermediate", "Distal"}},
                                      {"Middle",
                                       from_wrist(0.057f, 0.002f, 0.0068f),
                                       {1.0f, -0.03f, 0.035f},
                                       {0.0245f, 0.0165f, 0.013f},
                                       0.0072f,
                                       0.0061f,
                                       {"Proximal", "Intermediate", "Distal"}},
                                      {"Ring",
                                       from_wrist(0.054f, 0.001f, -0.0072f),
                                       {0.993f, -0.03f, -0.095f},
                                       {0.0225f, 0.0155f, 0.0125f},
                                       0.0069f,
                                       0.0059f,
                                       {"Proximal", "Intermediate", "Distal"}},
                                      {"Little",
                                       from_wrist(0.048f, -0.001f, -0.0200f),
                                       {0.965f, -0.03f, -0.25f},
                                       {0.0175f, 0.0120f, 0.011f},
                                       0.0063f,
                                       0.0054f,
                                       {"Proximal", "Intermediate", "Distal"}}};

Skeleton build_skeleton() { return Builder().run(); }

Mesh mirror(const Mesh& left, const Skeleton& skeleton) {
  Mesh right = left;
  for (Vertex& vertex : right.vertices) {
    vertex.p.x = -vertex.p.x;
    vertex.n.x = -vertex.n.x;
    for (std::size_t k = 0; k < 4; ++k) {
      if (vertex.weight[k] <= 0) continue;
      const std::string& name = skeleton.bones[vertex.bone[k]].name;
      if (!name.starts_with("left")) continue;
      vertex.bone[k] = static_cast<std::uint8_t>(skeleton.find("right" + name.substr(4)));
    }
  }
  for (std::size_t i = 0; i < right.indices.size(); i += 3) {
    std::swap(right.indices[i + 1], right.indices[i + 2]);
  }
  return right;
}

}  // namespace tactus::modelling
