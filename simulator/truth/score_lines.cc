#include <fmt/format.h>

#include "tactus/simulator/score.h"

namespace tactus::simulator {
namespace {

// The limits of the demo, docs/metrics.md.
constexpr double kLeastRecall_percent = 95;
constexpr double kMostOnsetError_ms = 20;
constexpr double kMostHandError_mm = 10;
constexpr double kMostHandError_deg = 8;
constexpr int kLeastRegions = 3;

}  // namespace

std::vector<std::string> failures(const DemoScore& score) {
  std::vector<std::string> found;
  const auto require = [&](bool holds, std::string what) {
    if (!holds) found.push_back(std::move(what));
  };
  require(score.touch_recall_percent >= kLeastRecall_percent,
          fmt::format("{:.1f} % of the true touch was felt, at least {} % should be",
                      score.touch_recall_percent, kLeastRecall_percent));
  require(score.wrong_actuator_frames == 0,
          fmt::format("an actuator vibrated where nothing touched in {} frames",
                      score.wrong_actuator_frames));
  require(
      score.free_air_output_frames == 0,
      fmt::format("a hand in free air was vibrated in {} frames", score.free_air_output_frames));
  require(score.onset_error_p95_ms <= kMostOnsetError_ms,
          fmt::format("onsets are off by {:.0f} ms (p95), at most {} ms are allowed",
                      score.onset_error_p95_ms, kMostOnsetError_ms));
  require(score.hand_error_mm <= kMostHandError_mm,
          fmt::format("joints are off by {:.1f} mm, at most {} mm are allowed", score.hand_error_mm,
                      kMostHandError_mm));
  require(score.hand_error_deg <= kMostHandError_deg,
          fmt::format("joints are off by {:.1f} degrees, at most {} are allowed",
                      score.hand_error_deg, kMostHandError_deg));
  require(score.regions_touched >= kLeastRegions,
          fmt::format("{} regions were touched, at least {} should be", score.regions_touched,
                      kLeastRegions));
  require(
      score.unreported_ms == 0,
      fmt::format("{} milliseconds of a hand were not reported to the judge", score.unreported_ms));
  return found;
}

std::string metric_lines(const DemoScore& score) {
  std::string lines;
  const auto add = [&](const char* name, double value, const char* unit) {
    lines += fmt::format("metric demo.{} {:.10g} {}\n", name, value, unit);
  };
  const auto rounded = [](double value) {
    return static_cast<double>(std::llround(value * 1e3)) / 1e3;
  };
  add("touch_recall_percent", rounded(score.touch_recall_percent), "percent");
  add("touched_ms", static_cast<double>(score.touched_ms), "ms");
  add("wrong_actuator_frames", static_cast<double>(score.wrong_actuator_frames), "frames");
  add("free_air_output_frames", static_cast<double>(score.free_air_output_frames), "frames");
  add("onset_error_p50_ms", score.onset_error_p50_ms, "ms");
  add("onset_error_p95_ms", score.onset_error_p95_ms, "ms");
  add("onsets", score.onsets, "count");
  add("onsets_missed", score.onsets_missed, "count");
  add("hand_error_mm", rounded(score.hand_error_mm), "mm");
  add("hand_error_deg", rounded(score.hand_error_deg), "deg");
  add("pose_ticks", static_cast<double>(score.pose_ticks), "count");
  add("unposed_ticks", static_cast<double>(score.unposed_ticks), "count");
  add("regions_touched", score.regions_touched, "count");
  add("unreported_ms", static_cast<double>(score.unreported_ms), "ms");
  return lines;
}

}  // namespace tactus::simulator
