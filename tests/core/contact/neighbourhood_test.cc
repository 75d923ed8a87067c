// The remembered neighbourhood against brute force in double precision, whatever moves.
#include "tactus/contact/neighbourhood.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "reference.h"
#include "tactus/simulator/generated_head.h"

namespace tactus {
namespace {

using testing::Shape;

constexpr double kDistanceTolerance_m = 1e-6;
constexpr float kBand_m = 0.025f;

/// A head at its posture of each 11 ms frame, blended at any millisecond.
class Nodding {
 public:
  Nodding(int triangles, float speed_scale) : speed_scale_(speed_scale) {
    const auto head = simulator::generate_head(triangles);
    shape = {head.bones, head.vertices, head.triangles};
    model = build_model(shape.view());
    frames_.assign(2, DeformedBody(model));
    exact_.resize(2);
    show(0);
  }
  /// The surface at a tick; ticks ascend.
  Surface at(int tick) {
    while (tick >= (frame_ + 1) * 11) show(frame_ + 1);
    return surface_at(model, before(), after(), HostTime{Duration{1ms} * tick});
  }
  [[nodiscard]] double distance(const Surface& surface, Vec3 p_surface) const {
    const auto blended = testing::blend(exact_[before_], exact_[1 - before_], surface.weight_after);
    return testing::distance_exactly(shape, blended,
                                     testing::to_point(surface.to_world(p_surface)));
  }
  [[nodiscard]] Pose skull(int tick) const { return pose(0.001f * static_cast<float>(tick))[1]; }

  Shape shape;
  BodyModel model;

 private:
  [[nodiscard]] simulator::HeadPose pose(float t_s) const {
    const float turn = speed_scale_ * 8 * t_s;
    return simulator::pose_head({.nod_rad = 0.3f * std::sin(turn),
                                 .turn_rad = 0.2f * std::sin(1.3f * turn),
                                 .jaw_rad = 0.1f * std::sin(3 * turn),
                                 .p_world = {0.02f * std::sin(turn), 0, 0.5f * t_s}});
  }
  void show(int frame) {
    frame_ = frame;
    for (const int f : {frame, frame + 1}) {
      const auto k = static_cast<std::size_t>(f % 2);
      const auto T = pose(0.011f * static_cast<float>(f));
      ASSERT_TRUE(skin(model, HostTime{Duration{11ms} * f}, T, frames_[k]));
      exact_[k] = testing::skin_exactly(shape, T);
    }
    before_ = static_cast<std::size_t>(frame % 2);
  }
  [[nodiscard]] const DeformedBody& before() const { return frames_[before_]; }
  [[nodiscard]] const DeformedBody& after() const { return frames_[1 - before_]; }

