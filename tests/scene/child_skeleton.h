// A child's skeleton in T-pose, with the names and proportions of the scene's own, for tests.
#pragma once
#include <string>

#include "scene/world/skeleton.h"

namespace tactus::scene {

class SkeletonBuilder {
 public:
  void add(const std::string& name, const std::string& parent, const Vec3& p_model) {
    skeleton.name.push_back(name);
    skeleton.parent.push_back(parent.empty() ? kNoBone : skeleton.find(parent));
    skeleton.T_model_rest.push_back({Quat::Identity(), p_model});
  }
  Skeleton skeleton;
};

inline Skeleton child_skeleton() {
  SkeletonBuilder b;
  b.add("hips", "", {0, 0.52f, 0});
  b.add("spine", "hips", {0, 0.59f, 0});
  b.add("chest", "spine", {0, 0.68f, 0});
  b.add("neck", "chest", {0, 0.835f, -0.005f});
  b.add("head", "neck", {0, 0.885f, 0});
  for (const float side : {1.0f, -1.0f}) {
    const std::string s = side > 0 ? "left" : "right";
    b.add(s + "Eye", "head", {side * 0.0425f, 1.0f, 0.0585f});
    b.add(s + "Shoulder", "chest", {side * 0.03f, 0.80f, 0});
    b.add(s + "UpperArm", s + "Shoulder", {side * 0.088f, 0.795f, 0});
    b.add(s + "LowerArm", s + "UpperArm", {side * 0.225f, 0.795f, 0});
    b.add(s + "Hand", s + "LowerArm", {side * 0.355f, 0.795f, 0});
    b.add(s + "MiddleProximal", s + "Hand", {side * 0.412f, 0.797f, 0.007f});
    b.add(s + "MiddleIntermediate", s + "MiddleProximal", {side * 0.436f, 0.796f, 0.007f});
    b.add(s + "MiddleDistal", s + "MiddleIntermediate", {side * 0.453f, 0.796f, 0.008f});
    b.add(s + "UpperLeg", "hips", {side * 0.052f, 0.49f, 0});
    b.add(s + "LowerLeg", s + "UpperLeg", {side * 0.054f, 0.275f, 0});
    b.add(s + "Foot", s + "LowerLeg", {side * 0.055f, 0.065f, -0.01f});
  }
  return b.skeleton;
}

}  // namespace tactus::scene
