#include "tactus/simulator/score.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace tactus::simulator {
namespace {

// An onset is a contact made at the speed of a hand, 0.1 m/s or more: clear of the skin just
// before, firm just after. A contact that creeps in has no moment that anyone could be late for: 20
// ms at 0.1 m/s are 2 mm, as much as a good glove knows of a fingertip.
constexpr double kClear_m = 0.003;
constexpr std::int64_t kClearBefore_ms = 30;
constexpr std::int64_t kFirmAfter_ms = 30;
constexpr std::int64_t kApartBefore_ms = 50;
constexpr std::int64_t kQuietBefore_ms = 20;

// Sides that stop at slightly different times are not a fault.
constexpr std::int64_t kTail_ms = 50;

double percentile(std::vector<double>& sorted, double part) {
  const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

Score::Score(const ScoreParams& params) : params_(params) {
  for (auto& ring : ring_) ring.resize(kRing_ms);
}

Score::Moment& Score::moment(std::size_t hand, std::int64_t ms) {
  return ring_[hand][static_cast<std::size_t>(ms & (kRing_ms - 1))];
}

/// Makes moments up to and including `ms`. One side running far ahead forces judgement of what the
/// other has not reported.
void Score::open(std::int64_t ms) {
  const std::int64_t margin = params_.tolerance_ms + params_.felt_hold_ms + 1;
  while (opened_ms_ <= ms) {
    while (opened_ms_ - judged_ms_ >= kRing_ms - 2 * margin) judge(judged_ms_++);
    for (std::size_t hand = 0; hand < kHands; ++hand) {
      Moment& fresh = moment(hand, opened_ms_);
      fresh.distance_m.fill(static_cast<float>(kTruthReach_m));
      fresh.nearest_m.fill(static_cast<float>(kTruthReach_m));
      fresh.region.fill(Region::None);
      fresh.drive.fill(0);
      fresh.has_truth = fresh.has_drive = false;
    }
    ++opened_ms_;
  }
}

void Score::add_truth(double t_s, const BothHandsTruth& truth) {
  const double t_ms = t_s * 1e3, last_ms = last_truth_s_ * 1e3;
  const bool is_first = last_truth_s_ < 0;
  if (!is_first && t_s <= last_truth_s_) return;
  for (auto ms = std::max(truth_ms_, judged_ms_); static_cast<double>(ms) <= t_ms; ++ms) {
    if (is_first && static_cast<double>(ms) < t_ms - 1) continue;
    open(ms);
    const double s =
        is_first ? 1 : std::clamp((static_cast<double>(ms) - last_ms) / (t_ms - last_ms), 0.0, 1.0);
    for (std::size_t hand = 0; hand < kHands; ++hand) {
      Moment& m = moment(hand, ms);
      m.has_truth = true;
      for (std::size_t a = 0; a < kActuators; ++a) {
        const TruthContact& before = is_first ? truth[hand][a] : last_truth_[hand][a];
        const TruthContact& after = truth[hand][a];
        m.distance_m[a] =
            static_cast<float>(before.distance_m + s * (after.distance_m - before.distance_m));
        const double around_m = before.around_m + s * (after.around_m - before.around_m);
        m.nearest_m[a] = std::min(m.distance_m[a], static_cast<float>(around_m));
        m.region[a] = s < 0.5 && before.region != Region::None ? before.region : after.region;
      }
    }
    truth_ms_ = ms + 1;
  }
  last_truth_s_ = t_s;
  last_truth_ = truth;
  judge_ready();
}

void Score::add_drive(Hand hand, std::int64_t ms, std::span<const float, kActuators> peak) {
  const std::size_t h = index(hand);
  if (ms < judged_ms_ || ms < drive_ms_[h]) return;
  open(ms);
  Moment& m = moment(h, ms);
  m.has_drive = true;
  std::copy(peak.begin(), peak.end(), m.drive.begin());
  drive_ms_[h] = ms + 1;
  judge_ready();
}

void Score::judge_ready() {
  const std::int64_t known = std::min({truth_ms_, drive_ms_[0], drive_ms_[1]});
  while (judged_ms_ + params_.tolerance_ms < known) judge(judged_ms_++);
}

void Score::judge(std::int64_t ms) {
  for (std::size_t hand = 0; hand < kHands; ++hand) judge_hand(hand, ms);
}

void Score::judge_hand(std::size_t hand, std::int64_t ms) {
  const Moment& now = moment(hand, ms);
  if (!(now.has_truth && now.has_drive) && ms + kTail_ms < opened_ms_) ++score_.unreported_ms;
  bool loud = false, wrong = false, hand_near = false;
  const std::int64_t first = std::max<std::int64_t>(0, ms - params_.tolerance_ms);
  const std::int64_t last = std::min(opened_ms_ - 1, ms + params_.tolerance_ms);
  for (std::size_t a = 0; a < kActuators; ++a) {
    bool near = false;
    for (std::int64_t k = first; k <= last && !near; ++k) {
      near = moment(hand, k).nearest_m[a] <= params_.tolerance_m;
    }
    hand_near = hand_near || near;
    const bool sounds = !(now.drive[a] <= params_.silent_drive);
    loud = loud || sounds;
    wrong = wrong || (sounds && !near);
    if (now.distance_m[a] <= -params_.firm_depth_m) {
      float peak = 0;
      for (std::int64_t k = std::max<std::int64_t>(0, ms - params_.felt_hold_ms + 1); k <= ms;
           ++k) {
        peak = std::max(peak, moment(hand, k).drive[a]);
      }
      const bool felt = peak >= params_.felt_drive;
      ++score_.touched_ms;
      felt_touched_ms_ += felt;
      score_.felt_ms[static_cast<std::size_t>(now.region[a])] += felt;
    }
    follow(followers_[hand][a], now, a, ms);
  }
  if (loud && !hand_near) {
    ++score_.free_air_output_frames;
  } else if (wrong) {
    ++score_.wrong_actuator_frames;
  }
}

void Score::follow(Follower& f, const Moment& now, std::size_t a, std::int64_t ms) {
  const double distance_m = now.distance_m[a];
  if (distance_m >= kClear_m) f.last_clear = ms;
  if (distance_m < 0) {
    const bool apart = ms - f.last_touching > kApartBefore_ms;
    if (apart && ms - f.last_clear <= kClearBefore_ms) f.candidate = ms;
    f.last_touching = ms;
  }
  if (f.candidate >= 0 && ms - f.candidate > kFirmAfter_ms) f.candidate = -1;
  if (f.candidate >= 0 && distance_m <= -params_.firm_depth_m) {
    f.true_onsets.push_back(f.candidate);
    f.candidate = -1;
  }
  if (now.drive[a] >= params_.felt_drive) {
    if (ms - f.last_felt > kQuietBefore_ms) f.output_onsets.push_back(ms);
    f.last_felt = ms;
  }
}

void Score::add_pose(const HandPose& estimate, const TrueJoints& truth) {
  if (estimate.origin == PoseOrigin::None) {
    ++score_.unposed_ticks;
    return;
  }
  ++score_.pose_ticks;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Pose& e = estimate.T_world_joint[j];
    const Pose3d& t = truth[j];
    const V3d apart = V3d{e.p.x, e.p.y, e.p.z} - t.p;
    const Q4d q = normalized(Q4d{e.q.x, e.q.y, e.q.z, e.q.w});
    error_sum_m_ += norm(apart);
    error_sum_rad_ += norm(rotation_vector(conjugate(t.q) * q));
  }
}

void Score::judge_onsets() {
  std::vector<double> errors_ms;
  const double window_ms = params_.onset_window_ms;
  for (const auto& hand : followers_) {
    for (const Follower& f : hand) {
      for (const std::int64_t truth_ms : f.true_onsets) {
        double best_ms = window_ms;
        for (const std::int64_t output_ms : f.output_onsets) {
          best_ms = std::min(best_ms, std::fabs(static_cast<double>(output_ms - truth_ms)));
        }
        score_.onsets_missed += best_ms >= window_ms;
        errors_ms.push_back(best_ms);
      }
    }
  }
  score_.onsets = static_cast<int>(errors_ms.size());
  if (errors_ms.empty()) errors_ms.push_back(window_ms);
  std::sort(errors_ms.begin(), errors_ms.end());
  score_.onset_error_p50_ms = percentile(errors_ms, 0.50);
  score_.onset_error_p95_ms = percentile(errors_ms, 0.95);
}

DemoScore Score::finish() {
  while (judged_ms_ < opened_ms_) judge(judged_ms_++);
  judge_onsets();
  if (score_.touched_ms > 0) {
    score_.touch_recall_percent =
        100.0 * static_cast<double>(felt_touched_ms_) / static_cast<double>(score_.touched_ms);
  }
  constexpr double kWorst_mm = 1000, kWorst_deg = 180;
  const double joints = static_cast<double>(score_.pose_ticks) * kHandJoints;
  score_.hand_error_mm = joints > 0 ? 1e3 * error_sum_m_ / joints : kWorst_mm;
  score_.hand_error_deg =
      joints > 0 ? error_sum_rad_ / joints * 180 / std::numbers::pi : kWorst_deg;
  for (std::size_t r = 1; r < kRegions; ++r) {
    score_.regions_touched += score_.felt_ms[r] >= kRegionFelt_ms;
  }
  return score_;
}

}  // namespace tactus::simulator
