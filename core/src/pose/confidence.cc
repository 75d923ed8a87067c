#include "tactus/pose/confidence.h"

#include <algorithm>
#include <cmath>

#include "finger_turning.h"
#include "tactus/pose/hand_habit.h"

namespace tactus {
namespace {

using Row = std::array<double, 4>;
using Square = std::array<Row, 4>;

/// What sensors tell of a finger: rows of the angles that add up to something heard.
struct Heard {
  std::array<Row, 12> row{};
  std::size_t count = 0;
  void add(const Row& angles) noexcept { row[count++] = angles; }
};

/// By the bits of `missing`. A unit tells the sum of the flexions before it, and abduction; the
/// thumb's axes differ enough for its inner unit to tell all three.
Heard heard_by(std::uint8_t missing, Finger finger) noexcept {
  constexpr Row kBase = {1, 0, 0, 0}, kSpread = {0, 1, 0, 0}, kMiddle = {0, 0, 1, 0},
                kDistal = {0, 0, 0, 1}, kInnerSum = {1, 0, 1, 0}, kSum = {1, 0, 1, 1};
  const auto said = [missing](std::size_t bit) { return (missing >> bit & 1u) == 0; };
  Heard heard;
  const bool thumb = finger == Finger::Thumb;
  const bool inner = said(4), distal = said(5), base = said(6);
  if (said(0) || base || (thumb && inner)) heard.add(kBase);
  if (said(1) || base || inner || distal) heard.add(kSpread);
  if (said(2)) heard.add(kMiddle);
  if (said(3)) heard.add(kDistal);
  if (inner) heard.add(kInnerSum);
  if (distal || said(kBendBit)) heard.add(kSum);
  return heard;
}

Row times(const Square& m, const Row& v) noexcept {
  Row product{};
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) product[i] += m[i][j] * v[j];
  }
  return product;
}

double inner(const Row& a, const Row& b) noexcept {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

/// What is heard, perfectly, does to habit: its covariance that is `left`, and which share of angles
/// is habit's own `guess`, not told.
struct Told {
  Square left;
  Square guess;
};

Told told(Finger finger, const Heard& heard) noexcept {
  constexpr double kHeard_rad2 = 1e-6;  // a row said twice tells nothing the second time
  Told t{usual_covariance(finger), {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}}};
  for (std::size_t r = 0; r < heard.count; ++r) {
    const Row& row = heard.row[r];
    const Row cross = times(t.left, row);
    const double variance = inner(row, cross) + kHeard_rad2;
    Row guessed{};
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) guessed[j] += row[i] * t.guess[i][j];
    }
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        t.left[i][j] -= cross[i] * cross[j] / variance;
        t.guess[i][j] -= cross[i] * guessed[j] / variance;
      }
    }
  }
  return t;
}

/// What habit leaves open, and the filter's errors of what is told, wherever habit carries them;
/// docs/notes/hand_filters.md, (16).
Square covariance_of(const FingerFilterState& state, double unmodelled_rad,
                     Finger finger) noexcept {
  if (!state.started) return usual_covariance(finger);
  const Told t = told(finger, heard_by(state.missing, finger));
  const bool units = (state.missing & kUnitBits) != kUnitBits;
  const double unmodelled = units ? unmodelled_rad * unmodelled_rad : 0;
  Square carried{}, sum = t.left;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      const double share = (i == k ? 1 : 0) - t.guess[i][k];
      for (std::size_t j = 0; j < 4; ++j) {
        const double own = j == k ? unmodelled : 0;
        carried[i][j] += share * (double(state.covariance[kFingerStride * k + j]) + own);
      }
    }
  }
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      sum[i][j] += carried[i][j] - inner(t.guess[j], carried[i]);
    }
  }
  return sum;
}

/// How far off the end of the bone at `joint` may be, all in all.
float sigma_of_end(const FingerTurning& turning, const Square& covariance,
                   const std::array<Pose, kHandJoints>& T, std::size_t joint,
                   std::size_t end) noexcept {
  const std::array<Vec3, 4> by_angle = moved_by_angles(turning, T, joint, T[end].p);
  double variance = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      variance += covariance[i][j] * double(dot(by_angle[i], by_angle[j]));
    }
  }
  return static_cast<float>(std::sqrt(std::max(variance, 0.0)));
}

}  // namespace

HandSigmas sigmas_of(const HandEstimatorState& state, const HandEstimatorParams& params,
                     const std::array<Pose, kHandJoints>& T_wrist_joint) noexcept {
  HandSigmas sigmas;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const auto finger = static_cast<Finger>(f);
    const Square covariance = covariance_of(state.finger[f], params.unmodelled_rad, finger);
    for (std::size_t k = 0; k < 4; ++k) {
      sigmas.angle_rad[4 * f + k] = static_cast<float>(std::sqrt(std::max(covariance[k][k], 0.0)));
    }
    const FingerTurning turning =
        finger_turning(finger, state.hand, state.finger[f].angle, T_wrist_joint);
    const std::size_t tip = index(kTipJoints[f]);
    for (std::size_t j = turning.joint[0]; j <= tip; ++j) {
      sigmas.joint_m[j] = sigma_of_end(turning, covariance, T_wrist_joint, j, std::min(j + 1, tip));
    }
    if (finger != Finger::Thumb) continue;
    const Row by = {kThumbTurnByFlexion, kThumbTurnByAbduction, 0, 0};
    sigmas.angle_rad[kHandAngles - 1] = static_cast<float>(std::sqrt(
        inner(by, times(covariance, by)) + params.thumb_turn_rad * params.thumb_turn_rad));
  }
  return sigmas;
}

float confidence_of(float sigma_m) noexcept {
  return std::erf(kTrustedWithin_m / (std::sqrt(2.0f) * std::max(sigma_m, 1e-6f)));
}

}  // namespace tactus
