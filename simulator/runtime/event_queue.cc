#include "event_queue.h"

namespace tactus::runtime {

std::optional<XrEventDataBuffer> EventQueue::pop() {
  if (events_.empty() && lost_ > 0) {
    push(XrEventDataEventsLost{XR_TYPE_EVENT_DATA_EVENTS_LOST, nullptr, lost_});
    lost_ = 0;
  }
  if (events_.empty()) return std::nullopt;
  const XrEventDataBuffer event = events_.front();
  events_.pop_front();
  return event;
}

void EventQueue::forget(XrSession session) {
  // Every event the runtime sends, but for EVENTS_LOST, names its session first.
  std::erase_if(events_, [session](const XrEventDataBuffer& buffer) {
    XrEventDataSessionStateChanged event;
    std::memcpy(&event, &buffer, sizeof(event));
    return event.type != XR_TYPE_EVENT_DATA_EVENTS_LOST && event.session == session;
  });
}

}  // namespace tactus::runtime
