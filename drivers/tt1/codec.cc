#include "tactus/drivers/tt1/codec.h"

#include <algorithm>

#include "tactus/drivers/wire.h"

namespace tactus::tt1 {
namespace {

constexpr float kBatteryScale = 1.0f / 200.0f;

Pose load_pose(std::span<const std::uint8_t> report) noexcept {
  Pose T;
  T.p = {wire::load_f32(report, kPosition), wire::load_f32(report, kPosition + 4),
         wire::load_f32(report, kPosition + 8)};
  T.q = {wire::load_f32(report, kRotation), wire::load_f32(report, kRotation + 4),
         wire::load_f32(report, kRotation + 8), wire::load_f32(report, kRotation + 12)};
  return T;
}

bool is_possible(const Pose& T) noexcept {
  return is_valid(T) && std::fabs(T.p.x) <= kFarthest_m && std::fabs(T.p.y) <= kFarthest_m &&
         std::fabs(T.p.z) <= kFarthest_m;
}

DecodeResult take(DecoderState& state, std::span<const std::uint8_t> report,
                  TrackerSample& out) noexcept {
  const std::uint32_t sequence = wire::load_u32(report, kSequence);
  switch (follow(state.sequence, sequence)) {
    case SequenceStep::Duplicate:
    case SequenceStep::Stale:
    case SequenceStep::Late:
      return DecodeResult::Repeated;
    case SequenceStep::Skipped:
      state.gap = true;
      break;
    case SequenceStep::Next:
    case SequenceStep::Restarted:
      break;
  }
  const Pose T = load_pose(report);
  if (!is_possible(T)) {
    ++state.bad_value;
    state.gap = true;
    return DecodeResult::Malformed;
  }
  const std::uint8_t flags = report[kFlags];
  out = TrackerSample{};
  out.t = state.t_newest = wire::unwrap_us(state.t_newest, wire::load_u32(report, kTime));
  out.sequence = sequence;
  out.hand = (flags & kFlagRight) != 0 ? Hand::Right : Hand::Left;
  out.tracked = (flags & kFlagTracked) != 0;
  if (state.gap) out.status |= kSampleGap;
  if ((flags & kFlagLowBattery) != 0) out.status |= kSampleLowBattery;
  out.T_universe_tracker = {normalized(T.q), T.p};
  state.battery = std::min(1.0f, kBatteryScale * report[kBattery]);
  state.gap = false;
  ++state.samples;
  return DecodeResult::Complete;
}

}  // namespace

DecodeResult decode(DecoderState& state, std::span<const std::uint8_t> report,
                    TrackerSample& out) noexcept {
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
  return take(state, report, out);
}

void encode_pose(const TrackerSample& sample, std::uint32_t sequence, std::uint32_t t_us,
                 float battery, std::span<std::uint8_t, kInputBytes> report) noexcept {
  std::ranges::fill(report, std::uint8_t{0});
  report[0] = kInputReport;
  if (sample.hand == Hand::Right) report[kFlags] |= kFlagRight;
  if (sample.tracked) report[kFlags] |= kFlagTracked;
  if ((sample.status & kSampleLowBattery) != 0) report[kFlags] |= kFlagLowBattery;
  report[kBattery] = static_cast<std::uint8_t>(wire::quantize(battery, kBatteryScale, 0, 200));
  wire::store_u32(report, kSequence, sequence);
  wire::store_u32(report, kTime, t_us);
  const Pose& T = sample.T_universe_tracker;
  const std::array<float, 7> numbers = {T.p.x, T.p.y, T.p.z, T.q.x, T.q.y, T.q.z, T.q.w};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    wire::store_f32(report, kPosition + 4 * i, numbers[i]);
  wire::seal(report);
}

}  // namespace tactus::tt1
