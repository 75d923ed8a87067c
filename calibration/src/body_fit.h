// The least-squares problem of a body calibration: unknowns, prior and residuals.
//
//   Clocks   none. Frames: world. Units: metres, radians; residuals in sigmas.
//   Errors   none: what was not seen has no residual.
//   Threads  pure.
//   Proof    tests/calibration/body_session_test.cc; derivation: docs/notes/body.md
#pragma once
#include <span>

#include "tactus/calibration/body_session.h"

namespace tactus::calibration {

/// Moves `start` to where prior and frames agree best.
[[nodiscard]] BodyProfile fit_body(const BodyProfile& start, std::span<const BodyFrame> frames);

}  // namespace tactus::calibration
