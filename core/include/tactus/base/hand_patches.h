// The patches of a hand's skin that can touch: one for each actuator, and between them one for
// every other part of the palmar side.
//
// What an actuator's own patch feels, it plays (docs/decisions/0004). A grasp, a hug and a hand held
// in another are also made of what no actuator is near.
//
//   Frames   a patch's place is given in its OpenXR joint's frame (metres).
//   Units    metres.
//   Errors   none.
//   Threads  constants.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <array>
#include <cstddef>

#include "tactus/base/glove_layout.h"

namespace tactus {

inline constexpr std::size_t kPatches = 40;

/// A medium adult hand, as kActuatorSites are, which are the first. A finger's segment has two spheres
/// as thick as the finger, 19 to 13 mm; chosen so that neighbours overlap and none stands out of the
/// palmar side by more than those of the actuators.
inline constexpr std::array<ActuatorSite, kPatches> kPatchSites = [] {
  std::array<ActuatorSite, kPatches> sites{};
  for (std::size_t a = 0; a < kActuators; ++a) sites[a] = kActuatorSites[a];
  std::size_t next = kActuators;
  const auto add = [&](HandJoint joint, Vec3 p_joint, float radius_m) {
    sites[next++] = {joint, p_joint, radius_m};
  };
  add(HandJoint::ThumbMetacarpal, {0, -0.0015f, -0.0400f}, 0.0115f);
  add(HandJoint::ThumbProximal, {0, -0.0015f, -0.0100f}, 0.0100f);
  add(HandJoint::ThumbProximal, {0, -0.0015f, -0.0240f}, 0.0095f);
  struct Segments {
    HandJoint proximal, intermediate;
    float scale;
  };
  constexpr Segments kSegments[] = {
      {HandJoint::IndexProximal, HandJoint::IndexIntermediate, 1.0f},
      {HandJoint::MiddleProximal, HandJoint::MiddleIntermediate, 1.05f},
      {HandJoint::RingProximal, HandJoint::RingIntermediate, 0.97f},
      {HandJoint::LittleProximal, HandJoint::LittleIntermediate, 0.8f}};
  for (const Segments& f : kSegments) {
    add(f.proximal, {0, -0.0020f, -0.0130f * f.scale}, 0.0095f * f.scale);
    add(f.proximal, {0, -0.0018f, -0.0290f * f.scale}, 0.0090f * f.scale);
    add(f.intermediate, {0, -0.0015f, -0.0060f * f.scale}, 0.0085f * f.scale);
    add(f.intermediate, {0, -0.0015f, -0.0180f * f.scale}, 0.0080f * f.scale);
  }
  add(HandJoint::RingProximal, {0, -0.0068f, 0.0060f}, 0.0098f);
  add(HandJoint::IndexMetacarpal, {0, -0.0080f, -0.0300f}, 0.0110f);
  add(HandJoint::MiddleMetacarpal, {0, -0.0080f, -0.0150f}, 0.0110f);
  add(HandJoint::RingMetacarpal, {0, -0.0080f, -0.0400f}, 0.0105f);
  add(HandJoint::LittleMetacarpal, {0, -0.0080f, -0.0420f}, 0.0110f);
  return sites;
}();
static_assert(kPatchSites.back().radius_m > 0, "every patch is named");

}  // namespace tactus
