// `tactus eval orientation`: how far the filter's orientation is from the optical one.
//
// Errors as BROAD defines them (Laidig et al., Data 6(7):72, 2021): of samples in motion that have
// a truth; in total, about the vertical (heading) and away from it (inclination); root mean square
// for each recording, then the mean over recordings.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <numbers>
#include <numeric>
#include <random>

#include "broad.h"
#include "evaluation.h"
#include "tactus/pose/orientation_filter.h"
#include "tactus/simulator/inertial_track.h"

namespace tactus::tools {
namespace {

/// What BROAD's unit says, it says so much late against the cameras: the one value that suits its
/// fifteen development recordings, trapezoidal integration taken into account. Another unit has
/// another; a synthetic one has none.
constexpr float kBroadUnitDelay_s = 0.0042f;

constexpr unsigned kSyntheticTracks = 6;
constexpr double kFound_s = 10;  ///< after which a filter that began in motion is scored
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr Quat kUnknown{kNaN, kNaN, kNaN, kNaN};

struct TimedSample {
  double t_s = 0;
  ImuReading imu;
  Vec3 field_uT;
  Quat q_world_imu;  ///< truth; NaN when it does not count
};
using Stream = std::vector<TimedSample>;

struct Errors {
  double total_deg = 0, heading_deg = 0, inclination_deg = 0;
  EvalCurve over_time;
};

/// East, north, up to ours: x east, y up, -z north.
const Quat q_world_enu = axis_angle({1, 0, 0}, -kPi / 2);

Stream stream_of(const BroadRecording& recording) {
  Stream stream(recording.size());
  for (std::size_t i = 0; i < stream.size(); ++i) {
    stream[i] = {static_cast<double>(i) / recording.rate_Hz,
                 {recording.gyro_rad_per_s[i], recording.accel_m_per_s2[i]},
                 recording.mag_uT[i],
                 recording.moving[i] ? q_world_enu * recording.q_earth_sensor[i] : kUnknown};
  }
  return stream;
}

Errors score(const Stream& stream, const OrientationParams& params) {
  OrientationState state;
  Errors sum;
  std::size_t count = 0;
  for (const TimedSample& sample : stream) {
    advance(state, params, HostTime(from_seconds(sample.t_s)), sample.imu, sample.field_uT);
    if (!is_finite(sample.q_world_imu)) continue;
    const Quat q = q_earth_imu(state, params) * conjugate(sample.q_world_imu);
    const double w = std::min(1.0, std::fabs(double{q.w})), y = std::fabs(double{q.y});
    constexpr double kDeg = 180 / std::numbers::pi;
    const double total = 2 * std::acos(w) * kDeg, heading = 2 * std::atan2(y, w) * kDeg;
    const double inclination = 2 * std::acos(std::min(1.0, std::hypot(w, y))) * kDeg;
    sum.total_deg += total * total;
    sum.heading_deg += heading * heading;
    sum.inclination_deg += inclination * inclination;
    sum.over_time.x.push_back(sample.t_s);
    sum.over_time.y.push_back(total);
    ++count;
  }
  for (double* error : {&sum.total_deg, &sum.heading_deg, &sum.inclination_deg}) {
    *error = std::sqrt(*error / static_cast<double>(count));
  }
  return sum;
}

/// The unit was put on another way round.
Stream rotated(Stream stream) {
  const Quat q_imu_new = axis_angle({0.3f, -0.8f, 0.52f}, 2.1f);
  for (TimedSample& sample : stream) {
    for (Vec3* v : {&sample.imu.gyro_rad_per_s, &sample.imu.accel_m_per_s2, &sample.field_uT}) {
      *v = rotate(conjugate(q_imu_new), *v);
    }
    sample.q_world_imu = sample.q_world_imu * q_imu_new;
  }
  return stream;
}

/// No truth between two samples unless both have one.
Quat between(Quat a, Quat b, float s) {
  return is_finite(a) && is_finite(b) ? slerp(a, b, s) : kUnknown;
}

/// The same motion at 100 Hz, between samples along a line.
Stream resampled(const Stream& stream) {
  constexpr double kPeriod_s = 0.01;
  Stream out;
  std::size_t i = 1;
  for (double t_s = stream.front().t_s; t_s < stream.back().t_s; t_s += kPeriod_s) {
    while (i + 1 < stream.size() && stream[i].t_s < t_s) ++i;
    const TimedSample &a = stream[i - 1], &b = stream[i];
    const auto s = static_cast<float>((t_s - a.t_s) / (b.t_s - a.t_s));
    out.push_back({t_s,
                   {lerp(a.imu.gyro_rad_per_s, b.imu.gyro_rad_per_s, s),
                    lerp(a.imu.accel_m_per_s2, b.imu.accel_m_per_s2, s)},
                   lerp(a.field_uT, b.field_uT, s),
                   between(a.q_world_imu, b.q_world_imu, s)});
  }
  return out;
}

/// Two samples of a hundred are lost.
Stream thinned(const Stream& stream, unsigned seed) {
  std::mt19937 random(seed);
  std::bernoulli_distribution lost(0.02);
  Stream out;
  for (const TimedSample& sample : stream) {
    if (!lost(random)) out.push_back(sample);
  }
  return out;
}

/// Motion from the first sample on, what came before it cut off; scored once it should be found.
Stream started_in_motion(const Stream& stream) {
  const auto first = std::ranges::find_if(
      stream, [](const TimedSample& sample) { return is_finite(sample.q_world_imu); });
  Stream out(first, stream.end());
  for (TimedSample& sample : out) {
    if (sample.t_s < first->t_s + kFound_s) sample.q_world_imu.x = kNaN;
  }
  return out;
}

Stream without_field(Stream stream) {
  for (TimedSample& sample : stream) sample.field_uT.x = kNaN;
  return stream;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

struct Variant {
  const char* name;
  std::function<Stream(const Stream&)> change;
};

void score_variants(EvalReport& report, const std::vector<Stream>& streams,
                    const OrientationParams& params, const EvalTable& whole, unsigned seed) {
  const Variant variants[] = {
      {"unit turned", rotated},
      {"100 Hz", resampled},
      {"2 % lost", [seed](const Stream& stream) { return thinned(stream, seed); }},
      {"begins in motion", started_in_motion},
  };
  std::vector<double> total_deg;
  EvalTable table{"changed input", {"total [deg]", "change [deg]", "largest [deg]"}, {}};
  EvalTable each{"change, of each [deg]", {}, {}};
  for (std::size_t i = 0; i < streams.size(); ++i) {  // the mean comes after them
    total_deg.push_back(whole.rows[i].figures[0]);
    each.rows.push_back({whole.rows[i].name, {}});
  }
  for (const Variant& variant : variants) {
    each.columns.emplace_back(variant.name);
    std::vector<double> errors, changes;
    for (std::size_t i = 0; i < streams.size(); ++i) {
      errors.push_back(score(variant.change(streams[i]), params).total_deg);
      changes.push_back(std::fabs(errors.back() - total_deg[i]));
      each.rows[i].figures.push_back(errors.back() - total_deg[i]);
    }
    table.rows.push_back(
        {variant.name,
         {mean(errors), mean(errors) - mean(total_deg), *std::ranges::max_element(changes)}});
  }
  std::vector<double> delayed;
  delayed.reserve(streams.size());
  OrientationParams undelayed = params;
  undelayed.latency_s = 0;
  for (const Stream& stream : streams) delayed.push_back(score(stream, undelayed).total_deg);
  table.rows.push_back(
      {"unit's delay not known", {mean(delayed), mean(delayed) - mean(total_deg), std::nan("")}});
  report.print(table);
  report.print(each);

  EvalTable gravity{"no magnetometer", {"inclination [deg]"}, {}};
  std::vector<double> inclination;
  inclination.reserve(streams.size());
  for (const Stream& stream : streams) {
    inclination.push_back(score(without_field(stream), params).inclination_deg);
  }
  gravity.rows.push_back({"mean", {mean(inclination)}});
  report.print(gravity);
}

Expected<std::vector<BroadRecording>, std::string> recordings_of(const EvalRequest& request) {
  if (!request.data.empty()) return load_broad(request.data);
  std::vector<BroadRecording> recordings;
  for (unsigned i = 0; i < kSyntheticTracks; ++i) {
    simulator::InertialTrackParams motion;
    motion.turning_rad_per_s = 1 + i;
    motion.magnet_uT = i % 2 == 0 ? 0 : 8;
    const auto track =
        simulator::inertial_track(request.seed * std::uint64_t{kSyntheticTracks} + i, motion);
    BroadRecording recording;
    recording.name = fmt::format("synthetic {}{}", i + 1, i % 2 == 0 ? "" : ", a magnet comes");
    recording.rate_Hz = track.rate_Hz;
    const auto plain = [](const simulator::V3d& v) {
      return Vec3{static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
    };
    for (std::size_t k = 0; k < track.moving.size(); ++k) {
      recording.gyro_rad_per_s.push_back(plain(track.gyro_rad_per_s[k]));
      recording.accel_m_per_s2.push_back(plain(track.accel_m_per_s2[k]));
      recording.mag_uT.push_back(plain(track.field_uT[k]));
      const simulator::Q4d& q = track.q_world_imu[k];
      recording.q_earth_sensor.push_back(conjugate(q_world_enu) *
                                         Quat{static_cast<float>(q.x), static_cast<float>(q.y),
                                              static_cast<float>(q.z), static_cast<float>(q.w)});
    }
    recording.moving = track.moving;
    recordings.push_back(std::move(recording));
  }
  return recordings;
}

}  // namespace

int eval_orientation(const EvalRequest& request) {
  const auto recordings = recordings_of(request);
  if (!recordings) {
    fmt::print(stderr, "tactus eval: {}\n", recordings.error());
    return 1;
  }
  OrientationParams params;
  if (!request.data.empty()) params.latency_s = kBroadUnitDelay_s;
  EvalReport report("orientation", request);
  EvalTable table{"recording", {"total [deg]", "heading [deg]", "inclin. [deg]"}, {}};
  std::vector<Stream> streams;
  std::vector<double> total, heading, inclination;
  for (const BroadRecording& recording : *recordings) {
    streams.push_back(stream_of(recording));
    Errors errors = score(streams.back(), params);
    if (!std::isfinite(errors.total_deg)) {
      fmt::print(stderr, "tactus eval: {} has no motion with a truth\n", recording.name);
      return 1;
    }
    total.push_back(errors.total_deg);
    heading.push_back(errors.heading_deg);
    inclination.push_back(errors.inclination_deg);
    table.rows.push_back({recording.name, {total.back(), heading.back(), inclination.back()}});
    report.add({recording.name, {std::move(errors.over_time)}});
  }
  std::vector<double> sorted = total;
  std::ranges::sort(sorted);
  const std::size_t middle = sorted.size() / 2;
  const double median =
      sorted.size() % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
  table.rows.push_back({"mean", {mean(total), mean(heading), mean(inclination)}});
  report.print(table);
  score_variants(report, streams, params, table, request.seed);
  report.metric("orientation.total_rmse_deg", mean(total), "deg");
  report.metric("orientation.heading_rmse_deg", mean(heading), "deg");
  report.metric("orientation.inclination_rmse_deg", mean(inclination), "deg");
  report.metric("orientation.median_deg", median, "deg");
  report.metric("orientation.worst_deg", sorted.back(), "deg");
  return report.write("time [s]", "orientation error [deg]") ? 0 : 1;
}

}  // namespace tactus::tools
