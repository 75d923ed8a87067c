// What a garment of ours has and where it sits: on each side a sleeve and half a vest, by number.
//
// A hug is felt on forearms and chest. A driver maps a garment's channels to these and leaves out
// what it lacks; what sits elsewhere (a back, an upper arm) no hug of ours reaches.
//
//   Frames   the side is the wearer's own.
//   Units    none.
//   Errors   none.
//   Threads  constants.
//   Proof    tests/core/contact/query_wearer_test.cc
#pragma once
#include <cstddef>
#include <cstdint>

#include "tactus/base/glove_layout.h"

namespace tactus {

/// Actuators of one side.
inline constexpr std::size_t kGarmentActuators = 6;
static_assert(kGarmentActuators <= kActuators, "one side is rendered and limited as a glove is");
enum class GarmentCell : std::uint8_t {
  ForearmNearElbow = 0,
  ForearmMiddle = 1,
  ForearmNearWrist = 2,
  ChestUpper = 3,
  ChestMiddle = 4,
  ChestLower = 5,
};

}  // namespace tactus
