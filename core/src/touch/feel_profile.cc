#include "tactus/touch/feel_profile.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

bool is_sound(const std::array<float, kResponsePoints>& levels_db) {
  return std::all_of(levels_db.begin(), levels_db.end(),
                     [](float db) { return std::fabs(db) <= kMostOff_db; });
}

}  // namespace

bool is_sound(const FeelProfile& profile) noexcept {
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    if (!is_sound(profile.threshold_db[hand])) return false;
    for (const ActuatorResponse& response : profile.response[hand]) {
      if (!is_sound(response.gain_db)) return false;
    }
  }
  return true;
}

ActuatorResponses felt_responses(const FeelProfile& profile, Hand hand) noexcept {
  ActuatorResponses felt = profile.response[index(hand)];
  for (ActuatorResponse& response : felt) {
    for (std::size_t point = 0; point < kResponsePoints; ++point) {
      response.gain_db[point] -= profile.threshold_db[index(hand)][point];
    }
  }
  return felt;
}

}  // namespace tactus
