#include "tracking.h"

#include <algorithm>

namespace tactus::runtime {
namespace {

// Faster than a head or hand moves: the device was put elsewhere between two samples.
constexpr float kJump_m_per_s = 10.0f;
constexpr float kJump_rad_per_s = 50.0f;
constexpr float kLongestPrediction_s = 0.1f;  // further ahead the device stays where that put it

struct Velocity {
  Vec3 linear_m_per_s, angular_rad_per_s;  // both in the stage
};

float seconds_between(std::int64_t from_ns, std::int64_t to_ns) {
  return static_cast<float>(static_cast<double>(to_ns - from_ns) * 1e-9);
}

Velocity velocity_between(const TrackingSample& a, const TrackingSample& b, std::size_t device) {
  const float dt_s = seconds_between(a.t_ns, b.t_ns);
  const bool both = a.active[device] && b.active[device];
  if (!(dt_s > 0.0f) || !both) return {};
  const float rate = 1.0f / dt_s;
  const Pose& T_a = a.T_stage[device];
  const Pose& T_b = b.T_stage[device];
  const Velocity v{rate * (T_b.p - T_a.p), rate * log_rotation(T_b.q * conjugate(T_a.q))};
  const bool jumped =
      length(v.linear_m_per_s) > kJump_m_per_s || length(v.angular_rad_per_s) > kJump_rad_per_s;
  return jumped ? Velocity{} : v;
}

}  // namespace

void TrackingHistory::add(const TrackingSample& sample_in) {
  TrackingSample next = sample_in;
  for (std::size_t d = 0; d < kDeviceCount; ++d) {
    if (is_valid(next.T_stage[d])) {
      next.T_stage[d].q = normalized(next.T_stage[d].q);
    } else {
      next.T_stage[d] = empty() ? Pose{} : newest().T_stage[d];
    }
  }
  while (count_ > 0 && newest().t_ns >= next.t_ns) --count_;
  if (count_ == kCapacity) {
    first_ = (first_ + 1) % kCapacity;
    --count_;
  }
  ring_[(first_ + count_++) % kCapacity] = next;
}

Motion TrackingHistory::at(Device device, std::int64_t ns) const {
  const auto d = static_cast<std::size_t>(device);
  if (empty()) return {};
  std::size_t after = 0;  // the first sample not older than ns
  std::size_t end = count_;
  while (after < end) {
    const std::size_t middle = (after + end) / 2;
    (sample(middle).t_ns < ns) ? after = middle + 1 : end = middle;
  }
  if (after == 0) return {sample(0).T_stage[d], {}, {}, sample(0).active[d]};
  if (after < count_) {
    const TrackingSample& a = sample(after - 1);
    const TrackingSample& b = sample(after);
    const Velocity v = velocity_between(a, b, d);
    const float s = seconds_between(a.t_ns, ns) / seconds_between(a.t_ns, b.t_ns);
    return {interpolate(a.T_stage[d], b.T_stage[d], s), v.linear_m_per_s, v.angular_rad_per_s,
            a.active[d] && b.active[d]};
  }
  const TrackingSample& last = sample(count_ - 1);
  const Velocity v = count_ > 1 ? velocity_between(sample(count_ - 2), last, d) : Velocity{};
  const float ahead_s = std::min(seconds_between(last.t_ns, ns), kLongestPrediction_s);
  const Pose T_stage{normalized(exp_rotation(ahead_s * v.angular_rad_per_s) * last.T_stage[d].q),
                     last.T_stage[d].p + ahead_s * v.linear_m_per_s};
  return {T_stage, v.linear_m_per_s, v.angular_rad_per_s, last.active[d]};
}

}  // namespace tactus::runtime
