#include "touch_event.h"

#include <cstring>

namespace tactus::layer {
namespace {

/// An unknown value, of a service that lies, is the most careful one.
XrTouchAllowedTACTUSX to_xr(Allowed allowed) noexcept {
  switch (allowed) {
    case Allowed::Full:
      return XR_TOUCH_ALLOWED_FULL_TACTUSX;
    case Allowed::Soft:
      return XR_TOUCH_ALLOWED_SOFTENED_TACTUSX;
    case Allowed::Paused:
      return XR_TOUCH_ALLOWED_PAUSED_TACTUSX;
    case Allowed::Stopped:
      break;
  }
  return XR_TOUCH_ALLOWED_STOPPED_TACTUSX;
}

}  // namespace

bool next_touch_event(Instance& instance, XrEventDataBuffer& event) noexcept {
  if (!instance.wants(Extension::Touch)) return false;
  ipc::PublishedState state;
  const ServiceLink::Lease lease(instance.link);
  if (!lease || !lease.published().state.read(state)) return false;
  const TouchState now{to_xr(state.allowed), state.step};
  const Locked locked(instance.lock);
  for (Session* s = instance.sessions; s != nullptr; s = s->following) {
    if (s->told == now) continue;
    s->told = now;
    const XrEventDataTouchStateChangedTACTUSX changed{
        XR_TYPE_EVENT_DATA_TOUCH_STATE_CHANGED_TACTUSX, nullptr, s->handle, now.allowed, now.step};
    static_assert(sizeof(changed) <= sizeof(event));
    std::memcpy(&event, &changed, sizeof(changed));
    return true;
  }
  return false;
}

}  // namespace tactus::layer
