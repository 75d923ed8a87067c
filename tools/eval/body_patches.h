// How far the wearer's chest and forearms are from where headset and hands alone have them: what of
// them may be felt as sure (tactus/contact/query_wearer.h).
//
//   Clocks   none. Frames: world. Units: centimetres.
//   Errors   none. Threads: pure; one seed, one answer.
//   Proof    tests/tools/body_patches_test.cc
#pragma once
#include <array>
#include <cstdint>

#include "tactus/base/garment_layout.h"

namespace tactus::tools {

/// Of one patch, over all instants and both sides.
struct PatchDoubt {
  /// 95 % are less: a forearm's true patch from the solved forearm's line; how far a chest's solved
  /// patch is ahead of the true one.
  double off_p95_cm = 0;
  double sure_percent = 100;  ///< of instants in which what is called sure is inside the true skin
};

/// By GarmentCell: synthetic people, all they do, solved with the bones of a person of 1.70 m.
[[nodiscard]] std::array<PatchDoubt, kGarmentActuators> doubt_patches(std::uint64_t seed);

}  // namespace tactus::tools
