#include "tactus/contact/own_hands.h"

#include <algorithm>
#include <limits>

namespace tactus {
namespace {

/// Wrists further apart than two long hands can bridge.
constexpr float kOutOfReach_m = 0.6f;

/// A finger's bones, metacarpal first.
struct Bone {
  HandJoint begin;
  HandJoint end;
};
constexpr std::array<Bone, 19> kBones = [] {
  std::array<Bone, 19> bones{};
  std::size_t next = 0;
  for (const Finger finger :
       {Finger::Thumb, Finger::Index, Finger::Middle, Finger::Ring, Finger::Little}) {
    const auto tip = static_cast<std::size_t>(kTipJoints[index(finger)]);
    for (std::size_t j = index(kMetacarpalJoints[index(finger)]); j < tip; ++j) {
      bones[next++] = {static_cast<HandJoint>(j), static_cast<HandJoint>(j + 1)};
    }
  }
  return bones;
}();

/// A place along a bone.
struct Place {
  Vec3 p_world, v_world;
  float radius_m = 0;
};

Place along(const HandPose& pose, const Bone& bone, float share) {
  const std::size_t a = index(bone.begin), b = index(bone.end);
  return {lerp(pose.T_world_joint[a].p, pose.T_world_joint[b].p, share),
          lerp(pose.v_world_joint[a], pose.v_world_joint[b], share),
          pose.radius_m[a] + share * (pose.radius_m[b] - pose.radius_m[a])};
}

float clamped(float x) { return std::clamp(x, 0.0f, 1.0f); }

/// Where two bones are nearest, in shares of their lengths. Ericson, Real-Time Collision Detection,
/// 2005, section 5.1.9. A bone without length is its beginning.
std::array<float, 2> nearest_shares(Vec3 p, Vec3 d, Vec3 q, Vec3 e) {
  constexpr float kNoLength_m2 = 1e-10f;
  const Vec3 r = p - q;
  const float a = dot(d, d), b = dot(d, e), c = dot(d, r), f = dot(e, r), g = dot(e, e);
  if (a < kNoLength_m2) return {0, g < kNoLength_m2 ? 0 : clamped(f / g)};
  if (g < kNoLength_m2) return {clamped(-c / a), 0};
  const float area = a * g - b * b;
  const float s = area > 1e-6f * a * g ? clamped((b * f - c * g) / area) : 0.0f;
  const float t = (b * s + f) / g;
  if (t < 0) return {clamped(-c / a), 0};
  if (t > 1) return {clamped((b - c) / a), 1};
  return {s, t};
}

/// Where the hands are deepest in each other.
struct Meeting {
  float depth_m = std::numeric_limits<float>::lowest();
  std::array<Place, kHands> place;
};

Meeting meet(const HandPose& left, const HandPose& right) {
  Meeting deepest;
  for (const Bone& l : kBones) {
    const Vec3 p = left.T_world_joint[index(l.begin)].p;
    const Vec3 d = left.T_world_joint[index(l.end)].p - p;
    for (const Bone& r : kBones) {
      const Vec3 q = right.T_world_joint[index(r.begin)].p;
      const Vec3 e = right.T_world_joint[index(r.end)].p - q;
      const auto [s, t] = nearest_shares(p, d, q, e);
      const Place at_left = along(left, l, s), at_right = along(right, r, t);
      const float depth_m =
          at_left.radius_m + at_right.radius_m - length(at_left.p_world - at_right.p_world);
      if (depth_m > deepest.depth_m) deepest = {depth_m, {at_left, at_right}};
    }
  }
  return deepest;
}

std::uint8_t nearest_actuator(const HandPose& pose, Vec3 p_world) {
  const float scale = hand_scale(pose);
  std::size_t nearest = 0;
  float least_m = std::numeric_limits<float>::max();
  for (std::size_t a = 0; a < kActuators; ++a) {
    const Probe probe = place_probe(pose, a, scale);
    const float gap_m = length(probe.p_world - p_world) - probe.radius_m;
    if (gap_m < least_m) {
      least_m = gap_m;
      nearest = a;
    }
  }
  return static_cast<std::uint8_t>(nearest);
}

}  // namespace

OwnContacts touch_own_hands(OwnHandsState& state, const ContactParams& params,
                            std::span<const HandPose> hands, HostTime t) noexcept {
  const Duration gap = t - state.t;
  if (gap < Duration{} || gap > params.longest_gap) state = {};
  state.t = t;
  std::array<const HandPose*, kHands> hand_of{};
  for (const HandPose& pose : hands) {
    if (is_usable(pose)) hand_of[index(pose.hand)] = &pose;
  }
  const auto [left, right] = hand_of;
  constexpr std::size_t kWrist = index(HandJoint::Wrist);
  const bool in_reach =
      left != nullptr && right != nullptr &&
      length(left->T_world_joint[kWrist].p - right->T_world_joint[kWrist].p) < kOutOfReach_m;
  if (!in_reach) {
    state.together = false;
    return {};
  }
  const Meeting meeting = meet(*left, *right);
  const auto& [at_left, at_right] = meeting.place;
  const Vec3 n_right = normalized(at_left.p_world - at_right.p_world);  // outward of the right
  if (meeting.depth_m < -kHandsPart_m) state.together = false;
  if (!state.together && meeting.depth_m > kHandsMeet_m) {
    state.together = true;
    state.t_since = t;
    state.approach_m_per_s = std::max(0.0f, -dot(at_left.v_world - at_right.v_world, n_right));
    const Vec3 p_world = at_right.p_world + at_right.radius_m * n_right;
    state.actuator = {nearest_actuator(*left, p_world), nearest_actuator(*right, p_world)};
  }
  OwnContacts contacts;
  if (!state.together) return contacts;
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const bool is_left = hand == Hand::Left;
    const Place& other = is_left ? at_right : at_left;
    Contact contact;
    contact.t_since = state.t_since;
    contact.hand = hand;
    contact.actuator = state.actuator[index(hand)];
    contact.region = is_left ? Region::HandRight : Region::HandLeft;
    contact.triangle = kNoTriangle;
    contact.n_world = is_left ? n_right : -n_right;
    contact.p_world = other.p_world + other.radius_m * contact.n_world;
    contact.depth_m = std::max(meeting.depth_m, 1e-6f);  // held by hysteresis: the lightest touch
    contact.force_N =
        pad_force(params, Material::Skin, kPatchSites[contact.actuator].radius_m, contact.depth_m);
    contact.approach_m_per_s = state.approach_m_per_s;
    contact.sticks = true;
    static_cast<void>(contacts.push_back(contact));  // one per hand: it always fits
  }
  return contacts;
}

}  // namespace tactus
