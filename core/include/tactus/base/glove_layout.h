// What a glove of ours has and where it sits: sensors and actuators by number.
//
// The numbers are TG1's (docs/devices/tg1.md); a driver of another glove maps its own to these and
// marks what it lacks.
//
//   Frames   an actuator's place is given in its OpenXR joint's frame (metres).
//   Units    metres.
//   Errors   none.
//   Threads  constants.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"

namespace tactus {

/// Inertial units: 0 the palm (back of the hand), then per finger, thumb first, its two outer
/// segments: 1 + 2 f the inner of them (thumb proximal, else middle phalanx), 2 + 2 f the distal.
inline constexpr std::size_t kGloveImus = 11;
inline constexpr std::size_t kPalmImu = 0;
[[nodiscard]] constexpr std::size_t inner_imu(Finger f) noexcept { return 1 + 2 * index(f); }
[[nodiscard]] constexpr std::size_t distal_imu(Finger f) noexcept { return 2 + 2 * index(f); }

/// Flexion channels, three per finger from the palm outwards: thumb CMC, MCP, IP; others MCP, PIP,
/// DIP. Channel = 3 * finger + k.
inline constexpr std::size_t kGloveFlexions = 15;

/// Abduction channels: thumb-index, index-middle, middle-ring, ring-little spread.
inline constexpr std::size_t kGloveAbductions = 4;

/// Touch (pressure) cells: five fingertips, then palm: index side, little side, thenar, hypothenar.
inline constexpr std::size_t kGloveTouches = 9;

/// Actuators: 2 f the pulp of finger f, 2 f + 1 its apex, then six in the palm.
inline constexpr std::size_t kActuators = 16;
enum class PalmCell : std::uint8_t {
  IndexBase = 10,
  MiddleBase = 11,
  LittleBase = 12,
  Thenar = 13,
  Hypothenar = 14,
  Centre = 15,
};
[[nodiscard]] constexpr std::size_t pulp_actuator(Finger f) noexcept { return 2 * index(f); }
[[nodiscard]] constexpr std::size_t apex_actuator(Finger f) noexcept { return 2 * index(f) + 1; }

/// Where an actuator's skin patch is: a sphere fixed to a joint. It is also the contact probe.
struct ActuatorSite {
  HandJoint joint;
  Vec3 p_joint;    ///< centre of the sphere in the joint's frame, metres
  float radius_m;  ///< pad radius: the sphere touches where the skin does
};

/// A medium adult hand (wrist to middle tip 189 mm); scaled with the wearer's hand by the profile.
/// Pulps sit on the palmar side (-Y) short of the tip, apexes at the tip itself.
inline constexpr std::array<ActuatorSite, kActuators> kActuatorSites = {{
    {HandJoint::ThumbTip, {0, -0.0020f, 0.0110f}, 0.0090f},
    {HandJoint::ThumbTip, {0, 0.0000f, 0.0060f}, 0.0080f},
    {HandJoint::IndexTip, {0, -0.0015f, 0.0100f}, 0.0075f},
    {HandJoint::IndexTip, {0, 0.0000f, 0.0055f}, 0.0065f},
    {HandJoint::MiddleTip, {0, -0.0015f, 0.0100f}, 0.0075f},
    {HandJoint::MiddleTip, {0, 0.0000f, 0.0055f}, 0.0065f},
    {HandJoint::RingTip, {0, -0.0015f, 0.0100f}, 0.0072f},
    {HandJoint::RingTip, {0, 0.0000f, 0.0055f}, 0.0062f},
    {HandJoint::LittleTip, {0, -0.0015f, 0.0095f}, 0.0065f},
    {HandJoint::LittleTip, {0, 0.0000f, 0.0050f}, 0.0056f},
    {HandJoint::IndexProximal, {0, -0.0070f, 0.0060f}, 0.0100f},
    {HandJoint::MiddleProximal, {0, -0.0070f, 0.0060f}, 0.0100f},
    {HandJoint::LittleProximal, {0, -0.0065f, 0.0060f}, 0.0095f},
    {HandJoint::ThumbMetacarpal, {0, -0.0060f, -0.0230f}, 0.0130f},
    {HandJoint::LittleMetacarpal, {0, -0.0080f, -0.0200f}, 0.0120f},
    {HandJoint::Palm, {0, -0.0080f, 0.0000f}, 0.0110f},
}};

/// Bit a: actuator a sits on that joint; of the palm, all of its cells.
[[nodiscard]] constexpr std::uint16_t actuators_on(HandJoint joint) noexcept {
  std::uint32_t bits = 0;
  for (std::size_t a = 0; a < kActuators; ++a) {
    const bool palm =
        joint == HandJoint::Palm && a >= static_cast<std::size_t>(PalmCell::IndexBase);
    if (palm || kActuatorSites[a].joint == joint) bits |= 1u << a;
  }
  return static_cast<std::uint16_t>(bits);
}

}  // namespace tactus
