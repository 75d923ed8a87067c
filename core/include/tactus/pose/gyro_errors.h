// What a gyroscope says wrongly, learnt while it is worn: bias, scale and crooked axes.
//
// Gravity has to be corrected again and again, in the same sense, when the gyroscope errs. Which
// error it was shows as the unit turns: a bias stays, an error of scale comes and goes with the
// rate. At rest the gyroscope says its bias itself. A Kalman filter of twelve states tells them
// apart; it looks at the means of some blocks, since what it learns is slow.
//
//   Frames   the unit's own axes; level: up is y, the heading is free.
//   Units    rad/s; scale is dimensionless.
//   Errors   never fails. Each look is clipped, and so is what is learnt.
//   Threads  plain values, one owner. RT-safe.
//   Proof    tests/core/pose/gyro_errors_test.cc; equations: docs/notes/orientation.md
#pragma once
#include <array>
#include <type_traits>

#include "tactus/base/geometry.h"

namespace tactus {

/// A second-order low-pass; until it is as old as its time constant it is a mean.
struct LowPass {
  Vec3 rate, value;
  float age_s = 0;
};

struct GyroErrorParams {
  int blocks = 8;                       ///< to a look
  float tau_s = 3.0f;                   ///< of the low-pass on specific force that the looks suit
  float sigma = 0.5f * kRadPerDeg;      ///< of the bias at the start, rad/s
  float most = 2.0f * kRadPerDeg;       ///< no gyroscope's bias is worse, rad/s
  float forget = 0.1f * kRadPerDeg;     ///< what the bias may have walked in 100 s, rad/s
  float in_motion = 0.1f * kRadPerDeg;  ///< how well motion tells it in the end, rad/s
  float at_rest = 0.03f * kRadPerDeg;   ///< how well rest tells it, rad/s
  float scale_sigma = 0.003f;  ///< of each scale and crooked axis: datasheets say 0.2 to 1 %
  float scale_most = 0.05f;    ///< nor its scale and crooked axes together (root of summed squares)
  float scale_forget = 0.001f;  ///< what each may have walked in 100 s
};

struct GyroErrors {
  Vec3 bias_rad_per_s;
  std::array<Vec3, 3> scale{};  ///< what a rate of 1 about each axis adds to what is said

  static constexpr int kStates = 12;  ///< bias, then the columns of scale
  std::array<float, kStates * kStates> covariance{};

  /// What the level frame's x or z axis sees: itself, in the unit's axes, and that times each rate.
  using Row = std::array<Vec3, 4>;
  struct Sums {
    int blocks = 0;
    float span_s = 0;
    Vec3 tilt_rad;  ///< what gravity had to be corrected by, about the level axes
    std::array<Row, 2> rows{};
  };
  Sums sums;
  std::array<std::array<LowPass, 4>, 2> rows{};
  LowPass seen;  ///< what the errors believed in turned the level frame by, about x and z
};
static_assert(std::is_trivially_copyable_v<GyroErrors>);

/// What one block says of the gyroscope.
struct GyroLook {
  float span_s = 0;
  std::array<Vec3, 3> rows{};  ///< of the rotation from unit to level frame
  Vec3 gyro_rad_per_s;         ///< mean, as the unit says it
  Vec3 tilt_rad;               ///< what gravity was corrected by, about the level axes
  bool at_rest = false;
  Vec3 rest_rad_per_s;  ///< at rest: the low-passed gyroscope
};

[[nodiscard]] GyroErrors begin(const GyroErrorParams& params) noexcept;

/// Takes one block into account.
void learn(GyroErrors& errors, const GyroErrorParams& params, const GyroLook& look) noexcept;

/// The variance of the bias along unit vector `n`, (rad/s)^2.
[[nodiscard]] float bias_variance(const GyroErrors& errors, Vec3 n) noexcept;

}  // namespace tactus
