// Random but reproducible glove states within TG1's ranges, and how far a round trip may move them.
#pragma once
#include <random>

#include "tactus/drivers/tg1/layout.h"
#include "tactus/sense/sample.h"

namespace tactus::tests {

class RandomGlove {
 public:
  explicit RandomGlove(std::uint32_t seed) : random_(seed) {}

  float between(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(random_);
  }
  Vec3 vec(float limit) {
    return {between(-limit, limit), between(-limit, limit), between(-limit, limit)};
  }
  GloveSample sample() {
    GloveSample s;
    s.hand = random_() % 2 == 0 ? Hand::Left : Hand::Right;
    for (ImuReading& imu : s.imu) imu = {vec(34.0f), vec(156.0f)};
    for (float& v : s.flexion) v = between(0, 1);
    for (float& v : s.abduction) v = between(0, 1);
    for (float& v : s.touch_kPa) v = between(0, 650);
    s.battery = between(0, 1);
    s.temperature_C = between(-20, 80);
    s.samples_consumed = static_cast<std::uint32_t>(random_());
    return s;
  }

 private:
  std::mt19937 random_;
};

}  // namespace tactus::tests
