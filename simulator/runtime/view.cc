#include <cmath>

#include "entry_points.h"
#include "enumerate.h"
#include "pose_conversion.h"
#include "runtime.h"
#include "session.h"
#include "space.h"
#include "system.h"

namespace tactus::runtime {
namespace {

constexpr float kEyeDistance_m = 0.063f;  // adult mean, ANSUR II
// As of a common headset: 95 degrees wide and high for each eye, a little more outwards.
constexpr XrFovf kLeftFov_rad{-0.872665f, 0.785398f, 0.829031f, -0.829031f};
constexpr XrFovf kMonoFov_rad{-0.829031f, 0.829031f, 0.829031f, -0.829031f};

constexpr XrViewStateFlags kViewsLocated =
    XR_VIEW_STATE_ORIENTATION_VALID_BIT | XR_VIEW_STATE_POSITION_VALID_BIT |
    XR_VIEW_STATE_ORIENTATION_TRACKED_BIT | XR_VIEW_STATE_POSITION_TRACKED_BIT;

XrFovf fov(std::size_t eye, std::size_t eyes) {
  if (eyes == 1) return kMonoFov_rad;
  const XrFovf& left = kLeftFov_rad;
  return eye == 0 ? left : XrFovf{-left.angleRight, -left.angleLeft, left.angleUp, left.angleDown};
}

float eye_x_m(std::size_t eye, std::size_t eyes) {
  if (eyes == 1) return 0.0f;
  return eye == 0 ? -0.5f * kEyeDistance_m : 0.5f * kEyeDistance_m;
}

}  // namespace

XrResult locate_views(XrSession xr_session, const XrViewLocateInfo* locate, XrViewState* state,
                      std::uint32_t capacity, std::uint32_t* count, XrView* views) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(locate, XR_TYPE_VIEW_LOCATE_INFO) || !is_a(state, XR_TYPE_VIEW_STATE)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const XrResult result =
      check_view_configuration(session->instance.extensions, locate->viewConfigurationType);
  if (XR_FAILED(result)) return result;
  const Space* base = find<Space>(locate->space);
  if (!base || &base->session != session) return XR_ERROR_HANDLE_INVALID;
  if (locate->displayTime <= 0) return XR_ERROR_TIME_INVALID;

  const Motion head = session->instance.world.locate(Device::Head, to_ns(locate->displayTime));
  const Motion T_stage_base = locate_in_stage(*base, locate->displayTime);
  state->viewStateFlags = T_stage_base.active ? kViewsLocated : 0;
  const std::size_t eyes = view_count(locate->viewConfigurationType);
  const Pose T_base_head = inverse(T_stage_base.T_stage) * head.T_stage;
  return enumerate_structs(capacity, count, views, eyes, XR_TYPE_VIEW,
                           [&](std::size_t eye, XrView& view) {
                             const Pose T_head_eye{{}, {eye_x_m(eye, eyes), 0, 0}};
                             view.pose = to_xr(T_base_head * T_head_eye);
                             view.fov = fov(eye, eyes);
                           });
}

}  // namespace tactus::runtime
