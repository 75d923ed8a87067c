#include "instance.h"

#include "session_input.h"

namespace tactus::layer {

constinit HandleTable<Instance> instances;
constinit HandleTable<Session> sessions;
constinit HandleTable<HandTracker> hand_trackers;
constinit HandleTable<BodyTracker> fb_body_trackers;
constinit HandleTable<BodyTracker> bd_body_trackers;
constinit HandleTable<TouchBody> touch_bodies;
constinit HandleTable<AppSpace> app_spaces;
constinit HandleTable<ActionSet> action_sets;
constinit HandleTable<Action> actions;

Instance::~Instance() {
  forget_sessions();
  while (actions != nullptr) {
    Owned<Action> action(actions);
    actions = action->following;
    layer::actions.remove(key_of(action->handle));
  }
  while (action_sets != nullptr) {
    Owned<ActionSet> set(action_sets);
    action_sets = set->following;
    layer::action_sets.remove(key_of(set->handle));
  }
}

namespace {

void forget(BodyTracker* first, HandleTable<BodyTracker>& table) noexcept {
  while (first != nullptr) {
    const Owned<BodyTracker> tracker(first);
    first = tracker->following;
    table.remove(tracker->key);
  }
}

}  // namespace

Session::~Session() {
  forget(fb_bodies, fb_body_trackers);
  forget(bd_bodies, bd_body_trackers);
  while (trackers != nullptr) {
    Owned<HandTracker> tracker(trackers);
    trackers = tracker->following;
    hand_trackers.remove(key_of(tracker->handle));
  }
  while (bodies != nullptr) {
    Owned<TouchBody> body(bodies);
    bodies = body->following;
    touch_bodies.remove(key_of(body->handle));
  }
  while (spaces != nullptr) {
    Owned<AppSpace> space(spaces);
    spaces = space->following;
    app_spaces.remove(key_of(space->handle));
  }
  Owned<SessionInput>(input.load()).reset();
}

void Instance::forget_sessions() noexcept {
  while (sessions != nullptr) {
    Owned<Session> session(sessions);
    sessions = session->following;
    layer::sessions.remove(key_of(session->handle));
  }
}

namespace {

constexpr std::int64_t kBetweenSigns_ns = 20'000'000;

bool is_any_focused(const Instance& instance) noexcept {
  for (const Session* s = instance.sessions; s != nullptr; s = s->following) {
    if (s->is_focused()) return true;
  }
  return false;
}

void announce_focus(Instance& instance, const ServiceLink::Lease& lease) noexcept {
  const bool is_focused = is_any_focused(instance);
  if (is_focused == instance.announced_focus) return;
  if (lease.send(ipc::Kind::Focus, ipc::Focus{is_focused ? 1u : 0u})) {
    instance.announced_focus = is_focused;
  }
}

void announce_stop(Instance& instance, const ServiceLink::Lease& lease) noexcept {
  if (instance.is_stop_announced) return;
  const bool is_stopped = instance.stop == Instance::Stop::Stopped;
  instance.is_stop_announced = lease.send(is_stopped ? ipc::Kind::Stop : ipc::Kind::Resume);
}

void announce_bodies(const Session& session, const ServiceLink::Lease& lease) noexcept {
  for (TouchBody* body = session.bodies; body != nullptr; body = body->following) {
    if (body->announced_to == lease.serial()) continue;
    const ipc::CreateBody create{body->number,
                                 static_cast<std::uint32_t>(body->data.bytes().size())};
    if (lease.send(ipc::Kind::CreateBody, create, {}, body->data.descriptor())) {
      body->announced_to = lease.serial();
    }
  }
}

/// At most every 20 ms, a fifth of what the service waits.
void give_sign(Instance& instance, ServiceLink::Clock::time_point now) noexcept {
  const std::int64_t now_ns = std::chrono::nanoseconds(now.time_since_epoch()).count();
  std::int64_t before_ns = instance.signed_ns.load(std::memory_order_relaxed);
  if (now_ns - before_ns < kBetweenSigns_ns) return;
  if (!instance.signed_ns.compare_exchange_strong(before_ns, now_ns, std::memory_order_relaxed)) {
    return;
  }
  const ServiceLink::Lease lease(instance.link);
  if (lease) lease.send(ipc::Kind::Alive);
}

}  // namespace

void announce(Instance& instance) noexcept {
  const ServiceLink::Lease lease(instance.link);
  if (!lease) return;
  const Locked locked(instance.lock);
  if (instance.announced_to != lease.serial()) {
    // Another service, which knows nothing of us. It is not stopped, nor are we focused.
    instance.announced_to = lease.serial();
    instance.announced_focus = false;
    instance.is_stop_announced = instance.stop != Instance::Stop::Stopped;
  }
  announce_stop(instance, lease);
  announce_focus(instance, lease);
  for (Session* s = instance.sessions; s != nullptr; s = s->following) announce_bodies(*s, lease);
}

void keep_up(Instance& instance) noexcept {
  const auto now = ServiceLink::Clock::now();
  instance.link.keep_up(now);
  announce(instance);
  give_sign(instance, now);
}

}  // namespace tactus::layer
