#include "hug_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>

#include "tactus/contact/hug.h"
#include "tactus/pose/body_joint_sets.h"
#include "tactus/pose/hand_model.h"

namespace tactus::tools {
namespace {

using simulator::PosedBody;
using simulator::V3d;

constexpr float kWide_m = 0.165f, kThick_m = 0.11f, kHigh_m = 0.6f;  // half, half, whole
constexpr int kRings = 24, kSides = 48;
constexpr float kMiddle_m = 0.5f * kHigh_m;
constexpr float kAway_m = 0.08f;                              // at first and last
constexpr float kLag_s = 0.3f;                                // most, from one arm to the other
constexpr float kRocks_rad = 0.03f;                           // the trunk
constexpr float kRocks_Hz = 0.25f;                            // as one breathes
constexpr float kBreath_m = 0.003f;                           // of the wearer's chest
constexpr float kSways_m = 0.0015f;                           // of the wearer's arms
constexpr float kElbow_off_m = 0.045f, kChest_off_m = 0.03f;  // one sigma (`tactus eval body`)
constexpr int kTruthEvery_ms = 5;
constexpr double kReach_m = 0.08;

/// Around, from the lower end to the upper, which are round.
Vec3 trunk_point(int ring, int side) {
  const float up = static_cast<float>(ring) / kRings;
  const float turn = 2 * kPi * static_cast<float>(side) / kSides;
  const float wide = std::pow(std::max(0.0f, 1 - std::pow(std::fabs(2 * up - 1), 6.0f)), 0.5f);
  return {kWide_m * wide * std::sin(turn), kHigh_m * up, kThick_m * wide * std::cos(turn)};
}

struct Trunk {
  std::vector<BodyBone> bones;
  std::vector<BodyVertex> vertices;
  std::vector<BodyTriangle> triangles;

  Trunk() {
    bones.resize(2);
    bones[0].parent = -1;
    bones[1].parent = 0;
    bones[1].T_rest_bone.p = {0, kMiddle_m, 0};
    for (int ring = 1; ring < kRings; ++ring) {
      for (int side = 0; side < kSides; ++side) add(trunk_point(ring, side));
    }
    const std::uint32_t bottom = add(trunk_point(0, 0)), top = add(trunk_point(kRings, 0));
    for (int side = 0; side < kSides; ++side) {
      for (int ring = 1; ring + 1 < kRings; ++ring) {
        const auto a = at(ring, side), b = at(ring, side + 1);
        const auto c = at(ring + 1, side), d = at(ring + 1, side + 1);
        join({a, b, c});
        join({b, d, c});
      }
      join({bottom, at(1, side + 1), at(1, side)});
      join({top, at(kRings - 1, side), at(kRings - 1, side + 1)});
    }
  }

 private:
  static std::uint32_t at(int ring, int side) {
    return static_cast<std::uint32_t>((ring - 1) * kSides + side % kSides);
  }
  std::uint32_t add(Vec3 p) {
    BodyVertex vertex{};
    vertex.p_rest = p;
    const float share = std::clamp((p.y - kMiddle_m) / 0.2f + 0.5f, 0.0f, 1.0f);
    vertex.bone = {0, 1, 0, 0};
    vertex.weight[1] = static_cast<std::uint8_t>(std::lround(255 * share));
    vertex.weight[0] = static_cast<std::uint8_t>(255 - vertex.weight[1]);
    vertices.push_back(vertex);
    return static_cast<std::uint32_t>(vertices.size() - 1);
  }
  void join(std::array<std::uint32_t, 3> corners) {
    BodyTriangle triangle{};
    triangle.vertex = corners;
    triangle.region = Region::Back;
    triangles.push_back(triangle);
  }
};

/// How far each is from its place against the trunk; < 0 inside.
struct Away {
  std::array<float, kHands> hand_m{kAway_m, kAway_m};
  std::array<float, kHands> forearm_m{kAway_m, kAway_m};
  float chest_m = kAway_m;
};

/// The wearer around the trunk.
struct Arms {
  HandPair hands;
  BodyPose wearer;
};

Arms arms_at(const Away& away, HostTime t) {
  Arms arms;
  arms.wearer.t = t;
  for (const BodyJoint joint : {BodyJoint::Chest, BodyJoint::Neck}) {
    const float up_m = joint == BodyJoint::Neck ? 0.20f : 0.0f;
    // Of the patches the middle one stands out most, by 12 cm, 7 cm from the middle.
    const float front_m = kThick_m * std::sqrt(1 - std::pow(0.07f / kWide_m, 2.0f));
    arms.wearer[joint].p = {0, kMiddle_m - 0.02f + up_m, front_m + 0.12f + away.chest_m};
  }
  for (const Hand side : {Hand::Left, Hand::Right}) {
    const float outward = side == Hand::Left ? -1.0f : 1.0f, away_m = away.hand_m[index(side)];
    HandPose& hand = arms.hands[index(side)];
    const HandProfile profile;
    HandAngles angles;
    for (auto& finger : angles.finger) finger = {0.1f, 0, 0.1f, 0.06f};
    const auto T_wrist_joint = forward_kinematics(profile, side, angles);
    hand.t = t;
    hand.hand = side;
    hand.origin = PoseOrigin::Measured;
    hand.radius_m = joint_radii(profile);
    // Fingers (-Z of the wrist) across the back, the palm (-Y) to it.
    const Quat q = axis_angle({0, 0, 1}, -outward * kPi / 2) * axis_angle({1, 0, 0}, -kPi / 2);
    const Vec3 p_wrist{outward * 0.10f, kMiddle_m - 0.06f * outward, -kThick_m - 0.012f - away_m};
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      hand.T_world_joint[j] = Pose{q, p_wrist} * T_wrist_joint[j];
    }
    // Forearms to the sides, along -Z.
    const Quat q_arm = axis_angle({0, 1, 0}, outward * kPi / 2);
    const float aside_m = kWide_m + 0.03f + away.forearm_m[index(side)];
    const Vec3 p_elbow{outward * aside_m, kMiddle_m, 0.21f};
    arms.wearer[on_side(BodyJoint::LeftElbow, side)] = {q_arm, p_elbow};
    arms.wearer[on_side(BodyJoint::LeftWrist, side)] = {
        q_arm, p_elbow + rotate(q_arm, {outward * 0.259f, 0, 0})};
  }
  return arms;
}

/// There, a stay, and back again.
class Motion {
 public:
  Motion(const HugTrial& trial, float lag_s, float depth_m, bool comes)
      : trial_(trial), lag_s_(lag_s), way_m_(kAway_m + depth_m), comes_(comes) {}

