#include "wrist_trial.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>
#include <random>

#include "constant_velocity.h"
#include "tactus/pose/finger_filter.h"

namespace tactus::tools {
namespace {

constexpr HostTime kStart{1000s};
constexpr float kDeg = std::numbers::pi_v<float> / 180;

/// Earth (East, North, Up) in our world (+Y up, -Z north).
const Quat kWorldEarth = axis_angle({1, 0, 0}, -90 * kDeg);

/// A mounting that a technician has validated; the tracker of the recording is the unit itself.
WristFilterParams validated() {
  WristFilterParams params;
  params.mounting = FingerFilterParams{}.mounting_calibrated;
  return params;
}

double rms(const std::vector<double>& values) {
  double square = 0;
  for (const double value : values) square += value * value;
  return values.empty() ? std::nan("") : std::sqrt(square / static_cast<double>(values.size()));
}

class Tracker {
 public:
  Tracker(const BroadRecording& recording, const TrackerModel& model, std::uint64_t seed)
      : recording_(recording), model_(model), random_(seed) {}

  /// The true pose of sample `i` in the tracker's frame; recentred when that was before.
  [[nodiscard]] Pose truth(std::size_t i) const {
    const Pose T{kWorldEarth * recording_.q_earth_sensor[i],
                 rotate(kWorldEarth, recording_.p_earth_sensor[i])};
    return recentred(i) ? Pose{axis_angle({0, 1, 0}, 30 * kDeg), {0.5f, 0, -0.3f}} * T : T;
  }
  [[nodiscard]] bool recentred(std::size_t i) const {
    return model_.recentre_at > Duration::zero() && time(i) > model_.recentre_at;
  }
  /// Whether the frame is not the same from here to `ahead` samples on, or has just changed.
  [[nodiscard]] bool is_recentring(std::size_t i, std::size_t ahead) const {
    return !recentred(i) ? recentred(i + ahead) : time(i) < model_.recentre_at + 100ms;
  }
  [[nodiscard]] Duration time(std::size_t i) const {
    return from_seconds(static_cast<double>(i) / recording_.rate_Hz);
  }
  /// Whether it says something of sample `i`.
  [[nodiscard]] bool sees(std::size_t i) const {
    if (i % static_cast<std::size_t>(model_.every) != 0 || !recording_.is_known(source(i))) {
      return false;
    }
    return model_.gap == Duration::zero() || time(i) % model_.gap_every >= model_.gap;
  }

  [[nodiscard]] WristMeasurement look(std::size_t i) {
    const double keep =
        model_.correlation > Duration::zero()
            ? std::exp(-model_.every / recording_.rate_Hz / seconds(model_.correlation))
            : 0;
    const double fresh = std::sqrt(1 - keep * keep);
    for (double& value : noise_) value = keep * value + fresh * normal_(random_);
    const auto noise = [this](int from, double sigma) {
      return Vec3{float(sigma * noise_[from]), float(sigma * noise_[from + 1]),
                  float(sigma * noise_[from + 2])};
    };
    Pose T = truth(source(i));
    if (i != source(i)) T = carried_on(source(i), time(i) - time(source(i)));
    WristMeasurement m;
    m.t = kStart + time(i) + model_.offset;
    m.tracked = true;
    m.T_world_wrist = {normalized(T.q * exp_rotation(noise(3, model_.noise_deg * double(kDeg)))),
                       T.p + noise(0, model_.noise_m)};
    m.sigma_m = float(model_.noise_m);
    m.sigma_rad = float(model_.noise_deg) * kDeg;
    return m;
  }

 private:
  /// The sample that it really saw.
  [[nodiscard]] std::size_t source(std::size_t i) const {
    const auto back =
        static_cast<std::size_t>(std::lround(seconds(model_.predicted) * recording_.rate_Hz));
    return i > back ? i - back : i;
  }
  /// A runtime's own extrapolation, at the velocity of the last 10 ms.
  [[nodiscard]] Pose carried_on(std::size_t i, Duration ahead) const {
    const std::size_t before = i > 3 ? i - 3 : 0;
    const Pose T = truth(i);
    if (before == i || !recording_.is_known(before)) return T;
    const Pose T_before = truth(before);
    const auto times = static_cast<float>(seconds(ahead) / seconds(time(i) - time(before)));
    return {normalized(exp_rotation(times * log_rotation(T.q * conjugate(T_before.q))) * T.q),
            T.p + times * (T.p - T_before.p)};
  }

