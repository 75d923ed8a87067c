// What the contacts that come back mean to the scene: her smile, glowing fingertips, statistics.
//
//   Frames   none. Units: newtons, seconds.
//   Errors   numbers that are out of range are passed over.
//   Threads  one owner.
//   Proof    tests/scene/touch_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <set>
#include <span>

#include "scene/world/hand_shape.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::scene {

/// Regions of a body by number, docs/regions.md.
enum class TouchRegion : std::uint32_t { CheekLeft = 2, CheekRight = 3, HandLeft = 12 };

class Feeling {
 public:
  /// Takes what is touched in a frame `dt_s` after the last.
  void take(std::span<const XrTouchContactTACTUSX> contacts, float dt_s);

  [[nodiscard]] bool cheek() const { return cheek_; }
  [[nodiscard]] bool hand() const { return hand_; }
  /// Of each joint of a hand (0 left, 1 right): 0 to 1, follows the force within 80 ms.
  [[nodiscard]] const std::array<float, kHandJoints>& glow(std::size_t hand) const {
    return glow_[hand];
  }
  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  [[nodiscard]] const std::set<std::uint32_t>& regions() const { return regions_; }

 private:
  bool cheek_ = false, hand_ = false;
  std::array<std::array<float, kHandJoints>, 2> glow_{};
  std::uint64_t seen_ = 0;
  std::set<std::uint32_t> regions_;
};

}  // namespace tactus::scene
