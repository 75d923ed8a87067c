#include "tactus/simulator/moving_body.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace tactus::simulator {
namespace {

V3d to_double(Vec3 v) { return {v.x, v.y, v.z}; }

TrueBody truth_of(const BodyView& view) {
  TrueBody body;
  for (const BodyBone& bone : view.bones) {
    const Quat q = bone.T_rest_bone.q;
    const auto* end = std::find(bone.name.begin(), bone.name.end(), '\0');
    body.bones.push_back({std::string(bone.name.begin(), end),
                          bone.parent,
                          {normalized(Q4d{q.x, q.y, q.z, q.w}), to_double(bone.T_rest_bone.p)}});
  }
  for (const BodyVertex& vertex : view.vertices) {
    TrueBody::Vertex& out = body.vertices.emplace_back();
    out.p_rest = to_double(vertex.p_rest);
    out.bone = vertex.bone;
    for (std::size_t k = 0; k < 4; ++k) out.weight[k] = vertex.weight[k] / 255.0;
  }
  for (const BodyTriangle& triangle : view.triangles) {
    body.triangles.push_back({triangle.vertex, triangle.region});
  }
  divide(body);
  return body;
}

constexpr float kFrame_s = 0.011f;
static_assert(kShownEvery == 11ms);

std::vector<Pose> swayed(const std::vector<BodyBone>& bones, const BodySway& how, float t_s) {
  std::vector<Pose> T_world_bone(bones.size());
  for (std::size_t b = 0; b < T_world_bone.size(); ++b) {
    const auto k = static_cast<float>(b);
    const float turns = how.rate_Hz * (1 + std::fmod(0.37f * k, 1.0f)) * t_s + how.phase + 0.3f * k;
    const Vec3 axis =
        normalized(Vec3{std::sin(2.1f * k + 0.5f), std::sin(1.3f * k), std::cos(1.7f * k)});
    const BodyBone& bone = bones[b];
    const bool is_root = bone.parent < 0;
    const float most_rad = is_root ? how.turn_rad : how.most_rad;
    const Pose sway{exp_rotation(most_rad * std::sin(2 * kPi * turns) * axis), {}};
    const Pose T_parent_bone =
        is_root
            ? bone.T_rest_bone
            : inverse(bones[static_cast<std::size_t>(bone.parent)].T_rest_bone) * bone.T_rest_bone;
    const Pose T_world_parent =
        is_root ? Pose{{}, offset(how, t_s)} : T_world_bone[static_cast<std::size_t>(bone.parent)];
    T_world_bone[b] = T_world_parent * T_parent_bone * sway;
    T_world_bone[b].q = normalized(T_world_bone[b].q);
  }
  return T_world_bone;
}

}  // namespace

TouchSubject::TouchSubject(const BodyView& view)
    : bones(view.bones.begin(), view.bones.end()),
      model(build_model(view)),
      truth(truth_of(view)) {}

Vec3 offset(const BodySway& sway, float t_s) {
  const float there_s = sway.way_m / sway.speed_m_per_s;
  const float on_way_s =
      std::min(t_s, there_s) - std::clamp(t_s - there_s - sway.stay_s, 0.0f, there_s);
  return sway.speed_m_per_s * on_way_s * sway.direction;
}

BodyPath sway_path(const TouchSubject& subject, const BodySway& sway) {
  return [&subject, sway](float t_s) { return swayed(subject.bones, sway, t_s); };
}

MovingBody::MovingBody(const TouchSubject& subject, BodyPath path)
    : subject_(subject),
      path_(std::move(path)),
      frames_{DeformedBody(subject.model), DeformedBody(subject.model)} {
  show(0);
}

void MovingBody::show(int frame) {
  for (const int f : {frame, frame + 1}) {
    if (f <= frame_ + 1 && frame_ >= 0) continue;  // shown already
    const auto k = static_cast<std::size_t>(f % 2);
    const std::vector<Pose> T = path_(kFrame_s * static_cast<float>(f));
    static_cast<void>(skin(subject_.model, HostTime{kShownEvery * f}, T, frames_[k]));
    true_bones_[k].clear();
    for (const Pose& T_world_bone : T) {
      const Quat q = T_world_bone.q;
      true_bones_[k].push_back({normalized(Q4d{q.x, q.y, q.z, q.w}), to_double(T_world_bone.p)});
    }
  }
  frame_ = frame;
}

Surface MovingBody::at(int tick) {
  while (tick >= (frame_ + 1) * 11) show(frame_ + 1);
  const auto before = static_cast<std::size_t>(frame_ % 2);
  return surface_at(subject_.model, frames_[before], frames_[1 - before],
                    HostTime{Duration{1ms} * tick});
}

const PosedBody& MovingBody::truth(int tick) {
  static_cast<void>(at(tick));
  const auto before = static_cast<std::size_t>(frame_ % 2);
  const double s = tick / 11.0 - frame_;
  truth_.pose_between(subject_.truth, true_bones_[before], true_bones_[1 - before], s);
  return truth_;
}

}  // namespace tactus::simulator
