#include "body_work.h"

namespace tactus {
namespace {

constexpr float kFarthest_m = 1e4f;       // beyond any room: not a position
constexpr Duration kSpeedGap = 100ms;     // older neighbours say nothing about speed
constexpr float kFastest_m_per_s = 20;    // a hand's throw
constexpr float kFastest_rad_per_s = 60;  // beyond a gyroscope's range

Vec3 no_faster(Vec3 v, float most) noexcept {
  const float speed = length(v);
  return speed > most ? (most / speed) * v : v;
}

BodyTrackerReading sound(BodyTrackerReading r) noexcept {
  r.has_position = r.has_position && is_finite(r.T_world_tracker.p) &&
                   std::fabs(r.T_world_tracker.p.x) < kFarthest_m &&
                   std::fabs(r.T_world_tracker.p.y) < kFarthest_m &&
                   std::fabs(r.T_world_tracker.p.z) < kFarthest_m;
  r.has_rotation = r.has_rotation && is_finite(r.T_world_tracker.q) &&
                   std::fabs(norm(r.T_world_tracker.q) - 1) < 0.01f;
  r.T_world_tracker.q = r.has_rotation ? normalized(r.T_world_tracker.q) : Quat{};
  if (!r.has_position) r.T_world_tracker.p = {};
  return r;
}

void learn(BodySiteState& site, const BodyTrackerReading& r, HostTime t) noexcept {
  const Duration gap = t - site.t;
  if (site.seen && gap > Duration(0) && gap <= kSpeedGap) {
    const auto per_s = static_cast<float>(1 / seconds(gap));
    const Pose& before = site.T_world_tracker;
    site.v_world = no_faster(per_s * (r.T_world_tracker.p - before.p), kFastest_m_per_s);
    site.omega_world = no_faster(per_s * log_rotation(r.T_world_tracker.q * conjugate(before.q)),
                                 kFastest_rad_per_s);
  } else if (gap != Duration(0)) {
    site.v_world = site.omega_world = {};
  }
  site.seen = true;
  site.has_position = r.has_position;
  site.has_rotation = r.has_rotation;
  site.t = t;
  site.T_world_tracker = r.T_world_tracker;
}

}  // namespace

SiteView BodyWork::look(BodySite which, const Pose& T_world_carrier) noexcept {
  BodySiteState& site = state.site[index(which)];
  const BodyTrackerReading r = sound(reading.site[index(which)]);
  SiteView view;
  view.T_segment_tracker = profile.T_segment_tracker[index(which)];
  if (r.has_position || r.has_rotation) {
    learn(site, r, reading.t);
    view.origin = PoseOrigin::Measured;
    view.T_world_tracker = r.T_world_tracker;
  } else if (!site.seen) {
    return view;
  } else if (const Duration age = reading.t - site.t; age <= params.predict) {
    // x + v tau (1 - exp(-T / tau)): a speed that dies away.
    const double tau = seconds(params.damp);
    const double age_s = std::max(0.0, seconds(age));  // a clock that went back moves nothing
    const auto reach = static_cast<float>(tau * (1 - std::exp(-age_s / tau)));
    view.origin = PoseOrigin::Predicted;
    view.T_world_tracker = {
        normalized(exp_rotation(reach * site.omega_world) * site.T_world_tracker.q),
        site.T_world_tracker.p + reach * site.v_world};
  } else {
    view.origin = PoseOrigin::Held;
    view.T_world_tracker = T_world_carrier * site.T_carrier_tracker;
    view.T_world_tracker.q = normalized(view.T_world_tracker.q);
  }
  view.position = site.has_position;
  view.rotation = site.has_rotation;
  if (view.origin != PoseOrigin::Held) {
    site.T_carrier_tracker = inverse(T_world_carrier) * view.T_world_tracker;
  }
  return view;
}

float yaw_of(Quat q_world) noexcept {
  const Vec3 ahead = rotate(q_world, {0, 0, -1});
  const Vec3 crown = rotate(q_world, {0, 1, 0});
  const Vec3 h = ahead - ahead.y * crown;  // looking down the crown leads, looking up it trails
  return std::atan2(-h.x, -h.z);
}

float wrapped(float angle_rad) noexcept { return std::remainder(angle_rad, 2 * kPi); }

Quat limited(Quat q_parent_child, float most_rad) noexcept {
  // cos of half the angle is |w|: no trigonometry while the joint is inside.
  if (std::fabs(q_parent_child.w) >= std::cos(0.5f * most_rad)) return q_parent_child;
  const Vec3 turn = log_rotation(q_parent_child);
  return exp_rotation((0.9999f * most_rad / length(turn)) * turn);
}

}  // namespace tactus
