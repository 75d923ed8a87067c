// `tactus eval touch`: does contact tell the truth, on any body that moves?
//
// Forty fingers at a time are struck by a body that sways in all its joints, or strike it, at 0.2 to
// 5 m/s; brute force in double precision says what truly touches. Then a hand is held still in a
// noisy tracker, and one is pressed and stroked; things are held, squeezed and carried about.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "evaluation.h"
#include "feel.h"
#include "heat_map.h"
#include "held_things.h"
#include "hug.h"
#include "still_hand.h"
#include "strokes.h"
#include "tactus/avatar/bake.h"
#include "tactus/simulator/generated_head.h"
#include "tactus/simulator/shown_trial.h"
#include "tactus/simulator/touch_trial.h"

namespace tactus::tools {
namespace {

using simulator::TouchScore;
using simulator::TouchSubject;

constexpr int kHeadTriangles = 4000;
constexpr unsigned kTrialsOfASpeed = 50;  // of forty trajectories; five speeds: 10 000
constexpr std::array kSpeeds_m_per_s = {0.2f, 0.5f, 1.0f, 2.0f, 5.0f};
constexpr unsigned kPresses = 40;
constexpr float kNoise_m = 0.0001f;  // rms of each axis
constexpr float kRadius_m = 0.0075f;

/// The body's bytes: baked, read, or none for the generated head. False: it has been said why.
bool load_body(const std::string& path, std::vector<std::byte>& bytes) {
  const auto fail = [&path](const char* cause) {
    fmt::print(stderr, "tactus eval touch: {}: {}\n", path, cause);
    return false;
  };
  if (path.ends_with(".tbody")) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto raw = std::as_bytes(std::span(text));
    bytes.assign(raw.begin(), raw.end());
  } else {
    const auto model = avatar::read_skinned_gltf(path);
    if (!model) return fail(describe(model.error()));
    auto baked = avatar::bake(*model);
    if (!baked) return fail(describe(baked.error()));
    bytes = std::move(*baked);
  }
  const auto view = view_body(bytes);
  return view ? true : fail(describe(view.error()));
}

struct Totals {
  int probes = 0, lost = 0;
  double worst_error_m = 0;
  std::vector<float> heat_N;  ///< by the body's triangles
};

/// Fingers and body come together, at every speed and shared in all ways.
Totals score_meetings(EvalReport& report, const TouchSubject& subject, unsigned seed) {
  EvalTable table{"fingers and body come together by 10 to 25 mm",
                  {"touched", "lost", "of them inside", "distance [um]", "off the skin [um]"},
                  {}};
  Totals totals;
  totals.heat_N.resize(subject.truth.triangles.size());
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(0, 1);
  for (const float speed_m_per_s : kSpeeds_m_per_s) {
    TouchScore sum;
    for (unsigned i = 0; i < kTrialsOfASpeed; ++i) {
      const TouchScore score =
          run_trial(subject, {.seed = random(),
                              .speed_m_per_s = speed_m_per_s,
                              .depth_m = 0.01f + 0.015f * uniform(random),
                              .fingers_share = 0.5f * static_cast<float>(i % 3),
                              .sway_rad = 0.25f * uniform(random),
                              .sway_rate_Hz = 0.5f + 2 * uniform(random)});
      sum.probes += score.probes;
      sum.lost += score.lost;
      sum.inside += score.inside;
      sum.worst_error_m = std::max(sum.worst_error_m, score.worst_error_m);
      sum.worst_off_skin_m = std::max(sum.worst_off_skin_m, score.worst_off_skin_m);
      for (const auto& place : score.places) totals.heat_N[place.triangle] += place.force_N;
    }
    table.rows.push_back(
        {fmt::format("{} m/s", speed_m_per_s),
         {static_cast<double>(sum.probes), static_cast<double>(sum.lost),
          static_cast<double>(sum.inside), 1e6 * sum.worst_error_m, 1e6 * sum.worst_off_skin_m}});
    totals.probes += sum.probes;
    totals.lost += sum.lost;
    totals.worst_error_m = std::max(totals.worst_error_m, sum.worst_error_m);
  }
  report.print(table);
  return totals;
}

/// The middle of the first of the body's triangles that face forwards.
HeldPlace before_skin(const Surface& surface) {
  for (std::uint32_t t = 0; t < surface.model->triangles.size(); ++t) {
    const Vec3 n = surface.face_normal(t);
    const auto& v = surface.model->triangles[t].vertex;
    const Vec3 p = surface.to_world(
        (1.0f / 3.0f) * (surface.vertex(v[0]) + surface.vertex(v[1]) + surface.vertex(v[2])));
    if (surface.model->solid[t] == 0 || n.z < 0.8f) continue;
    // Nothing else is in the way.
    const Vec3 above = surface.from_world(p + 0.02f * n);
    if (std::fabs(closest_point(surface, above, 0.03f).distance_m - 0.02f) < 1e-5f) return {p, n};
  }
  return {};
}

/// How often contact begins or ends in a minute, at the worst gap, with a still hand.
double score_stillness(EvalReport& report, const TouchSubject& subject, unsigned seed) {
  simulator::MovingBody body(subject, {.most_rad = 0});
  const Surface surface = body.at(0);
  const HeldPlace held = before_skin(surface);
  std::mt19937 random(seed);
  std::normal_distribution<float> noise_m(0.0f, kNoise_m);
  EvalCurve curve{"toggles", {}, {}};
  double worst = 0, sum = 0;
  for (int step = -12; step <= 12; ++step) {
    const float gap_m = 0.00005f * static_cast<float>(step);
    ProbeMemory memory;
    int toggles = 0;
    bool was = false;
    for (int tick = 0; tick < 60000; ++tick) {
      Probe probe;
      probe.p_world = held.p + (kRadius_m + gap_m) * held.n +
                      Vec3{noise_m(random), noise_m(random), noise_m(random)};
      probe.radius_m = kRadius_m;
      Contact contact;
      const bool is =
          touch(memory, {}, surface, probe, 0.001f, HostTime{Duration{1ms} * tick}, contact);
      toggles += is != was && tick > 1000 ? 1 : 0;  // the first touch is no rattle
      was = is;
    }
    curve.x.push_back(1e3 * gap_m);
    curve.y.push_back(toggles);
    worst = std::max(worst, static_cast<double>(toggles));
    sum += toggles;
  }
  EvalTable table{"still hand, 0.1 mm rms a tick and axis, a minute at each of 25 gaps",
                  {"toggles [1/min]"},
                  {{"worst gap", {worst}}, {"mean", {sum / 25}}}};
  report.print(table);
  return worst;
}

/// Force and drag of a finger that is pressed 3 mm deep and then strokes at 3 cm/s, to and fro.
void draw_stroke(EvalReport& report, const TouchSubject& subject) {
  simulator::MovingBody body(subject, {.most_rad = 0});
  const Surface surface = body.at(0);
  const HeldPlace held = before_skin(surface);
  const Vec3 along = normalized(cross(held.n, Vec3{1, 0, 0}));
  EvalCurve force{"force [N]", {}, {}}, drag{"drag [N]", {}, {}}, slip{"slip [dm/s]", {}, {}};
  ProbeMemory memory;
  for (int tick = 0; tick < 1500; ++tick) {
    const float t_s = 0.001f * static_cast<float>(tick);
    const float depth_m = std::min(0.003f, 0.02f * t_s) - (t_s > 1.2f ? 0.02f * (t_s - 1.2f) : 0);
    const float speed_m_per_s =
        t_s > 0.3f && t_s < 1.1f ? 0.03f * (t_s < 0.7f ? 1.0f : -1.0f) : 0.0f;
    const float way_m = 0.03f * std::clamp(t_s < 0.7f ? t_s - 0.3f : 1.1f - t_s, 0.0f, 0.4f);
    Probe probe;
    probe.p_world = held.p + (kRadius_m - depth_m) * held.n + way_m * along;
    probe.v_world = speed_m_per_s * along;
    probe.radius_m = kRadius_m;
    Contact contact;
    const bool felt =
        touch(memory, {}, surface, probe, 0.001f, HostTime{Duration{1ms} * tick}, contact);
    for (EvalCurve* curve : {&force, &drag, &slip}) curve->x.push_back(t_s);
    force.y.push_back(felt ? contact.force_N : 0);
    drag.y.push_back(felt ? -dot(contact.drag_world_N, along) : 0);
    slip.y.push_back(felt ? 10 * dot(contact.v_slip_world, along) : 0);
  }
  report.add({"pressed, stroked to and fro, released", {force, drag, slip}});
}

double p99(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + at);
  return values[static_cast<std::size_t>(at)];
}

