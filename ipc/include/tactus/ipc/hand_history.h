// One hand's last poses, and the hand at any time.
//
// Kept four joints to a register: what an application asks in each frame is answered in one short
// pass over them.
//
//   Clocks   HostTime. Frames: world.
//   Units    metres, m/s, rad/s.
//   Errors   the memory is another process's: what is found there is a hand, or is refused.
//   Threads  one writer, any number of readers in any process. No locks, no calls.
//   Proof    tests/ipc/published_test.cc; tests/fuzz/published_fuzz.cc
#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/base/lanes.h"
#include "tactus/ipc/cell.h"
#include "tactus/pose/hand_pose.h"

namespace tactus::ipc {

inline constexpr std::size_t kPoseHistory = 128;  ///< one pose each millisecond
inline constexpr Duration kMaxExtrapolation = 100ms;

/// How a hand begins: enough to find one.
struct PoseHead {
  HostTime t;
  Hand hand = Hand::Left;
  PoseOrigin origin = PoseOrigin::None;
  std::uint32_t epoch = 0;
};

/// The joints in groups of four; the last group has two more, which turn and move like the first.
inline constexpr std::size_t kJointGroups = (kHandJoints + kLanes - 1) / kLanes;
template <class T>
using ByJoint = std::array<T, kJointGroups>;

/// A HandPose as processes share it. Not set until it is read.
struct SharedHand {
  PoseHead head;
  ByJoint<LaneQuat> q_world_joint;
  ByJoint<LaneVec> p_world_joint;
  ByJoint<Lanes> radius_m;
  ByJoint<LaneVec> v_world_joint;
  ByJoint<LaneVec> omega_world_joint;
  std::array<float, kHandJoints> confidence;
};
static_assert(std::is_trivially_copyable_v<SharedHand> && sizeof(PoseHead) == 16 &&
              sizeof(SharedHand) == 16 + kJointGroups * 14 * sizeof(Lanes) + 4 * kHandJoints + 8);

struct HandHistory {
  std::atomic<std::uint64_t> count;  ///< poses written; the last is at (count-1) % N
  Cell<SharedHand> poses[kPoseHistory];
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

enum class Parts : std::uint8_t {
  Places,  ///< head, joints and radii
  All,     ///< velocities and confidence too
};

[[nodiscard]] SharedHand to_shared(const HandPose& pose) noexcept;
/// The other parts are zero.
[[nodiscard]] HandPose to_pose(const SharedHand& hand, Parts parts) noexcept;

/// Adds a pose.
void publish(HandHistory& history, const HandPose& pose) noexcept;

/// Writes those parts of the hand at `t`: interpolated between neighbours of the newest epoch, ahead
/// of them carried on with the last velocities for kMaxExtrapolation and held after that. Looking
/// ahead is what every application does with the time of display, and makes a tracked hand no less
/// tracked. False: nothing is known, or the numbers there are no hand's.
[[nodiscard]] bool hand_at(const HandHistory& history, HostTime t, Parts parts,
                           SharedHand& hand) noexcept;

}  // namespace tactus::ipc
