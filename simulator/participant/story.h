// The first meeting from the participant's side: settle, cheek, hair, hand in hand,
// embrace.
//
//   Clocks   seconds of the stage's clock, asked in rising order.
//   Frames   world.
//   Units    metres, radians.
//   Errors   a touch that cannot be planned is left out; the hands rest meanwhile.
//   Threads  one owner.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "at_ease.h"
#include "embrace.h"
#include "tactus/simulator/participant.h"
#include "touch.h"

namespace tactus::simulator {

/// Third-order critically damped following: what comes in steps goes out with a continuous
/// acceleration.
class PoseFollower {
 public:
  explicit PoseFollower(double time_s) : time_s_(time_s) {}
  const Pose3d& follow(const Pose3d& target, double dt_s);

 private:
  double time_s_;
  std::array<Pose3d, 3> stage_{};
  bool started_ = false;
};

class Story {
 public:
  Story(const ParticipantParams& params, const TrueBody& body,
        const std::array<TrueBones, kFingers>& bones);

  [[nodiscard]] PersonSample at(double t_s, std::span<const Pose3d> T_world_bone);
  [[nodiscard]] double end_s() const { return end_s_; }

 private:
  enum class Act { Cheek, Hair, Hold, Embrace };
  struct Scene {
    Act act;
    Hand hand;
    double t_go_s;    ///< the hand sets out
    double reach_s;   ///< and is above the skin so much later
    double hover_m;   ///< at this height
    double t_back_s;  ///< and returns; set when planned
    std::optional<Touch> touch;
    bool tried = false;
  };

  [[nodiscard]] TouchPlan plan_of(const Scene& scene, const PosedBody& posed) const;
  void plan(Scene& scene, std::span<const Pose3d> T_world_bone);
  void time_strokes(Scene& scene, const TouchPlan& plan);
  [[nodiscard]] HandSample hand(Hand hand, double t_s) const;
  [[nodiscard]] Pose3d head(double t_s);
  [[nodiscard]] std::optional<Pose3d> chest() const;

  ParticipantParams params_;
  TrueBody body_;
  std::array<TrueBones, kFingers> bones_;
  mutable AtEase ease_;
  std::vector<PoseFollower> seen_followers_;
  std::vector<Pose3d> seen_;  ///< the child's bones, as the hands follow them
  PoseFollower gaze_;
  std::vector<Scene> scenes_;
  Embrace embrace_;
  double pace_ = 1;
  double end_s_ = 0;
};

}  // namespace tactus::simulator
