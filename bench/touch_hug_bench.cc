// Budget: a tick of a hug, two hands on a back, forearms around a trunk of 20 000 triangles and a chest
// against it, contact to what 44 actuators are sent (two gloves of 16, two sides of a garment of 6),
// 100 us of a 1 ms tick and no call of the heap.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include "metric_reporter.h"
#include "support/alloc_guard.h"
#include "support/shapes.h"
#include "tactus/contact/grasp.h"
#include "tactus/contact/hug.h"
#include "tactus/contact/shown_hand.h"
#include "tactus/pose/hand_model.h"
#include "tactus/touch/limit.h"
#include "tactus/touch/render.h"

namespace tactus {
namespace {

constexpr int kTicksAFrame = 11;  // 90 Hz
constexpr int kFrames = 45;       // half a second, after which all begins anew
constexpr int kTicks = kFrames * kTicksAFrame;
constexpr float kWide_m = 0.165f, kThick_m = 0.11f;  ///< half of a child's trunk
constexpr float kHigh_m = 0.6f;
constexpr float kCurl_rad = 0.2f;
constexpr float kDeep_m = 0.012f;       ///< how far the hands are pressed in
constexpr float kChestDeep_m = 0.025f;  ///< and the chest, in its middle

/// Breath and a rocking to and fro.
Pose rocked(float t_s) {
  const float turn = 4 * kPi * t_s;
  return {axis_angle({0, 0, 1}, 0.05f * std::sin(turn)), {0.01f * std::cos(turn), 0, 0}};
}
std::array<Pose, 2> posture_at(float t_s) {
  const Pose T_world_root = rocked(t_s);
  const Quat bend = axis_angle({1, 0, 0}, 0.05f * std::sin(4 * kPi * t_s));
  return {T_world_root, T_world_root * Pose{bend, {0, 0.5f * kHigh_m, 0}}};
}

constexpr HostTime shown_at(int frame) { return HostTime{Duration{1ms} * (frame * kTicksAFrame)}; }

struct Arms {
  std::array<HandPose, kHands> hands;
  BodyPose wearer;
};

/// A trunk in three frames, as a service holds it, and who hugs it from its front (+Z).
class Hugged {
 public:
  explicit Hugged(bool has_trackers) {
    frames_.assign(3, DeformedBody(model_));
    show(0);
    Arms first;
    first.hands = {lay(Hand::Left), lay(Hand::Right)};
    first.wearer = lean(has_trackers);
    for (int tick = 0; tick < kTicks; ++tick) arms_.push_back(carry(first, tick));
  }

  /// The frames around the tick are skinned, as by the body thread.
  void show(int frame) {
    for (const int f : {frame, frame + 1}) {
      DeformedBody& out = frames_[static_cast<std::size_t>(f) % frames_.size()];
      if (out.identity != 0 && out.t == shown_at(f)) continue;
      static_cast<void>(skin(model_, shown_at(f),
                             posture_at(0.001f * static_cast<float>(f * kTicksAFrame)), out));
    }
    frame_ = static_cast<std::size_t>(frame);
  }
  [[nodiscard]] BodyInterval body() const {
    return {&model_, &frames_[frame_ % frames_.size()], &frames_[(frame_ + 1) % frames_.size()], 1};
  }
  [[nodiscard]] const Arms& arms(int tick) const { return arms_[static_cast<std::size_t>(tick)]; }

 private:
  /// A hand that comes upon the back from behind and opens until it rests there; then it is pressed in.
  HandPose lay(Hand side) {
    const float outward = side == Hand::Left ? -1.0f : 1.0f;
    const HandProfile profile;
    HandAngles angles;
    for (auto& finger : angles.finger) finger = {kCurl_rad, 0, kCurl_rad, 0.6f * kCurl_rad};
    const auto T_wrist_joint = forward_kinematics(profile, side, angles);
    HandPose pose;
    pose.hand = side;
    pose.origin = PoseOrigin::Measured;
    pose.radius_m = joint_radii(profile);
    // Fingers (-Z of the wrist) across the back, the palm (-Y) to it.
    const Quat q = axis_angle({0, 0, 1}, -outward * kPi / 2) * axis_angle({1, 0, 0}, -kPi / 2);
    const float y_m = 0.5f * kHigh_m - 0.06f * outward;
    const BodyInterval trunk = body();
    auto state = std::make_unique<ShownHandState>();
    HandPose rested;
    for (int step = 0; step <= 80; ++step) {
      const float z_m = -kThick_m - 0.08f + 0.001f * static_cast<float>(step);
      const Pose T_world_wrist{normalized(q), {outward * 0.10f, y_m, z_m}};
      for (std::size_t j = 0; j < kHandJoints; ++j) {
        pose.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
      }
      rested = rest_on_skin(*state, {}, pose, std::span(&trunk, 1));
    }
    for (Pose& T : rested.T_world_joint) T.p.z += kDeep_m;
    return rested;
  }

