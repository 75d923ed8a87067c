#include "wav.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <vector>

#include "tactus/touch/tactile_frame.h"

namespace tactus::tools {
namespace {

void put(std::vector<char>& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

void put(std::vector<char>& out, const char* four) { out.insert(out.end(), four, four + 4); }

}  // namespace

bool write_wav(const std::string& path, std::span<const simulator::DriveSample> samples) {
  constexpr std::uint32_t kFrameBytes = 2 * kActuators;
  const auto size = static_cast<std::uint32_t>(samples.size() * kFrameBytes);
  std::vector<char> out;
  out.reserve(44 + size);
  put(out, "RIFF");
  put(out, 36 + size, 4);
  put(out, "WAVE");
  put(out, "fmt ");
  put(out, 16, 4);
  put(out, 1, 2);  // PCM
  put(out, kActuators, 2);
  put(out, kActuatorRate_Hz, 4);
  put(out, kActuatorRate_Hz * kFrameBytes, 4);
  put(out, kFrameBytes, 2);
  put(out, 16, 2);
  put(out, "data");
  put(out, size, 4);
  for (const simulator::DriveSample& sample : samples) {
    for (const float drive : sample) {
      const auto code =
          static_cast<std::int16_t>(std::lround(std::clamp(drive, -1.0f, 1.0f) * 32767.0f));
      put(out, static_cast<std::uint16_t>(code), 2);
    }
  }
  std::ofstream file(path, std::ios::binary);
  file.write(out.data(), static_cast<std::streamsize>(out.size()));
  return static_cast<bool>(file.flush());
}

}  // namespace tactus::tools
