#include "embrace.h"

#include <numbers>

#include "posture.h"
#include "profile.h"
#include "touch_solver.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;

constexpr double kOpen_s = 1.0, kShut_s = 1.3;     ///< of arms that open first
constexpr double kWideFor_s = 2.2;                 ///< until hers are down
constexpr V3d kOpen{0.34, 0.70, -0.10};            ///< a right wrist, where the person kneels
constexpr double kOutAfter_s = 1.0, kOut_s = 1.0;  ///< of the hands, to her sides ...
constexpr double kBack_s = 1.1;                    ///< ... and away from them
constexpr V3d kBeside{0.27, -0.11, 0.12};          ///< a wrist on her left, under her open arms

constexpr double kLeanAfter_s = 1.3, kLean_s = 2.4;  ///< of the head
constexpr double kSettled_s = 3.9;                   ///< when she leans as far as she will
constexpr double kAside = 0.45;                      ///< in this part of the time it is beside hers
constexpr double kRiseAfter_s = 0.2, kRise_s = 1.9;
constexpr V3d kOverShoulder{0.20, 0.27, 0.02};  ///< where the head sits, beside hers on her left
constexpr V3d kToEyes{0, 0.10, -0.10};          ///< from there, by the head's axes
constexpr double kNod_rad = 8 * kDeg;           ///< a trunk that leans takes the head along
constexpr double kTurn_rad = 8 * kDeg;          ///< towards her
constexpr double kTilt_rad = 6 * kDeg;          ///< away from her
constexpr double kLookAfter_s = 4.2, kLooks_s = 3.4;  ///< at her back
constexpr double kLook_rad = 58 * kDeg, kGlance_s = 0.8;

double presence(double t_s, double from_s, double in_s, double to_s, double out_s) {
  return min_jerk((t_s - from_s) / in_s) * (1 - min_jerk((t_s - to_s) / out_s));
}

}  // namespace

void Embrace::see(double t_s, const Pose3d& T_world_chest) {
  T_world_chest_ = T_world_chest;
  if (t_s < from_s_ + kSettled_s) T_world_leant_on_ = T_world_chest;
}

HandSample Embrace::hand(Hand hand, double t_s, const HandSample& otherwise) const {
  const double open = presence(t_s, from_s_, kOpen_s, to_s_ + kWideFor_s, kShut_s);
  const double there = presence(t_s, from_s_ + kOutAfter_s, kOut_s, to_s_, kBack_s);
  if (open <= 0 || !T_world_chest_) return otherwise;
  // Face to face, the right hand is on her left. Fingers past her, palms facing each other.
  const double side = hand == Hand::Right ? 1 : -1;
  const Q4d q = rotation_of_axes({0, -side, 0}, {side, 0, 0}, {0, 0, 1});
  HandSample wide, beside;
  wide.T_world_wrist = {turn({0, 1, 0}, -side * 15 * kDeg) * q, {side * kOpen.x, kOpen.y, kOpen.z}};
  beside.T_world_wrist = *T_world_chest_ * Pose3d{q, {side * kBeside.x, kBeside.y, kBeside.z}};
  wide.finger = beside.finger = relaxed_fingers();
  return blend(blend(otherwise, wide, open), beside, there);
}

Pose3d Embrace::head(double t_s, const Pose3d& otherwise) const {
  const double from_s = from_s_ + kLeanAfter_s, to_s = to_s_ + kRiseAfter_s;
  const double s = presence(t_s, from_s, kLean_s, to_s, kRise_s);
  if (s <= 0 || !T_world_chest_) return otherwise;
  const double aside =
      presence(t_s, from_s, kAside * kLean_s, to_s + (1 - kAside) * kRise_s, kAside * kRise_s);
  const double look = presence(t_s, from_s_ + kLookAfter_s, kGlance_s,
                               from_s_ + kLookAfter_s + kLooks_s, kGlance_s);
  const Q4d q = turn({0, 1, 0}, side_ * kTurn_rad) * turn({0, 0, 1}, -side_ * kTilt_rad) *
                turn({1, 0, 0}, -kNod_rad - look * kLook_rad);
  const V3d p = T_world_leant_on_ * V3d{side_ * kOverShoulder.x, kOverShoulder.y, kOverShoulder.z};
  const V3d way = p + rotate(q, kToEyes) - otherwise.p;
  return {between(otherwise.q, q, s), otherwise.p + V3d{aside * way.x, s * way.y, s * way.z}};
}

}  // namespace tactus::simulator
