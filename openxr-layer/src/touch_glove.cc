// XR_TACTUSX_touch_preview: what the gloves' own sensors feel, and how well their links do.
#include "functions.h"
#include "glove.h"
#include "instance.h"
#include "said_enum.h"
#include "tactus/base/glove_layout.h"

namespace tactus::layer {
namespace {

static_assert(XR_TOUCH_SENSOR_COUNT_TACTUSX == kGloveTouches);

/// In the order of glove_layout.h.
constexpr XrHandJointEXT kSensorJoints[kGloveTouches] = {
    XR_HAND_JOINT_THUMB_TIP_EXT,        XR_HAND_JOINT_INDEX_TIP_EXT,
    XR_HAND_JOINT_MIDDLE_TIP_EXT,       XR_HAND_JOINT_RING_TIP_EXT,
    XR_HAND_JOINT_LITTLE_TIP_EXT,       XR_HAND_JOINT_INDEX_PROXIMAL_EXT,
    XR_HAND_JOINT_LITTLE_PROXIMAL_EXT,  XR_HAND_JOINT_THUMB_METACARPAL_EXT,
    XR_HAND_JOINT_LITTLE_METACARPAL_EXT};

constexpr float kPascals = 1000;  // of a kilopascal

XrResult check(const XrTouchGloveGetInfoTACTUSX* info,
               const XrTouchGloveStateTACTUSX* state) noexcept {
  if (info == nullptr || state == nullptr || info->type != XR_TYPE_TOUCH_GLOVE_GET_INFO_TACTUSX ||
      state->type != XR_TYPE_TOUCH_GLOVE_STATE_TACTUSX) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const std::uint32_t hand = said(info->hand);
  if (hand != XR_HAND_LEFT_EXT && hand != XR_HAND_RIGHT_EXT) return XR_ERROR_VALIDATION_FAILURE;
  return info->time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

/// False when no glove of that hand lives at `time`.
bool read_link(Instance& instance, Hand hand, XrTime time, ipc::LinkHealth& link) noexcept {
  if (!is_glove_on(instance, hand, time)) return false;
  const ServiceLink::Lease lease(instance.link);
  ipc::PublishedState published;
  if (!lease || !lease.published().state.read(published)) return false;
  link = published.links[index(hand)];
  return link.connected != 0;
}

void write(const ipc::LinkHealth& link, XrTouchGloveStateTACTUSX& state) noexcept {
  state.isConnected = XR_TRUE;
  state.isTrackerConnected = link.tracker_connected != 0 ? XR_TRUE : XR_FALSE;
  state.battery = std::min(static_cast<float>(link.battery_percent) / 100, 1.0f);
  state.reportsReceived = link.reports_in;
  state.reportsLost = link.reports_dropped;
  state.latency = static_cast<XrDuration>(link.latency_us) * 1000;
  for (std::size_t i = 0; i < kGloveTouches; ++i) {
    const float kPa = link.touch_kPa[i];
    state.sensors[i].pressure = std::isfinite(kPa) && kPa > 0 ? kPascals * kPa : 0;
  }
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL
xrGetTouchGloveStateTACTUSX(XrSession session, const XrTouchGloveGetInfoTACTUSX* getInfo,
                            XrTouchGloveStateTACTUSX* state) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (const XrResult wrong = check(getInfo, state); XR_FAILED(wrong)) return wrong;
  if (!ours->instance->is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  const Hand hand = said(getInfo->hand) == XR_HAND_LEFT_EXT ? Hand::Left : Hand::Right;
  void* const next = state->next;
  *state = {XR_TYPE_TOUCH_GLOVE_STATE_TACTUSX, next, XR_FALSE, XR_FALSE, 0, 0, 0, 0, {}};
  for (std::size_t i = 0; i < kGloveTouches; ++i) state->sensors[i].joint = kSensorJoints[i];
  ipc::LinkHealth link;
  const bool is_there = ours->is_focused() && read_link(*ours->instance, hand, getInfo->time, link);
  if (is_there) write(link, *state);
  return XR_SUCCESS;
}

}  // namespace tactus::layer
