#include "tactus/touch/perceive.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

constexpr float kLowest_Hz = 40, kHighest_Hz = 400, kKeenest_Hz = 250;
constexpr float kRise_db = 24;  // an octave, of acceleration: 12 of displacement and its 12

float response_db(const ActuatorResponse& response, float frequency_Hz) {
  const float at =
      std::min(3 * std::log2(frequency_Hz / kLowest_Hz), static_cast<float>(kResponsePoints - 1));
  const auto point = std::min(static_cast<std::size_t>(at), kResponsePoints - 2);
  const float part = at - static_cast<float>(point);
  return (1 - part) * response.gain_db[point] + part * response.gain_db[point + 1];
}

}  // namespace

float response_pitch(std::size_t point) noexcept {
  return kLowest_Hz * std::exp2(static_cast<float>(point) / 3);
}

float threshold_db(float frequency_Hz) noexcept {
  return kRise_db * std::log2(std::clamp(frequency_Hz, kKeenest_Hz, kHighest_Hz) / kKeenest_Hz);
}

float equal_drive(const ActuatorResponse& response, float frequency_Hz) noexcept {
  const float f = std::clamp(frequency_Hz, kLowest_Hz, kHighest_Hz);
  return std::pow(10.0f, (threshold_db(f) - response_db(response, f)) / 20);
}

}  // namespace tactus