  [[nodiscard]] float away_m(float t_s) const {
    if (!comes_) return kAway_m;
    const float there_s = way_m_ / trial_.speed_m_per_s;
    const float in = (t_s - lag_s_) / there_s,
                out = (t_s - lag_s_ - there_s - trial_.stay_s) / there_s;
    return kAway_m - way_m_ * (eased(in) - eased(out));
  }
  [[nodiscard]] float length_s() const {
    return 2 * way_m_ / trial_.speed_m_per_s + trial_.stay_s + kLag_s;
  }

 private:
  static float eased(float share) {
    return 0.5f - 0.5f * std::cos(kPi * std::clamp(share, 0.0f, 1.0f));
  }
  HugTrial trial_;
  float lag_s_, way_m_;
  bool comes_;
};

/// What the engine is told of the wearer's own body: noise, and what no tracker tells.
class Told {
 public:
  explicit Told(const HugTrial& trial) : trial_(trial), random_(trial.seed + 1) {
    for (Vec3& off : elbow_off_m_) off = kElbow_off_m * any();
    chest_off_m_ = kChest_off_m * normal_(random_);
  }
  Arms tell(Arms arms) {
    for (HandPose& hand : arms.hands) {
      const Vec3 off = trial_.noise_m * any();
      for (Pose& T : hand.T_world_joint) T.p += off;
    }
    BodyPose& body = arms.wearer;
    body.origin.fill(PoseOrigin::Measured);
    body.joint_confidence.fill(1);
    for (Pose& T : body.T_world_joint) T.p += trial_.noise_m * any();
    if (trial_.has_trackers) return arms;
    for (const Hand side : {Hand::Left, Hand::Right}) {
      solve(body, on_side(BodyJoint::LeftElbow, side));
      body[on_side(BodyJoint::LeftElbow, side)].p += elbow_off_m_[index(side)];
      aim(body, side);
    }
    for (const BodyJoint joint : {BodyJoint::Chest, BodyJoint::Neck}) {
      solve(body, joint);
      body[joint].p.z += chest_off_m_;
    }
    return arms;
  }

 private:
  Vec3 any() { return {normal_(random_), normal_(random_), normal_(random_)}; }
  static void solve(BodyPose& body, BodyJoint joint) {
    body.origin[index(joint)] = PoseOrigin::Filled;
    body.joint_confidence[index(joint)] = 0.6f;
  }
  /// The forearm towards its wrist again.
  static void aim(BodyPose& body, Hand side) {
    Pose& elbow = body[on_side(BodyJoint::LeftElbow, side)];
    const Vec3 outward = on_side(Vec3{1, 0, 0}, side);
    const Vec3 to_wrist = body[on_side(BodyJoint::LeftWrist, side)].p - elbow.p;
    elbow.q = rotation_between(rotate(elbow.q, outward), normalized(to_wrist)) * elbow.q;
  }

