// What trackers worn by a known person say, with the faults that worn trackers have.
//
// A tracker is strapped to skin and clothes, not to bone: somewhere near its place, crooked, and
// wobbling as the person moves; and it is noisy. Hands come from gloves already fused.
//
//   Clocks   true time; readings are not late: that is the fusion before the body's business.
//   Frames   world.
//   Units    metres, radians.
//   Errors   none. Call `read` with times that do not run backwards: the wobble remembers.
//   Threads  one owner.
//   Proof    tests/simulator/person/true_person_test.cc
#pragma once
#include <cstdint>
#include <random>

#include "tactus/pose/body_solver.h"
#include "tactus/simulator/true_person.h"

namespace tactus::simulator {

struct PersonTrackerFaults {
  double noise_m = 0.0005;  ///< per reading, one sigma per axis: lighthouse class
  double noise_rad = 0.002;
  double hand_noise_m = 0.002;  ///< of a wrist that a glove and its tracker agreed on
  double hand_noise_rad = 0.015;
  double wobble_m = 0.003;  ///< of strap on skin, slow, one sigma per axis; the headset a third
  double wobble_rad = 0.015;
  double wobble_s = 0.4;      ///< its correlation time
  double crooked_rad = 0.20;  ///< how a tracker is put on, one sigma per axis
  double shifted_m = 0.02;
  double drift_rad_per_min = 0.01;  ///< of heading, of what has no position: without magnetometer
};
/// The same with every noise and wobble `factor` times as large.
[[nodiscard]] PersonTrackerFaults scaled(PersonTrackerFaults faults, double factor);

/// What a site's tracker can say.
enum class TrackerKind : std::uint8_t { None, Pose, Position, Rotation };
using TrackerSet = std::array<TrackerKind, kBodySites>;

class PersonTrackers {
 public:
  PersonTrackers(std::uint64_t seed, const PersonBones& bones, const TrackerSet& set,
                 const PersonTrackerFaults& faults = {});

  [[nodiscard]] BodyReading read(const PersonJoints& joints, double t_s);
  /// How each tracker really sits on its segment.
  [[nodiscard]] const Pose3d& mount(BodySite site) const {
    return mount_[static_cast<std::size_t>(site)];
  }

 private:
  V3d gauss3(double sigma);

  TrackerSet set_;
  PersonTrackerFaults faults_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::array<Pose3d, kBodySites> mount_;
  std::array<V3d, kBodySites> wobble_p_{}, wobble_r_{};
  std::array<double, kBodySites> drift_{};
  double t_s_ = 0;
};

[[nodiscard]] Pose plain(const Pose3d& T);

}  // namespace tactus::simulator
