#include "tactus/simulator/recorded_person.h"

#include <algorithm>
#include <cmath>

#include "tactus/simulator/bvh_skeleton.h"
#include "tactus/simulator/recorded_motion.h"

namespace tactus::simulator {
namespace {

constexpr V3d kUp{0, 1, 0};
constexpr double kFarthest_m = 1e3;

/// One of the body model's joints in the file.
struct Source {
  int joint = -1;  ///< whose rotation it has, and whose place
  Q4d q_joint;     ///< the model's axes in the joint's frame
};

struct Skeleton {
  const BvhMotion& bvh;
  std::vector<V3d> rest;
  double scale = 1;
  Q4d q_file_body;  ///< the person's axes at rest
  std::array<Source, kBodyJoints> source;
  std::array<int, kHands> toe{-1, -1};

  [[nodiscard]] int parent(int joint) const {
    return joint < 0 ? -1 : bvh.joints[static_cast<std::size_t>(joint)].parent;
  }
  [[nodiscard]] V3d place(int joint) const { return rest[static_cast<std::size_t>(joint)]; }
  [[nodiscard]] Source& of(BodyJoint joint) { return source[index(joint)]; }
  [[nodiscard]] const Source& of(BodyJoint joint) const { return source[index(joint)]; }

  /// From one joint to another at rest, in metres and the person's axes.
  [[nodiscard]] V3d bone(int from, int to) const {
    return rotate(conjugate(q_file_body), scale * (place(to) - place(from)));
  }
  /// The next ancestor that stands somewhere else.
  [[nodiscard]] int above(int joint) const {
    int up = parent(joint);
    while (up >= 0 && norm(place(up) - place(joint)) < 1e-9) up = parent(up);
    return up;
  }
  [[nodiscard]] int first_below(int joint) const {
    for (std::size_t i = static_cast<std::size_t>(joint) + 1; i < rest.size(); ++i) {
      if (bvh.joints[i].parent == joint && norm(rest[i] - place(joint)) > 0) {
        return static_cast<int>(i);
      }
    }
    return -1;
  }
};

/// Axes of a limb's segment: its bone at rest is turned to where the body model has it at rest.
void limb_source(Skeleton& s, BodyJoint joint, int from, int to, V3d model_bone) {
  const Q4d q = turn_between(model_bone, normalized(s.bone(from, to)));
  s.of(joint) = {from, s.q_file_body * q};
}

bool find_arm(Skeleton& s, int wrist, std::size_t side) {
  const auto on = [side](BodyJoint left) { return on_side(left, static_cast<Hand>(side)); };
  const int elbow = s.above(wrist), shoulder = s.above(elbow), collar = s.above(shoulder);
  if (collar < 0) return false;
  const V3d out{side == 0 ? -1.0 : 1.0, 0, 0};
  limb_source(s, on(BodyJoint::LeftShoulder), shoulder, elbow, out);
  limb_source(s, on(BodyJoint::LeftElbow), elbow, wrist, out);
  s.of(on(BodyJoint::LeftWrist)) = {wrist,
                                    wrist_axes(s.bvh, s.rest, wrist, rotate(s.q_file_body, out))};
  s.of(on(BodyJoint::LeftCollar)) = {collar, s.q_file_body};
  return true;
}

bool find_leg(Skeleton& s, int ankle, std::size_t side) {
  const auto on = [side](BodyJoint left) { return on_side(left, static_cast<Hand>(side)); };
  const int knee = s.above(ankle), hip = s.above(knee);
  if (hip < 0) return false;
  limb_source(s, on(BodyJoint::LeftHip), hip, knee, {0, -1, 0});
  limb_source(s, on(BodyJoint::LeftKnee), knee, ankle, {0, -1, 0});
  s.of(on(BodyJoint::LeftAnkle)) = {ankle, s.q_file_body};
  s.toe[side] = s.first_below(ankle);
  return true;
}

Expected<Skeleton, std::string> find_skeleton(const BvhMotion& bvh) {
  Skeleton s{bvh, rest_places(bvh)};
  BvhRoles r = roles_of(bvh);
  const bool whole = r.head >= 0 && r.wrist[0] >= 0 && r.wrist[1] >= 0 && r.ankle[0] >= 0 &&
                     r.ankle[1] >= 0 && r.left_hip >= 0 && r.right_hip >= 0;
  if (!whole) {
    return Unexpected<std::string>{
        "the skeleton lacks a joint named as head, hip, wrist (or hand) "
        "or ankle (or foot), left and right"};
  }
  const auto [lowest, highest] = std::minmax_element(
      s.rest.begin(), s.rest.end(), [](const V3d& a, const V3d& b) { return a.y < b.y; });
  const double height = highest->y - lowest->y;
  V3d right = s.place(r.right_hip) - s.place(r.left_hip);
  right.y = 0;
  if (!(height > 1e-6) || !(norm(right) > 1e-6 * height)) {
    return Unexpected<std::string>{"the skeleton at rest does not stand upright along +Y"};
  }
  s.scale = kPersonHeight_m / height;
  s.q_file_body = turn(kUp, -std::atan2(right.z, right.x));
  if (r.neck < 0) r.neck = s.above(r.head);
  const int chest = s.above(r.neck), root = s.above(r.left_hip);
  bool found = chest >= 0 && root >= 0;
  for (std::size_t side = 0; found && side < kHands; ++side) {
    found = find_arm(s, r.wrist[side], side) && find_leg(s, r.ankle[side], side);
  }
  if (!found) return Unexpected<std::string>{"the skeleton's limbs or spine lack joints"};
  s.of(BodyJoint::Head) = {r.head, s.q_file_body};
  s.of(BodyJoint::Neck) = {r.neck, s.q_file_body};
  s.of(BodyJoint::Chest) = {chest, s.q_file_body};
  s.of(BodyJoint::Pelvis) = {root, s.q_file_body};
  return s;
}

PersonBones bones_of(const Skeleton& s) {
  PersonBones bones;
  const auto bone = [&](BodyJoint from, BodyJoint to) {
    return s.bone(s.of(from).joint, s.of(to).joint);
  };
  const auto put = [&bones](BodyJoint joint, const V3d& p) {
    bones.p_parent_joint[index(joint)] = p;
  };
  bones.height_m = kPersonHeight_m;
  const V3d pelvis = 0.5 * (bone(BodyJoint::Pelvis, BodyJoint::LeftHip) +
                            bone(BodyJoint::Pelvis, BodyJoint::RightHip));
  const V3d spine = bone(BodyJoint::Pelvis, BodyJoint::Neck) - pelvis;
  put(BodyJoint::SpineLower, double(kSpineLowerShare) * spine);
  put(BodyJoint::SpineMiddle, double(kSpineMiddleShare - kSpineLowerShare) * spine);
  put(BodyJoint::Chest, double(kChestShare - kSpineMiddleShare) * spine);
  put(BodyJoint::Neck, double(1 - kChestShare) * spine);
  put(BodyJoint::Head, bone(BodyJoint::Neck, BodyJoint::Head));
  double lowest = 0;
  for (const V3d& p : s.rest) lowest = std::min(lowest, p.y);
  for (std::size_t side = 0; side < kHands; ++side) {
    const auto on = [side](BodyJoint left) { return on_side(left, static_cast<Hand>(side)); };
    const auto length = [&](BodyJoint from, BodyJoint to) { return norm(bone(on(from), on(to))); };
    const double out = side == 0 ? -1 : 1;
    // A skeleton may have no collar bone of its own: a tenth of the way is as good as any.
    const V3d shoulder = bone(BodyJoint::Neck, on(BodyJoint::LeftShoulder));
    V3d collar = bone(BodyJoint::Neck, on(BodyJoint::LeftCollar));
    if (s.of(on(BodyJoint::LeftCollar)).joint == s.of(BodyJoint::Chest).joint) {
      collar = 0.1 * shoulder;
    }
    put(on(BodyJoint::LeftCollar), double(1 - kChestShare) * spine + collar);
    put(on(BodyJoint::LeftShoulder), shoulder - collar);
    put(on(BodyJoint::LeftElbow),
        {out * length(BodyJoint::LeftShoulder, BodyJoint::LeftElbow), 0, 0});
    put(on(BodyJoint::LeftWrist), {out * length(BodyJoint::LeftElbow, BodyJoint::LeftWrist), 0, 0});
    put(on(BodyJoint::LeftHip), bone(BodyJoint::Pelvis, on(BodyJoint::LeftHip)) - pelvis);
    put(on(BodyJoint::LeftKnee), {0, -length(BodyJoint::LeftHip, BodyJoint::LeftKnee), 0});
    put(on(BodyJoint::LeftAnkle), {0, -length(BodyJoint::LeftKnee, BodyJoint::LeftAnkle), 0});
    const int ankle = s.of(on(BodyJoint::LeftAnkle)).joint;
    const V3d toe = s.toe[side] >= 0 ? s.bone(ankle, s.toe[side]) : V3d{0, -0.05, -0.14};
    put(on(BodyJoint::LeftToe), toe);
    bones.ankle_height_m = s.scale * (s.place(ankle).y - lowest);
  }
  double highest = 0;
  for (const V3d& p : s.rest) highest = std::max(highest, p.y);
  const double crown_m = s.scale * (highest - s.place(s.of(BodyJoint::Head).joint).y);
  bones.p_head_eyes = {0, 0.45 * crown_m, -0.07};
  bones.spine_share = {0.3, 0.4, 0.3};
  return bones;
}

PersonJoints frame_of(const Skeleton& s, const PersonBones& bones, std::size_t frame,
                      double floor_m) {
  const std::vector<Pose3d> T_file = joints_of(s.bvh, frame);
  PersonJoints T;
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    if (s.source[j].joint < 0) continue;
    const Pose3d& from = T_file[static_cast<std::size_t>(s.source[j].joint)];
    T[j] = {normalized(from.q * s.source[j].q_joint), s.scale * from.p - V3d{0, floor_m, 0}};
  }
  const auto at = [&T](BodyJoint joint) -> Pose3d& { return T[index(joint)]; };
  const auto offset = [&bones](BodyJoint joint) { return bones.p_parent_joint[index(joint)]; };
  at(BodyJoint::Pelvis).p = 0.5 * (at(BodyJoint::LeftHip).p + at(BodyJoint::RightHip).p);
  at(BodyJoint::Chest).p =
      at(BodyJoint::Neck).p - rotate(at(BodyJoint::Chest).q, offset(BodyJoint::Neck));
  for (const auto& [joint, share] :
       {std::pair{BodyJoint::SpineLower, 0.35}, std::pair{BodyJoint::SpineMiddle, 0.68}}) {
    at(joint) = {
        between(at(BodyJoint::Pelvis).q, at(BodyJoint::Chest).q, share),
        at(BodyJoint::Pelvis).p + share * (at(BodyJoint::Chest).p - at(BodyJoint::Pelvis).p)};
  }
  for (const BodyJoint ankle : {BodyJoint::LeftAnkle, BodyJoint::RightAnkle}) {
    const auto toe = static_cast<BodyJoint>(index(ankle) + 1);
    at(toe) = at(ankle) * Pose3d{{}, offset(toe)};
  }
  return T;
}

}  // namespace

