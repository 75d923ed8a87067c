#include "profile.h"

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

/// Integral of the speed ramp 3 s^2 - 2 s^3 from 0 to s.
double ramp_way(double s) { return s * s * s - 0.5 * s * s * s * s; }

}  // namespace

double min_jerk(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s * s * s * (10 + s * (6 * s - 15));
}

double Glide::reached_speed() const {
  const double way = std::fabs(to_m - from_m);
  return std::min(speed_m_per_s, way / (0.5 * (start_s + stop_s)));
}

double Glide::duration_s() const {
  const double way = std::fabs(to_m - from_m);
  if (!(way > 0)) return 0;
  return way / reached_speed() + 0.5 * (start_s + stop_s);
}

double Glide::at(double t_s) const {
  const double total = duration_s();
  const double t = t_s - t_begin_s;
  if (t <= 0) return from_m;
  if (t >= total) return to_m;
  const double speed = reached_speed(), sign = to_m > from_m ? 1 : -1;
  if (t < start_s) return from_m + sign * speed * start_s * ramp_way(t / start_s);
  const double left = total - t;
  if (left < stop_s) return to_m - sign * speed * stop_s * ramp_way(left / stop_s);
  return from_m + sign * speed * (t - 0.5 * start_s);
}

double Lift::at(double t_s) const {
  double value = initial_m_;
  for (const Glide& glide : glides_) {
    if (t_s >= glide.t_begin_s) value = glide.at(t_s);
  }
  return value;
}

NaturalSpline::NaturalSpline(std::vector<std::vector<double>> keys) : keys_(std::move(keys)) {
  const std::size_t n = keys_.size(), channels = keys_.front().size();
  curvature_.assign(n, std::vector<double>(channels, 0));
  if (n < 3) return;
  // The tridiagonal system (1 4 1) M = 6 (second differences), by forward elimination.
  std::vector<double> upper(n, 0);
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const double pivot = 4 - upper[i - 1];
    upper[i] = 1 / pivot;
    for (std::size_t c = 0; c < channels; ++c) {
      const double bend = 6 * (keys_[i - 1][c] - 2 * keys_[i][c] + keys_[i + 1][c]);
      curvature_[i][c] = (bend - curvature_[i - 1][c]) / pivot;
    }
  }
  for (std::size_t i = n - 2; i > 0; --i) {
    for (std::size_t c = 0; c < channels; ++c) {
      curvature_[i][c] -= upper[i] * curvature_[i + 1][c];
    }
  }
}

std::vector<double> NaturalSpline::at(double u) const {
  const std::size_t last = keys_.size() - 1;
  if (last == 0) return keys_.front();
  u = std::clamp(u, 0.0, static_cast<double>(last));
  const std::size_t i = std::min(static_cast<std::size_t>(u), last - 1);
  const double b = u - static_cast<double>(i), a = 1 - b;
  std::vector<double> value(keys_.front().size());
  for (std::size_t c = 0; c < value.size(); ++c) {
    value[c] = a * keys_[i][c] + b * keys_[i + 1][c] +
               ((a * a * a - a) * curvature_[i][c] + (b * b * b - b) * curvature_[i + 1][c]) / 6;
  }
  return value;
}

}  // namespace tactus::simulator
