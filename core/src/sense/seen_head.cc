#include "tactus/sense/seen_head.h"

namespace tactus {
namespace {

// Beyond any room, and beyond what a head does in sport.
constexpr float kMaxPosition_m = 1e4f;
constexpr float kFastest_m_per_s = 20;
constexpr float kFastest_rad_per_s = 30;

bool is_speed(Vec3 v, float most) noexcept { return is_finite(v) && length(v) <= most; }

}  // namespace

SeenHead checked(const SeenHead& seen) noexcept {
  SeenHead head = seen;
  head.tracked =
      seen.tracked && is_valid(seen.T_world_head) && length(seen.T_world_head.p) < kMaxPosition_m;
  if (!head.tracked) head.T_world_head = {};
  head.T_world_head.q = normalized(head.T_world_head.q);
  if (!is_speed(seen.v_world_head, kFastest_m_per_s)) head.v_world_head = {};
  if (!is_speed(seen.omega_world_head, kFastest_rad_per_s)) head.omega_world_head = {};
  return head;
}

}  // namespace tactus
