#include <utility>

#include "emulator/crystal.h"
#include "tactus/drivers/tt1/codec.h"
#include "tactus/simulator/emulator.h"

namespace tactus::simulator {
namespace {

std::int64_t taken_us(std::uint64_t report) {
  return static_cast<std::int64_t>(report * 1'000'000 / tt1::kRate_Hz);
}

}  // namespace

EmulatedTt1::EmulatedTt1(Tt1Config config, Sense sense)
    : config_(std::move(config)), sense_(std::move(sense)) {}

HostTime EmulatedTt1::next_report() const {
  return on_true_time(config_.crystal, taken_us(reports_));
}

void EmulatedTt1::step(HostTime t, const EmitReport& emit) {
  while (next_report() <= t) {
    const HostTime t_taken = next_report();
    TrackerSample sample;
    sample.tracked = true;
    sense_(t_taken, sample);
    sample.hand = config_.hand;
    const auto sequence = config_.first_sequence + static_cast<std::uint32_t>(reports_);
    const std::uint32_t t_us =
        config_.crystal.counter_at_on + static_cast<std::uint32_t>(taken_us(reports_));
    std::array<std::uint8_t, tt1::kInputBytes> report;
    tt1::encode_pose(sample, sequence, t_us, 0.9f, report);
    emit(t_taken, report);
    ++reports_;
  }
}

std::size_t EmulatedTt1::get_feature(std::span<std::uint8_t> bytes) {
  if (bytes.size() < kFeatureBytes || bytes[0] != kIdentityReport) return 0;
  encode_identity({.hand = config_.hand,
                   .serial = make_serial(config_.serial),
                   .state_rate_Hz = tt1::kRate_Hz,
                   .reports_per_state = 1},
                  bytes.first<kFeatureBytes>());
  return kFeatureBytes;
}

}  // namespace tactus::simulator
