// The trackers that the service has: which, worn where, and where each is at any time.
//
//   Clocks   HostTime. Frames: world; a tracker's own frame is its device's.
//   Units    metres, m/s, rad/s.
//   Errors   the memory is another process's: what is found there is a tracker's, or is refused.
//   Threads  one writer, any number of readers in any process. No locks, no calls.
//   Proof    tests/ipc/tracker_history_test.cc; tests/fuzz/published_fuzz.cc
#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/time.h"
#include "tactus/ipc/cell.h"

namespace tactus::ipc {

inline constexpr std::size_t kMaxTrackers = 8;
inline constexpr std::size_t kTrackerHistory = 64;  ///< two thirds of a second of TT1's
inline constexpr Duration kMaxTrackerExtrapolation = 100ms;

/// Where a tracker is worn, in the words of XR_HTCX_vive_tracker_interaction.
enum class TrackerRole : std::uint8_t {
  None,  ///< nobody said
  HandheldObject,
  LeftFoot,
  RightFoot,
  LeftShoulder,
  RightShoulder,
  LeftElbow,
  RightElbow,
  LeftKnee,
  RightKnee,
  LeftWrist,
  RightWrist,
  LeftAnkle,
  RightAnkle,
  Waist,
  Chest,
  Camera,
  Keyboard,
};
inline constexpr std::size_t kTrackerRoles = 18;

struct WornTracker {
  std::uint8_t connected = 0;
  TrackerRole role = TrackerRole::None;
  std::array<std::uint8_t, 6> reserved{};
  std::array<char, 16> serial{};  ///< of the device, NUL padded
};
static_assert(sizeof(WornTracker) == 24 && std::is_trivially_copyable_v<WornTracker>);

struct TrackerPose {
  HostTime t;
  std::uint32_t epoch = 0;    ///< of its link: poses of two are not interpolated
  std::uint32_t tracked = 0;  ///< 0: the pose is the last known one
  Pose T_world_tracker;
};
static_assert(sizeof(TrackerPose) == 48 && std::is_trivially_copyable_v<TrackerPose>);

struct TrackerHistory {
  Cell<WornTracker> worn;
  std::atomic<std::uint64_t> count;  ///< poses written; the last is at (count-1) % N
  Cell<TrackerPose> poses[kTrackerHistory];
};

/// A tracker at a time, with its motion.
struct TrackerAt {
  Pose T_world_tracker;
  Vec3 v_world;
  Vec3 omega_world;
  bool is_tracked = false;  ///< it sees, and is not only carried on
};

/// Adds a pose.
void publish(TrackerHistory& history, const TrackerPose& pose) noexcept;

/// Writes the tracker at `t`: interpolated between neighbours of the newest epoch, ahead of them
/// carried on as in the last 30 ms for kMaxTrackerExtrapolation and held after that. False: nothing
/// is known then, or the numbers there are no pose.
[[nodiscard]] bool tracker_at(const TrackerHistory& history, HostTime t,
                              TrackerAt& tracker) noexcept;

}  // namespace tactus::ipc
