#include "body_checks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "body_trial.h"

namespace tactus::tools {
namespace {

using simulator::Posture;

constexpr float kHair_m = 0.001f, kHair_rad = 0.002f;  // between two askings
constexpr float kJump_m = 0.08f;     // further than that for a hair's breadth is a flip
constexpr float kBent_m = 0.05f;     // a hinge nearer to its limb's line has no side
constexpr float kSlack_rad = 1e-3f;  // of single precision, at a limit
constexpr double kDeg = std::numbers::pi / 180;

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  double uniform(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(engine_);
  }
  double degrees(double low, double high) { return uniform(low, high) * kDeg; }
  Vec3 vector(float size) {
    const auto one = [&] { return static_cast<float>(uniform(-1, 1)) * size; };
    const float x = one(), y = one();
    return {x, y, one()};
  }
  Quat rotation() {
    std::normal_distribution<float> gauss;
    const float x = gauss(engine_), y = gauss(engine_), z = gauss(engine_);
    return normalized(Quat{x, y, z, gauss(engine_)});
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }

 private:
  std::mt19937_64 engine_;
};

/// Anything a person can do, all joints at once and independently; elbows neither so straight nor so
/// bent that the hand cannot be reached whatever the shoulder blade did.
Posture any_posture(Random& random, const simulator::PersonBones& bones) {
  Posture p;
  p.yaw = random.uniform(-3.1, 3.1);
  p.p_world_pelvis = {random.uniform(-1, 1), random.uniform(0.25, 0.55) * bones.height_m,
                      random.uniform(-1, 1)};
  p.pitch = random.degrees(-30, 10);
  p.roll = random.degrees(-10, 10);
  p.spine_bend = random.degrees(-15, 50);
  p.spine_side = random.degrees(-25, 25);
  p.spine_twist = random.degrees(-30, 30);
  p.head_nod = random.degrees(-40, 40);
  p.head_side = random.degrees(-25, 25);
  p.head_turn = random.degrees(-60, 60);
  for (simulator::ArmAngles& arm : p.arm) {
    arm = {random.degrees(-40, 120), random.degrees(-85, 80), random.degrees(-20, 90),
           random.degrees(60, 120),  random.degrees(-75, 75), random.degrees(-50, 60),
           random.degrees(-20, 20),  random.degrees(0, 20),   random.degrees(-10, 10)};
  }
  for (simulator::FootPlace& foot : p.foot) {
    foot.hangs = 1;
    foot.thigh = random.degrees(-15, 85);
    foot.out = random.degrees(-15, 40);
    foot.knee = random.degrees(0, 140);
    foot.pitch = random.degrees(-40, 20);
    foot.yaw = p.yaw + random.degrees(-20, 20);
    foot.knee_out = random.degrees(-20, 20);
  }
  return p;
}

/// Someone whose left is the mirror image of the right, so that what a profile says is all true.
simulator::PersonBones even_bones(std::uint64_t seed, double height_m) {
  simulator::PersonBones bones = simulator::random_bones(seed, height_m, 0.04);
  for (std::size_t j = index(BodyJoint::LeftCollar); j < kBodyJoints; ++j) {
    const bool is_right = (j - index(BodyJoint::LeftCollar)) / 4 % 2 == 1;
    if (!is_right) continue;
    const simulator::V3d right = bones.p_parent_joint[j];
    bones.p_parent_joint[j - 4] = {-right.x, right.y, right.z};
  }
  return bones;
}

simulator::TrackerSet seven_trackers() {
  simulator::TrackerSet set = six_trackers().set;
  set[index(BodySite::Chest)] = simulator::TrackerKind::Pose;
  return set;
}

constexpr std::array kHinges = {BodyJoint::LeftElbow, BodyJoint::RightElbow, BodyJoint::LeftKnee,
                                BodyJoint::RightKnee};

/// A hinge jumped, or a knee is behind the line from hip to ankle.
bool flipped(const BodyPose& a, const BodyPose& b) {
  for (const BodyJoint joint : kHinges) {
    if (length(a[joint].p - b[joint].p) > kJump_m) return true;
    const auto root = static_cast<BodyJoint>(index(joint) - 1);
    const auto end = static_cast<BodyJoint>(index(joint) + 1);
    const Vec3 line = normalized(a[end].p - a[root].p);
    const Vec3 out = a[joint].p - a[root].p;
    const Vec3 side = out - dot(out, line) * line;
    const bool is_knee = joint == BodyJoint::LeftKnee || joint == BodyJoint::RightKnee;
    if (!is_knee || length(side) < kBent_m) continue;
    // A knee bends the shank back against the thigh's own forward axis, never forward.
    if (dot(rotate(a[root].q, {0, 0, -1}), normalized(side)) < 0) return true;
  }
  return false;
}

float angle_of(Quat q) { return 2 * std::acos(std::min(1.0f, std::fabs(q.w))); }

bool within_limits(const BodyPose& pose) {
  const BodyLimits& most = kBodyLimits;
  const auto turned = [&](BodyJoint parent, BodyJoint child, float most_rad) {
    return angle_of(conjugate(pose[parent].q) * pose[child].q) <= most_rad + kSlack_rad;
  };
  bool inside = turned(BodyJoint::Pelvis, BodyJoint::SpineLower, most.spine_rad) &&
                turned(BodyJoint::SpineLower, BodyJoint::SpineMiddle, most.spine_rad) &&
                turned(BodyJoint::SpineMiddle, BodyJoint::Chest, most.spine_rad) &&
                turned(BodyJoint::Chest, BodyJoint::Neck, most.neck_rad) &&
                turned(BodyJoint::Neck, BodyJoint::Head, most.neck_rad);
  for (const Hand side : {Hand::Left, Hand::Right}) {
    const auto on = [side](BodyJoint left) { return on_side(left, side); };
    const BodyJoint elbow = on(BodyJoint::LeftElbow), wrist = on(BodyJoint::LeftWrist);
    const Quat q_hand = conjugate(pose[elbow].q) * pose[wrist].q * conjugate(rest_wrist(side));
    const Vec3 arm =
        rotate(conjugate(pose[BodyJoint::Chest].q) * pose[on(BodyJoint::LeftShoulder)].q,
               on_side({1, 0, 0}, side));
    const Vec3 thigh =
        rotate(conjugate(pose[BodyJoint::Pelvis].q) * pose[on(BodyJoint::LeftHip)].q, {0, -1, 0});
    inside = inside && turned(on(BodyJoint::LeftShoulder), elbow, most.elbow_rad) &&
             turned(on(BodyJoint::LeftHip), on(BodyJoint::LeftKnee), most.knee_rad) &&
             turned(on(BodyJoint::LeftKnee), on(BodyJoint::LeftAnkle), most.ankle_rad) &&
             angle_of(q_hand) <= most.wrist_rad + kSlack_rad &&
             dot(arm, on_side(kUpperArmMiddle, side)) >= std::cos(most.shoulder_rad + kSlack_rad) &&
             dot(thigh, kThighMiddle) >= std::cos(most.hip_rad + kSlack_rad);
  }
  return inside;
}

bool finite(const BodyPose& pose) {
  return std::all_of(pose.T_world_joint.begin(), pose.T_world_joint.end(),
                     [](const Pose& T) { return is_valid(T); });
}

/// Mostly what trackers may say of a body anywhere near, sometimes nonsense.
BodyTrackerReading any_reading(Random& random) {
  BodyTrackerReading r;
  r.has_position = random.below(8) != 0;
  r.has_rotation = random.below(8) != 0;
  constexpr std::array kSizes = {0.01f, 1.0f, 1.0f, 1.0f, 2.0f, 100.0f};
  r.T_world_tracker = {random.rotation(), random.vector(kSizes[random.below(kSizes.size())])};
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  switch (random.below(64)) {
    case 0:
      r.T_world_tracker.p.y = kNan;
      break;
    case 1:
      r.T_world_tracker.p = random.vector(3e38f);
      break;
    case 2:
      r.T_world_tracker.q.w = kInfinity;
      break;
    case 3:
      r.T_world_tracker.q = {};
      r.T_world_tracker.q.w = 0;
      break;
    case 4:
      r.T_world_tracker = {};
      break;
    default:
      break;
  }
  return r;
}

}  // namespace

