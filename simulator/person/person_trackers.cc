#include "tactus/simulator/person_trackers.h"

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

Q4d turn_by(const V3d& r) { return norm(r) > 0 ? turn(r, norm(r)) : Q4d{}; }

bool is_hand(std::size_t site) {
  return site == index(BodySite::LeftHand) || site == index(BodySite::RightHand);
}

/// Where a tracker is usually strapped, in its segment's frame, right side.
V3d usual_place(BodySite site, const PersonBones& bones) {
  const double h = bones.height_m;
  switch (site) {
    case BodySite::Head:
      return bones.p_head_eyes;
    case BodySite::Chest:
      return {0, 0.03 * h, -0.06 * h};
    case BodySite::Pelvis:
      return {0, 0.04 * h, 0.07 * h};
    case BodySite::LeftUpperArm:
    case BodySite::RightUpperArm:
      return {0.11 * h, 0, 0.03 * h};
    case BodySite::LeftForearm:
    case BodySite::RightForearm:
      return {0.10 * h, 0.02 * h, 0};
    case BodySite::LeftHand:
    case BodySite::RightHand:
      return {};
    case BodySite::LeftThigh:
    case BodySite::RightThigh:
      return {0, -0.18 * h, -0.05 * h};
    case BodySite::LeftShank:
    case BodySite::RightShank:
      return {0, -0.12 * h, -0.03 * h};
    case BodySite::LeftFoot:
    case BodySite::RightFoot:
      return {0, 0.01 * h, -0.05 * h};
  }
  return {};
}

bool is_left(std::size_t site) {
  const std::size_t limb = (site - index(BodySite::LeftUpperArm)) / 3;
  return site >= index(BodySite::LeftUpperArm) && limb % 2 == 0;
}

}  // namespace

PersonTrackerFaults scaled(PersonTrackerFaults faults, double factor) {
  for (double* x :
       {&faults.noise_m, &faults.noise_rad, &faults.hand_noise_m, &faults.hand_noise_rad,
        &faults.wobble_m, &faults.wobble_rad, &faults.drift_rad_per_min}) {
    *x *= factor;
  }
  return faults;
}

Pose plain(const Pose3d& T) {
  return {{static_cast<float>(T.q.x), static_cast<float>(T.q.y), static_cast<float>(T.q.z),
           static_cast<float>(T.q.w)},
          {static_cast<float>(T.p.x), static_cast<float>(T.p.y), static_cast<float>(T.p.z)}};
}

PersonTrackers::PersonTrackers(std::uint64_t seed, const PersonBones& bones, const TrackerSet& set,
                               const PersonTrackerFaults& faults)
    : set_(set), faults_(faults), random_(seed * 104729 + 5) {
  for (std::size_t s = 0; s < kBodySites; ++s) {
    const V3d off = gauss3(faults.shifted_m), r = gauss3(faults.crooked_rad);
    drift_[s] = faults.drift_rad_per_min / 60 * normal_(random_);
    V3d place = usual_place(static_cast<BodySite>(s), bones);
    if (is_left(s)) place.x = -place.x;
    if (is_hand(s)) continue;
    // A headset sits in front of the eyes whoever wears it: its height and pitch vary a little.
    const bool headset = s == index(BodySite::Head);
    mount_[s] = headset ? Pose3d{turn({1, 0, 0}, 0.3 * r.x), place + 0.3 * off}
                        : Pose3d{turn_by(r), place + off};
  }
}

V3d PersonTrackers::gauss3(double sigma) {
  const double x = normal_(random_), y = normal_(random_), z = normal_(random_);
  return {sigma * x, sigma * y, sigma * z};
}

BodyReading PersonTrackers::read(const PersonJoints& joints, double t_s) {
  BodyReading reading;
  reading.t = HostTime(from_seconds(1000 + t_s));
  const double keep = std::exp(-std::max(0.0, t_s - t_s_) / faults_.wobble_s);
  const double fresh = std::sqrt(1 - keep * keep);
  t_s_ = t_s;
  for (std::size_t s = 0; s < kBodySites; ++s) {
    const bool headset = s == index(BodySite::Head), hand = is_hand(s);
    const double loose = hand ? 0 : headset ? 0.3 : 1;
    wobble_p_[s] = keep * wobble_p_[s] + gauss3(fresh * faults_.wobble_m * loose);
    wobble_r_[s] = keep * wobble_r_[s] + gauss3(fresh * faults_.wobble_rad * loose);
    const V3d noise_p = gauss3(hand ? faults_.hand_noise_m : faults_.noise_m);
    const V3d noise_r = gauss3(hand ? faults_.hand_noise_rad : faults_.noise_rad);
    if (set_[s] == TrackerKind::None) continue;
    const Pose3d wobble{turn_by(wobble_r_[s] + noise_r), wobble_p_[s]};
    Pose3d T = joints[index(kSiteJoints[s])] * mount_[s] * wobble;
    T.p = T.p + noise_p;
    if (set_[s] == TrackerKind::Rotation) T.q = turn({0, 1, 0}, drift_[s] * t_s) * T.q;
    BodyTrackerReading& r = reading.site[s];
    r.T_world_tracker = plain(T);
    r.has_position = set_[s] != TrackerKind::Rotation;
    r.has_rotation = set_[s] != TrackerKind::Position;
  }
  return reading;
}

}  // namespace tactus::simulator
