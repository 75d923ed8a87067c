// Any bytes at all: TG1's decoders, both sides. Also with a true CRC, so that the fuzzer gets past
// it, and with the same decoder kept for many reports.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tactus/drivers/tg1/codec.h"
#include "tactus/drivers/tg1/device_side.h"
#include "tactus/drivers/tg1/feature.h"
#include "tactus/drivers/wire.h"

namespace {

using Bytes = std::span<const std::uint8_t>;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_finite(const tactus::GloveSample& sample) {
  for (const tactus::ImuReading& imu : sample.imu)
    must(is_finite(imu.gyro_rad_per_s) && is_finite(imu.accel_m_per_s2));
  for (const float v : sample.flexion) must(v >= 0 && v <= 1);
  for (const float v : sample.abduction) must(v >= 0 && v <= 1);
  for (const float v : sample.touch_kPa) must(v >= 0 && v < 656);
  must(sample.battery >= 0 && sample.battery <= 1 && std::isfinite(sample.temperature_C));
}

void feed(tactus::tg1::DecoderState& state, Bytes report) {
  tactus::GloveSample sample;
  if (decode(state, report, sample) == tactus::tg1::DecodeResult::Complete) check_finite(sample);
  tactus::tg1::Output output;
  if (decode_output(report, output) == tactus::tg1::OutputKind::Frame)
    for (const float v : output.amplitude) must(v >= 0 && v <= 1);
  tactus::Identity identity;
  (void)decode_identity(report, identity);
  tactus::tg1::CalibrationBlock block;
  tactus::HandProfile profile;
  for (int page = 0; page < 4; ++page) (void)take_page(block, report);
  (void)apply(block, profile);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tactus::tg1::DecoderState state;
  const Bytes input(data, size);
  for (std::size_t at = 0; at < size; at += tactus::tg1::kInputBytes) {
    const Bytes report = input.subspan(at, std::min(size - at, tactus::tg1::kInputBytes));
    feed(state, report);
    std::array<std::uint8_t, tactus::tg1::kInputBytes> sealed{};
    std::ranges::copy(report, sealed.begin());
    tactus::wire::seal(sealed);
    feed(state, sealed);
    sealed[0] = tactus::tg1::kInputReport;
    tactus::wire::seal(sealed);
    feed(state, sealed);
  }
  must(state.states <= state.reports);
  return 0;
}