BodyFlips count_flips(std::uint64_t seed, std::uint64_t targets) {
  Random random(seed);
  BodyFlips result;
  constexpr std::uint64_t kPerPerson = 1000;
  simulator::PersonBones bones;
  BodyProfile profile;
  for (; result.targets < targets; ++result.targets) {
    if (result.targets % kPerPerson == 0) {
      const std::uint64_t person = seed + result.targets / kPerPerson;
      bones = even_bones(person, random.uniform(1.45, 2.0));
    }
    // Trackers without faults, worn straight.
    const simulator::TrackerSet set = seven_trackers();
    simulator::PersonTrackers trackers(seed, bones, set, simulator::scaled({}, 0));
    if (result.targets % kPerPerson == 0) profile = true_profile(bones, trackers);
    BodyReading reading = trackers.read(person_joints(bones, any_posture(random, bones)), 0);
    BodySolverState fresh, again;
    const BodyPose a = solve_body(fresh, {}, profile, reading);
    for (std::size_t s = 0; s < kBodySites; ++s) {
      if (!reading.site[s].has_position) continue;
      const Pose T = a[kSiteJoints[s]] * profile.T_segment_tracker[s];
      const float off = length(T.p - reading.site[s].T_world_tracker.p);
      result.residual_mm = std::max(result.residual_mm, 1000.0 * static_cast<double>(off));
      Pose& moved = reading.site[s].T_world_tracker;
      moved = {normalized(exp_rotation(random.vector(kHair_rad)) * moved.q),
               moved.p + random.vector(kHair_m)};
    }
    if (flipped(a, solve_body(again, {}, profile, reading))) ++result.flips;
  }
  return result;
}

BodyFaults count_faults(std::uint64_t seed, std::uint64_t inputs) {
  Random random(seed);
  BodyFaults result;
  BodySolverState state;
  BodyProfile profile = body_profile(1.7f);
  HostTime t(1s);
  for (; result.inputs < inputs; ++result.inputs) {
    if (random.below(16) == 0) state = {};
    if (random.below(64) == 0) profile = body_profile(static_cast<float>(random.uniform(0, 3)));
    BodyReading reading;
    t += Duration(random.below(200'000'000));
    reading.t = random.below(100) == 0 ? HostTime(Duration(random.below(1000))) : t;
    reading.floor_m = static_cast<float>(random.uniform(-1, 1));
    const std::uint32_t worn = random.below(1u << kBodySites) | 1u;
    for (std::size_t s = 0; s < kBodySites; ++s) {
      if ((worn >> s & 1u) != 0) reading.site[s] = any_reading(random);
    }
    const BodyPose pose = solve_body(state, {}, profile, reading);
    if (!finite(pose))
      ++result.not_finite;
    else if (!within_limits(pose))
      ++result.beyond_limits;
  }
  return result;
}

}  // namespace tactus::tools
