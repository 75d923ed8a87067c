#include "tactus/simulator/participant.h"

#include <optional>
#include <utility>

#include "recorded_life.h"
#include "story.h"

namespace tactus::simulator {

struct Participant::Life {
  Life(const ParticipantParams& params, const TrueBody& body)
      : bones(bones_of(params.seed)), story(std::in_place, params, body, bones) {
    begin();
  }
  Life(const ParticipantParams& params, RecordedMotion motion)
      : bones(bones_of(params.seed)), recorded(std::in_place, params, std::move(motion)) {
    begin();
  }

  /// Time 0 and what it needs beyond it.
  void begin() {
    while (track.count() <= PersonTrack::kAhead) live_on({});
  }

  void live_on(std::span<const Pose3d> T_world_bone) {
    const double t_s = static_cast<double>(track.count()) * kStep_s;
    track.push(story ? story->at(t_s, T_world_bone) : recorded->at(t_s));
  }

  std::array<TrueBones, kFingers> bones;
  std::optional<Story> story;  ///< one of the two lives
  std::optional<RecordedLife> recorded;
  PersonTrack track;
};

Participant::Participant(const ParticipantParams& params, const TrueBody& body)
    : life_(std::make_unique<Life>(params, body)) {}
Participant::Participant(const ParticipantParams& params, RecordedMotion motion)
    : life_(std::make_unique<Life>(params, std::move(motion))) {}
Participant::~Participant() = default;
Participant::Participant(Participant&&) noexcept = default;
Participant& Participant::operator=(Participant&&) noexcept = default;

void Participant::step(std::span<const Pose3d> T_world_bone) { life_->live_on(T_world_bone); }

double Participant::now_s() const {
  return static_cast<double>(life_->track.count() - 1 - PersonTrack::kAhead) * kStep_s;
}

double Participant::end_s() const {
  return life_->story ? life_->story->end_s() : life_->recorded->end_s();
}

TrueHand Participant::hand_at(Hand hand, double t_s) const {
  const HandSample sample = life_->track.at(t_s).hand[index(hand)];
  return {hand, sample.T_world_wrist, sample.finger, life_->bones};
}

Pose3d Participant::head_at(double t_s) const { return life_->track.at(t_s).T_world_head; }

const std::array<TrueBones, kFingers>& Participant::bones() const { return life_->bones; }

}  // namespace tactus::simulator
