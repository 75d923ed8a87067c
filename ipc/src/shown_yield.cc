#include "tactus/ipc/shown_yield.h"

#include <algorithm>
#include <cmath>

namespace tactus::ipc {
namespace {

constexpr double kHolds_s = 0.03, kFades_s = 0.1;  ///< beyond the last display
constexpr float kMost_m = 1.0f;

/// In floating point: the times are another process's, and may be absurdly far apart.
double seconds_between(HostTime from, HostTime to) noexcept {
  return 1e-9 * (static_cast<double>(to.time_since_epoch().count()) -
                 static_cast<double>(from.time_since_epoch().count()));
}

bool is_sound(const HandYield& yield) noexcept {
  bool is_right = length(yield.move_world) < kMost_m && length(yield.turn_world) < kPi;
  for (const auto& finger : yield.open_rad) {
    for (const float open_rad : finger) is_right &= std::fabs(open_rad) < kPi;
  }
  return is_right;
}

}  // namespace

HandYield yield_at(const Cell<ShownYield>& shown, HostTime t) noexcept {
  ShownYield said;
  if (!shown.read(said) || !is_sound(said.yield) || !is_sound(said.yield_before)) return {};
  const double apart_s = seconds_between(said.t_before, said.t);
  const double past_s = seconds_between(said.t, t);
  const auto share = [](double part) { return static_cast<float>(std::clamp(part, 0.0, 1.0)); };
  if (past_s < 0 && apart_s > 0) {
    return mix(said.yield_before, said.yield, share(1 + past_s / apart_s));
  }
  return mix(said.yield, {}, share((past_s - kHolds_s) / kFades_s));
}

}  // namespace tactus::ipc
