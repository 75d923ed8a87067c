// A virtual person who meets the child: head, wrists and fingers are known in double precision.
//
// Stepped a millisecond at a time and causal: it sees where the child's bones are now, as anyone in
// front of the display would, and puts its hands where her cheek, hair, hand and back really are. Or it
// repeats a recorded person's motion. One seed, one story.
//
//   Clocks   seconds of the stage's virtual clock, from 0.
//   Frames   world = stage; the person stands at its origin and faces -Z.
//   Units    metres, radians.
//   Errors   a body that lacks a region or bone is not touched there; nobody shown, nobody touched.
//   Threads  one owner.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "tactus/simulator/recorded_motion.h"
#include "tactus/simulator/true_body.h"
#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

struct ParticipantParams {
  std::uint64_t seed = 1;
  double eye_height_m = 1.15;  ///< kneeling: eye to eye with a child of school age
};

/// A pause in which both hands are held so that a glove can learn how its sensors sit.
struct Cue {
  double from_s = 0;
  double to_s = 0;
};
inline constexpr Cue kPalmsDown{0.0, 1.0};  ///< flat, palms down, fingers forward
inline constexpr Cue kThumbsUp{1.4, 2.4};   ///< flat, palms facing each other, thumbs on top

class Participant {
 public:
  static constexpr double kStep_s = 1e-3;
  static constexpr double kRemembered_s = 0.1;

  /// Lives the story: cheek, hair, hand in hand, embrace. The body is copied.
  Participant(const ParticipantParams& params, const TrueBody& body);

  /// After the cues, moves as the recorded person did.
  Participant(const ParticipantParams& params, RecordedMotion motion);

  ~Participant();
  Participant(Participant&&) noexcept;
  Participant& operator=(Participant&&) noexcept;

  /// One millisecond on. `T_world_bone`: how the child is shown now, in the order of the body's
  /// bones; empty when she is not.
  void step(std::span<const Pose3d> T_world_bone);

  /// The time it has lived to; 0 when new.
  [[nodiscard]] double now_s() const;

  /// When the story, or the recording, is over.
  [[nodiscard]] double end_s() const;

  /// A hand at a time from now - kRemembered_s to now + 3 ms. What is told of a time never changes.
  [[nodiscard]] TrueHand hand_at(Hand hand, double t_s) const;

  /// Between the eyes, -Z the way they look.
  [[nodiscard]] Pose3d head_at(double t_s) const;

  /// The wearer's bones, as a ruler would measure them.
  [[nodiscard]] const std::array<TrueBones, kFingers>& bones() const;

 private:
  struct Life;
  std::unique_ptr<Life> life_;
};

}  // namespace tactus::simulator
