#include "carried_thing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "over_threshold.h"
#include "tactus/pipeline.h"
#include "tactus/simulator/pinching_hand.h"
#include "tactus/simulator/sensors.h"

namespace tactus::tools {
namespace {

using simulator::Pose3d;
using simulator::TrueHand;
using simulator::V3d;

constexpr int kGloveEvery_ms = 4, kTrackerEvery_ms = 10;
constexpr int kEnd_ms = 11500;
constexpr double kClosing_s = 1.0, kClosed_s = 1.3, kOpening_s = 10.0, kOpen_s = 10.25;
constexpr double kCarried_s = 2.0, kStill_s = 6.0, kSettled_s = 9.0;
constexpr double kWide_m = 0.03;  ///< of the pulps, open
constexpr Duration kFrame = 11111us;

double smooth(double from, double to, double at) {
  const double s = std::clamp((at - from) / (to - from), 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);  // minimum jerk
}

Pose to_float(const Pose3d& T) {
  const auto f = [](double v) { return static_cast<float>(v); };
  return {normalized(Quat{f(T.q.x), f(T.q.y), f(T.q.z), f(T.q.w)}), {f(T.p.x), f(T.p.y), f(T.p.z)}};
}

/// What the hand truly does.
class Wearer {
 public:
  explicit Wearer(const CarriedTrial& trial, double thick_m)
      : trial_(trial),
        open_(simulator::pinching({}, kWide_m)),
        closed_(simulator::pinching(open_, thick_m - 2 * trial.depth_m)) {}

  [[nodiscard]] TrueHand at(double t_s) const {
    const double closed = smooth(kClosing_s, kClosed_s, t_s) - smooth(kOpening_s, kOpen_s, t_s);
    TrueHand hand = open_;
    for (std::size_t f = 0; f < kFingers; ++f) {
      const auto& a = open_.finger[f];
      const auto& b = closed_.finger[f];
      const auto mix = [closed](double x, double y) { return x + closed * (y - x); };
      hand.finger[f] = {mix(a.base_flexion, b.base_flexion),
                        mix(a.base_abduction, b.base_abduction), mix(a.middle, b.middle),
                        mix(a.distal, b.distal), 0};
    }
    hand.T_world_wrist = wrist_at(t_s);
    return hand;
  }

  [[nodiscard]] const TrueHand& closed() const { return closed_; }
  [[nodiscard]] Pose3d wrist_at(double t_s) const {
    // Waves that swell and die away, so that the hand is at rest before and after.
    constexpr double kRate = 6.283185307 * 0.9;
    const double swell =
        smooth(kCarried_s, kCarried_s + 0.8, t_s) - smooth(kStill_s - 0.8, kStill_s, t_s);
    const double most_m = swell * trial_.speed_m_per_s / kRate;
    const double w = kRate * t_s;
    const V3d p{most_m * std::sin(w),
                0.1 * smooth(1.5, 2.0, t_s) + 0.5 * most_m * std::sin(1.3 * w),
                0.4 * most_m * std::sin(0.7 * w)};
    return {simulator::turn({0.4, 1, 0.2}, 0.5 * swell * std::sin(0.8 * w)), p};
  }

 private:
  CarriedTrial trial_;
  TrueHand open_, closed_;
};

/// What an application says of the thing in a frame.
struct Said {
  Pose T_thing;  ///< in the world, or in the frame of its carrier
  Carrier carrier;
};

/// Lets the thing follow the hand that grasps it, as docs/XR_TACTUSX_touch_preview.md says: by the
/// joints that press it, turned with the palm.
class Application {
 public:
  Application(const CarriedTrial& trial, const Pose& T_world_thing)
      : trial_(trial), T_world_thing_(T_world_thing) {}

  /// A frame, of the hand as it is told for the display.
  Said step(const HandPose& tracked, const Grasp& grasp, std::span<const Contact> contacts) {
    const bool holds = grasp.holds && grasp.body == 0;
    if (holds && !carrier_.is_hand()) begin(tracked, contacts);
    if (!holds) carrier_ = {};
    if (!carrier_.is_hand()) return {T_world_thing_, {}};
    T_world_thing_ = frame_of(carrier_, tracked).T_world_frame * T_hand_thing_;
    if (!trial_.says_carrier) return {T_world_thing_, {}};
    return {T_hand_thing_, carrier_};
  }

