// XR_TACTUSX_touch_preview: what is held: grasps and a hug.
#include "body_handles.h"
#include "functions.h"
#include "glove.h"
#include "instance.h"

namespace tactus::layer {
namespace {

XrResult check(const XrTouchHoldsGetInfoTACTUSX* info, const XrTouchHoldsTACTUSX* holds) noexcept {
  if (info == nullptr || holds == nullptr || info->type != XR_TYPE_TOUCH_HOLDS_GET_INFO_TACTUSX ||
      holds->type != XR_TYPE_TOUCH_HOLDS_TACTUSX) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  return info->time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

XrTouchHoldTACTUSX to_xr(const ipc::PublishedHold& hold, const BodyHandles& bodies,
                         const TimeMap& time_map) noexcept {
  XrTouchHoldTACTUSX out{};
  if (hold.holds != 0) {
    out.isHeld = XR_TRUE;
    out.since = time_map.to_xr(HostTime{Duration(hold.t_since_ns)});
  }
  out.force = hold.force_N;
  out.strength = hold.strength;
  out.region = static_cast<std::uint32_t>(hold.region);
  out.body = bodies.at(hold.body);
  return out;
}

/// A hand whose glove is off holds nothing, and without either there is no hug.
void write(Session& session, XrTime time, XrTouchHoldsTACTUSX& holds) noexcept {
  Instance& instance = *session.instance;
  const bool is_on[kHands] = {is_glove_on(instance, Hand::Left, time),
                              is_glove_on(instance, Hand::Right, time)};
  if (!is_on[0] && !is_on[1]) return;
  holds.isActive = XR_TRUE;
  const ServiceLink::Lease lease(instance.link);
  ipc::PublishedHolds said;
  if (!lease || !ipc::holds_in(lease.published().holds, said)) return;
  const BodyHandles bodies(session, lease, said.bodies);
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    if (is_on[hand]) holds.grasps[hand] = to_xr(said.grasps[hand], bodies, instance.time_map);
  }
  if (is_on[0] && is_on[1]) holds.hug = to_xr(said.hug, bodies, instance.time_map);
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrGetTouchHoldsTACTUSX(XrSession session,
                                                      const XrTouchHoldsGetInfoTACTUSX* getInfo,
                                                      XrTouchHoldsTACTUSX* holds) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (const XrResult wrong = check(getInfo, holds); XR_FAILED(wrong)) return wrong;
  if (!ours->instance->is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  *holds = {XR_TYPE_TOUCH_HOLDS_TACTUSX, holds->next, XR_FALSE, {}, {}};
  if (ours->is_focused()) write(*ours, getInfo->time, *holds);
  return XR_SUCCESS;
}

}  // namespace tactus::layer
