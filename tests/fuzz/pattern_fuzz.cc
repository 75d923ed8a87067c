// A stranger's compiled pattern: viewed and played without a fault, or refused; what comes out is
// finite.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "tactus/touch/pattern.h"

namespace {

using namespace tactus;

/// Two voices that share four points.
std::vector<std::byte> valid() {
  PatternHeader header;
  header.voice_count = 2;
  header.point_count = 4;
  header.duration_s = 0.02;
  std::array<PatternVoice, 2> voices{};
  for (PatternVoice& voice : voices) {
    voice.duration_s = 0.01;
    voice.amplitudes = voice.frequencies = 2;
    voice.first_frequency = 2;
    voice.actuators = {0xFFFF, 0x0004};
  }
  voices[1].t_start_s = 0.005;
  const std::array<PatternPoint, 4> points = {
      {{0, 0, 0}, {0.01, 1, 0}, {0, 50, 0}, {0.01, 90, 0.7}}};
  std::vector<std::byte> bytes(sizeof(header) + sizeof(voices) + sizeof(points));
  std::memcpy(bytes.data(), &header, sizeof(header));
  std::memcpy(bytes.data() + sizeof(header), voices.data(), sizeof(voices));
  std::memcpy(bytes.data() + sizeof(header) + sizeof(voices), points.data(), sizeof(points));
  return bytes;
}

void view_and_play(std::span<const std::byte> bytes) {
  const auto view = view_pattern(bytes);
  if (!view) return;
  PatternState state;
  for (int ms = 0; ms < 40; ++ms) {
    TactileFrame frame;
    frame.t = HostTime(Duration(1ms) * ms * ms);
    if (!play(state, *view, {}, frame)) return;
    for (std::size_t a = 0; a < kActuators; ++a) {
      if (!std::isfinite(frame.envelope[a]) || !std::isfinite(frame.frequency_Hz[a])) std::abort();
      for (const float sample : frame.wave[a]) {
        if (!std::isfinite(sample)) std::abort();
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span<const std::uint8_t> rest(data + 1, size - 1);
  std::vector<std::byte> bytes;
  if (data[0] % 4 == 0) {
    const auto raw = std::as_bytes(rest);
    bytes.assign(raw.begin(), raw.end());
  } else {
    bytes = valid();
    for (std::size_t i = 0; i + 1 < rest.size() && i < 16; i += 2) {
      bytes[rest[i] % bytes.size()] = static_cast<std::byte>(rest[i + 1]);
    }
  }
  view_and_play(bytes);
  return 0;
}
