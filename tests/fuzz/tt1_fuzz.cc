// Any bytes at all, as they are and with a true CRC: TT1's decoder delivers poses or nothing.
#include <algorithm>
#include <cstdlib>

#include "tactus/drivers/tt1/codec.h"
#include "tactus/drivers/wire.h"

namespace {

void feed(tactus::tt1::DecoderState& state, std::span<const std::uint8_t> report) {
  tactus::TrackerSample sample;
  if (decode(state, report, sample) != tactus::tt1::DecodeResult::Complete) return;
  if (!is_valid(sample.T_universe_tracker)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tactus::tt1::DecoderState state;
  const std::span<const std::uint8_t> input(data, size);
  for (std::size_t at = 0; at < size; at += tactus::tt1::kInputBytes) {
    const auto report = input.subspan(at, std::min(size - at, tactus::tt1::kInputBytes));
    feed(state, report);
    std::array<std::uint8_t, tactus::tt1::kInputBytes> sealed{};
    std::ranges::copy(report, sealed.begin());
    sealed[0] = tactus::tt1::kInputReport;
    tactus::wire::seal(sealed);
    feed(state, sealed);
  }
  return 0;
}
