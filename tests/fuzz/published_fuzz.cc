// The layer reads hands, bodies, what is held and trackers from memory that another process wrote:
// whatever is there, at any time.
#include <algorithm>
#include <cstring>
#include <memory>

#include "tactus/ipc/published.h"

using namespace tactus;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto published = std::make_unique<ipc::Published>();
  std::int64_t t_ns = 0;
  if (size <= sizeof(t_ns)) return 0;
  std::memcpy(&t_ns, data, sizeof(t_ns));
  data += sizeof(t_ns);
  size -= sizeof(t_ns);
  auto* bytes = reinterpret_cast<std::uint8_t*>(published.get());
  for (std::size_t at = 0; at < sizeof(ipc::Published); at += size) {
    std::memcpy(bytes + at, data, std::min(size, sizeof(ipc::Published) - at));
  }
  for (const ipc::HandHistory& history : published->hands) {
    for (const std::int64_t t : {t_ns, t_ns / 1000000}) {
      for (const ipc::Parts parts : {ipc::Parts::All, ipc::Parts::Places}) {
        ipc::SharedHand hand;
        if (!ipc::hand_at(history, HostTime(Duration(t)), parts, hand)) continue;
        for (const Pose& T : ipc::to_pose(hand, parts).T_world_joint) {
          if (!is_valid(T)) __builtin_trap();
        }
      }
    }
  }
  for (const std::int64_t t : {t_ns, t_ns / 1000000}) {
    BodyPose body;
    if (!ipc::body_at(published->body, HostTime(Duration(t)), body)) continue;
    for (const Pose& T : body.T_world_joint) {
      if (!is_valid(T)) __builtin_trap();
    }
  }
  ipc::PublishedHolds holds;
  if (ipc::holds_in(published->holds, holds)) {
    for (const Contact& contact : holds.wearer) {
      if (!is_finite(contact.p_world) || contact.actuator >= kGarmentActuators) __builtin_trap();
    }
    for (const Contact& contact : holds.own) {
      if (!is_finite(contact.p_world) || contact.actuator >= kPatches) __builtin_trap();
    }
    if (!(holds.hug.strength >= 0 && holds.hug.strength <= 1)) __builtin_trap();
    for (const ipc::PublishedHold& grasp : holds.grasps) {
      if (grasp.body >= kMaxBodies && grasp.body != kNoBody) __builtin_trap();
    }
  }
  for (const ipc::TrackerHistory& history : published->trackers) {
    for (const std::int64_t t : {t_ns, t_ns / 1000000}) {
      ipc::TrackerAt tracker;
      if (!ipc::tracker_at(history, HostTime(Duration(t)), tracker)) continue;
      const bool is_right = is_valid(tracker.T_world_tracker) && is_finite(tracker.v_world) &&
                            is_finite(tracker.omega_world);
      if (!is_right) __builtin_trap();
    }
  }
  return 0;
}