double worst(const std::vector<double>& values) {
  return values.empty() ? 0 : *std::ranges::max_element(values);
}

/// The hand that is drawn, against the body that is drawn with it.
simulator::ShownScore score_shown_hand(EvalReport& report, const TouchSubject& subject,
                                       unsigned seed) {
  simulator::ShownScore all;
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(0, 1);
  for (unsigned i = 0; i < kPresses; ++i) {
    const simulator::ShownScore score =
        run_trial(subject, simulator::ShownTrial{.seed = random(),
                                                 .speed_m_per_s = 0.1f + 0.9f * uniform(random),
                                                 .depth_m = 0.01f + 0.02f * uniform(random)});
    all.tracked_m.insert(all.tracked_m.end(), score.tracked_m.begin(), score.tracked_m.end());
    all.inside_m.insert(all.inside_m.end(), score.inside_m.begin(), score.inside_m.end());
    all.gap_m.insert(all.gap_m.end(), score.gap_m.begin(), score.gap_m.end());
    all.pop_m = std::max(all.pop_m, score.pop_m);
  }
  const auto row = [](const char* name, const std::vector<double>& of_m) {
    const auto frames = static_cast<double>(of_m.size());
    return EvalTable::Row{name, {frames, 1e3 * p99(of_m), 1e3 * worst(of_m)}};
  };
  report.print({"a hand presses 10 to 30 mm deep at 0.1 to 1 m/s",
                {"frames", "p99 [mm]", "worst [mm]"},
                {row("tracked hand inside", all.tracked_m), row("drawn hand inside", all.inside_m),
                 row("drawn hand above", all.gap_m)}});
  return all;
}

}  // namespace

