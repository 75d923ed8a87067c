#include "tactus/simulator/hug_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

// The limits of the demo, docs/metrics.md.
constexpr double kMostOnset_ms = 250;
constexpr double kMostRelease_ms = 400;

double farther(double a, double b) { return std::fabs(b) > std::fabs(a) ? b : a; }

}  // namespace

void HugScore::add(std::vector<Span>& spans, double t_s, bool is_so, double same_s) {
  if (!spans.empty() && spans.back().open) {
    if (is_so) spans.back().to_s = t_s;
    spans.back().open = is_so;
  } else if (is_so && !spans.empty() && t_s - spans.back().to_s < same_s) {
    spans.back() = {spans.back().from_s, t_s, true};
  } else if (is_so) {
    spans.push_back({t_s, t_s, true});
  }
}

HugFigures HugScore::figures() const {
  HugFigures figures;
  std::vector<bool> told_truly(told_.size(), false);
  for (const Span& truth : truth_) {
    if (truth.to_s - truth.from_s < kGlance_s) continue;
    ++figures.hugs;
    const auto of_it = std::find_if(told_.begin(), told_.end(), [&](const Span& told) {
      return told.from_s <= truth.to_s && told.to_s >= truth.from_s;
    });
    if (of_it == told_.end()) {
      ++figures.missed;
      continue;
    }
    told_truly[static_cast<std::size_t>(of_it - told_.begin())] = true;
    figures.onset_ms = farther(figures.onset_ms, 1e3 * (of_it->from_s - truth.from_s));
    figures.release_ms = farther(figures.release_ms, 1e3 * (of_it->to_s - truth.to_s));
  }
  figures.told_falsely = static_cast<int>(std::count(told_truly.begin(), told_truly.end(), false));
  return figures;
}

std::vector<std::string> failures(const HugFigures& figures) {
  std::vector<std::string> found;
  const auto require = [&](bool holds, std::string what) {
    if (!holds) found.push_back(std::move(what));
  };
  require(figures.hugs > 0, "nobody was embraced");
  require(figures.missed == 0, fmt::format("{} hugs were not recognised", figures.missed));
  require(figures.told_falsely == 0,
          fmt::format("{} hugs were told that were none", figures.told_falsely));
  require(std::fabs(figures.onset_ms) <= kMostOnset_ms,
          fmt::format("a hug was told {:.0f} ms after it began, at most {} are allowed",
                      figures.onset_ms, kMostOnset_ms));
  require(std::fabs(figures.release_ms) <= kMostRelease_ms,
          fmt::format("a hug was told {:.0f} ms longer than it was, at most {} are allowed",
                      figures.release_ms, kMostRelease_ms));
  return found;
}

std::string metric_lines(const HugFigures& figures) {
  return fmt::format(
      "metric demo.hugs {} count\n"
      "metric demo.hug_missed {} count\n"
      "metric demo.hug_false {} count\n"
      "metric demo.hug_onset_ms {:.6g} ms\n"
      "metric demo.hug_release_ms {:.6g} ms\n",
      figures.hugs, figures.missed, figures.told_falsely, figures.onset_ms, figures.release_ms);
}

}  // namespace tactus::simulator
