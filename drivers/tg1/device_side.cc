#include "tactus/drivers/tg1/device_side.h"

#include <algorithm>

#include "tactus/drivers/wire.h"

namespace tactus::tg1 {
namespace {

using Block = std::array<std::uint8_t, kStateBytes>;

void store_vec3(Block& block, std::size_t at, Vec3 v, float scale) noexcept {
  const std::array<float, 3> xyz = {v.x, v.y, v.z};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int32_t code = wire::quantize(xyz[i], scale, INT16_MIN, INT16_MAX);
    wire::store_i16(block, at + 2 * i, static_cast<std::int16_t>(code));
  }
}

void store_channels(Block& block, std::size_t at, std::span<const float> values,
                    float scale) noexcept {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int32_t code = wire::quantize(values[i], scale, 0, UINT16_MAX);
    wire::store_u16(block, at + 2 * i, static_cast<std::uint16_t>(code));
  }
}

Block make_block(const GloveSample& sample, const Feedback& feedback) noexcept {
  Block block{};
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const std::size_t at = kStateImu + kImuBytes * i;
    store_vec3(block, at, sample.imu[i].gyro_rad_per_s, kGyroScale_rad_per_s);
    store_vec3(block, at + 6, sample.imu[i].accel_m_per_s2, kAccelScale_m_per_s2);
  }
  store_channels(block, kStateFlexion, sample.flexion, kChannelScale);
  store_channels(block, kStateAbduction, sample.abduction, kChannelScale);
  store_channels(block, kStateTouch, sample.touch_kPa, kTouchScale_kPa);
  wire::store_u32(block, kStateConsumed, sample.samples_consumed);
  const std::int32_t temperature =
      wire::quantize(sample.temperature_C, kTemperatureScale_C, INT16_MIN, INT16_MAX);
  wire::store_i16(block, kStateTemperature, static_cast<std::int16_t>(temperature));
  block[kStateBattery] =
      static_cast<std::uint8_t>(wire::quantize(sample.battery, kBatteryScale, 0, 200));
  block[kStateRefused] = feedback.outputs_refused;
  wire::store_u32(block, kStateLastOutput, feedback.last_output);
  return block;
}

std::uint8_t make_flags(const GloveSample& sample, const Feedback& feedback) noexcept {
  std::uint8_t flags = 0;
  if (sample.hand == Hand::Right) flags |= kFlagRight;
  if ((sample.status & kSampleLowBattery) != 0) flags |= kFlagLowBattery;
  if ((sample.status & kSampleHot) != 0) flags |= kFlagHot;
  if (feedback.silenced) flags |= kFlagSilenced;
  return flags;
}

}  // namespace

std::array<InputReport, kFragments> encode_state(const GloveSample& sample,
                                                 std::uint32_t state_sequence, std::uint32_t t_us,
                                                 const Feedback& feedback) noexcept {
  const Block block = make_block(sample, feedback);
  std::array<InputReport, kFragments> reports{};
  for (std::size_t k = 0; k < kFragments; ++k) {
    InputReport& report = reports[k];
    report[0] = kInputReport;
    report[kInputFlags] = make_flags(sample, feedback);
    const auto sequence = static_cast<std::uint32_t>(state_sequence * kFragments + k);
    wire::store_u32(report, kInputSequence, sequence);
    wire::store_u32(report, kInputTime, t_us);
    std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(k * kPayloadBytes), kPayloadBytes,
                report.begin() + kInputPayload);
    wire::seal(report);
  }
  return reports;
}

OutputKind decode_output(std::span<const std::uint8_t> report, Output& out) noexcept {
  if (report.empty()) return OutputKind::BadLength;
  const bool is_frame = report[0] == kOutputReport;
  if (!is_frame && report[0] != kStopReport) return OutputKind::Unknown;
  if (report.size() != (is_frame ? kOutputBytes : kStopBytes)) return OutputKind::BadLength;
  if (!wire::is_sealed(report)) return OutputKind::BadCrc;
  out.sequence = wire::load_u32(report, kOutputSequence);
  if (!is_frame) return OutputKind::Stop;
  out.newest_input = wire::load_u32(report, kOutputNewestInput);
  for (std::size_t a = 0; a < kActuators; ++a) {
    out.amplitude[a] = kAmplitudeScale * report[kOutputAmplitude + a];
    out.frequency_Hz[a] = kFrequencyScale_Hz * report[kOutputFrequency + a];
  }
  return OutputKind::Frame;
}

}  // namespace tactus::tg1