  /// Of an adult: the chest leans against the trunk, the forearms lie around its sides.
  static BodyPose lean(bool has_trackers) {
    BodyPose pose;
    pose.origin.fill(has_trackers ? PoseOrigin::Measured : PoseOrigin::Filled);
    pose.joint_confidence.fill(1);
    const auto place = [&pose](BodyJoint joint, Quat q, Vec3 p) { pose[joint] = {q, p}; };
    const float chest_m = kThick_m + 0.12f - kChestDeep_m, middle_m = 0.5f * kHigh_m;
    place(BodyJoint::Chest, {}, {0, middle_m, chest_m});
    place(BodyJoint::Neck, {}, {0, middle_m + 0.20f, chest_m});
    for (const Hand side : {Hand::Left, Hand::Right}) {
      const float outward = side == Hand::Left ? -1.0f : 1.0f;
      // Along -Z and inwards, as the trunk curves.
      const Quat q = axis_angle({0, 1, 0}, outward * (kPi / 2 + 0.35f));
      const Vec3 p_elbow{outward * (kWide_m + 0.06f), middle_m, 0.12f};
      place(on_side(BodyJoint::LeftElbow, side), q, p_elbow);
      place(on_side(BodyJoint::LeftWrist, side), q, p_elbow + rotate(q, {outward * 0.259f, 0, 0}));
    }
    return pose;
  }

  /// All go with the trunk, and stroke it at up to 0.1 m/s.
  static Arms carry(const Arms& first, int tick) {
    const float t_s = 0.001f * static_cast<float>(tick);
    Pose T_now_first = rocked(t_s) * inverse(rocked(0));
    T_now_first.p.y += 0.016f * std::sin(2 * kPi * t_s);
    const Vec3 v_stroke{0, 0.1f * std::cos(2 * kPi * t_s), 0};
    Arms arms = first;
    for (HandPose& pose : arms.hands) {
      for (Pose& T : pose.T_world_joint) T = T_now_first * T;
      pose.v_world_joint.fill(v_stroke);
    }
    for (Pose& T : arms.wearer.T_world_joint) T = T_now_first * T;
    return arms;
  }

  /// A tube, wider than thick.
  static testing::Shape make_trunk() {
    testing::Shape shape = testing::make_tube(kHigh_m, kThick_m, 100, 100);
    for (BodyVertex& vertex : shape.vertices) vertex.p_rest.x *= kWide_m / kThick_m;
    for (BodyTriangle& triangle : shape.triangles) triangle.region = Region::Back;
    return shape;
  }

  testing::Shape trunk_ = make_trunk();
  BodyModel model_ = build_model(trunk_.view());
  std::vector<DeformedBody> frames_;
  std::vector<Arms> arms_;
  std::size_t frame_ = 0;
};

/// What gloves and garment remember.
struct Worn {
  std::array<RenderState, kHands> rendering;
  std::array<LimitState, kHands> limiting;

  void play(std::span<const Contact> contacts, HostTime t) {
    for (const Hand side : {Hand::Left, Hand::Right}) {
      const TactileFrame wanted = render(rendering[index(side)], {}, side, contacts, t);
      benchmark::DoNotOptimize(limit(limiting[index(side)], {}, wanted, t));
    }
  }
};

std::uint64_t heap_calls = 0;

/// Without trackers on arms and chest these are solved for, and the hug is told from where they likely are.
void hug(benchmark::State& state, bool has_trackers) {
  Hugged hugged(has_trackers);
  const auto of_hands = std::make_unique<ContactState>();
  const auto of_wearer = std::make_unique<WearerContactState>();
  const auto hugging = std::make_unique<HugState>();
  Worn gloves, garment;
  std::array<GraspState, kHands> grasps;
  int tick = 0;
  std::size_t touching = 0, touching_wearer = 0, held = 0;
  for (auto _ : state) {
    if (tick % kTicksAFrame == 0) {  // skinned on another thread
      state.PauseTiming();
      hugged.show(tick / kTicksAFrame);
      state.ResumeTiming();
    }
    const testing::AllocGuard guard;
    const HostTime t{Duration{1ms} * tick};
    const BodyInterval trunk = hugged.body();
    const Arms& arms = hugged.arms(tick);
    const ContactSet hands = query(*of_hands, {}, arms.hands, std::span(&trunk, 1), t);
    const WearerContactSet wearer =
        query_wearer(*of_wearer, {}, arms.wearer, std::span(&trunk, 1), t);
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      benchmark::DoNotOptimize(
          tell_grasp(grasps[index(hand)], hand, hands, std::span(&trunk, 1), t));
    }
    const Hold hold = tell_hug(*hugging, {}, hands, wearer, arms.wearer, std::span(&trunk, 1), t);
    held += hold.holds ? 1 : 0;
    gloves.play(hands, t);
    garment.play(wearer, t);
    touching += hands.size();
    touching_wearer += wearer.size();
    heap_calls += guard.calls();
    tick = (tick + 1) % kTicks;
  }
  const auto ticks = static_cast<double>(state.iterations());
  state.counters["touching"] = static_cast<double>(touching) / ticks;
  state.counters["touching_wearer"] = static_cast<double>(touching_wearer) / ticks;
  state.counters["held"] = static_cast<double>(held) / ticks;
}
BENCHMARK_CAPTURE(hug, told, true)->Name("touch.tick_hug")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(hug, solved, false)->Name("touch.tick_hug_solved")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tactus

int main(int argc, char** argv) {
  const int exit_code = tactus::bench::run_and_print(argc, argv);
  std::printf("metric touch.tick_hug_heap_calls %llu count\n",
              static_cast<unsigned long long>(tactus::heap_calls));
  return exit_code;
}
