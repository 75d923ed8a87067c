#include "tactus/drivers/tg1/codec.h"

#include <algorithm>

#include "tactus/drivers/wire.h"

namespace tactus::tg1 {
namespace {

constexpr std::uint8_t kAllFragments = (1u << kFragments) - 1;

void begin_state(DecoderState& state, std::uint32_t number, std::uint32_t t_us) noexcept {
  if (state.fragments != 0 && !state.joined_midway) ++state.incomplete;
  state.gathering = number;
  state.t_gathering_us = t_us;
  state.fragments = 0;
  state.flags = 0;
  state.joined_midway = false;
}

Vec3 load_vec3(std::span<const std::uint8_t> block, std::size_t at, float scale,
               std::uint16_t& status) noexcept {
  std::array<float, 3> v{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int16_t code = wire::load_i16(block, at + 2 * i);
    if (code == INT16_MAX || code == INT16_MIN) status |= kSampleSaturated;
    v[i] = scale * static_cast<float>(code);
  }
  return {v[0], v[1], v[2]};
}

void read_sensors(std::span<const std::uint8_t> block, GloveSample& out) noexcept {
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const std::size_t at = kStateImu + kImuBytes * i;
    out.imu[i].gyro_rad_per_s = load_vec3(block, at, kGyroScale_rad_per_s, out.status);
    out.imu[i].accel_m_per_s2 = load_vec3(block, at + 6, kAccelScale_m_per_s2, out.status);
  }
  for (std::size_t i = 0; i < kGloveFlexions; ++i)
    out.flexion[i] = kChannelScale * wire::load_u16(block, kStateFlexion + 2 * i);
  for (std::size_t i = 0; i < kGloveAbductions; ++i)
    out.abduction[i] = kChannelScale * wire::load_u16(block, kStateAbduction + 2 * i);
  for (std::size_t i = 0; i < kGloveTouches; ++i)
    out.touch_kPa[i] = kTouchScale_kPa * wire::load_u16(block, kStateTouch + 2 * i);
}

void deliver(DecoderState& state, GloveSample& out) noexcept {
  const std::span<const std::uint8_t> block = state.block;
  out = GloveSample{};
  out.t = state.t_newest = wire::unwrap_us(state.t_newest, state.t_gathering_us);
  out.sequence = state.gathering;
  out.hand = (state.flags & kFlagRight) != 0 ? Hand::Right : Hand::Left;
  if (state.gap) out.status |= kSampleGap;
  if ((state.flags & kFlagLowBattery) != 0) out.status |= kSampleLowBattery;
  if ((state.flags & kFlagHot) != 0) out.status |= kSampleHot;
  read_sensors(block, out);
  out.battery = std::min(1.0f, kBatteryScale * block[kStateBattery]);
  out.temperature_C = kTemperatureScale_C * wire::load_i16(block, kStateTemperature);
  out.samples_consumed = wire::load_u32(block, kStateConsumed);
  state.last_output = wire::load_u32(block, kStateLastOutput);
  state.outputs_refused = block[kStateRefused];
  state.silenced = (state.flags & kFlagSilenced) != 0;
  state.gap = false;
  state.fragments = 0;
  ++state.states;
}

/// Puts a fragment that belongs to the state being gathered in its place.
DecodeResult gather(DecoderState& state, std::span<const std::uint8_t> report, std::size_t fragment,
                    GloveSample& out) noexcept {
  const std::uint8_t flags = report[kInputFlags];
  const bool contradicts = wire::load_u32(report, kInputTime) != state.t_gathering_us ||
                           (state.fragments != 0 && ((flags ^ state.flags) & kFlagRight) != 0);
  if (contradicts) {
    ++state.inconsistent;
    state.gap = true;
    return DecodeResult::Malformed;
  }
  std::ranges::copy(report.subspan(kInputPayload, kPayloadBytes),
                    state.block.begin() + static_cast<std::ptrdiff_t>(fragment * kPayloadBytes));
  state.flags = flags;
  state.fragments |= static_cast<std::uint8_t>(1u << fragment);
  if (state.fragments != kAllFragments) return DecodeResult::Incomplete;
  deliver(state, out);
  return DecodeResult::Complete;
}

}  // namespace

DecodeResult decode(DecoderState& state, std::span<const std::uint8_t> report,
                    GloveSample& out) noexcept {
  if (report.empty() || report[0] != kInputReport) return DecodeResult::NotMine;
  ++state.reports;
  if (report.size() != kInputBytes) {
    ++state.bad_length;
    return DecodeResult::Malformed;
  }
  if (!wire::is_sealed(report)) {
    ++state.bad_crc;
    return DecodeResult::BadCrc;
  }
  const std::uint32_t sequence = wire::load_u32(report, kInputSequence);
  const std::uint32_t number = sequence / kFragments;
  const std::size_t fragment = sequence % kFragments;
  const SequenceStep step = follow(state.sequence, sequence);
  switch (step) {
    case SequenceStep::Duplicate:
    case SequenceStep::Stale:
      return DecodeResult::Repeated;
    case SequenceStep::Late:
      if (state.fragments == 0 || number != state.gathering) return DecodeResult::Repeated;
      return gather(state, report, fragment, out);
    case SequenceStep::Skipped:
      state.gap = true;
      break;
    case SequenceStep::Next:
    case SequenceStep::Restarted:
      break;
  }
  state.newest_input = sequence;
  if (state.fragments == 0 || number != state.gathering || step == SequenceStep::Restarted) {
    begin_state(state, number, wire::load_u32(report, kInputTime));
    state.joined_midway = step == SequenceStep::Restarted && fragment != 0;
  }
  return gather(state, report, fragment, out);
}

void encode(const TactileFrame& frame, OutputStamp stamp,
            std::span<std::uint8_t, kOutputBytes> report) noexcept {
  std::ranges::fill(report, std::uint8_t{0});
  report[0] = kOutputReport;
  wire::store_u32(report, kOutputSequence, stamp.sequence);
  wire::store_u32(report, kOutputNewestInput, stamp.newest_input);
  for (std::size_t a = 0; a < kActuators; ++a) {
    const float envelope = frame.envelope[a];
    const float frequency_Hz = frame.frequency_Hz[a];
    if (!std::isfinite(envelope) || !std::isfinite(frequency_Hz) || envelope <= 0) continue;
    // The small addend keeps a value that is exactly on a code, such as 0.6, on that code.
    const float code = std::floor(std::min(envelope, 1.0f) / kAmplitudeScale + 1e-3f);
    report[kOutputAmplitude + a] = static_cast<std::uint8_t>(code);
    report[kOutputFrequency + a] =
        static_cast<std::uint8_t>(wire::quantize(frequency_Hz, kFrequencyScale_Hz, 0, 255));
  }
  wire::seal(report);
}

void encode_stop(std::uint32_t sequence, std::span<std::uint8_t, kStopBytes> report) noexcept {
  std::ranges::fill(report, std::uint8_t{0});
  report[0] = kStopReport;
  wire::store_u32(report, kOutputSequence, sequence);
  wire::seal(report);
}

}  // namespace tactus::tg1
