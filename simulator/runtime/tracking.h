// Where the headset and the controllers were, are, and will be.
//
// One history of samples answers for all times: interpolated between samples, extended at
// constant velocity past the newest (a jump is not a velocity and is not extended).
//
//   Clocks   the runtime's nanoseconds. Frames: stage.
//   Units    metres, radians, seconds
//   Errors   a sample that is no rigid pose is replaced by the one before it.
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/tracking_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tactus/base/geometry.h"

namespace tactus::runtime {

enum class Device : std::size_t { Head, LeftHand, RightHand };
inline constexpr std::size_t kDeviceCount = 3;

/// All devices at one instant.
struct TrackingSample {
  std::int64_t t_ns = 0;
  std::array<Pose, kDeviceCount> T_stage;
  std::array<bool, kDeviceCount> active{true, false, false};
};

/// One device at the instant asked for, seen from the stage.
struct Motion {
  Pose T_stage;
  Vec3 velocity_m_per_s;
  Vec3 omega_rad_per_s;
  bool active = false;
};

class TrackingHistory {
 public:
  /// Appends; a sample that is not younger than the newest replaces it.
  void add(const TrackingSample& sample);

  /// `ns` of any value. Before the oldest sample: that sample, at rest.
  [[nodiscard]] Motion at(Device device, std::int64_t ns) const;

  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] const TrackingSample& newest() const { return sample(count_ - 1); }

 private:
  static constexpr std::size_t kCapacity = 128;  ///< 1.4 s at 90 Hz; the specification asks 50 ms

  [[nodiscard]] const TrackingSample& sample(std::size_t i) const {
    return ring_[(first_ + i) % kCapacity];
  }

  std::array<TrackingSample, kCapacity> ring_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace tactus::runtime
