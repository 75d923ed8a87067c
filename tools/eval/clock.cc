// `tactus eval clock`: how evenly a device's samples come out on the host's clock.
//
// Synthetic links of four kinds with known truth, or recordings. The error of an answer is its
// distance from true time; its constant part, the link's smallest delay, is a calibration value, so
// what counts is how it varies. The first 15 s belong to settling.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>

#include "evaluation.h"
#include "link_csv.h"
#include "tactus/sense/clock_align.h"
#include "tactus/sense/counter.h"

namespace tactus::tools {
namespace {

using simulator::LinkKind;
using simulator::LinkReport;
using Link = std::vector<LinkReport>;

constexpr Duration kLength = 120s;
constexpr Duration kSettled = 15s;
constexpr Duration kMishap = 60s;
constexpr unsigned kLinksOfAKind = 8;

struct ClockScore {
  double std_us = 0;
  double p99_us = 0;       ///< between the percentiles 0.5 and 99.5
  double constant_us = 0;  ///< mean error
  double steps_back = 0;
  double restarts = 0;
  EvalCurve error;  ///< microseconds over seconds, the mean taken off
};

/// Of reports truly taken after `settled`. `steps_back` counts answers for samples in order.
ClockScore score_of(const Link& link, const ClockAlignParams& params, HostTime settled) {
  ClockAlignState state;
  ClockScore score;
  HostTime last{};
  std::vector<double>& errors_us = score.error.y;
  for (const LinkReport& report : link) {
    const AlignedTime aligned = align(state, params, report.t_device, report.t_arrived);
    if (aligned.status != ClockStatus::Reordered) {
      if (aligned.t < last) ++score.steps_back;
      last = aligned.t;
    }
    if (report.t_true < settled || aligned.status == ClockStatus::Reordered) continue;
    score.error.x.push_back(seconds(report.t_true.time_since_epoch()));
    errors_us.push_back(1e6 * seconds(aligned.t - report.t_true));
  }
  score.restarts = state.restarts - 1.0;
  if (errors_us.empty()) return score;
  const auto n = static_cast<double>(errors_us.size());
  score.constant_us = std::accumulate(errors_us.begin(), errors_us.end(), 0.0) / n;
  double square = 0;
  for (double& error_us : errors_us) {
    error_us -= score.constant_us;
    square += error_us * error_us;
  }
  score.std_us = std::sqrt(square / n);
  std::vector<double> sorted = errors_us;
  std::ranges::sort(sorted);
  score.p99_us = sorted[sorted.size() * 995 / 1000] - sorted[sorted.size() * 5 / 1000];
  return score;
}

const ClockAlignParams& params_for(LinkKind kind) {
  return clock_params(kind == LinkKind::Ble ? Transport::Bluetooth : Transport::Usb);
}

Link synthetic_link(std::uint64_t seed, LinkKind kind, const simulator::LinkCrystal& crystal) {
  simulator::SyntheticLink source(seed, kind, crystal);
  Link link;
  do {
    link.push_back(source.next());
  } while (link.back().t_true.time_since_epoch() < kLength);
  return link;
}

/// The three figures of a set, by which each kind is told.
std::vector<double> mean_median_worst(std::vector<double> values) {
  std::ranges::sort(values);
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  return {mean, values[values.size() / 2], values.back()};
}

std::array<double, simulator::kLinkKinds> score_kinds(EvalReport& report, unsigned seed) {
  EvalTable table{"120 s, 200 Hz, ±35 ppm",
                  {"mean [us]", "median [us]", "worst [us]", "p99 [us]", "constant [us]", "back"},
                  {}};
  std::array<double, simulator::kLinkKinds> mean_us{};
  for (int k = 0; k < simulator::kLinkKinds; ++k) {
    const auto kind = static_cast<LinkKind>(k);
    EvalPanel panel{std::string(name_of(kind)), {}};
    std::vector<double> std_us;
    double p99_us = 0, constant_us = 0, steps_back = 0;
    for (unsigned i = 0; i < kLinksOfAKind; ++i) {
      simulator::LinkCrystal crystal;
      if (i % 2 == 1) crystal.skew = -crystal.skew;
      const Link link = synthetic_link(seed * std::uint64_t{kLinksOfAKind} + i, kind, crystal);
      ClockScore score = score_of(link, params_for(kind), HostTime(kSettled));
      std_us.push_back(score.std_us);
      p99_us += score.p99_us / kLinksOfAKind;
      constant_us += score.constant_us / kLinksOfAKind;
      steps_back += score.steps_back;
      score.error.name = fmt::format("link {}", i + 1);
      if (i < 2) panel.curves.push_back(std::move(score.error));
    }
    EvalTable::Row row{std::string(name_of(kind)), mean_median_worst(std_us)};
    mean_us[static_cast<std::size_t>(k)] = row.figures[0];
    row.figures.insert(row.figures.end(), {p99_us, constant_us, steps_back});
    table.rows.push_back(std::move(row));
    report.add(std::move(panel));
  }
  report.print(table);
  return mean_us;
}

bool after_mishap(const LinkReport& report) { return report.t_true.time_since_epoch() > kMishap; }

/// What else happens to a device's clock, to one USB link; scored 30 s later.
void score_mishaps(EvalReport& report, unsigned seed) {
  struct Mishap {
    const char* name;
    simulator::LinkCrystal crystal;
    std::function<void(Link&)> happen;
  };
  const Mishap mishaps[] = {
      {"crystal +150 ppm", {.skew = 150e-6}, [](Link&) {}},
      {"crystal -150 ppm", {.skew = -150e-6}, [](Link&) {}},
      {"device restarts at zero",
       {},
       [](Link& link) {
         DeviceTime zero{};
         for (LinkReport& r : link) {
           if (!after_mishap(r))
             zero = r.t_device;
           else
             r.t_device -= zero.time_since_epoch();
         }
       }},
      {"device jumps by 0.5 s",
       {},
       [](Link& link) {
         for (LinkReport& r : link) r.t_device += after_mishap(r) ? 500ms : 0ms;
       }},
      {"silent for 5 s",
       {},
       [](Link& link) {
         std::erase_if(link, [](const LinkReport& r) {
           return after_mishap(r) && r.t_true.time_since_epoch() < kMishap + 5s;
         });
       }},
      {"16-bit counter of 1 us",
       {},
       [](Link& link) {
         CounterState counter;
         for (LinkReport& r : link) {
           const auto raw = static_cast<std::uint32_t>(r.t_device.time_since_epoch() / 1us);
           r.t_device = unwrap(counter, {.bits = 16}, raw & 0xffff, r.t_arrived);
         }
       }},
  };
  EvalTable table{"mishaps, USB interrupt", {"std [us]", "p99 [us]", "restarts", "back"}, {}};
  for (const Mishap& mishap : mishaps) {
    Link link = synthetic_link(seed, LinkKind::UsbInterrupt, mishap.crystal);
    mishap.happen(link);
    const ClockScore score = score_of(link, {}, HostTime(kMishap + 30s));
    table.rows.push_back(
        {mishap.name, {score.std_us, score.p99_us, score.restarts, score.steps_back}});
  }
  report.print(table);
}

/// The kind that a recording's name begins with: usb, wifi or ble.
LinkKind kind_of(std::string_view name) {
  if (name.starts_with("ble")) return LinkKind::Ble;
  return name.starts_with("wifi") ? LinkKind::WifiUdp : LinkKind::UsbInterrupt;
}

/// False when the folder holds no recording or one that cannot be read, which has been said.
bool score_recordings(EvalReport& report, const std::string& folder,
                      std::array<std::vector<double>, simulator::kLinkKinds>& std_us) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".csv") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  EvalTable table{"recording", {"std [us]", "p99 [us]", "constant [us]", "restarts", "back"}, {}};
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto link = read_link_csv(text);
    if (!link) {
      fmt::print(stderr, "tactus eval clock: {}, line {}: expected {}, in ascending order\n",
                 path.string(), link.error().line, kLinkCsvHeader);
      return false;
    }
    const std::string name = path.stem().string();
    const LinkKind kind = kind_of(name);
    ClockScore score = score_of(*link, params_for(kind), link->front().t_true + kSettled);
    table.rows.push_back(
        {name, {score.std_us, score.p99_us, score.constant_us, score.restarts, score.steps_back}});
    std_us[static_cast<std::size_t>(kind)].push_back(score.std_us);
    score.error.name = "error";
    report.add({name, {std::move(score.error)}});
  }
  if (paths.empty()) {
    fmt::print(stderr, "tactus eval clock: no recording (*.csv) in {}\n", folder);
    return false;
  }
  report.print(table);
  return true;
}

}  // namespace

