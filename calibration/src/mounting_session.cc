#include "tactus/calibration/mounting_session.h"

namespace tactus::calibration {

void MountingSession::add(const GloveSample& sample, Vec3 up_wrist) noexcept {
  if (sample.hand != hand_ || (sample.status & (kSampleIncomplete | kSampleSaturated)) != 0) return;
  ++count_;
  up_sum_ += up_wrist;
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    sum_[i].gyro_rad_per_s += sample.imu[i].gyro_rad_per_s;
    sum_[i].accel_m_per_s2 += sample.imu[i].accel_m_per_s2;
  }
}

bool MountingSession::end_hold() noexcept {
  bool counted = false;
  if (count_ >= kFewestSamples && length(up_sum_) > 0) {
    MountingHold hold;
    hold.up_wrist = normalized(up_sum_);
    const float share = 1.0f / static_cast<float>(count_);
    for (std::size_t i = 0; i < kGloveImus; ++i) {
      hold.mean[i].gyro_rad_per_s = share * sum_[i].gyro_rad_per_s;
      hold.mean[i].accel_m_per_s2 = share * sum_[i].accel_m_per_s2;
    }
    counted = holds_.push_back(hold);
  }
  count_ = 0;
  up_sum_ = {};
  sum_ = {};
  return counted;
}

bool MountingSession::solve(HandProfile& profile) const noexcept {
  constexpr std::uint16_t kAllUnits = (1u << kGloveImus) - 1u;
  if (holds_.size() < 2) return false;
  HandProfile fitted = profile;
  const std::span<const MountingHold> holds(holds_.begin(), holds_.size());
  if (calibrate_mounting(fitted, hand_, holds) != kAllUnits) return false;
  fitted.validated = true;
  profile = fitted;
  return true;
}

}  // namespace tactus::calibration
