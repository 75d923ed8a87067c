// Bodies moving into fingers, judged by brute force: nothing is lost, and a bad engine is found out.
// The long variant is `tactus eval touch`.
#include "tactus/simulator/touch_trial.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tactus/simulator/generated_head.h"

namespace tactus::simulator {
namespace {

constexpr double kDistanceTolerance_m = 1e-6;

TouchSubject& small_head() {
  static TouchSubject subject = [] {
    const GeneratedHead head = generate_head(2000);
    return TouchSubject(head.view());
  }();
  return subject;
}

TEST(TouchTrial, NoContactIsLostAtAnySpeed) {
  std::uint64_t seed = 1;
  for (const float speed_m_per_s : {0.2f, 0.7f, 2.0f, 5.0f}) {
    for (const float fingers_share : {0.0f, 1.0f}) {
      const TouchScore score = run_trial(small_head(), {.seed = seed++,
                                                        .speed_m_per_s = speed_m_per_s,
                                                        .fingers_share = fingers_share,
                                                        .sway_rad = 0.2f,
                                                        .sway_rate_Hz = 2.0f});
      EXPECT_GT(score.probes, 25) << seed;
      EXPECT_EQ(score.lost, 0) << speed_m_per_s << " " << fingers_share;
      EXPECT_LT(score.worst_error_m, kDistanceTolerance_m);
      EXPECT_LT(score.worst_off_skin_m, kDistanceTolerance_m);
    }
  }
}

TEST(TouchTrial, AnEngineThatFeelsNothingLosesAll) {
  ContactParams numb;
  numb.enter_at_once_m = 1;
  numb.enter_dwell = 10s;
  const TouchScore score = run_trial(small_head(), {.seed = 3}, numb);
  EXPECT_GT(score.probes, 25);
  EXPECT_EQ(score.lost, score.probes);
}

TEST(TouchTrial, AnEngineThatLooksNotFarEnoughIsFoundOut) {
  ContactParams shortsighted;
  shortsighted.band_m = 0.004f;
  const TouchScore score = run_trial(small_head(), {.seed = 4}, shortsighted);
  EXPECT_GT(score.lost, 0);
}

TEST(MovingBody, TheEngineAndTheTruthSeeTheSameSkin) {
  const BodySway sway{.most_rad = 0.3f,
                      .turn_rad = 0.2f,
                      .rate_Hz = 3.0f,
                      .direction = {0, 0, 1},
                      .way_m = 0.05f,
                      .speed_m_per_s = 5.0f};
  MovingBody body(small_head(), sway);
  for (const int tick : {0, 4, 11, 17, 40, 90}) {
    const Surface surface = body.at(tick);
    const PosedBody& truth = body.truth(tick);
    for (std::uint32_t v = 0; v < truth.vertices().size(); ++v) {
      const Vec3 p = surface.to_world(surface.vertex(v));
      const V3d q = truth.vertices()[v];
      ASSERT_NEAR(p.x, q.x, 1e-6);
      ASSERT_NEAR(p.y, q.y, 1e-6);
      ASSERT_NEAR(p.z, q.z, 1e-6);
    }
  }
  // There and back again.
  EXPECT_NEAR(offset(sway, 0.005f).z, 0.025f, 1e-5f);
  EXPECT_NEAR(offset(sway, 0.02f).z, 0.05f, 1e-5f);
  EXPECT_NEAR(offset(sway, 1.0f).z, 0.0f, 1e-5f);
}

}  // namespace
}  // namespace tactus::simulator
