// Sessions: their anchor in the world, their focus, the frames that keep our clock right.
#include <array>

#include "composition.h"
#include "functions.h"
#include "haptic.h"
#include "instance.h"
#include "seen_head.h"
#include "seen_wrist.h"
#include "session_input.h"
#include "space.h"
#include "touch_event.h"
#include "tracker.h"

namespace tactus::layer {
namespace {

void link(Session& session) noexcept {
  const Locked locked(session.instance->lock);
  session.following = session.instance->sessions;
  session.instance->sessions = &session;
}

void unlink(Session& session) noexcept {
  const Locked locked(session.instance->lock);
  Session** at = &session.instance->sessions;
  while (*at != nullptr && *at != &session) at = &(*at)->following;
  if (*at != nullptr) *at = session.following;
  session.following = nullptr;
}

XrSpace create_space(const Session& session, XrReferenceSpaceType type) noexcept {
  XrReferenceSpaceCreateInfo info{};
  info.type = XR_TYPE_REFERENCE_SPACE_CREATE_INFO;
  info.referenceSpaceType = type;
  info.poseInReferenceSpace.orientation.w = 1;
  XrSpace space = XR_NULL_HANDLE;
  const XrResult result =
      session.instance->next.xrCreateReferenceSpace(session.handle, &info, &space);
  return XR_SUCCEEDED(result) ? space : XR_NULL_HANDLE;
}

/// STAGE, and LOCAL beside it; LOCAL alone where there is no STAGE.
void create_anchor(Session& session) noexcept {
  session.local = create_space(session, XR_REFERENCE_SPACE_TYPE_LOCAL);
  session.anchor = create_space(session, XR_REFERENCE_SPACE_TYPE_STAGE);
  if (session.anchor != XR_NULL_HANDLE) return;
  session.anchor_type = XR_REFERENCE_SPACE_TYPE_LOCAL;
  session.anchor = session.local;
  session.local = XR_NULL_HANDLE;
}

/// A session that cannot be kept is one that we know nothing of; the runtime's is as good as ever.
void enter(Instance& instance, XrSession handle, XrSystemId system) noexcept {
  Owned<Session> made = make<Session>();
  if (made == nullptr) return;
  made->instance = &instance;
  made->handle = handle;
  made->system = system;
  made->anchor_in_world.write({});
  made->local_in_anchor.write({});
  if (instance.is_serving) {
    create_anchor(*made);
    const bool needs_head = instance.gives_body(Extension::BodyFb) ||
                            instance.gives_body(Extension::BodyBd) ||
                            instance.wants(Extension::Touch);
    if (needs_head) made->view = create_space(*made, XR_REFERENCE_SPACE_TYPE_VIEW);
  }
  const std::uint64_t key = key_of(handle);
  if (Owned<Session> stale{sessions.remove(key)}; stale != nullptr) unlink(*stale);
  if (!sessions.insert(key, made.get())) return;
  link(*made.release());
}

/// Without focus the hands are not the application's any more.
void fall_silent(Session& session) noexcept {
  end_streams(*session.instance, kAllElements);
  end_pattern(session);
  constexpr std::size_t kMostTrackers = 16;
  std::array<HandTracker*, kMostTrackers> trackers{};
  {
    const Locked locked(session.instance->lock);
    HandTracker* tracker = session.trackers;
    for (std::size_t i = 0; i < kMostTrackers && tracker != nullptr; tracker = tracker->following) {
      if (tracker->is_held.load()) trackers[i++] = tracker;
    }
  }
  for (HandTracker* tracker : trackers) {
    if (tracker != nullptr) release_fingers(*tracker);
  }
}

void on_state(Instance& instance, const XrEventDataSessionStateChanged& event) noexcept {
  Session* session = sessions.find(key_of(event.session));
  if (session == nullptr || session->instance != &instance) return;
  session->state.store(event.state, std::memory_order_relaxed);
  if (!session->is_focused()) fall_silent(*session);
  announce(instance);
}

/// From changeTime on, the world is elsewhere in the anchor. Where the move is not known the world
/// jumps with it; the epoch says so. Under the instance's lock.
void move_anchor(Session& session, const XrEventDataReferenceSpaceChangePending& event) noexcept {
  const Pose T_before_after = from_xr(event.poseInPreviousSpace);
  AnchorInWorld anchor;
  if (!session.anchor_in_world.read(anchor)) return;
  anchor.before = anchor.after;
  if (event.poseValid == XR_TRUE && is_valid(T_before_after)) {
    anchor.after = anchor.before * T_before_after;
  }
  anchor.t_change = event.changeTime;
  ++anchor.epoch;
  session.anchor_in_world.write(anchor);
}

void on_space_change(Instance& instance,
                     const XrEventDataReferenceSpaceChangePending& event) noexcept {
  Session* session = sessions.find(key_of(event.session));
  if (session == nullptr || session->instance != &instance) return;
  if (event.referenceSpaceType != session->anchor_type &&
      event.referenceSpaceType != XR_REFERENCE_SPACE_TYPE_LOCAL) {
    return;
  }
  const Locked locked(instance.lock);
  session->local_in_anchor.write({{}, 0, event.changeTime});
  if (event.referenceSpaceType == session->anchor_type) move_anchor(*session, event);
}

void on_event(Instance& instance, const XrEventDataBuffer& event) noexcept {
  if (event.type == XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) {
    on_state(instance, reinterpret_cast<const XrEventDataSessionStateChanged&>(event));
  } else if (event.type == XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING) {
    on_space_change(instance,
                    reinterpret_cast<const XrEventDataReferenceSpaceChangePending&>(event));
  }
}

/// Behind all that the runtime has to say.
bool tell_profile_changed(Instance& instance, XrEventDataBuffer& event) noexcept {
  const Locked locked(instance.lock);
  for (const Session* s = instance.sessions; s != nullptr; s = s->following) {
    SessionInput* input = s->input.load(std::memory_order_acquire);
    if (input == nullptr || !input->has_profile_changed.exchange(false)) continue;
    reinterpret_cast<XrEventDataInteractionProfileChanged&>(event) = {
        XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED, nullptr, s->handle};
    return true;
  }
  return false;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrCreateSession(XrInstance instance,
                                               const XrSessionCreateInfo* createInfo,
                                               XrSession* session) noexcept {
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->next.xrCreateSession(instance, createInfo, session);
  if (XR_SUCCEEDED(result)) enter(*ours, *session, createInfo->systemId);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroySession(XrSession session) noexcept {
  const std::uint64_t key = key_of(session);
  Owned<Session> ending(sessions.remove(key));
  if (ending == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ending->instance;
  unlink(*ending);
  end_pattern(*ending);
  {
    const ServiceLink::Lease lease(instance.link);
    for (const TouchBody* body = ending->bodies; lease && body != nullptr; body = body->following) {
      if (body->announced_to != lease.serial()) continue;
      lease.send(ipc::Kind::DestroyBody, ipc::DestroyBody{body->number});
    }
  }
  announce(instance);  // that nothing is focused any more
  const XrResult result = instance.next.xrDestroySession(session);
  if (XR_FAILED(result) && sessions.insert(key, ending.get())) link(*ending.release());
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrPollEvent(XrInstance instance,
                                           XrEventDataBuffer* eventData) noexcept {
  Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->next.xrPollEvent(instance, eventData);
  if (result == XR_SUCCESS && eventData != nullptr) on_event(*ours, *eventData);
  if (ours->is_serving) keep_up(*ours);
  if (result != XR_EVENT_UNAVAILABLE || eventData == nullptr) return result;
  const bool is_ours = next_tracker_event(*ours, *eventData) ||
                       tell_profile_changed(*ours, *eventData) ||
                       next_touch_event(*ours, *eventData);
  return is_ours ? XR_SUCCESS : result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrWaitFrame(XrSession session, const XrFrameWaitInfo* waitInfo,
                                           XrFrameState* frameState) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  const XrResult result = instance.next.xrWaitFrame(session, waitInfo, frameState);
  if (XR_FAILED(result) || !instance.is_serving) return result;
  if (frameState != nullptr) {
    const ServiceLink::Lease lease(instance.link);
    instance.time_map.learn(*frameState,
                            lease ? lease.published().header.clock : ipc::ClockKind::Monotonic);
    learn_local(*ours, frameState->predictedDisplayTime);
  }
  keep_up(instance);
  tell_head(*ours);
  tell_wrists(*ours);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrEndFrame(XrSession session,
                                          const XrFrameEndInfo* frameEndInfo) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const Composition composition(*ours, frameEndInfo);
  const XrResult result = ours->instance->next.xrEndFrame(session, composition.below());
  if (ours->instance->is_serving) keep_up(*ours->instance);
  return result;
}

}  // namespace tactus::layer