 private:
  void begin(const HandPose& tracked, std::span<const Contact> contacts) {
    carrier_.hand = tracked.hand;
    for (const Contact& contact : contacts) {
      if (contact.hand != tracked.hand || contact.body != 0) continue;
      carrier_.joints |= 1u << index(kPatchSites[contact.actuator].joint);
    }
    T_hand_thing_ = inverse(frame_of(carrier_, tracked).T_world_frame) * T_world_thing_;
  }

  CarriedTrial trial_;
  Pose T_world_thing_, T_hand_thing_;
  Carrier carrier_;
};

/// What the service keeps of the thing: frames on their way and frames that have come.
class Shown {
 public:
  explicit Shown(const BodyModel& model) : model_(model) {}

  void send(HostTime t_arrives, HostTime t_shown, const std::vector<Pose>& bones,
            const Carrier& carrier) {
    auto frame = std::make_unique<Frame>(Frame{t_arrives, carrier, DeformedBody(model_)});
    static_cast<void>(skin(model_, t_shown, bones, frame->body));
    frames_.push_back(std::move(frame));
  }
  /// The frames around `t` of those that had come by `now`, as the engine encloses it.
  BodyInterval around(HostTime now, HostTime t) {
    constexpr std::size_t kKept = 6;
    std::size_t come = 0;
    while (come < frames_.size() && frames_[come]->t_arrives <= now) ++come;
    if (come == 0) return {};
    const Carrier carrier = frames_[come - 1]->carrier;
    while (come > kKept || frames_.front()->carrier != carrier) {
      frames_.pop_front();
      --come;
    }
    std::size_t after = 0;
    while (after + 1 < come && frames_[after]->body.t < t) ++after;
    const std::size_t before = after > 0 ? after - 1 : 0;
    return {&model_, &frames_[before]->body, &frames_[after]->body, 1.0f, carrier};
  }

 private:
  struct Frame {
    HostTime t_arrives;
    Carrier carrier;
    DeformedBody body;
  };
  const BodyModel& model_;
  std::deque<std::unique_ptr<Frame>> frames_;
};

class Session {
 public:
  Session(const simulator::TouchSubject& letter, const CarriedTrial& trial)
      : letter_(letter),
        trial_(trial),
        wearer_(trial, kThick_m),
        glove_(trial.seed, Hand::Right),
        tracker_(trial.seed, Hand::Right, faults(trial)),
        shown_(letter.model),
        application_(trial, to_float(thing_in(wearer_.closed()))) {
    params_.limit.validated = true;
    HandProfile& profile = state_->profiles[index(Hand::Right)];
    profile = glove_.nominal_profile();
    tracker_.describe(profile);
  }

  CarriedScore run() {
    for (int ms = 0; ms < kEnd_ms; ++ms) step(ms);
    return score_;
  }

 private:
  static constexpr double kThick_m = 0.0005;

  static simulator::TrackerFaults faults(const CarriedTrial& trial) {
    simulator::TrackerFaults faults;
    faults.noise_m = trial.noise_m;
    faults.gaps_per_s = 0;
    return faults;
  }

  /// The letter as it is pinched by a hand whose wrist is at the origin: near an edge, the rest of it
  /// before the hand.
  static Pose3d thing_in(const TrueHand& closed) {
    constexpr V3d kHeldAt{-0.055, 0.0045, 0};
    const auto [p, n] = simulator::pinched_place(closed);
    const V3d palm = true_joints(closed)[index(HandJoint::Palm)].p;
    const V3d out = normalized((p - palm) - dot(p - palm, n) * n);
    const auto turn_to = [](V3d from, V3d to) {
      const V3d axis = cross(from, to);
      return simulator::turn(axis, std::atan2(norm(axis), dot(from, to)));
    };
    const simulator::Q4d up = turn_to({0, 1, 0}, n);
    const simulator::Q4d q = turn_to(rotate(up, {1, 0, 0}), out) * up;
    return {q, p - rotate(q, kHeldAt)};
  }