  float speed_scale_;
  int frame_ = 0;
  std::size_t before_ = 0;
  std::vector<DeformedBody> frames_;
  std::vector<std::vector<testing::Point>> exact_;
};

/// A point that wanders around the skull, in and out of its skin, at up to some m/s.
Vec3 wanderer(const Nodding& head, int tick, float phase, float speed_scale) {
  const float t = 0.001f * static_cast<float>(tick) * speed_scale + phase;
  const Vec3 n =
      normalized(Vec3{std::sin(1.7f * t), 0.8f * std::sin(2.3f * t + phase), std::cos(t)});
  const float r = 0.085f + 0.03f * std::sin(5.1f * t);
  return head.skull(tick) * (r * n + Vec3{0, 0.09f, 0.02f});
}

TEST(Neighbourhood, AgreesWithBruteForceWhateverMoves) {
  // Slow and fast head, slow and fast finger, up to 5 m/s; 12 probes each, each its own memory.
  for (const float head_speed : {0.2f, 3.0f}) {
    for (const float probe_speed : {0.3f, 20.0f}) {
      Nodding head(3000, head_speed);
      std::vector<Neighbourhood> memory(12);
      double worst_m = 0;
      int found = 0;
      for (int tick = 0; tick < 80; ++tick) {
        const Surface surface = head.at(tick);
        for (std::size_t i = 0; i < memory.size(); ++i) {
          const Vec3 p =
              surface.from_world(wanderer(head, tick, 0.7f * static_cast<float>(i), probe_speed));
          const ClosestPoint hit = closest_point(surface, p, kBand_m, memory[i]);
          const double exact_m = head.distance(surface, p);
          ASSERT_EQ(hit.found(), exact_m < kBand_m) << tick << " " << exact_m;
          if (!hit.found()) continue;
          ++found;
          worst_m = std::max(worst_m, std::fabs(hit.distance_m - exact_m));
          // Its place and its weights say the same.
          EXPECT_NEAR(length(hit.p_surface - p), hit.distance_m, 1e-6f);
          EXPECT_NEAR(hit.corner[0] + hit.corner[1] + hit.corner[2], 1.0f, 1e-5f);
        }
      }
      EXPECT_GT(found, 200);
      EXPECT_LT(worst_m, kDistanceTolerance_m) << head_speed << " " << probe_speed;
    }
  }
}

TEST(Neighbourhood, HoldsWhileTheSurfaceIsContinuedAndHeld) {
  Nodding head(3000, 2.0f);
  Neighbourhood memory;
  const Surface first = head.at(0);
  for (int tick = 0; tick < 30; ++tick) {  // the later frame is at 11 ms, held from 16.5 ms
    const Surface surface =
        surface_at(head.model, *first.before, *first.after, HostTime{Duration{1ms} * tick});
    const Vec3 p = surface.from_world(wanderer(head, tick, 0.1f, 1.0f));
    const ClosestPoint hit = closest_point(surface, p, 0.1f, memory);
    ASSERT_TRUE(hit.found());
    EXPECT_NEAR(hit.distance_m, head.distance(surface, p), kDistanceTolerance_m) << tick;
  }
}

TEST(Neighbourhood, ForgetsWhenTimeTurnsBackOrTheBodyIsAnother) {
  Nodding one(3000, 2.0f), other(1000, 1.0f);
  Neighbourhood memory;
  for (const int tick : {5, 2, 10, 0, 7}) {
    for (Nodding* head : {&one, &other}) {
      const Surface surface = head->at(tick);
      const Vec3 p = surface.from_world(wanderer(*head, tick, 0.3f, 1.0f));
      const ClosestPoint hit = closest_point(surface, p, 0.1f, memory);
      ASSERT_TRUE(hit.found());
      EXPECT_NEAR(hit.distance_m, head->distance(surface, p), kDistanceTolerance_m);
    }
  }
}

TEST(Neighbourhood, EveryWidthOfVectorsGivesTheSameBits) {
  std::vector<std::vector<ClosestPoint>> answers;
  for (const VectorWidth width : {VectorWidth::Four, VectorWidth::Eight, VectorWidth::Sixteen}) {
    Nodding head(3000, 1.0f);
    std::vector<Neighbourhood> memory(6);
    auto& said = answers.emplace_back();
    for (int tick = 0; tick < 60; ++tick) {
      const Surface surface = head.at(tick);
      for (std::size_t i = 0; i < memory.size(); ++i) {
        const Vec3 p = wanderer(head, tick, static_cast<float>(i), 2.0f);
        said.push_back(closest_point(surface, surface.from_world(p), kBand_m, memory[i], width));
      }
    }
  }
  for (std::size_t w = 1; w < answers.size(); ++w) {
    ASSERT_EQ(answers[w].size(), answers[0].size());
    for (std::size_t i = 0; i < answers[0].size(); ++i) {
      ASSERT_EQ(std::memcmp(&answers[w][i], &answers[0][i], sizeof(ClosestPoint)), 0) << w << i;
    }
  }
}

}  // namespace
}  // namespace tactus
