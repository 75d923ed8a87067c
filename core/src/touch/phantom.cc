#include "tactus/touch/phantom.h"

#include <algorithm>
#include <cmath>

#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

/// Pieces of skin, a bit each: the fingers, thumb first, and the palm.
constexpr unsigned kPalm = 1u << kFingers;

constexpr unsigned bit_of(Finger finger) { return 1u << index(finger); }

/// What a site is part of. The cells at the bases of the fingers are their ends and the palm's; those
/// beside the ring finger's are its end too.
unsigned skin_of(const ActuatorSite& site) {
  const std::size_t joint = index(site.joint);
  if (joint < index(HandJoint::ThumbMetacarpal)) return kPalm;
  std::size_t finger = kFingers - 1;
  while (index(kMetacarpalJoints[finger]) > joint) --finger;
  const std::size_t outwards = joint - index(kMetacarpalJoints[finger]);
  const bool thumb = finger == index(Finger::Thumb);
  if (outwards == 0) return thumb ? kPalm | 1u : kPalm;
  const bool base = outwards == 1 && !thumb && site.p_joint.z > 0;
  if (!base) return 1u << finger;
  const bool beside_ring = finger >= index(Finger::Middle);
  return kPalm | (1u << finger) | (beside_ring ? bit_of(Finger::Ring) : 0u);
}

struct Near {
  std::size_t actuator;
  Vec3 way;  ///< from the patch
  float distance_m;
};

/// Are there two of them on opposite sides?
bool surrounded(const InlineVector<Near, kActuators>& near, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (dot(near[i].way, near[j].way) < 0) return true;
    }
  }
  return false;
}

Phantom share(const InlineVector<Near, kActuators>& near, float reach_m) {
  float sum = 0;
  std::size_t count = 0;
  for (const Near& one : near) {
    if (count == kPhantomActuators || one.distance_m > reach_m) break;
    sum += 1 / one.distance_m;
    ++count;
  }
  Phantom phantom;
  if (!surrounded(near, count)) return phantom;
  for (std::size_t i = 0; i < count; ++i) {
    const float gain = std::sqrt(1 / near[i].distance_m / sum);
    static_cast<void>(phantom.push_back({static_cast<std::uint8_t>(near[i].actuator), gain}));
  }
  return phantom;
}

}  // namespace

PhantomTable place_phantoms() noexcept {
  const auto joints = forward_kinematics(HandProfile{}, Hand::Right, HandAngles{});
  std::array<Vec3, kPatches> places;
  for (std::size_t p = 0; p < kPatches; ++p) {
    places[p] = joints[index(kPatchSites[p].joint)] * kPatchSites[p].p_joint;
  }
  PhantomTable table;
  for (std::size_t p = 0; p < kPatches; ++p) {
    if (p < kActuators) {
      static_cast<void>(table[p].push_back({static_cast<std::uint8_t>(p), 1}));
      continue;
    }
    InlineVector<Near, kActuators> near;
    for (std::size_t a = 0; a < kActuators; ++a) {
      if ((skin_of(kPatchSites[p]) & skin_of(kPatchSites[a])) == 0) continue;
      const Vec3 way = places[a] - places[p];
      static_cast<void>(near.push_back({a, way, length(way)}));
    }
    std::sort(near.begin(), near.end(),
              [](const Near& x, const Near& y) { return x.distance_m < y.distance_m; });
    const bool on_palm = (skin_of(kPatchSites[p]) & kPalm) != 0;
    table[p] = share(near, on_palm ? kPhantomReach_m : kFingerReach_m);
  }
  return table;
}

}  // namespace tactus
