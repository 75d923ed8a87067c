// What lies loosely on a surface: hair one strokes through, cloth that gives before it presses.
//
// A hand goes into a layer almost freely: what it feels there grows with depth to a small force, which
// holds by friction and sounds by texture, and does not push it out. Beneath, or where the layer is
// pressed together, the surface begins.
//
//   Frames   none.
//   Units    metres, newtons.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/layer_test.cc
#pragma once
#include <array>

#include "tactus/contact/contact.h"

namespace tactus {

struct Layer {
  float thick_m = 0;  ///< 0: none
  float most_N = 0;   ///< what a fingertip feels that is all the way in
};
using Layers = std::array<Layer, kMaterials>;

/// Design values: a head of hair is 2 to 3 cm deep, and a finger is drawn through it with the friction
/// of a tenth of a newton; a pullover gives by 4 mm.
inline constexpr Layers kLayers = {{{}, {0.025f, 0.25f}, {0.004f, 0.12f}, {}, {}, {}}};

/// What the layer alone is felt with at a depth: 0 without depth, all of it where it is pressed together,
/// steepest at first.
[[nodiscard]] constexpr float layer_force(const Layer& layer, float depth_m) noexcept {
  if (!(depth_m > 0) || !(layer.thick_m > 0)) return 0;
  const float left = depth_m < layer.thick_m ? 1 - depth_m / layer.thick_m : 0;
  return layer.most_N * (1 - left * left);
}

}  // namespace tactus
