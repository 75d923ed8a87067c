#include "session.h"

#include "entry_points.h"
#include "enumerate.h"
#include "pose_conversion.h"
#include "runtime.h"
#include "system.h"

namespace tactus::runtime {
namespace {

// At the eyes, gravity-aligned, ahead where the head looks. Looking straight up or down the
// direction of its top stands in.
Pose upright(const Pose& T_stage_head) {
  Vec3 ahead = rotate(T_stage_head.q, {0, 0, -1});
  if (ahead.x * ahead.x + ahead.z * ahead.z < 1e-4f) {
    const float sign = ahead.y > 0 ? -1.0f : 1.0f;
    ahead = sign * rotate(T_stage_head.q, {0, 1, 0});
  }
  return {axis_angle({0, 1, 0}, std::atan2(-ahead.x, -ahead.z)), T_stage_head.p};
}

XrResult open_graphics(const Instance& instance, const XrSessionCreateInfo& create,
                       std::unique_ptr<VulkanDevice>& made) {
  const auto* binding =
      in_chain<XrGraphicsBindingVulkanKHR>(create.next, XR_TYPE_GRAPHICS_BINDING_VULKAN_KHR);
  if (!binding || !instance.extensions.has_vulkan()) {
    const bool headless = instance.extensions.has(Extension::Headless) && !binding;
    return headless ? XR_SUCCESS : XR_ERROR_GRAPHICS_DEVICE_INVALID;
  }
  if (!instance.knows_graphics_requirements) return XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING;
  made = VulkanDevice::open(*binding);
  return made ? XR_SUCCESS : XR_ERROR_GRAPHICS_DEVICE_INVALID;
}

}  // namespace

Session::~Session() { instance.events.forget(xr(*this)); }

Pose Session::T_stage_local(XrTime time) const {
  for (auto origin = local_origins.rbegin(); origin != local_origins.rend(); ++origin) {
    if (origin->since <= time) return origin->T_stage_local;
  }
  return local_origins.front().T_stage_local;
}

void enter(Session& session, XrSessionState state) {
  Instance& instance = session.instance;
  session.state = state;
  if (state <= XR_SESSION_STATE_FOCUSED) {
    instance.statistics.highest_state = std::max(instance.statistics.highest_state, state);
  }
  instance.events.push(XrEventDataSessionStateChanged{XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED,
                                                      nullptr, xr(session), state,
                                                      to_xr_time(instance.world.clock().now_ns())});
}

void ask_to_exit(Session& session) {
  if (!session.running || session.exit_requested) return;
  session.exit_requested = true;
  if (session.state == XR_SESSION_STATE_FOCUSED) enter(session, XR_SESSION_STATE_VISIBLE);
  if (session.state == XR_SESSION_STATE_VISIBLE) enter(session, XR_SESSION_STATE_SYNCHRONIZED);
  // The specification lets a session stop from SYNCHRONIZED only.
  if (session.state == XR_SESSION_STATE_READY) enter(session, XR_SESSION_STATE_SYNCHRONIZED);
  enter(session, XR_SESSION_STATE_STOPPING);
}

Pose on_floor(const Pose& T_stage_local) {
  return {T_stage_local.q, {T_stage_local.p.x, 0, T_stage_local.p.z}};
}

void recentre(Session& session, XrTime since) {
  World& world = session.instance.world;
  const Pose T_stage_old = session.local_origins.back().T_stage_local;
  const Pose T_stage_new = upright(world.locate(Device::Head, world.clock().now_ns()).T_stage);
  session.local_origins.push_back({since, T_stage_new});
  const auto tell = [&](XrReferenceSpaceType type, const Pose& T_old_new) {
    session.instance.events.push(XrEventDataReferenceSpaceChangePending{
        XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING, nullptr, xr(session), type, since,
        XR_TRUE, to_xr(T_old_new)});
  };
  tell(XR_REFERENCE_SPACE_TYPE_LOCAL, inverse(T_stage_old) * T_stage_new);
  if (!session.instance.extensions.has_local_floor()) return;
  tell(XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR, inverse(on_floor(T_stage_old)) * on_floor(T_stage_new));
}

XrResult create_session(XrInstance xr_instance, const XrSessionCreateInfo* create,
                        XrSession* made) {
  Instance* instance = find<Instance>(xr_instance);
  if (!instance) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_SESSION_CREATE_INFO) || !made || create->createFlags != 0) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (create->systemId != kSystemId) return XR_ERROR_SYSTEM_INVALID;
  std::unique_ptr<VulkanDevice> vulkan;
  const XrResult result = open_graphics(*instance, *create, vulkan);
  if (XR_FAILED(result)) return result;

  Session& session = runtime().objects.add<Session>(instance->id, *instance);
  session.vulkan = std::move(vulkan);
  if (session.vulkan) session.pictures = std::make_unique<Pictures>();
  const std::int64_t now_ns = instance->world.clock().now_ns();
  session.local_origins.push_back(
      {0, upright(instance->world.locate(Device::Head, now_ns).T_stage)});
  enter(session, XR_SESSION_STATE_IDLE);
  enter(session, XR_SESSION_STATE_READY);
  *made = xr(session);
  return XR_SUCCESS;
}

XrResult destroy_session(XrSession xr_session) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  runtime().objects.remove(session->id);
  return XR_SUCCESS;
}

XrResult begin_session(XrSession xr_session, const XrSessionBeginInfo* begin) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(begin, XR_TYPE_SESSION_BEGIN_INFO)) return XR_ERROR_VALIDATION_FAILURE;
  const XrResult result =
      check_view_configuration(session->instance.extensions, begin->primaryViewConfigurationType);
  if (XR_FAILED(result)) return result;
  if (session->running) return XR_ERROR_SESSION_RUNNING;
  if (session->state != XR_SESSION_STATE_READY) return XR_ERROR_SESSION_NOT_READY;
  session->running = true;
  session->view_configuration = begin->primaryViewConfigurationType;
  session->frames = {};
  if (session->is_headless()) {  // XR_MND_headless: no frames are needed to get there
    enter(*session, XR_SESSION_STATE_SYNCHRONIZED);
    enter(*session, XR_SESSION_STATE_VISIBLE);
    enter(*session, XR_SESSION_STATE_FOCUSED);
  }
  return XR_SUCCESS;
}

XrResult end_session(XrSession xr_session) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!session->running) return XR_ERROR_SESSION_NOT_RUNNING;
  if (session->state != XR_SESSION_STATE_STOPPING) return XR_ERROR_SESSION_NOT_STOPPING;
  session->running = false;
  runtime().changed.notify_all();
  enter(*session, XR_SESSION_STATE_IDLE);
  enter(*session, XR_SESSION_STATE_EXITING);  // only ask_to_exit leads to STOPPING
  return XR_SUCCESS;
}

XrResult request_exit_session(XrSession xr_session) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!session->running) return XR_ERROR_SESSION_NOT_RUNNING;
  ask_to_exit(*session);
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
