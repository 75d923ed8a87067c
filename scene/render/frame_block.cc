// What of a picture the shaders are told: eyes, sun and bones.
#include "scene/render/frame_block.h"

#include "scene/render/renderer.h"

namespace tactus::scene {
namespace {

constexpr float kNear_m = 0.03f, kFar_m = 60.0f;
constexpr float kLightBox_m = 1.25f, kLightAway_m = 4.5f, kLightNear_m = 2.0f, kLightFar_m = 7.0f;
const Vec3 kModelSun = Vec3(0.55f, 1.1f, 0.75f).normalized();
const Vec3 kModelLit = Vec3(0.0f, 0.6f, 0.1f);  ///< the middle of what casts shadow

BoneBlock bone_block(const Pose& T_world_rest, float scale, float glow) {
  const Mat3 R = scale * T_world_rest.q.toRotationMatrix();
  BoneBlock block;
  for (int i = 0; i < 3; ++i)
    block.row[static_cast<std::size_t>(i)] << R.row(i).transpose(), T_world_rest.p[i];
  block.glow = {glow, 0, 0, 0};
  return block;
}

// Scales about the joint, so that a hand thicker or thinner than the one at rest keeps its joints.
BoneBlock hand_bone(const ShownHand& hand, const RestHand& rest, std::size_t joint) {
  const float scale = hand.scale[joint];
  const Pose T_joint_rest = inverse(rest[joint].T_rest_joint);
  const Pose T_scaled{T_joint_rest.q, scale * T_joint_rest.p};
  return bone_block(hand.T_world_joint[joint] * T_scaled, scale, hand.glow[joint]);
}

}  // namespace

void Renderer::write_palette(const Picture& picture) {
  auto* bones = reinterpret_cast<BoneBlock*>(palette_.mapped);
  const std::size_t count = std::min(picture.T_model_bone.size(), T_bone_rest_.size());
  for (std::size_t i = 0; i < count; ++i)
    bones[kChildBones + i] =
        bone_block(picture.T_world_place * picture.T_model_bone[i] * T_bone_rest_[i], 1, 0);
  for (std::size_t h = 0; h < 2; ++h)
    for (std::size_t j = 0; picture.hands[h] && j < kHandJoints; ++j)
      bones[kHandBones + h * kHandJoints + j] =
          hand_bone(*picture.hands[h], h == 0 ? rest_left_ : rest_right_, j);
  bones[kParkBone] = bone_block(picture.T_world_place, 1, 0);
}

void Renderer::write_frame(const Picture& picture, std::span<const Eye> eyes) {
  FrameBlock& block = frame_block_;
  for (std::size_t i = 0; i < eyes.size(); ++i) {
    const Mat4 clip =
        projection(eyes[i].fov, kNear_m, kFar_m) * matrix(inverse(eyes[i].T_world_eye));
    const Vec3& p = eyes[i].T_world_eye.p;
    block.view[i] = {clip, clip.inverse(), {p.x(), p.y(), p.z(), 1}};
  }
  const Vec3 n_sun = picture.T_world_place.q * kModelSun;
  const Vec3 p_lit = picture.T_world_place * kModelLit;
  const Pose T_world_light = look_at(p_lit + kLightAway_m * n_sun, p_lit);
  block.light_from_world =
      box_projection(kLightBox_m, kLightNear_m, kLightFar_m) * matrix(inverse(T_world_light));
  block.n_sun << n_sun, 0;
  *reinterpret_cast<FrameBlock*>(frame_.mapped) = block;
}

bool Renderer::seen(const Piece& piece, const Picture& picture, std::uint32_t view) const {
  if (piece.part == Part::LeftHand) return picture.hands[0].has_value();
  if (piece.part == Part::RightHand) return picture.hands[1].has_value();
  if (piece.part == Part::Child) return true;
  Eigen::Array<float, 5, 1> outside = Eigen::Array<float, 5, 1>::Zero();  // corners beyond a plane
  for (int k = 0; k < 8; ++k) {
    const Vec3 corner((k & 1 ? piece.p_high : piece.p_low).x(),
                      (k & 2 ? piece.p_high : piece.p_low).y(),
                      (k & 4 ? piece.p_high : piece.p_low).z());
    const Eigen::Vector4f c =
        frame_block_.view[view].clip_from_world * (picture.T_world_place * corner).homogeneous();
    const Eigen::Array<float, 5, 1> beyond_plane(c.x() - c.w(), -c.x() - c.w(), c.y() - c.w(),
                                                 -c.y() - c.w(), -c.w());
    outside += (beyond_plane > 0).cast<float>();
  }
  return (outside < 8).all();
}

}  // namespace tactus::scene
