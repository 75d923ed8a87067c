// The letter between thumb and index: what the trial finds of the engine, and that it finds what is wrong.
#include "tactus/simulator/held_trial.h"

#include <gtest/gtest.h>

#include "tactus/simulator/palms_trial.h"
#include "tactus/simulator/pinching_hand.h"
#include "things.h"

namespace tactus::simulator {
namespace {

const TouchSubject& letter() {
  static const auto* const subject = [] {
    const auto bytes = modelling::bake(modelling::build_letter());
    return new TouchSubject(*view_body(bytes));
  }();
  return *subject;
}

TEST(PinchingHand, HasItsPulpsAsFarApartAsAsked) {
  for (const double gap_m : {0.04, 0.01, 0.0, -0.004}) {
    const TrueHand hand = pinching({}, gap_m);
    const auto sites = true_sites(hand, true_joints(hand));
    const TrueSite &thumb = sites[0], &index = sites[2];
    const V3d way = index.p_world - thumb.p_world;
    EXPECT_NEAR(norm(way) - thumb.radius_m - index.radius_m, gap_m, 1e-6);
    const PinchedPlace place = pinched_place(hand);
    EXPECT_NEAR(dot(place.n_world, way), norm(way), 1e-9);
    EXPECT_NEAR(norm(place.p_world - thumb.p_world), thumb.radius_m + gap_m / 2, 1e-6);
  }
}

TEST(HeldTrial, EachFingerFeelsItsOwnSideOfALetterThatIsWavedAbout) {
  const HeldScore score = run_trial(letter(), HeldTrial{.seed = 2, .speed_m_per_s = 2});
  EXPECT_GT(score.ticks, 400);
  EXPECT_EQ(score.lost, 0);
  EXPECT_EQ(score.flips, 0);
  EXPECT_EQ(score.toggles, 0);
  EXPECT_EQ(score.grasps, 1);
  EXPECT_EQ(score.releases, 0);
  EXPECT_LT(score.worst_off_skin_m, 1e-6);
}

TEST(HeldTrial, ALetterThatStraysAsFarAsAFingerIsThickIsFeltOnTheSideItCameFrom) {
  const HeldScore score =
      run_trial(letter(), HeldTrial{.seed = 3, .depth_m = 0.004f, .stray_m = 0.005f});
  EXPECT_EQ(score.lost, 0);
  EXPECT_EQ(score.flips, 0);
  EXPECT_GT(score.toggles, 0) << "the finger that it left did feel so";
}

TEST(PalmsTrial, EachPalmFeelsItsOwnSideOfABalloonThatIsWavedAbout) {
  const auto bytes = modelling::bake(modelling::build_balloon());
  const TouchSubject balloon(*view_body(bytes));
  const HeldScore score = run_trial(balloon, PalmsTrial{.seed = 2, .speed_m_per_s = 2});
  EXPECT_GT(score.ticks, 200);
  EXPECT_EQ(score.lost, 0);
  EXPECT_EQ(score.flips, 0);
  EXPECT_EQ(score.toggles, 0);
  EXPECT_EQ(score.grasps, 0) << "two palms are two hands";
  ContactParams blind;
  blind.band_m = 0.002f;
  EXPECT_GT(run_trial(balloon, PalmsTrial{.seed = 2}, blind).lost, 0);
}

TEST(HeldTrial, AnEngineThatDoesNotSeeTheLetterIsFound) {
  ContactParams blind;
  blind.band_m = 0.002f;
  const HeldScore score = run_trial(letter(), HeldTrial{.seed = 2}, blind);
  EXPECT_GT(score.lost, 0);
  EXPECT_EQ(score.grasps, 0);
}

}  // namespace
}  // namespace tactus::simulator