  void step(int ms) {
    const HostTime now{Duration{1ms} * ms};
    const double t_s = 1e-3 * ms;
    const auto at = [this](double t) { return wearer_.at(t); };
    if (ms % kGloveEvery_ms == 0) {
      sense(*state_, params_, glove_.sample(at, t_s), now);
    }
    const double late_s = tracker_.faults().latency_s;
    if (ms % kTrackerEvery_ms == 0 && t_s > late_s) {
      sense(*state_, params_, tracker_.sample(at, t_s - late_s), now);
    }
    if (now >= next_frame_) run_application(now);
    const BodyInterval thing = shown_.around(now, now + params_.actuator_delay);
    tick(*state_, params_, {&thing, 1}, now, out_);
    judge(t_s, thing, now + params_.actuator_delay);
  }

  void run_application(HostTime now) {
    next_frame_ += kFrame;
    const HostTime t_shown = now + trial_.ahead;
    const HandProfile& profile = state_->profiles[index(Hand::Right)];
    const HandPose tracked = predict(state_->pose[index(Hand::Right)], params_.pose, profile,
                                     trial_.predicts ? t_shown : now);
    const Said said = application_.step(tracked, out_.grasps[index(Hand::Right)], out_.contacts);
    std::vector<Pose> bones;
    for (const BodyBone& bone : letter_.bones) bones.push_back(said.T_thing * bone.T_rest_bone);
    shown_.send(now + trial_.late, t_shown, bones, said.carrier);
  }

  void judge(double t_s, const BodyInterval& thing, HostTime t_felt) {
    const Grasp& grasp = out_.grasps[index(Hand::Right)];
    if (grasp.holds && !was_held_) {
      ++score_.grasps;
      if (score_.grasped_ms < 0) score_.grasped_ms = 1e3 * (t_s - kClosed_s);
    }
    if (!grasp.holds && was_held_) {
      ++score_.releases;
      score_.released_ms = 1e3 * (t_s - kOpening_s);
    }
    was_held_ = grasp.holds;
    const bool is_closed = t_s > kClosed_s + 0.3 && t_s < kOpening_s;
    if (is_closed) {
      std::array<bool, 2> felt{};
      for (const Contact& contact : out_.contacts) {
        felt[0] |= contact.actuator == pulp_actuator(Finger::Thumb);
        felt[1] |= contact.actuator == pulp_actuator(Finger::Index);
      }
      score_.lost_ms += felt[0] && felt[1] ? 0 : 1;
      if (thing.model != nullptr) measure(thing, t_felt);
    }
    const double db = loudest_db(out_.frames[index(Hand::Right)]);
    if (t_s > kCarried_s && t_s < kStill_s) score_.carried_db = std::max(score_.carried_db, db);
    if (t_s > kSettled_s && t_s < kOpening_s) score_.still_db = std::max(score_.still_db, db);
  }

  /// How far the thing has moved in the hand, both as they are felt, since it was grasped.
  void measure(BodyInterval thing, HostTime t_felt) {
    const HandPose felt = predict(state_->pose[index(Hand::Right)], params_.pose,
                                  state_->profiles[index(Hand::Right)], t_felt);
    place_carried({&thing, 1}, {&felt, 1});
    const Surface surface = surface_at(*thing.model, *thing.before, *thing.after, t_felt);
    Vec3 p_world = surface.to_world(surface.vertex(0));
    if (thing.carrier.is_hand()) p_world = thing.frame.T_world_frame * p_world;
    const Carrier pinch{1u << index(HandJoint::ThumbTip) | 1u << index(HandJoint::IndexTip),
                        Hand::Right};
    const Vec3 p_hand = inverse(frame_of(pinch, felt).T_world_frame) * p_world;
    if (!p_hand_first_) p_hand_first_ = p_hand;
    const auto moved_m = static_cast<double>(length(p_hand - *p_hand_first_));
    score_.most_moved_m = std::max(score_.most_moved_m, moved_m);
  }

  const simulator::TouchSubject& letter_;
  CarriedTrial trial_;
  Wearer wearer_;
  std::unique_ptr<PipelineState> state_ = std::make_unique<PipelineState>();
  PipelineParams params_;
  simulator::SyntheticGlove glove_;
  simulator::SyntheticTracker tracker_;
  Shown shown_;
  Application application_;
  HostTime next_frame_;
  TickOutput out_;
  bool was_held_ = false;
  std::optional<Vec3> p_hand_first_;
  CarriedScore score_;
};

}  // namespace

CarriedScore carry(const simulator::TouchSubject& letter, const CarriedTrial& trial) {
  return std::make_unique<Session>(letter, trial)->run();
}

}  // namespace tactus::tools
