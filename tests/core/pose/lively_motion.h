// A hand that reaches, turns, strokes, makes fists and pinches: the motion estimates are tried on.
//
// Sums of minimum-jerk moves between random goals, as quick as people grasp: joint rates of about
// 80 degrees a second rms, reaches at 0.25 m/s.
//
//   Clocks   true time. Frames: world.
//   Units    metres, radians, seconds.
//   Errors   none.
//   Threads  pure once made.
//   Proof    tests/core/pose/estimate_test.cc prints the speeds
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <tuple>
#include <vector>

#include "tactus/simulator/true_hand.h"

namespace tactus::testing {

using simulator::Pose3d;
using simulator::Q4d;
using simulator::TrueFinger;
using simulator::TrueHand;
using simulator::V3d;

inline constexpr double kDeg = std::numbers::pi / 180;

inline double minimum_jerk(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s * s * s * (10 + s * (6 * s - 15));
}

/// Flat hand palm down, thumb up and palm up at the start; then lively.
class LivelyMotion {
 public:
  LivelyMotion(std::uint64_t seed, Hand hand, bool calibration_holds, double seconds = 60)
      : hand_(hand) {
    std::mt19937_64 random(seed * 2 + index(hand));
    std::uniform_real_distribution<double> uniform(0, 1);
    const auto between = [&](double low, double high) {
      return low + (high - low) * uniform(random);
    };
    double t = 0;
    wrist_.push_back({0, {0, 0, 0}, {0, 1.0, -0.3}});
    fingers_.push_back({0, {}});
    if (calibration_holds) {
      const double side = hand == Hand::Right ? 1 : -1;
      const std::array<V3d, 3> turns = {V3d{0, 0, 0}, V3d{0, 0, -side * 90 * kDeg},
                                        V3d{50 * kDeg, 0, -side * 45 * kDeg}};
      for (const V3d& turned : turns) {
        wrist_.push_back({t + 0.3, turned, {0, 1.0, -0.3}});
        wrist_.push_back({t + 1.0, turned, {0, 1.0, -0.3}});
        t += 1.0;
      }
      fingers_.push_back({t, {}});
    }
    double tw = t;
    while (tw < seconds) {
      const V3d goal{between(-0.3, 0.3), between(0.8, 1.4), between(-0.6, -0.2)};
      const double far = simulator::norm(goal - wrist_.back().p);
      tw += std::max(far / 0.25 * between(0.8, 1.2), 0.4);
      wrist_.push_back({tw, {between(-0.9, 0.9), between(-0.8, 0.8), between(-1.8, 1.8)}, goal});
      if (uniform(random) < 0.3) {
        tw += between(0.2, 0.8);
        wrist_.push_back({tw, wrist_.back().turned, goal});
      }
    }
    double tf = t;
    while (tf < seconds) {
      tf += between(0.35, 1.1);
      fingers_.push_back({tf, grasp(random, uniform(random))});
      if (uniform(random) < 0.3) {
        tf += between(0.2, 0.8);
        fingers_.push_back({tf, fingers_.back().angles});
      }
    }
  }

  TrueHand operator()(double t_s) const {
    TrueHand truth;
    truth.hand = hand_;
    const auto [a, b, s] = around(wrist_, t_s);
    truth.T_world_wrist.p = a.p + s * (b.p - a.p);
    const V3d r = a.turned + s * (b.turned - a.turned);
    truth.T_world_wrist.q = simulator::turn({0, 1, 0}, r.y) * simulator::turn({1, 0, 0}, r.x) *
                            simulator::turn({0, 0, 1}, r.z);
    const auto [c, d, u] = around(fingers_, t_s);
    for (std::size_t f = 0; f < kFingers; ++f) {
      const auto mix = [u = u](double x, double y) { return x + u * (y - x); };
      const TrueFinger& from = c.angles[f];
      const TrueFinger& to = d.angles[f];
      truth.finger[f] = {mix(from.base_flexion, to.base_flexion),
                         mix(from.base_abduction, to.base_abduction), mix(from.middle, to.middle),
                         mix(from.distal, to.distal)};
    }
    return truth;
  }

 private:
  using Fingers = std::array<TrueFinger, kFingers>;
  struct WristKey {
    double t;
    V3d turned;
    V3d p;
  };
  struct FingerKey {
    double t;
    Fingers angles;
  };

  template <class Key>
  static std::tuple<const Key&, const Key&, double> around(const std::vector<Key>& keys, double t) {
    std::size_t i = 1;
    while (i + 1 < keys.size() && keys[i].t < t) ++i;
    const Key& a = keys[i - 1];
    const Key& b = keys[i];
    return {a, b, minimum_jerk((t - a.t) / std::max(b.t - a.t, 1e-9))};
  }

  template <class Random>
  static Fingers grasp(Random& random, double kind) {
    std::normal_distribution<double> normal(0, 1);
    std::uniform_real_distribution<double> uniform(0, 1);
    const double whole = kind < 0.3 ? 0.9 : kind < 0.6 ? 0.35 : uniform(random);  // fist, relaxed
    Fingers hand{};
    for (std::size_t f = 1; f < kFingers; ++f) {
      const double bend = std::clamp(whole + 0.15 * normal(random), 0.0, 1.0);
      const double mcp = 80 * std::clamp(bend + 0.1 * normal(random), -0.1, 1.0);
      const double room = 1 - std::max(mcp, 0.0) / 90;
      hand[f] = {mcp * kDeg, std::clamp(4 * normal(random), -9.0, 9.0) * room * kDeg,
                 100 * std::clamp(bend + 0.15 * normal(random), 0.0, 1.0) * kDeg,
                 65 * std::clamp(bend + 0.2 * normal(random), 0.0, 1.0) * kDeg};
    }
    hand[0] = {std::clamp(15 + 12 * normal(random), -15.0, 45.0) * kDeg,
               std::clamp(25 + 15 * normal(random), 2.0, 55.0) * kDeg,
               std::clamp(20 + 15 * normal(random), -5.0, 55.0) * kDeg,
               std::clamp(25 + 20 * normal(random), -10.0, 75.0) * kDeg};
    return hand;
  }

  Hand hand_;
  std::vector<WristKey> wrist_;
  std::vector<FingerKey> fingers_;
};

}  // namespace tactus::testing
