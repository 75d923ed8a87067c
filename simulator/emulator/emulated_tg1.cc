#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

#include "emulator/crystal.h"
#include "tactus/drivers/tg1/feature.h"
#include "tactus/simulator/emulator.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus::simulator {
namespace {

constexpr std::int64_t kSamplePeriod_us = 1'000'000 / kActuatorRate_Hz;
/// The ramp takes a full-scale amplitude to zero in one millisecond, so silence begins at 29.
constexpr float kRampPerSample = 1.0f / static_cast<float>(kFrameSamples);
constexpr std::uint64_t kSilenceAfterSamples =
    static_cast<std::uint64_t>(tg1::kWatchdog_ms - 1) * kFrameSamples;
constexpr float kAmplitudeSlack = tg1::kAmplitudeScale + 1e-4f;  // one code of rounding

float approach(float from, float to, float step) {
  return from + std::clamp(to - from, -step, step);
}

}  // namespace

EmulatedTg1::EmulatedTg1(Tg1Config config, Sense sense)
    : config_(std::move(config)), sense_(std::move(sense)), now_(config_.crystal.t_power_on) {
  assert(config_.first_sequence % tg1::kFragments == 0);
}

HostTime EmulatedTg1::true_time(std::int64_t since_on_us) const {
  return on_true_time(config_.crystal, since_on_us);
}

HostTime EmulatedTg1::next_report() const {
  return true_time(static_cast<std::int64_t>(reports_) * tg1::kReportPeriod_us);
}

HostTime EmulatedTg1::t_drive(std::uint64_t n) const {
  return true_time(static_cast<std::int64_t>(n) * kSamplePeriod_us);
}

void EmulatedTg1::step(HostTime t, const EmitReport& emit) {
  while (next_report() <= t) {
    const HostTime t_report = next_report();
    play_until(t_report);
    if (reports_ % tg1::kFragments == 0) begin_state();
    emit(t_report, state_reports_[reports_ % tg1::kFragments]);
    ++reports_;
    ++counts_.reports_out;
  }
  play_until(t);
}

void EmulatedTg1::begin_state() {
  const auto since_on_us = static_cast<std::int64_t>(reports_) * tg1::kReportPeriod_us;
  GloveSample sample;
  sample.battery = 0.9f;
  sample.temperature_C = 31.0f;
  sense_(true_time(since_on_us), sample);
  sample.hand = config_.hand;
  sample.samples_consumed = static_cast<std::uint32_t>(played_);
  const auto state =
      static_cast<std::uint32_t>((config_.first_sequence + reports_) / tg1::kFragments);
  const std::uint32_t t_us =
      config_.crystal.counter_at_on + static_cast<std::uint32_t>(since_on_us);
  feedback_.silenced = !listening_;
  state_reports_ = tg1::encode_state(sample, state, t_us, feedback_);
}

void EmulatedTg1::play_until(HostTime t) {
  while (t_drive(played_) <= t) play_one();
  now_ = std::max(now_, t);
}

void EmulatedTg1::play_one() {
  if (listening_ && played_ - last_frame_sample_ >= kSilenceAfterSamples) {
    ++counts_.watchdog_fired;
    silence();
  }
  DriveSample drive{};
  for (std::size_t a = 0; a < kActuators; ++a) {
    amplitude_[a] = approach(amplitude_[a], playing_.amplitude[a], kRampPerSample);
    if (amplitude_[a] == 0) {
      phase_[a] = 0;
      continue;
    }
    drive[a] = amplitude_[a] * std::sin(2.0f * std::numbers::pi_v<float> * phase_[a]);
    phase_[a] += playing_.frequency_Hz[a] / static_cast<float>(kActuatorRate_Hz);
    phase_[a] -= std::floor(phase_[a]);
  }
  if (config_.keep_drive) drive_.push_back(drive);
  ++played_;
}

void EmulatedTg1::silence() {
  playing_.amplitude.fill(0);  // the tone's frequency stays for the ramp down
  listening_ = false;
}

bool EmulatedTg1::silent() const noexcept {
  return std::ranges::all_of(amplitude_, [](float a) { return a == 0; });
}

void EmulatedTg1::receive(HostTime t, std::span<const std::uint8_t> report) {
  play_until(t);
  tg1::Output frame;
  switch (tg1::decode_output(report, frame)) {
    case tg1::OutputKind::Frame:
      return take_frame(frame, now_);
    case tg1::OutputKind::Stop:
      ++counts_.stops_in;
      next_output_ = frame.sequence + 1;
      feedback_.last_output = frame.sequence;
      return silence();  // whatever its sequence: a stop is obeyed
    case tg1::OutputKind::Unknown:
      ++violations_.unknown_report;
      break;
    case tg1::OutputKind::BadLength:
      ++violations_.bad_length;
      break;
    case tg1::OutputKind::BadCrc:
      ++violations_.bad_crc;
      break;
  }
  ++feedback_.outputs_refused;
}

void EmulatedTg1::take_frame(const tg1::Output& frame, HostTime t) {
  const std::uint32_t ahead = frame.sequence - next_output_;
  if (listening_ && ahead >= 0x80000000u) {
    ++violations_.out_of_sequence;
    ++feedback_.outputs_refused;
    return;
  }
  check_frame(frame);
  if (listening_) violations_.lost += ahead;
  playing_ = frame;
  for (float& amplitude : playing_.amplitude)
    amplitude = std::min(amplitude, config_.amplitude_ceiling);
  ++counts_.frames_in;
  next_output_ = frame.sequence + 1;
  feedback_.last_output = frame.sequence;
  t_last_frame_ = t;
  last_frame_sample_ = played_;
  listening_ = true;
}

/// Rises are judged against frames, not arrival times: a link's jitter is not the host's fault.
void EmulatedTg1::check_frame(const tg1::Output& frame) {
  const std::uint32_t frames = listening_ ? 1 + (frame.sequence - next_output_) : 1;
  const float rise = config_.rise_per_frame * static_cast<float>(frames) + kAmplitudeSlack;
  for (std::size_t a = 0; a < kActuators; ++a) {
    if (frame.amplitude[a] > config_.amplitude_ceiling + 1e-4f) ++violations_.over_ceiling;
    if (frame.amplitude[a] - playing_.amplitude[a] > rise) ++violations_.over_rise;
  }
}

std::size_t EmulatedTg1::get_feature(std::span<std::uint8_t> bytes) {
  if (bytes.size() < kFeatureBytes) return 0;
  const std::uint8_t id = bytes[0];
  const auto report = bytes.first<kFeatureBytes>();
  if (id == kIdentityReport) {
    encode_identity({.hand = config_.hand,
                     .serial = make_serial(config_.serial),
                     .state_rate_Hz = tg1::kStateRate_Hz,
                     .reports_per_state = tg1::kFragments,
                     .watchdog_ms = tg1::kWatchdog_ms,
                     .actuators = kActuators},
                    report);
  } else if (id >= tg1::kCalibrationReport &&
             id < tg1::kCalibrationReport + tg1::kCalibrationPages) {
    tg1::encode_calibration(config_.profile, std::size_t{id} - tg1::kCalibrationReport, report);
  } else {
    return 0;
  }
  ++counts_.feature_reads;
  return kFeatureBytes;
}

std::vector<DriveSample> EmulatedTg1::take_drive() { return std::exchange(drive_, {}); }

}  // namespace tactus::simulator
