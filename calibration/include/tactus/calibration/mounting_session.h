// The guided start of a session: the wearer holds the hands flat in two orientations, and the glove
// learns how its inertial units sit.
//
// A hold counts by its mean; what moved while it was collected is left out by the caller.
//
//   Clocks   none: samples in the order they came.
//   Frames   units' raw axes in; up in the wrist's frame, from the tracker.
//   Units    SI.
//   Errors   solve is false, and the profile as it was, when fewer than two good holds were seen or
//            a unit could not be solved.
//   Threads  one owner.
//   Proof    tests/calibration/mounting_session_test.cc
#pragma once
#include <array>
#include <cstdint>

#include "tactus/base/inline_vector.h"
#include "tactus/pose/mounting.h"

namespace tactus::calibration {

class MountingSession {
 public:
  static constexpr std::uint32_t kFewestSamples = 50;  ///< 0.2 s of a TG1

  explicit MountingSession(Hand hand) noexcept : hand_(hand) {}

  /// One sample of the hold under way; `up_wrist` is the sky in the wrist's frame then.
  void add(const GloveSample& sample, Vec3 up_wrist) noexcept;

  /// Closes the hold. False: too few samples, it does not count.
  bool end_hold() noexcept;

  /// Fits mounting and gyroscope bias, and marks the profile as this wearer's.
  [[nodiscard]] bool solve(HandProfile& profile) const noexcept;

 private:
  Hand hand_;
  InlineVector<MountingHold, 4> holds_;
  std::uint32_t count_ = 0;
  Vec3 up_sum_;
  std::array<ImuReading, kGloveImus> sum_{};
};

}  // namespace tactus::calibration
