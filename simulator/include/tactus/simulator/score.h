// Judges a session: what the skin truly touched against what the gloves' actuators really did.
//
// Fed as the story runs, from three sides that do not know each other: the truth (distances of the
// true hands to the true skin), the emulated gloves (what each actuator was driven with, each
// millisecond), and the engine (its estimated hands). Every figure is defined in docs/metrics.md.
//
//   Clocks   seconds and whole milliseconds of the stage's virtual clock.
//   Units    metres, drive in [0, 1] of full scale; results in the unit of their name.
//   Errors   a millisecond for which one side said nothing counts as silence and is counted in
//            unreported_ms; no contact, no onset, no pose gives the worst figure, never the best.
//   Threads  one owner. Memory is bounded but for one integer per onset.
//   Proof    tests/simulator/truth/score_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tactus/pose/hand_pose.h"
#include "tactus/simulator/true_hand.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {

/// The judge's tolerances; docs/metrics.md says why each is what it is.
struct ScoreParams {
  double tolerance_m = 0.005;   ///< an output this near its true surface is not wrong …
  int tolerance_ms = 20;        ///< … at some time this near
  double firm_depth_m = 0.001;  ///< a contact counts as one to be felt from here
  float felt_drive = 0.02f;     ///< peak drive that counts as felt, of full scale
  float silent_drive = 0.005f;  ///< above this an output is an output
  int felt_hold_ms = 10;        ///< a tone is felt through its zero crossings: 50 Hz and above
  int onset_window_ms = 100;    ///< an onset without an output this near costs this much
};

/// The figures. Counts of frames are of (hand, millisecond).
struct DemoScore {
  double touch_recall_percent = 0;
  std::int64_t touched_ms = 0;  ///< actuator-milliseconds of firm true contact
  std::int64_t wrong_actuator_frames = 0;
  std::int64_t free_air_output_frames = 0;
  double onset_error_p50_ms = 0;
  double onset_error_p95_ms = 0;
  int onsets = 0;
  int onsets_missed = 0;
  double hand_error_mm = 0;
  double hand_error_deg = 0;
  std::int64_t pose_ticks = 0;     ///< estimates compared, both hands
  std::int64_t unposed_ticks = 0;  ///< estimates with origin None: nothing to compare
  std::array<std::int64_t, kRegions> felt_ms{};
  int regions_touched = 0;         ///< with at least kRegionFelt_ms of felt_ms
  std::int64_t unreported_ms = 0;  ///< (hand, ms) one side did not report, but for the last 50 ms
};
inline constexpr std::int64_t kRegionFelt_ms = 100;

class Score {
 public:
  explicit Score(const ScoreParams& params = {});

  /// The truth at `t_s`; times rise. Distances in between are interpolated, so at most a few
  /// milliseconds apart.
  void add_truth(double t_s, const BothHandsTruth& truth);

  /// What one glove's actuators did in [ms, ms + 1): the peak of |drive|. Milliseconds rise.
  void add_drive(Hand hand, std::int64_t ms, std::span<const float, kActuators> peak);

  /// The engine's hand beside the true one at the same time.
  void add_pose(const HandPose& estimate, const TrueJoints& truth);

  /// Judges what is left and gives the figures. Call once.
  [[nodiscard]] DemoScore finish();

 private:
  static constexpr std::int64_t kRing_ms = 1024;
  struct Moment {
    std::array<float, kActuators> distance_m;
    std::array<float, kActuators> nearest_m;  ///< of the patch and the skin around it
    std::array<Region, kActuators> region;
    std::array<float, kActuators> drive;
    bool has_truth;
    bool has_drive;
  };
  /// Where one actuator stands between contacts and between outputs.
  struct Follower {
    std::int64_t last_touching = -1'000'000;
    std::int64_t last_clear = -1'000'000;  ///< was kClear_m away
    std::int64_t last_felt = -1'000'000;
    std::int64_t candidate = -1;  ///< a contact that has begun and is not yet firm
    std::vector<std::int64_t> true_onsets, output_onsets;
  };

  Moment& moment(std::size_t hand, std::int64_t ms);
  void open(std::int64_t ms);
  void judge_ready();
  void judge(std::int64_t ms);
  void judge_hand(std::size_t hand, std::int64_t ms);
  void follow(Follower& follower, const Moment& now, std::size_t actuator, std::int64_t ms);
  void judge_onsets();

  ScoreParams params_;
  DemoScore score_;
  std::array<std::vector<Moment>, kHands> ring_;
  std::array<std::array<Follower, kActuators>, kHands> followers_;
  std::int64_t opened_ms_ = 0;  ///< moments before this exist in the ring
  std::int64_t judged_ms_ = 0;  ///< moments before this are judged
  std::int64_t truth_ms_ = 0;   ///< moments before this have their truth
  std::array<std::int64_t, kHands> drive_ms_{};
  double last_truth_s_ = -1;
  BothHandsTruth last_truth_{};
  std::int64_t felt_touched_ms_ = 0;
  double error_sum_m_ = 0;
  double error_sum_rad_ = 0;
};

/// What fails the limits of the demo, in words; empty when all hold.
[[nodiscard]] std::vector<std::string> failures(const DemoScore& score);

/// The lines "metric demo.NAME VALUE UNIT" of this score.
[[nodiscard]] std::string metric_lines(const DemoScore& score);

}  // namespace tactus::simulator