  const BroadRecording& recording_;
  const TrackerModel& model_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::array<double, 6> noise_{};
};

void note(WristErrors& errors, double t_s, const Pose& T_found, const Pose& T_true) {
  errors.t_s.push_back(t_s);
  errors.position_mm.push_back(1e3 * double(length(T_found.p - T_true.p)));
  errors.rotation_deg.push_back(
      double(length(log_rotation(conjugate(T_true.q) * T_found.q)) / kDeg));
}

}  // namespace

double WristErrors::position_rms_mm() const { return rms(position_mm); }
double WristErrors::rotation_rms_deg() const { return rms(rotation_deg); }

WristTrial try_wrist(const BroadRecording& recording, const TrackerModel& model,
                     std::uint64_t seed) {
  const WristFilterParams params = validated();
  Tracker tracker(recording, model, seed);
  WristTrial trial;
  WristFilterState state;
  ConstantVelocity peer;
  std::deque<std::pair<Duration, WristMeasurement>> on_the_way;
  const std::size_t farthest =
      static_cast<std::size_t>(std::lround(seconds(kAhead.back()) * recording.rate_Hz));
  double moved_s = 0;
  for (std::size_t i = 0; i + farthest < recording.size(); ++i) {
    const Duration t = tracker.time(i);
    advance(state, params, kStart + t, {recording.gyro_rad_per_s[i], recording.accel_m_per_s2[i]});
    if (tracker.sees(i)) on_the_way.emplace_back(t + model.latency, tracker.look(i));
    while (!on_the_way.empty() && on_the_way.front().first <= t) {
      correct(state, params, {}, on_the_way.front().second);
      peer.see(on_the_way.front().second);
      on_the_way.pop_front();
    }
    if (!recording.moving[i]) continue;
    moved_s += 1 / recording.rate_Hz;
    if (moved_s < 20) trial.delay_20s_s = state.delay_s;
    // Both ends must be known: at the edge of an occlusion the optics themselves are often wrong.
    if (!recording.is_known(i) || !recording.is_known(i + farthest) || !state.anchored) continue;
    if (tracker.is_recentring(i, farthest)) continue;
    for (std::size_t a = 0; a < kAhead.size(); ++a) {
      const auto then =
          i + static_cast<std::size_t>(std::lround(seconds(kAhead[a]) * recording.rate_Hz));
      const HostTime asked = kStart + tracker.time(then) + model.offset;
      const Pose T_true = tracker.truth(then);
      note(trial.ours[a], seconds(t), predict(state, {}, asked).T_world_wrist, T_true);
      note(trial.peer[a], seconds(t), peer.predict(asked), T_true);
    }
  }
  trial.rejected = state.rejected;
  trial.reanchored = state.reanchored;
  return trial;
}

double inertial_delay_s(const BroadRecording& recording) {
  // Gauss-Newton on one unknown: gyro(t + delay) - rate_true(t), with the gyroscope's own slope.
  double delay_s = 0;
  for (int round = 0; round < 4; ++round) {
    double square = 0, product = 0;
    for (std::size_t i = 8; i + 8 < recording.size(); ++i) {
      if (!recording.moving[i] || !recording.is_known(i - 1) || !recording.is_known(i + 1))
        continue;
      const Quat turned =
          conjugate(recording.q_earth_sensor[i - 1]) * recording.q_earth_sensor[i + 1];
      const auto rate_Hz = static_cast<float>(recording.rate_Hz);
      const Vec3 rate_true = 0.5f * rate_Hz * log_rotation(turned);
      const double at = std::clamp(delay_s * recording.rate_Hz, -7.0, 7.0);
      const double whole = std::floor(at);
      const auto k = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) +
                                              static_cast<std::ptrdiff_t>(whole));
      const Vec3 step = recording.gyro_rad_per_s[k + 1] - recording.gyro_rad_per_s[k];
      const Vec3 error = recording.gyro_rad_per_s[k] + float(at - whole) * step - rate_true;
      const Vec3 slope = rate_Hz * step;
      square += double(dot(slope, slope));
      product += double(dot(slope, error));
    }
    if (square > 0) delay_s -= product / square;
  }
  return delay_s;
}

}  // namespace tactus::tools