int eval_clock(const EvalRequest& request) {
  EvalReport report("clock", request);
  std::array<std::vector<double>, simulator::kLinkKinds> std_us;
  if (request.data.empty()) {
    const auto mean_us = score_kinds(report, request.seed);
    for (std::size_t k = 0; k < std_us.size(); ++k) std_us[k] = {mean_us[k]};
    score_mishaps(report, request.seed);
  } else if (!score_recordings(report, request.data, std_us)) {
    return 1;
  }
  auto& usb = std_us[static_cast<std::size_t>(LinkKind::UsbInterrupt)];
  const auto& frames = std_us[static_cast<std::size_t>(LinkKind::UsbFrames)];
  usb.insert(usb.end(), frames.begin(), frames.end());
  const auto tell = [&](LinkKind kind, std::string_view name) {
    const auto& values = std_us[static_cast<std::size_t>(kind)];
    if (!values.empty()) report.metric(name, mean_median_worst(values)[0], "us");
  };
  tell(LinkKind::UsbInterrupt, "clock.usb_std_us");
  tell(LinkKind::WifiUdp, "clock.wifi_std_us");
  tell(LinkKind::Ble, "clock.ble_std_us");
  return report.write("time [s]", "error [us]") ? 0 : 1;
}

}  // namespace tactus::tools
