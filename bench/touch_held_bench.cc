// Budget: a tick of both hands that hold a nodding head of 20 000 triangles, 80 patches, contact to
// what both gloves are sent, 100 us of a 1 ms tick.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "tactus/contact/query.h"
#include "tactus/contact/shown_hand.h"
#include "tactus/pose/hand_model.h"
#include "tactus/simulator/generated_head.h"
#include "tactus/touch/limit.h"
#include "tactus/touch/render.h"

namespace tactus {
namespace {

constexpr int kTicksAFrame = 11;  // 90 Hz
constexpr int kFrames = 45;       // half a second, after which all begins anew
constexpr int kTicks = kFrames * kTicksAFrame;
constexpr float kCurl_rad = 0.7f;
constexpr float kDeep_m = 0.012f;

simulator::HeadPose posture_at(float t_s) {
  const float turn = 4 * kPi * t_s;
  return simulator::pose_head({.nod_rad = 0.075f * std::sin(turn),
                               .turn_rad = 0.05f * std::cos(turn),
                               .jaw_rad = 0.06f + 0.06f * std::sin(2 * turn)});
}

using Hands = std::array<HandPose, kHands>;

/// A head in three frames, as a service holds it, and two hands around it.
class Held {
 public:
  Held() : head_(simulator::generate_head(20'000)), model_(build_model(head_.view())) {
    frames_.assign(3, DeformedBody(model_));
    show(0);
    const Hands held{wrap(Hand::Left), wrap(Hand::Right)};
    for (int tick = 0; tick < kTicks; ++tick) hands_.push_back(carry(held, tick));
  }

  /// The frames around the tick are skinned, as by the body thread.
  void show(int frame) {
    for (const int f : {frame, frame + 1}) {
      const float t_s = 0.001f * static_cast<float>(f * kTicksAFrame);
      DeformedBody& out = frames_[static_cast<std::size_t>(f) % frames_.size()];
      if (out.identity != 0 && out.t == shown_at(f)) continue;
      static_cast<void>(skin(model_, shown_at(f), posture_at(t_s), out));
    }
    frame_ = static_cast<std::size_t>(frame);
  }
  [[nodiscard]] BodyInterval body() const {
    return {&model_, &frames_[frame_ % frames_.size()], &frames_[(frame_ + 1) % frames_.size()], 1};
  }
  [[nodiscard]] const Hands& hands(int tick) const {
    return hands_[static_cast<std::size_t>(tick)];
  }

 private:
  static constexpr HostTime shown_at(int frame) {
    return HostTime{Duration{1ms} * (frame * kTicksAFrame)};
  }

  /// A curled hand pushed against the side of the head, fingers up, opens until it rests there; then
  /// all of it is pressed in a little.
  HandPose wrap(Hand side) {
    const float outward = side == Hand::Left ? -1.0f : 1.0f;
    const HandProfile profile;
    HandAngles angles;
    for (auto& finger : angles.finger) finger = {kCurl_rad, 0, kCurl_rad, 0.6f * kCurl_rad};
    angles.finger[0] = {0.3f * kCurl_rad, 0, 0.3f * kCurl_rad, 0.2f * kCurl_rad};
    const auto T_wrist_joint = forward_kinematics(profile, side, angles);
    // Fingers (-Z of the wrist) go up, the palm (-Y) to the head.
    const Quat q = axis_angle({0, 1, 0}, outward * kPi / 2) * axis_angle({1, 0, 0}, kPi / 2);
    HandPose pose;
    pose.hand = side;
    pose.origin = PoseOrigin::Measured;
    pose.radius_m = joint_radii(profile);
    const BodyInterval head = body();
    auto state = std::make_unique<ShownHandState>();
    HandPose rested;
    for (int step = 0; step <= 60; ++step) {
      const float x_m = outward * (0.14f - 0.001f * static_cast<float>(step));
      const Pose T_world_wrist{normalized(q), posture_at(0)[1] * Vec3{x_m, 0.03f, 0.02f}};
      for (std::size_t j = 0; j < kHandJoints; ++j) {
        pose.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
      }
      rested = rest_on_skin(*state, {}, pose, std::span(&head, 1));
    }
    for (Pose& T : rested.T_world_joint) T.p.x -= outward * kDeep_m;
    return rested;
  }

  /// The hands go with the skull, and stroke it at up to 0.1 m/s.
  static Hands carry(const Hands& held, int tick) {
    const float t_s = 0.001f * static_cast<float>(tick);
    const Pose T_now_first = posture_at(t_s)[1] * inverse(posture_at(0)[1]);
    const Vec3 stroke{0, 0.016f * std::sin(2 * kPi * t_s), 0};
    const Vec3 v_stroke{0, 0.1f * std::cos(2 * kPi * t_s), 0};
    Hands hands = held;
    for (HandPose& pose : hands) {
      for (std::size_t j = 0; j < kHandJoints; ++j) {
        Pose& T = pose.T_world_joint[j];
        T.p = T.p + stroke;
        T = T_now_first * T;
        pose.v_world_joint[j] = rotate(T_now_first.q, v_stroke);
      }
    }
    return hands;
  }

  simulator::GeneratedHead head_;
  BodyModel model_;
  std::vector<DeformedBody> frames_;
  std::vector<Hands> hands_;
  std::size_t frame_ = 0;
};

void hold(benchmark::State& state) {
  Held held;
  const auto contact = std::make_unique<ContactState>();
  std::array<RenderState, kHands> rendering;
  std::array<LimitState, kHands> limiting;
  int tick = 0;
  std::size_t touching = 0;
  for (auto _ : state) {
    if (tick % kTicksAFrame == 0) {  // skinned on another thread
      state.PauseTiming();
      held.show(tick / kTicksAFrame);
      state.ResumeTiming();
    }
    const HostTime t{Duration{1ms} * tick};
    const BodyInterval head = held.body();
    const ContactSet contacts = query(*contact, {}, held.hands(tick), std::span(&head, 1), t);
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      const TactileFrame wanted = render(rendering[index(hand)], {}, hand, contacts, t);
      benchmark::DoNotOptimize(limit(limiting[index(hand)], {}, wanted, t));
    }
    touching += contacts.size();
    tick = (tick + 1) % kTicks;
  }
  state.counters["touching"] =
      static_cast<double>(touching) / static_cast<double>(state.iterations());
}
BENCHMARK(hold)->Name("touch.tick_held")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tactus
