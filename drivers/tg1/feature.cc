#include "tactus/drivers/tg1/feature.h"

#include <algorithm>

#include "tactus/drivers/wire.h"

namespace tactus::tg1 {
namespace {

constexpr std::uint8_t kAllPages = (1u << kCalibrationPages) - 1;
using Bytes = std::span<std::uint8_t>;
using ConstBytes = std::span<const std::uint8_t>;

void store_code(Bytes block, std::size_t at, float value, float scale) noexcept {
  const std::int32_t code = wire::quantize(value, scale, -INT16_MAX, INT16_MAX);
  wire::store_i16(block, at, static_cast<std::int16_t>(code));
}

float load_code(ConstBytes block, std::size_t at, float scale) noexcept {
  return scale * static_cast<float>(wire::load_i16(block, at));
}

void store_curves(Bytes block, std::size_t at, std::span<const SensorCurve> curves) noexcept {
  for (std::size_t i = 0; i < curves.size(); ++i) {
    store_code(block, at + 4 * i, curves[i].at_zero_rad, kAngleScale_rad);
    store_code(block, at + 4 * i + 2, curves[i].at_one_rad, kAngleScale_rad);
  }
}

void load_curves(ConstBytes block, std::size_t at, std::span<SensorCurve> curves) noexcept {
  for (std::size_t i = 0; i < curves.size(); ++i) {
    curves[i].at_zero_rad = load_code(block, at + 4 * i, kAngleScale_rad);
    curves[i].at_one_rad = load_code(block, at + 4 * i + 2, kAngleScale_rad);
  }
}

void store_block(const HandProfile& profile, Bytes block) noexcept {
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const Quat q = profile.q_segment_imu[i];
    const Vec3 bias = profile.gyro_bias_rad_per_s[i];
    const std::array<float, 4> xyzw = {q.x, q.y, q.z, q.w};
    const std::array<float, 3> xyz = {bias.x, bias.y, bias.z};
    for (std::size_t k = 0; k < 4; ++k)
      store_code(block, kCalibrationMounting + 8 * i + 2 * k, xyzw[k], kMountingScale);
    for (std::size_t k = 0; k < 3; ++k)
      store_code(block, kCalibrationBias + 6 * i + 2 * k, xyz[k], kBiasScale_rad_per_s);
  }
  store_curves(block, kCalibrationFlexion, profile.flexion);
  store_curves(block, kCalibrationAbduction, profile.abduction);
}

Quat load_mounting(ConstBytes block, std::size_t imu) noexcept {
  const std::size_t at = kCalibrationMounting + 8 * imu;
  return {load_code(block, at, kMountingScale), load_code(block, at + 2, kMountingScale),
          load_code(block, at + 4, kMountingScale), load_code(block, at + 6, kMountingScale)};
}

}  // namespace

void encode_calibration(const HandProfile& profile, std::size_t page,
                        std::span<std::uint8_t, kFeatureBytes> report) noexcept {
  std::array<std::uint8_t, kCalibrationPages * kPageBytes> block{};
  store_block(profile, block);
  std::ranges::fill(report, std::uint8_t{0});
  report[0] = static_cast<std::uint8_t>(kCalibrationReport + page);
  report[1] = 1;  // layout version of the block
  std::ranges::copy(std::span(block).subspan(page * kPageBytes, kPageBytes),
                    report.begin() + kPagePayload);
  wire::seal(report);
}

bool take_page(CalibrationBlock& block, std::span<const std::uint8_t> report) noexcept {
  if (report.size() != kFeatureBytes || report[0] < kCalibrationReport || report[1] != 1)
    return false;
  const std::size_t page = static_cast<std::size_t>(report[0] - kCalibrationReport);
  if (page >= kCalibrationPages || !wire::is_sealed(report)) return false;
  std::ranges::copy(report.subspan(kPagePayload, kPageBytes),
                    block.bytes.begin() + static_cast<std::ptrdiff_t>(page * kPageBytes));
  block.pages |= static_cast<std::uint8_t>(1u << page);
  return true;
}

bool apply(const CalibrationBlock& block, HandProfile& profile) noexcept {
  if (block.pages != kAllPages) return false;
  std::array<Quat, kGloveImus> mounting;
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    mounting[i] = load_mounting(block.bytes, i);
    if (!is_valid(Pose{mounting[i], {}})) return false;
    mounting[i] = normalized(mounting[i]);
  }
  profile.q_segment_imu = mounting;
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const std::size_t at = kCalibrationBias + 6 * i;
    profile.gyro_bias_rad_per_s[i] = {load_code(block.bytes, at, kBiasScale_rad_per_s),
                                      load_code(block.bytes, at + 2, kBiasScale_rad_per_s),
                                      load_code(block.bytes, at + 4, kBiasScale_rad_per_s)};
  }
  load_curves(block.bytes, kCalibrationFlexion, profile.flexion);
  load_curves(block.bytes, kCalibrationAbduction, profile.abduction);
  return true;
}

}  // namespace tactus::tg1
