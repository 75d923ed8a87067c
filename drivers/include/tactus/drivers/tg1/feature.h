// TG1's calibration constants: four feature reports that fill what a profile needs of the glove.
//
//   Frames   mountings take a unit's raw axes to its segment's frame (docs/frames.md).
//   Units    SI in the profile; scales in layout.h.
//   Errors   a page that is not whole and sealed changes nothing and says false.
//   Threads  pure.
//   Proof    tests/drivers/tg1/feature_test.cc
#pragma once
#include <cstdint>
#include <span>

#include "tactus/drivers/identity.h"
#include "tactus/drivers/tg1/layout.h"
#include "tactus/sense/profile.h"

namespace tactus::tg1 {

/// Writes page 0…3 of the glove's constants.
void encode_calibration(const HandProfile& profile, std::size_t page,
                        std::span<std::uint8_t, kFeatureBytes> report) noexcept;

/// The glove's constants as they come, page by page.
struct CalibrationBlock {
  std::array<std::uint8_t, kCalibrationPages * kPageBytes> bytes{};
  std::uint8_t pages = 0;  ///< bit per page that came
};

/// Takes one page, known by its report id. False: not a page, or not whole.
[[nodiscard]] bool take_page(CalibrationBlock& block,
                             std::span<const std::uint8_t> report) noexcept;

/// Writes mounting, gyroscope bias and sensor curves into the profile; bones and ceilings are the
/// wearer's and stay. False, and nothing written: pages are missing, or a mounting is no rotation.
[[nodiscard]] bool apply(const CalibrationBlock& block, HandProfile& profile) noexcept;

}  // namespace tactus::tg1
