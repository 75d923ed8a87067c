#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

#include "demo.h"
#include "film_strip.h"
#include "tactus/service/replay.h"
#include "wav.h"

namespace tactus::tools {
namespace {

constexpr std::size_t kStripPictures = 16;
constexpr std::size_t kStripColumns = 4;

void print_metric(nlohmann::json& summary, const char* name, double value, const char* unit) {
  fmt::print("metric {} {:.6g} {}\n", name, value, unit);
  summary["metrics"][name] = value;
}

}  // namespace

bool Demo::replay_is_identical() const {
  std::ifstream file(params_.out + "/session.mcap", std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  return service::replay({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                         PipelineParams{})
      .identical();
}

bool Demo::write_results(const simulator::DemoScore&) {
  const bool timeline = timeline_.write_png((params_.out + "/timeline.png").c_str());
  const bool left = write_wav(params_.out + "/left.wav", wearers_[0]->samples());
  const bool right = write_wav(params_.out + "/right.wav", wearers_[1]->samples());
  if (params_.picture_every == 0) return timeline && left && right;
  const std::size_t pictures = write_film_strip(
      params_.out + "/pictures", params_.out + "/film_strip.png", kStripPictures, kStripColumns);
  return timeline && left && right && pictures > 0;
}

int Demo::report() {
  const simulator::DemoScore score = score_.finish();
  const bool written = write_results(score);
  const service::EngineMemory& memory = service_->engine().memory();
  std::uint64_t violations = 0, overflows = 0;
  for (const auto& wearer : wearers_) {
    violations += wearer->glove().violations().total();
    overflows += wearer->overflows();
  }
  const std::uint64_t dropped = service_->engine().reports_dropped() + overflows;
  const bool identical = replay_is_identical();

  nlohmann::json summary;
  summary["seed"] = params_.seed;
  summary["motion"] = params_.motion;
  summary["recentred"] = page_->recentre_count > 0;
  fmt::print("{}", simulator::metric_lines(score));
  const bool has_hugs = params_.motion.empty();
  const simulator::HugFigures hugs = hugs_.figures();
  if (has_hugs) fmt::print("{}", simulator::metric_lines(hugs));
  print_metric(summary, "demo.frames", static_cast<double>(page_->frames_ended.load()), "count");
  print_metric(summary, "demo.reports_in", static_cast<double>(memory.counts.reports_in), "count");
  print_metric(summary, "demo.reports_dropped", static_cast<double>(dropped), "count");
  print_metric(summary, "demo.output_violations", static_cast<double>(violations), "count");
  print_metric(summary, "demo.replay_identical", identical ? 1 : 0, "bool");
  auto& metrics = summary["metrics"];
  metrics["demo.touch_recall_percent"] = score.touch_recall_percent;
  metrics["demo.wrong_actuator_frames"] = score.wrong_actuator_frames;
  metrics["demo.free_air_output_frames"] = score.free_air_output_frames;
  metrics["demo.onset_error_p95_ms"] = score.onset_error_p95_ms;
  metrics["demo.onsets"] = score.onsets;
  metrics["demo.hand_error_mm"] = score.hand_error_mm;
  metrics["demo.hand_error_deg"] = score.hand_error_deg;
  metrics["demo.regions_touched"] = score.regions_touched;

  if (has_hugs) {
    metrics["demo.hugs"] = hugs.hugs;
    metrics["demo.hug_missed"] = hugs.missed;
    metrics["demo.hug_false"] = hugs.told_falsely;
    metrics["demo.hug_onset_ms"] = hugs.onset_ms;
    metrics["demo.hug_release_ms"] = hugs.release_ms;
  }

  std::vector<std::string> failures = simulator::failures(score);
  if (has_hugs) {
    for (std::string& failure : simulator::failures(hugs)) failures.push_back(std::move(failure));
  }
  if (dropped > 0) failures.push_back(fmt::format("{} reports were dropped", dropped));
  if (violations > 0)
    failures.push_back(fmt::format("{} times a glove was sent what it must not be", violations));
  if (!identical) failures.push_back("the recording does not replay to the same bytes");
  if (!written)
    failures.push_back(fmt::format("not all results could be written to {}", params_.out));
  summary["failures"] = failures;
  std::ofstream(params_.out + "/summary.json") << summary.dump(2) << '\n';

  fmt::print(
      "\nlook at  {0}/film_strip.png   what was shown\n"
      "         {0}/timeline.png     what was touched, and what the fingers felt\n"
      "         {0}/left.wav, right.wav   the 16 actuators of each glove\n"
      "         {0}/session.mcap     the recording (tactus replay)\n"
      "         {0}/summary.json     these figures\n",
      params_.out);
  for (const std::string& failure : failures) fmt::print(stderr, "tactus demo: {}\n", failure);
  return failures.empty() ? 0 : 1;
}

}  // namespace tactus::tools
