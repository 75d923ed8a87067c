// Things to hold, of the scene's own look: a birthday cake, a letter, a balloon, a blanket.
//
//   Frames   the thing's own: +Y up, standing or lying on y = 0 but for the balloon, whose knot is at
//            the origin and which is above it.
//   Units    metres.
//   Errors   none.
//   Threads  uses the machine's cores; the same bytes every time.
//   Proof    tests/avatar/things_test.cc
#pragma once
#include <vector>

#include "asset.h"

namespace tactus::modelling {

/// Soft sponge with icing and candles on a hard plate, 25 cm across. Flames are not felt, nor the cream,
/// which would be felt within the sponge.
[[nodiscard]] Asset build_cake();
/// A sheet of 148 x 105 mm, 0.5 mm thin, that was folded once and does not lie quite flat.
[[nodiscard]] Asset build_letter();
/// 25 cm across and thin-skinned, with a neck and a knot.
[[nodiscard]] Asset build_balloon();
/// 90 x 70 cm of quilt 12 mm thick, with a bone in the middle and eight around that drape it.
[[nodiscard]] Asset build_blanket();

/// All of them, by name.
[[nodiscard]] std::vector<Asset> build_things();

}  // namespace tactus::modelling
