// Glove or the runtime's own hand: which of the two an application is shown, and how one becomes the
// other without a jump (tactus/pose/arbitrate.h).
//
// While one is settled the other is not looked at: a sure glove costs no call to the runtime, and
// without a glove the runtime's answer is its own. Only between the two are both weighed.
//
//   Clocks   HostTime. Frames: world.
//   Units    SI.
//   Errors   none: a hand that is not offered is null.
//   Threads  any, no lock that anyone waits for: of two that weigh at once, one is remembered.
//   Proof    tests/openxr-layer/hand_switch_test.cc
#pragma once
#include <atomic>

#include "spin_lock.h"
#include "tactus/ipc/published.h"
#include "tactus/pose/arbitrate.h"

namespace tactus::layer {

class HandSwitch {
 public:
  /// Who answers alone, of a glove, or none (null), and the runtime; None: both must be weighed.
  [[nodiscard]] HandSource settled(const ipc::SharedHand* glove) const noexcept;

  /// The glove answered alone: that is where a change will begin. Its places count.
  void remember(const ipc::SharedHand& glove) noexcept;

  struct Choice {
    HandSource source = HandSource::None;
    bool is_as_offered = true;  ///< nothing is left of a change
    HandPose pose;
  };
  /// Weighs both at `t`. Velocities count.
  [[nodiscard]] Choice choose(const HandPose* glove, const HandPose* runtime, HostTime t) noexcept;

 private:
  struct Places {
    HostTime t;
    std::array<Pose, kHandJoints> T_world_joint{};
    std::array<float, kHandJoints> radius_m{};
  };
  [[nodiscard]] ArbitrateState begin(HandSource settled, const HandPose* runtime,
                                     HostTime t) const noexcept;

  std::atomic<HandSource> settled_{HandSource::Glove};  ///< None: they are being weighed
  std::atomic<HostTime> t_remembered_{HostTime{}};
  ipc::Cell<Places> remembered_;
  ipc::Cell<ArbitrateState> state_;  ///< of a weighing that goes on
  SpinLock writing_;                 ///< only ever tried
};

}  // namespace tactus::layer
