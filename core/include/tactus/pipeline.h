// One tick: from what the gloves said to what the skin will feel.
//
// The stages stand to the left and right of each other as in docs/path.md. All memory is in
// PipelineState, so a copy of it is a snapshot and calling again is a replay.
//
//   Clocks   HostTime of the tick, given by the caller; never asked here. Frames: world.
//   Units    SI.
//   Errors   none: samples carry status, poses their origin; frames are always safe to play.
//   Threads  one owner. RT-safe: no lock, no allocation, no system call.
//   Proof    tests/core/pipeline/pipeline_test.cc
#pragma once
#include <array>
#include <span>
#include <type_traits>

#include "tactus/contact/grasp.h"
#include "tactus/contact/hug.h"
#include "tactus/contact/own_hands.h"
#include "tactus/contact/query.h"
#include "tactus/contact/query_wearer.h"
#include "tactus/pose/body_estimate.h"
#include "tactus/pose/estimate.h"
#include "tactus/pose/predict.h"
#include "tactus/pose/wrist_source.h"
#include "tactus/sense/align.h"
#include "tactus/sense/seen_wrist.h"
#include "tactus/touch/feel_profile.h"
#include "tactus/touch/limit.h"
#include "tactus/touch/pattern.h"
#include "tactus/touch/render.h"

namespace tactus {

struct PipelineParams {
  HandEstimatorParams pose;
  BodyEstimatorParams body;
  ContactParams contact;
  RenderParams render;
  FeelProfile feel;  ///< of the wearer; `render.response` is of a garment alone
  LimitParams limit;
  Pose T_world_universe;  ///< of the wrist trackers
  /// [0, 1]: how much gloves add where the wearer's own hands touch each other. Real skin feels that
  /// anyway, and wearers complain of gloves that tell them of themselves: nothing unless asked for.
  float own_hands = 0;
  Duration actuator_delay = 6ms;  ///< from a frame's making to its skin: poses are predicted by it
};

/// Designed patterns that may sound at once.
inline constexpr std::size_t kMaxPatterns = 4;

struct PipelineState {
  std::array<HandProfile, kHands> profiles;
  std::array<GloveAlignState, kHands> glove_align;
  std::array<TrackerAlignState, kHands> tracker_align;
  std::array<WristSourceState, kHands> wrist_source;
  std::array<HandEstimatorState, kHands> pose;
  BodyEstimatorState body;
  ContactState contact;
  std::array<RenderState, kHands> render;
  std::array<std::array<PatternState, kHands>, kMaxPatterns> patterns;
  std::array<LimitState, kHands> limit;
  WearerContactState wearer_contact;
  std::array<RenderState, kHands> garment_render;
  std::array<LimitState, kHands> garment_limit;
  OwnHandsState own_hands;
  std::array<GraspState, kHands> grasps;
  HugState hug;
};
static_assert(std::is_trivially_copyable_v<PipelineState>);

struct TickOutput {
  std::array<HandPose, kHands> poses;  ///< at the tick
  ContactSet contacts;                 ///< at the tick plus the actuator's delay
  std::array<TactileFrame, kHands> frames;
  BodyPose body;                             ///< of the wearer, at the same time
  WearerContactSet wearer_contacts;          ///< likewise
  std::array<TactileFrame, kHands> garment;  ///< its two sides
  OwnContacts own_contacts;                  ///< of the wearer's hands with each other
  std::array<Grasp, kHands> grasps;
  Hold hug;
};

/// What a glove said, as it arrived: align, then estimate.
void sense(PipelineState& state, const PipelineParams& params, const GloveSample& sample,
           HostTime t_arrived) noexcept;

/// What a wrist tracker said, likewise; gives where that puts the wrist, and when.
WristMeasurement sense(PipelineState& state, const PipelineParams& params,
                       const TrackerSample& sample, HostTime t_arrived) noexcept;

/// What a runtime saw of a wrist, unless a tracker of ours is there.
void sense(PipelineState& state, const PipelineParams& params, const SeenWrist& seen,
           HostTime t_arrived) noexcept;

/// By slot; null plays nothing.
using PatternSlots = std::array<const PatternView*, kMaxPatterns>;

/// Once each millisecond: predict, query, render, add what patterns play, limit. `added`: a frame
/// of each hand that sounds beside them, or none; it is limited with them.
void tick(PipelineState& state, const PipelineParams& params, std::span<const BodyInterval> bodies,
          HostTime now, TickOutput& out, const PatternSlots& patterns = {},
          std::span<const TactileFrame> added = {}) noexcept;

}  // namespace tactus
