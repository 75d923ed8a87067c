#include "tactus/touch/perceive.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

constexpr float kLowest_Hz = 40;
constexpr float kRise_db = 24;  // an octave, of acceleration: 12 of displacement and its 12
// Octaves over 1 Hz.
const float kLowest = std::log2(kLowest_Hz), kHighest = std::log2(400.0f);
const float kKeenest = std::log2(250.0f);

float threshold_at(float octaves) {
  return kRise_db * (std::clamp(octaves, kKeenest, kHighest) - kKeenest);
}

float response_db(const ActuatorResponse& response, float octaves) {
  const float at = std::min(3 * (octaves - kLowest), static_cast<float>(kResponsePoints - 1));
  const auto point = std::min(static_cast<std::size_t>(at), kResponsePoints - 2);
  const float part = at - static_cast<float>(point);
  return (1 - part) * response.gain_db[point] + part * response.gain_db[point + 1];
}

}  // namespace

float response_pitch(std::size_t point) noexcept {
  return kLowest_Hz * std::exp2(static_cast<float>(point) / 3);
}

float threshold_db(float frequency_Hz) noexcept { return threshold_at(std::log2(frequency_Hz)); }

float equal_drive_db(const ActuatorResponse& response, float octaves) noexcept {
  const float at = std::clamp(octaves, kLowest, kHighest);
  return threshold_at(at) - response_db(response, at);
}

float equal_drive(const ActuatorResponse& response, float frequency_Hz) noexcept {
  return std::pow(10.0f, equal_drive_db(response, std::log2(frequency_Hz)) / 20);
}

}  // namespace tactus
