#include "tactus/pose/wrist_filter.h"

namespace tactus {

void advance(WristFilterState& state, const WristFilterParams&, Vec3, HostTime t,
             const ImuReading&) noexcept {
  state.now.t = t;
}

void correct(WristFilterState& state, const WristFilterParams&, Vec3 p_wrist_imu,
             const WristMeasurement& m) noexcept {
  if (!m.tracked) return;
  const Vec3 p = m.T_world_wrist * p_wrist_imu;
  const Quat q = m.T_world_wrist.q;
  state.now.p_world_imu = {double(p.x), double(p.y), double(p.z)};
  state.now.q_world_wrist = {double(q.x), double(q.y), double(q.z), double(q.w)};
  state.anchored = true;
  state.t_tracked = m.t;
}

}  // namespace tactus
