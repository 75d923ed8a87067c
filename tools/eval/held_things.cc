#include "held_things.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "carried_thing.h"
#include "tactus/simulator/held_trial.h"
#include "tactus/simulator/palms_trial.h"
#include "tactus/simulator/shown_trial.h"
#include "tactus/simulator/touch_trial.h"
#include "things.h"

namespace tactus::tools {
namespace {

using simulator::TouchSubject;

constexpr std::array kSpeeds_m_per_s = {0.2f, 0.5f, 1.0f, 2.0f};
constexpr unsigned kMeetings = 6, kPinches = 3, kPresses = 6, kSqueezes = 3;

struct Thing {
  std::string name;
  TouchSubject subject;
  float layer_m = 0;  ///< of cloth, which gives before it presses
};

std::vector<std::unique_ptr<Thing>> make_things() {
  std::vector<std::unique_ptr<Thing>> things;
  for (const modelling::Asset& asset : modelling::build_things()) {
    const std::vector<std::byte> bytes = modelling::bake(asset);
    const auto view = view_body(bytes);
    if (!view) continue;
    const auto material = static_cast<std::size_t>(view->triangles[0].material);
    things.push_back(
        std::make_unique<Thing>(Thing{asset.name, TouchSubject(*view), kLayers[material].thick_m}));
  }
  return things;
}

const Thing& named(const std::vector<std::unique_ptr<Thing>>& things, const char* name) {
  return **std::ranges::find_if(things, [&](const auto& thing) { return thing->name == name; });
}

/// Fingers and things come together at every speed, the things turning.
void score_meetings(EvalReport& report, const std::vector<std::unique_ptr<Thing>>& things,
                    std::mt19937& random) {
  EvalTable table{"fingers and things come together by 4 to 24 mm, at 0.2 to 2 m/s, turning",
                  {"touched", "lost", "of them inside", "distance [um]", "off the skin [um]"},
                  {}};
  int probes = 0, lost = 0;
  double worst_m = 0;
  for (const auto& thing : things) {
    simulator::TouchScore sum;
    for (unsigned i = 0; i < kMeetings * kSpeeds_m_per_s.size(); ++i) {
      const float share = static_cast<float>(i % kMeetings) / kMeetings;
      const simulator::TouchScore score = run_trial(
          thing->subject, simulator::TouchTrial{.seed = random(),
                                                .speed_m_per_s = kSpeeds_m_per_s[i / kMeetings],
                                                .depth_m = 0.004f + 0.02f * share,
                                                .fingers_share = 0.5f * static_cast<float>(i % 3),
                                                .sway_rad = 0.1f,
                                                .turn_rad = 0.4f});
      sum.probes += score.probes;
      sum.lost += score.lost;
      sum.inside += score.inside;
      sum.worst_error_m = std::max(sum.worst_error_m, score.worst_error_m);
      sum.worst_off_skin_m = std::max(sum.worst_off_skin_m, score.worst_off_skin_m);
    }
    table.rows.push_back({thing->name,
                          {double(sum.probes), double(sum.lost), double(sum.inside),
                           1e6 * sum.worst_error_m, 1e6 * sum.worst_off_skin_m}});
    probes += sum.probes;
    lost += sum.lost;
    worst_m = std::max(worst_m, sum.worst_error_m);
  }
  report.print(table);
  report.metric("touch.things_distance_error_mm", 1e3 * worst_m, "mm");
  report.metric("touch.things_proxies", probes, "count");
  report.metric("touch.things_proxies_lost", lost, "count");
}

void add(simulator::HeldScore& sum, const simulator::HeldScore& score) {
  sum.ticks += score.ticks;
  sum.lost += score.lost;
  sum.flips += score.flips;
  sum.toggles += score.toggles;
  sum.grasps += score.grasps;
  sum.releases += score.releases;
}

EvalTable::Row row(std::string name, const simulator::HeldScore& score) {
  return {std::move(name),
          {double(score.ticks), double(score.lost), double(score.flips), double(score.toggles),
           double(score.grasps), double(score.releases)}};
}

/// Sheets between thumb and index, and a balloon between two palms, waved about.
void score_held(EvalReport& report, const std::vector<std::unique_ptr<Thing>>& things,
                std::mt19937& random) {
  EvalTable table{"held and waved about at 0.2 to 2 m/s, 0.1 mm rms of noise",
                  {"judged", "lost", "on the wrong side", "toggles", "grasps", "releases"},
                  {}};
  simulator::HeldScore all;
  for (const char* name : {"letter", "cake", "blanket"}) {
    const Thing& thing = named(things, name);
    for (const float depth_m : {0.002f, 0.003f}) {
      simulator::HeldScore sum;
      for (const float speed_m_per_s : kSpeeds_m_per_s) {
        for (unsigned i = 0; i < kPinches; ++i) {
          add(sum, run_trial(thing.subject, simulator::HeldTrial{.seed = random(),
                                                                 .depth_m = depth_m + thing.layer_m,
                                                                 .speed_m_per_s = speed_m_per_s,
                                                                 .length_ms = 1000}));
        }
      }
      table.rows.push_back(row(fmt::format("{}, pinched {} mm", name, 1e3f * depth_m), sum));
      add(all, sum);
    }
  }
  simulator::HeldScore squeezed;
  for (const float speed_m_per_s : kSpeeds_m_per_s) {
    for (unsigned i = 0; i < kSqueezes; ++i) {
      add(squeezed,
          run_trial(named(things, "balloon").subject,
                    simulator::PalmsTrial{.seed = random(), .speed_m_per_s = speed_m_per_s}));
    }
  }
  table.rows.push_back(row("balloon, between two palms", squeezed));
  add(all, squeezed);
  report.print(table);
  report.metric("touch.things_held", all.ticks, "count");
  report.metric("touch.things_held_lost", all.lost, "count");
  report.metric("touch.things_held_wrong_side", all.flips, "count");
  report.metric("touch.things_held_toggles", all.toggles, "count");
  report.metric("touch.things_held_releases", all.releases, "count");
}

double p99(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + at);
  return values[static_cast<std::size_t>(at)];
}

/// The drawn hand on each of them, or on what is beneath its layer.
void score_drawn(EvalReport& report, const std::vector<std::unique_ptr<Thing>>& things,
                 std::mt19937& random) {
  EvalTable table{"a hand presses 10 to 25 mm deep into things at 0.1 to 1 m/s",
                  {"frames", "inside p99 [mm]", "inside worst [mm]", "above p99 [mm]", "pop [mm]"},
                  {}};
  std::vector<double> inside_m;
  double pop_m = 0;
  std::uniform_real_distribution<float> uniform(0, 1);
  for (const auto& thing : things) {
    simulator::ShownScore all;
    for (unsigned i = 0; i < kPresses; ++i) {
      const simulator::ShownScore score = run_trial(
          thing->subject, simulator::ShownTrial{.seed = random(),
                                                .speed_m_per_s = 0.1f + 0.9f * uniform(random),
                                                .depth_m = 0.01f + 0.015f * uniform(random),
                                                .turn_rad = 0.1f});
      for (const double deep_m : score.inside_m) {
        all.inside_m.push_back(std::max(0.0, deep_m - double{thing->layer_m}));
      }
      all.gap_m.insert(all.gap_m.end(), score.gap_m.begin(), score.gap_m.end());
      all.pop_m = std::max(all.pop_m, score.pop_m);
    }
    const double worst_m = all.inside_m.empty() ? 0 : *std::ranges::max_element(all.inside_m);
    table.rows.push_back({thing->name,
                          {double(all.inside_m.size()), 1e3 * p99(all.inside_m), 1e3 * worst_m,
                           1e3 * p99(all.gap_m), 1e3 * all.pop_m}});
    inside_m.insert(inside_m.end(), all.inside_m.begin(), all.inside_m.end());
    pop_m = std::max(pop_m, all.pop_m);
  }
  report.print(table);
  report.metric("touch.things_shown_penetration_p99_mm", 1e3 * p99(inside_m), "mm");
  report.metric("touch.things_shown_pop_mm", 1e3 * pop_m, "mm");
}

/// A letter carried by an application, in the hand's frame and, to compare, posed in the world.
void score_carried(EvalReport& report, const TouchSubject& letter, unsigned seed) {
  EvalTable table{"a letter carried by an application of 90 Hz, 22 ms ahead",
                  {"grasps", "releases", "opened to told [ms]", "unfelt [ms]",
                   "moved in the hand [mm]", "carried [dB]", "held still [dB]"},
                  {}};
  CarriedScore worst;
  double still_db = -99, posed_db = -99;
  for (const bool says_carrier : {true, false}) {
    for (const double noise_m : {0.0001, 0.0005}) {
      for (const double speed_m_per_s : {0.5, 2.0}) {
        const CarriedScore score = carry(letter, {.seed = seed,
                                                  .noise_m = noise_m,
                                                  .speed_m_per_s = speed_m_per_s,
                                                  .says_carrier = says_carrier});
        table.rows.push_back(
            {fmt::format("{}, {} m/s, {} mm rms", says_carrier ? "in the hand" : "in the world",
                         speed_m_per_s, 1e3 * noise_m),
             {double(score.grasps), double(score.releases), score.released_ms,
              double(score.lost_ms), 1e3 * score.most_moved_m, score.carried_db, score.still_db}});
        if (!says_carrier) {
          posed_db = std::max(posed_db, score.still_db);
          continue;
        }
        worst.grasps = std::max(worst.grasps, score.grasps);
        worst.releases = std::max(worst.releases, score.releases);
        worst.lost_ms += score.lost_ms;
        worst.released_ms = std::max(worst.released_ms, score.released_ms);
        worst.most_moved_m = std::max(worst.most_moved_m, score.most_moved_m);
        still_db = std::max(still_db, score.still_db);
      }
    }
  }
  report.print(table);
  report.metric("touch.things_carried_grasps", worst.grasps, "count");
  report.metric("touch.things_carried_releases", worst.releases, "count");
  report.metric("touch.things_carried_release_ms", worst.released_ms, "ms");
  report.metric("touch.things_carried_unfelt_ms", worst.lost_ms, "ms");
  report.metric("touch.things_carried_moved_mm", 1e3 * worst.most_moved_m, "mm");
  report.metric("touch.things_carried_still_db", still_db, "dB");
  report.metric("touch.things_posed_still_db", posed_db, "dB");
}

}  // namespace

void score_things(EvalReport& report, unsigned seed) {
  const std::vector<std::unique_ptr<Thing>> things = make_things();
  std::mt19937 random(seed);
  score_meetings(report, things, random);
  score_held(report, things, random);
  score_drawn(report, things, random);
  score_carried(report, named(things, "letter").subject, seed);
}

}  // namespace tactus::tools
