#include "body_tracker.h"

namespace tactus::layer {

void unlink(BodyTracker& tracker, BodyTracker* Session::*list) noexcept {
  const Locked locked(tracker.session->instance->lock);
  BodyTracker** at = &(tracker.session->*list);
  while (*at != nullptr && *at != &tracker) at = &(*at)->following;
  if (*at != nullptr) *at = tracker.following;
}

bool enter(Owned<BodyTracker> made, HandleTable<BodyTracker>& table,
           BodyTracker* Session::*list) noexcept {
  if (Owned<BodyTracker> stale{table.remove(made->key)}; stale != nullptr) unlink(*stale, list);
  if (!table.insert(made->key, made.get())) return false;
  Session& session = *made->session;
  const Locked locked(session.instance->lock);
  made->following = session.*list;
  session.*list = made.release();
  return true;
}

}  // namespace tactus::layer