  HugTrial trial_;
  std::mt19937 random_;
  std::normal_distribution<float> normal_;
  std::array<Vec3, kHands> elbow_off_m_;
  float chest_off_m_ = 0;
};

bool touches(const PosedBody& skin, Vec3 p, float radius_m) {
  return skin.closest(V3d{p.x, p.y, p.z}, kReach_m).distance_m < static_cast<double>(radius_m);
}

bool forearm_touches(const PosedBody& skin, const Arms& arms, Hand side) {
  for (std::size_t cell = 0; cell <= std::size_t(GarmentCell::ForearmNearWrist); ++cell) {
    const WearerSphere& sphere = kWearerPatches[cell].skin;
    const Pose& elbow = arms.wearer[on_side(BodyJoint::LeftElbow, side)];
    if (touches(skin, elbow * on_side(sphere.p_joint, side), sphere.radius_m)) return true;
  }
  return false;
}

bool hand_touches(const PosedBody& skin, const HandPose& hand) {
  return std::ranges::any_of(kPatchSites, [&](const ActuatorSite& site) {
    return touches(skin, hand.T_world_joint[index(site.joint)] * site.p_joint, site.radius_m);
  });
}

bool chest_touches(const PosedBody& skin, const Arms& arms) {
  for (const Hand side : {Hand::Left, Hand::Right}) {
    for (std::size_t cell = std::size_t(GarmentCell::ChestUpper); cell < kGarmentActuators;
         ++cell) {
      const WearerSphere& sphere = kWearerPatches[cell].skin;
      const Vec3 p = arms.wearer[BodyJoint::Chest] * on_side(sphere.p_joint, side);
      if (touches(skin, p, sphere.radius_m)) return true;
    }
  }
  return false;
}

/// Around the trunk, from two sides of it.
bool is_closed(const PosedBody& skin, const Arms& arms) {
  const bool left = forearm_touches(skin, arms, Hand::Left);
  const bool right = forearm_touches(skin, arms, Hand::Right);
  if (left && right) return true;
  return (left || hand_touches(skin, arms.hands[0])) &&
         (right || hand_touches(skin, arms.hands[1])) && chest_touches(skin, arms);
}

/// The engine's part: contact, and what it makes of it.
class Felt {
 public:
  Hold feel(const Arms& told, const BodyInterval& body, HostTime t) {
    const ContactSet hands = query(*of_hands_, {}, told.hands, std::span(&body, 1), t);
    const WearerContactSet wearer =
        query_wearer(*of_wearer_, {}, told.wearer, std::span(&body, 1), t);
    return tell_hug(*hug_, {}, hands, wearer, told.wearer, std::span(&body, 1), t);
  }

 private:
  std::unique_ptr<ContactState> of_hands_ = std::make_unique<ContactState>();
  std::unique_ptr<WearerContactState> of_wearer_ = std::make_unique<WearerContactState>();
  std::unique_ptr<HugState> hug_ = std::make_unique<HugState>();
};

}  // namespace

simulator::TouchSubject make_trunk() {
  const Trunk trunk;
  return simulator::TouchSubject({trunk.bones, trunk.vertices, trunk.triangles});
}

HugScore run_trial(const simulator::TouchSubject& trunk, const HugTrial& trial) {
  std::mt19937 random(trial.seed);
  std::uniform_real_distribution<float> uniform(0, 1);
  const simulator::BodySway sway{
      .most_rad = kRocks_rad, .rate_Hz = kRocks_Hz, .phase = uniform(random)};
  simulator::MovingBody felt_trunk(trunk, sway), true_trunk(trunk, sway);
  const float breath = uniform(random), arms_sway = uniform(random);
  const Motion left(trial, kLag_s * uniform(random), trial.hand_depth_m, trial.has_left_arm);
  const Motion right(trial, kLag_s * uniform(random), trial.hand_depth_m, trial.has_right_arm);
  const Motion chest(trial, kLag_s * uniform(random), trial.chest_depth_m, trial.has_chest);
  Told told(trial);
  Felt felt;
  HugScore score;
  bool held = false;
  const int length_ms = static_cast<int>(1000 * (chest.length_s() + 0.5f));
  for (int ms = 0; ms < length_ms; ++ms) {
    const HostTime t{Duration{1ms} * ms};
    const float t_s = 0.001f * static_cast<float>(ms);
    const auto wave = [t_s](float turns) { return std::sin(2 * kPi * (kRocks_Hz * t_s + turns)); };
    const float sways_m = kSways_m * wave(arms_sway);
    Away away;
    away.hand_m = {left.away_m(t_s) + sways_m, right.away_m(t_s) - sways_m};
    if (trial.has_forearms) away.forearm_m = away.hand_m;
    away.chest_m = chest.away_m(t_s) + kBreath_m * wave(breath);
    const Arms arms = arms_at(away, t);
    const Surface newest = felt_trunk.at(ms);
    const Hold hold = felt.feel(told.tell(arms), {newest.model, newest.before, newest.after, 1}, t);
    if (hold.holds != held) (hold.holds ? score.begins_s : score.ends_s).push_back(1e-3 * ms);
    held = hold.holds;
    score.strength.push_back(static_cast<double>(hold.strength));
    if (ms % kTruthEvery_ms != 0) continue;
    if (!is_closed(true_trunk.truth(ms), arms)) continue;
    if (!score.closed_s) score.closed_s = 1e-3 * ms;
    score.opened_s = 1e-3 * ms;
  }
  return score;
}

}  // namespace tactus::tools
