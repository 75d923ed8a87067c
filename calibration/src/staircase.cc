#include "tactus/calibration/staircase.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tactus::calibration {
namespace {

constexpr std::size_t kCoarse = 2;   ///< reversals that only come near
constexpr std::size_t kGivesUp = 3;  ///< answers at one end that ask for more than there is

float to_drive(float db) { return std::pow(10.0f, db / 20); }
float to_db(float drive) { return 20 * std::log10(drive); }

/// The nearest drive that the glove can play.
float playable(float drive) { return std::max(1.0f, std::round(drive / kDriveStep)) * kDriveStep; }

}  // namespace

Staircase::Staircase(const StaircaseParams& params) noexcept
    : params_(params), drive_(playable(to_drive(params.start_db))) {}

float Staircase::level_db() const noexcept { return to_db(drive_); }

void Staircase::answer(bool felt) noexcept {
  if (is_done()) return;
  ++trials_;
  if (last_ && *last_ != felt) reversal_db_[reversals_++] = level_db();
  last_ = felt;
  const float step_db = reversals_ < kCoarse ? params_.first_step_db : params_.step_db;
  const float strongest = std::floor(to_drive(params_.strongest_db) / kDriveStep) * kDriveStep;
  const float wanted = playable(to_drive(level_db() + (felt ? -step_db : step_db)));
  const float other =
      felt ? std::min(wanted, drive_ - kDriveStep) : std::max(wanted, drive_ + kDriveStep);
  const float next = std::clamp(playable(other), kDriveStep, strongest);
  at_end_ = std::fabs(next - drive_) < 0.5f * kDriveStep ? at_end_ + 1 : 0;
  drive_ = next;
}

bool Staircase::is_done() const noexcept {
  return reversals_ == kReversals || at_end_ == kGivesUp || trials_ == kMostTrials;
}

float Staircase::progress() const noexcept {
  return is_done() ? 1.0f : static_cast<float>(reversals_) / static_cast<float>(kReversals);
}

std::optional<float> Staircase::threshold_db() const noexcept {
  if (reversals_ < kReversals) return std::nullopt;
  const auto first = reversal_db_.begin() + kCoarse;
  return std::accumulate(first, reversal_db_.end(), 0.0f) /
         static_cast<float>(kReversals - kCoarse);
}

}  // namespace tactus::calibration
