#include "tactus/ipc/tracker_history.h"

#include "around.h"

namespace tactus::ipc {
namespace {

constexpr Duration kSpeedOver = 30ms;  // of which a speed is taken: less is the tracker's noise

bool is_sound(const TrackerPose& pose) noexcept {
  return is_time(pose.t) && is_valid(pose.T_world_tracker);
}

}  // namespace

void publish(TrackerHistory& history, const TrackerPose& pose) noexcept { add(history, pose); }

bool tracker_at(const TrackerHistory& history, HostTime t, TrackerAt& tracker) noexcept {
  Around<TrackerPose> around;
  if (!find_around(history, t, kSpeedOver, is_sound, around)) return false;
  const TrackerPose& after = around.after;
  const bool is_held = t > after.t + kMaxTrackerExtrapolation;
  tracker = {};
  tracker.T_world_tracker = after.T_world_tracker;
  tracker.is_tracked = after.tracked != 0 && !is_held;
  if (!around.has_before) return true;
  const TrackerPose& before = around.before;
  const float s = around.share(t, kMaxTrackerExtrapolation);
  tracker.T_world_tracker = interpolate(before.T_world_tracker, after.T_world_tracker, s);
  if (!is_valid(tracker.T_world_tracker)) return false;
  tracker.is_tracked = tracker.is_tracked && before.tracked != 0;
  if (is_held) return true;
  const auto per_s = 1 / static_cast<float>(seconds(after.t - before.t));
  const Quat q_turned = after.T_world_tracker.q * conjugate(before.T_world_tracker.q);
  tracker.v_world = per_s * (after.T_world_tracker.p - before.T_world_tracker.p);
  tracker.omega_world = per_s * log_rotation(q_turned);
  return is_finite(tracker.v_world) && is_finite(tracker.omega_world);
}

}  // namespace tactus::ipc
