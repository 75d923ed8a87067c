// Grasping hands in gloves of several kinds, estimated reading by reading.
//
//   Clocks   true time is HostTime. Frames: world.
//   Units    seconds.
//   Errors   none.
//   Threads  one owner.
//   Proof    used by tests/core/pose
#pragma once
#include <utility>

#include "tactus/pose/estimate.h"
#include "tactus/sense/align.h"
#include "tactus/simulator/grasping.h"
#include "tactus/simulator/sensors.h"

namespace tactus::testing {

enum class Worn : std::uint8_t { Imu16, Imu11, Tg1, Flex10, Flex5 };
inline constexpr std::array<Worn, 5> kAllWorn = {Worn::Imu16, Worn::Imu11, Worn::Tg1, Worn::Flex10,
                                                 Worn::Flex5};
inline constexpr std::array<const char*, 5> kWornNames = {"16 units", "11 units", "TG1",
                                                          "10 channels", "5 channels"};

/// Takes from a glove with everything what this one does not have.
inline void leave_only(GloveMeasurement& m, Worn worn) {
  if (worn != Worn::Imu16) m.base_imu.fill(kNoUnit);
  if (worn != Worn::Flex5) m.bend_rad.fill(kNoChannel);
  if (worn == Worn::Tg1) return;
  m.abduction_rad.fill(kNoChannel);
  if (worn != Worn::Flex10) m.flexion_rad.fill(kNoChannel);
  if (worn == Worn::Imu16 || worn == Worn::Imu11) return;
  m.imu.fill(kNoUnit);
  m.flexion_rad[0] = kNoChannel;  // the thumb's CMC
  for (std::size_t f = 1; f < kFingers; ++f) m.flexion_rad[3 * f + 2] = kNoChannel;
}

/// Steps of 4 ms; the hand is flat for the first seconds, and known to be.
class GloveTrial {
 public:
  static constexpr double kStep_s = 0.004;
  static constexpr double kFlat_s = simulator::Grasping::kFlat_s;

  GloveTrial(Worn kind, std::uint64_t seed, Hand hand, simulator::Trajectory motion)
      : truth(std::move(motion)), worn_(kind), glove_(seed, hand, faults()), tracker_(seed, hand) {
    profile = glove_.nominal_profile();
    tracker_.describe(profile);
    const simulator::TrueHand wearer = truth(0);
    for (std::size_t f = 0; f < kFingers; ++f) {
      const simulator::TrueBones& b = wearer.bones[f];
      profile.bones[f] = {float(b.metacarpal), float(b.proximal), float(b.intermediate),
                          float(b.distal)};
    }
  }

  /// `touch_kPa`: what the cells read beside.
  void step(const std::array<float, kGloveTouches>& touch_kPa = {}) {
    t_s += kStep_s;
    const HostTime now(from_seconds(t_s));
    for (; t_tracker_s_ + tracker_.faults().latency_s <= t_s;
         t_tracker_s_ += 1 / tracker_.faults().rate_Hz) {
      const HostTime seen(from_seconds(t_tracker_s_ + tracker_.faults().latency_s));
      estimate(state, params, profile,
               align(tracker_clock_, profile, Pose{}, tracker_.sample(truth, t_tracker_s_), seen));
    }
    GloveMeasurement m = align(clock_, profile, glove_.sample(truth, t_s), now);
    m.base_imu = glove_.more().base_imu;
    m.bend_rad = glove_.more().bend_rad;
    m.touch_kPa = touch_kPa;
    leave_only(m, worn_);
    if (t_s < kFlat_s) {
      m.flexion_rad.fill(0);
      m.abduction_rad.fill(0);
    }
    estimate(state, params, profile, m);
  }

  [[nodiscard]] std::array<Pose, kHandJoints> joints() const {
    return forward_kinematics(profile, state.hand, angles_of(state));
  }
  [[nodiscard]] simulator::TrueHand now() const { return truth(t_s); }

  simulator::Trajectory truth;
  HandProfile profile;
  HandEstimatorParams params;
  HandEstimatorState state;
  double t_s = 0;

 private:
  static simulator::GloveFaults faults() {
    simulator::GloveFaults f;
    f.more_sensors = true;
    return f;
  }

  Worn worn_;
  simulator::SyntheticGlove glove_;
  simulator::SyntheticTracker tracker_;
  GloveAlignState clock_;
  TrackerAlignState tracker_clock_;
  double t_tracker_s_ = 0;
};

/// Where a joint is against the wrist.
inline simulator::V3d in_wrist(const simulator::TrueJoints& joints, HandJoint joint) {
  const simulator::Pose3d& wrist = joints[index(HandJoint::Wrist)];
  return rotate(conjugate(wrist.q), joints[index(joint)].p - wrist.p);
}
inline simulator::V3d as_true(Vec3 v) { return {double(v.x), double(v.y), double(v.z)}; }

}  // namespace tactus::testing