Expected<RecordedPerson, std::string> recorded_person(const BvhMotion& bvh) {
  const auto skeleton = find_skeleton(bvh);
  if (!skeleton) return Unexpected{skeleton.error()};
  RecordedPerson person;
  person.bones = bones_of(*skeleton);
  person.frame_time_s = bvh.frame_time_s;
  const double floor_m = floor_of(bvh, skeleton->scale);
  for (std::size_t f = 0; f < bvh.frame_count; ++f) {
    person.frames.push_back(frame_of(*skeleton, person.bones, f, floor_m));
    for (const Pose3d& T : person.frames.back()) {
      if (!(norm(T.p) < kFarthest_m)) {
        return Unexpected<std::string>{"the motion leaves any room"};
      }
    }
  }
  person.recorded.set();
  for (std::size_t side = 0; side < kHands; ++side) {
    // An end site is where the drawing ends, not a joint.
    const int toe = skeleton->toe[side];
    const bool is_joint = toe >= 0 && !bvh.joints[static_cast<std::size_t>(toe)].is_end_site;
    person.recorded.set(index(on_side(BodyJoint::LeftToe, static_cast<Hand>(side))), is_joint);
  }
  for (const BodyJoint joint : {BodyJoint::SpineLower, BodyJoint::SpineMiddle, BodyJoint::Chest,
                                BodyJoint::LeftCollar, BodyJoint::RightCollar}) {
    person.recorded.reset(index(joint));
  }
  return person;
}

}  // namespace tactus::simulator
