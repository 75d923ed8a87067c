#include <mutex>

#include "composition.h"
#include "entry_points.h"
#include "enumerate.h"
#include "runtime.h"
#include "session.h"
#include "system.h"

namespace tactus::runtime {
namespace {

// The session if the call may go on, with the reason in `result` if not.
Session* find_running(XrSession xr_session, XrResult& result) {
  Session* session = find<Session>(xr_session);
  result = !session            ? XR_ERROR_HANDLE_INVALID
           : !session->running ? XR_ERROR_SESSION_NOT_RUNNING
                               : XR_SUCCESS;
  return result == XR_SUCCESS ? session : nullptr;
}

// What the user asked for since the last frame. LOCAL moves at the display time after the one of
// this frame, so that the application hears of it before it draws in the new space.
void obey_user(Session& session, std::int64_t refresh) {
  World& world = session.instance.world;
  if (world.take_recentre()) {
    recentre(session, to_xr_time(refresh_ns(refresh + kFramesToDisplay + 1)));
  }
  if (world.quit_requested()) ask_to_exit(session);
}

void answer_wait(Session& session, std::int64_t refresh, XrFrameState& state) {
  FrameLoop& frames = session.frames;
  if (frames.first_refresh < 0) frames.first_refresh = refresh;
  frames.last_refresh = refresh;
  frames.has_waited = true;
  frames.waited = {refresh, session.is_visible() && !session.is_headless() &&
                                session.instance.world.draws_at(refresh)};
  state.predictedDisplayTime = to_xr_time(refresh_ns(refresh + kFramesToDisplay));
  state.predictedDisplayPeriod = kPeriod_ns;
  state.shouldRender = frames.waited.drawn ? XR_TRUE : XR_FALSE;
}

// One state nearer to focus with each frame.
void advance_state(Session& session) {
  switch (session.state) {
    case XR_SESSION_STATE_READY:
      return enter(session, XR_SESSION_STATE_SYNCHRONIZED);
    case XR_SESSION_STATE_SYNCHRONIZED:
      return enter(session, XR_SESSION_STATE_VISIBLE);
    case XR_SESSION_STATE_VISIBLE:
      return enter(session, XR_SESSION_STATE_FOCUSED);
    default:
      return;
  }
}

std::int64_t picture_number(const Session& session) {
  const std::int64_t since = session.instance.world.is_virtual() ? 0 : session.frames.first_refresh;
  return session.frames.begun.refresh - since;
}

}  // namespace

XrResult wait_frame(XrSession xr_session, const XrFrameWaitInfo* wait, XrFrameState* state) {
  std::unique_lock lock(runtime().mutex);
  XrResult result = XR_SUCCESS;
  if (!find<Session>(xr_session)) return XR_ERROR_HANDLE_INVALID;
  if (!is_a_or_null(wait, XR_TYPE_FRAME_WAIT_INFO) || !is_a(state, XR_TYPE_FRAME_STATE)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  Session* session = find_running(xr_session, result);
  while (session && (session->frames.has_waited || session->frames.waiting)) {
    runtime().changed.wait(lock);  // until the frame before is begun
    session = find_running(xr_session, result);
  }
  if (!session) return result;
  session->frames.waiting = true;
  const RuntimeClock clock = session->instance.world.clock();
  const std::int64_t refresh = clock.next_refresh(session->frames.last_refresh);
  lock.unlock();
  clock.wait_until(refresh_ns(refresh));
  lock.lock();
  session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  session->frames.waiting = false;
  runtime().changed.notify_all();
  if (!session->running) return XR_ERROR_SESSION_NOT_RUNNING;
  session->instance.world.sample();
  answer_wait(*session, refresh, *state);
  obey_user(*session, refresh);
  return XR_SUCCESS;
}

XrResult begin_frame(XrSession xr_session, const XrFrameBeginInfo* begin) {
  XrResult result = XR_SUCCESS;
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a_or_null(begin, XR_TYPE_FRAME_BEGIN_INFO)) return XR_ERROR_VALIDATION_FAILURE;
  session = find_running(xr_session, result);
  if (!session) return result;
  FrameLoop& frames = session->frames;
  if (!frames.has_waited) return XR_ERROR_CALL_ORDER_INVALID;
  const bool discards = frames.has_begun;
  frames.has_waited = false;
  frames.has_begun = true;
  frames.begun = frames.waited;
  runtime().changed.notify_all();
  return discards ? XR_FRAME_DISCARDED : XR_SUCCESS;
}

XrResult end_frame(XrSession xr_session, const XrFrameEndInfo* end) {
  std::unique_lock lock(runtime().mutex);
  XrResult result = XR_SUCCESS;
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(end, XR_TYPE_FRAME_END_INFO)) return XR_ERROR_VALIDATION_FAILURE;
  session = find_running(xr_session, result);
  if (!session) return result;
  if (!session->frames.has_begun) return XR_ERROR_CALL_ORDER_INVALID;
  if (end->displayTime <= 0) return XR_ERROR_TIME_INVALID;
  result = check_blend_mode(end->environmentBlendMode);
  if (XR_FAILED(result)) return result;
  Composition composition;
  result = check_layers(*session, *end, composition);
  if (XR_FAILED(result)) return result;

  session->frames.has_begun = false;
  Statistics& statistics = session->instance.statistics;
  ++statistics.frames_ended;
  if (end->layerCount > 0) ++statistics.frames_with_layers;
  session->instance.world.count_frame();
  advance_state(*session);
  const std::int64_t number = picture_number(*session);
  if (!session->pictures) return XR_SUCCESS;
  lock.unlock();  // the picture may take long, and only this thread may use the queue
  const unsigned written = session->pictures->show(*session, composition, number);
  lock.lock();
  session->instance.statistics.pictures_written += written;
  session->pictures->steer(session->instance.world);
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
