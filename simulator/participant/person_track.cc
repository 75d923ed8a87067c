#include "person_track.h"

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

/// Cumulative weights of the second, third and fourth control point.
std::array<double, 3> cumulative(double u) {
  const double u2 = u * u, u3 = u2 * u;
  return {(5 + 3 * u - 3 * u2 + u3) / 6, (1 + 3 * u + 3 * u2 - 2 * u3) / 6, u3 / 6};
}

template <class T>
T scalar(const std::array<double, 3>& w, T a, T b, T c, T d) {
  return a + w[0] * (b - a) + w[1] * (c - b) + w[2] * (d - c);
}

Q4d part_of(const Q4d& a, const Q4d& b, double share) {
  const V3d r = rotation_vector(conjugate(a) * b);
  return turn(r, share * norm(r));
}

Pose3d pose(const std::array<double, 3>& w, const std::array<Pose3d, 4>& c) {
  return {normalized(c[0].q * part_of(c[0].q, c[1].q, w[0]) * part_of(c[1].q, c[2].q, w[1]) *
                     part_of(c[2].q, c[3].q, w[2])),
          scalar(w, c[0].p, c[1].p, c[2].p, c[3].p)};
}

}  // namespace

PersonSample spline(std::span<const PersonSample, 4> c, double u) {
  const auto w = cumulative(u);
  PersonSample s;
  s.T_world_head =
      pose(w, {c[0].T_world_head, c[1].T_world_head, c[2].T_world_head, c[3].T_world_head});
  for (std::size_t h = 0; h < kHands; ++h) {
    s.hand[h].T_world_wrist = pose(w, {c[0].hand[h].T_world_wrist, c[1].hand[h].T_world_wrist,
                                       c[2].hand[h].T_world_wrist, c[3].hand[h].T_world_wrist});
    for (std::size_t f = 0; f < kFingers; ++f) {
      const auto along = [&](double TrueFinger::*angle) {
        s.hand[h].finger[f].*angle =
            scalar(w, c[0].hand[h].finger[f].*angle, c[1].hand[h].finger[f].*angle,
                   c[2].hand[h].finger[f].*angle, c[3].hand[h].finger[f].*angle);
      };
      along(&TrueFinger::base_flexion);
      along(&TrueFinger::base_abduction);
      along(&TrueFinger::middle);
      along(&TrueFinger::distal);
    }
  }
  return s;
}

HandSample blend(const HandSample& a, const HandSample& b, double s) {
  HandSample result;
  result.T_world_wrist = {between(a.T_world_wrist.q, b.T_world_wrist.q, s),
                          a.T_world_wrist.p + s * (b.T_world_wrist.p - a.T_world_wrist.p)};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const TrueFinger &x = a.finger[f], &y = b.finger[f];
    result.finger[f] = {x.base_flexion + s * (y.base_flexion - x.base_flexion),
                        x.base_abduction + s * (y.base_abduction - x.base_abduction),
                        x.middle + s * (y.middle - x.middle), x.distal + s * (y.distal - x.distal)};
  }
  return result;
}

void PersonTrack::push(const PersonSample& sample) {
  ring_[static_cast<std::size_t>(count_) % kKept] = sample;
  ++count_;
}

PersonSample PersonTrack::at(double t_s) const {
  const std::int64_t newest = count_ - 1;
  const std::int64_t oldest = std::max<std::int64_t>(0, count_ - static_cast<std::int64_t>(kKept));
  const double x = std::clamp(t_s / kStep_s, static_cast<double>(oldest),
                              static_cast<double>(std::max<std::int64_t>(newest, 0)));
  const auto k = static_cast<std::int64_t>(x);
  std::array<PersonSample, 4> control;
  for (std::int64_t i = 0; i < 4; ++i) {
    const std::int64_t wanted = std::clamp(k - 1 + i, oldest, std::max<std::int64_t>(newest, 0));
    control[static_cast<std::size_t>(i)] = ring_[static_cast<std::size_t>(wanted) % kKept];
  }
  return spline(control, x - static_cast<double>(k));
}

}  // namespace tactus::simulator