int eval_touch(const EvalRequest& request) {
  const simulator::GeneratedHead head = simulator::generate_head(kHeadTriangles);
  std::vector<std::byte> bytes;
  if (!request.body.empty() && !load_body(request.body, bytes)) return 1;
  const BodyView view = request.body.empty() ? head.view() : *view_body(bytes);
  const TouchSubject subject(view);
  fmt::print("body of {} triangles, {} bones\n", view.triangles.size(), view.bones.size());

  EvalReport report("touch", request);
  score_feel(report, request.seed);
  score_strokes(report);
  score_hugs(report, request.seed);
  score_things(report, request.seed);
  const Totals totals = score_meetings(report, subject, request.seed);
  const double toggles = score_stillness(report, subject, request.seed);
  const HeldPlace face = before_skin(simulator::MovingBody(subject, {.most_rad = 0}).at(0));
  const double still_db = score_still_hand(report, subject, face, request.seed);
  const simulator::ShownScore shown = score_shown_hand(report, subject, request.seed);
  draw_stroke(report, subject);
  report.metric("touch.distance_error_mm", 1e3 * totals.worst_error_m, "mm");
  report.metric("touch.proxies", totals.probes, "count");
  report.metric("touch.proxies_lost", totals.lost, "count");
  report.metric("touch.toggles_per_min", toggles, "1/min");
  report.metric("touch.still_level_db", still_db, "dB");
  report.metric("touch.shown_frames", static_cast<double>(shown.inside_m.size()), "count");
  report.metric("touch.shown_penetration_p99_mm", 1e3 * p99(shown.inside_m), "mm");
  report.metric("touch.shown_penetration_worst_mm", 1e3 * worst(shown.inside_m), "mm");
  report.metric("touch.shown_gap_p99_mm", 1e3 * p99(shown.gap_m), "mm");
  report.metric("touch.shown_pop_mm", 1e3 * shown.pop_m, "mm");
  const std::string picture = request.out + "/touch_heat.png";
  std::error_code ignored;
  std::filesystem::create_directories(request.out, ignored);
  if (!write_heat_map(view, totals.heat_N, picture)) {
    fmt::print(stderr, "tactus eval touch: cannot write {}: is the disk full?\n", picture);
    return 1;
  }
  return report.write("time [s]", "N, dm/s") ? 0 : 1;
}

}  // namespace tactus::tools
