#include "space.h"

#include <algorithm>
#include <array>
#include <span>

#include "action.h"
#include "entry_points.h"
#include "enumerate.h"
#include "pose_conversion.h"
#include "runtime.h"

namespace tactus::runtime {
namespace {

constexpr std::array kReferences{XR_REFERENCE_SPACE_TYPE_VIEW, XR_REFERENCE_SPACE_TYPE_LOCAL,
                                 XR_REFERENCE_SPACE_TYPE_STAGE,
                                 XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR};
constexpr XrExtent2Df kStageBounds_m{3.0f, 3.0f};  // the floor that a simulated user may walk on

constexpr XrSpaceLocationFlags kLocated =
    XR_SPACE_LOCATION_ORIENTATION_VALID_BIT | XR_SPACE_LOCATION_POSITION_VALID_BIT |
    XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT | XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
constexpr XrSpaceVelocityFlags kVelocityKnown =
    XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT;

// The last is for those who have OpenXR 1.1 or its extension.
std::span<const XrReferenceSpaceType> references(const Session& session) {
  const bool all = session.instance.extensions.has_local_floor();
  return std::span(kReferences).first(kReferences.size() - (all ? 0 : 1));
}

bool is_supported(const Session& session, XrReferenceSpaceType type) {
  const auto types = references(session);
  return std::find(types.begin(), types.end(), type) != types.end();
}

Motion at_rest(const Pose& T_stage) { return {T_stage, {}, {}, true}; }

Motion locate_base(const Space& space, XrTime time) {
  Session& session = space.session;
  World& world = session.instance.world;
  switch (static_cast<int>(space.reference)) {  // an older header lacks one of them
    case XR_REFERENCE_SPACE_TYPE_STAGE:
      return at_rest({});
    case XR_REFERENCE_SPACE_TYPE_LOCAL:
      return at_rest(session.T_stage_local(time));
    case XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR:
      return at_rest(on_floor(session.T_stage_local(time)));
    case XR_REFERENCE_SPACE_TYPE_VIEW:
      return world.locate(Device::Head, to_ns(time));
    default:
      return locate_action(session, space.action, space.subaction, time);
  }
}

// A point rigidly attached to a moving frame.
Motion offset(const Motion& base, const Pose& T_base_point) {
  Motion point = base;
  point.T_stage = base.T_stage * T_base_point;
  point.velocity_m_per_s += cross(base.omega_rad_per_s, point.T_stage.p - base.T_stage.p);
  return point;
}

// As seen by someone who moves with `base`.
Motion relative(const Motion& base, const Motion& space) {
  const Quat q_base_stage = conjugate(base.T_stage.q);
  const Vec3 carried = cross(base.omega_rad_per_s, space.T_stage.p - base.T_stage.p);
  return {inverse(base.T_stage) * space.T_stage,
          rotate(q_base_stage, space.velocity_m_per_s - base.velocity_m_per_s - carried),
          rotate(q_base_stage, space.omega_rad_per_s - base.omega_rad_per_s),
          base.active && space.active};
}

Motion locate_in(const Space& base, const Space& space, XrTime time) {
  // Two frames on the same thing: known exactly, and at all times.
  if (!space.is_action_space() && space.has_base_of(base)) {
    return at_rest(inverse(base.T_base_space) * space.T_base_space);
  }
  return relative(locate_in_stage(base, time), locate_in_stage(space, time));
}

template <typename Location>
void write_pose(const Motion& T_base, Location& location) {
  location.locationFlags = T_base.active ? kLocated : 0;
  if (T_base.active) location.pose = to_xr(T_base.T_stage);
}

template <typename Velocity>
void write_velocity(const Motion& T_base, Velocity& velocity) {
  velocity.velocityFlags = T_base.active ? kVelocityKnown : 0;
  if (!T_base.active) return;
  velocity.linearVelocity = to_xr(T_base.velocity_m_per_s);
  velocity.angularVelocity = to_xr(T_base.omega_rad_per_s);
}

}  // namespace

Motion locate_in_stage(const Space& space, XrTime time) {
  const Motion base = locate_base(space, time);
  return base.active ? offset(base, space.T_base_space) : base;
}

XrResult enumerate_reference_spaces(XrSession xr_session, std::uint32_t capacity,
                                    std::uint32_t* count, XrReferenceSpaceType* types) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  return enumerate<XrReferenceSpaceType>(capacity, count, types, references(*session));
}

XrResult create_reference_space(XrSession xr_session, const XrReferenceSpaceCreateInfo* create,
                                XrSpace* made) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_REFERENCE_SPACE_CREATE_INFO) || !made) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (!is_supported(*session, create->referenceSpaceType)) {
    return XR_ERROR_REFERENCE_SPACE_UNSUPPORTED;
  }
  const Pose T_base_space = to_pose(create->poseInReferenceSpace);
  if (!is_valid(T_base_space)) return XR_ERROR_POSE_INVALID;
  Space& space = runtime().objects.add<Space>(session->id, *session, T_base_space);
  space.reference = create->referenceSpaceType;
  *made = xr(space);
  return XR_SUCCESS;
}

XrResult get_reference_space_bounds(XrSession xr_session, XrReferenceSpaceType type,
                                    XrExtent2Df* bounds) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!bounds) return XR_ERROR_VALIDATION_FAILURE;
  if (!is_supported(*session, type)) return XR_ERROR_REFERENCE_SPACE_UNSUPPORTED;
  const bool is_stage = type == XR_REFERENCE_SPACE_TYPE_STAGE;
  *bounds = is_stage ? kStageBounds_m : XrExtent2Df{};
  return is_stage ? XR_SUCCESS : XR_SPACE_BOUNDS_UNAVAILABLE;
}

XrResult create_action_space(XrSession xr_session, const XrActionSpaceCreateInfo* create,
                             XrSpace* made) {
  Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(create, XR_TYPE_ACTION_SPACE_CREATE_INFO) || !made) return XR_ERROR_VALIDATION_FAILURE;
  const Action* action = find<Action>(create->action);
  if (!action || &action->set.instance != &session->instance) return XR_ERROR_HANDLE_INVALID;
  if (action->kind != XR_ACTION_TYPE_POSE_INPUT) return XR_ERROR_ACTION_TYPE_MISMATCH;
  const XrResult result = check_subaction(*action, create->subactionPath);
  if (XR_FAILED(result)) return result;
  const Pose T_base_space = to_pose(create->poseInActionSpace);
  if (!is_valid(T_base_space)) return XR_ERROR_POSE_INVALID;
  Space& space = runtime().objects.add<Space>(session->id, *session, T_base_space);
  space.action = action->id;
  space.subaction = create->subactionPath;
  *made = xr(space);
  return XR_SUCCESS;
}

XrResult locate_space(XrSpace xr_space, XrSpace xr_base, XrTime time, XrSpaceLocation* location) {
  const Space* space = find<Space>(xr_space);
  const Space* base = find<Space>(xr_base);
  if (!space || !base || &space->session != &base->session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(location, XR_TYPE_SPACE_LOCATION)) return XR_ERROR_VALIDATION_FAILURE;
  if (time <= 0) return XR_ERROR_TIME_INVALID;
  const Motion T_base = locate_in(*base, *space, time);
  write_pose(T_base, *location);
  auto* velocity = in_chain<XrSpaceVelocity>(location->next, XR_TYPE_SPACE_VELOCITY);
  if (velocity) write_velocity(T_base, *velocity);
  return XR_SUCCESS;
}

XrResult locate_spaces(XrSession xr_session, const XrSpacesLocateInfo* locate,
                       XrSpaceLocations* located) {
  const Session* session = find<Session>(xr_session);
  if (!session) return XR_ERROR_HANDLE_INVALID;
  if (!is_a(locate, XR_TYPE_SPACES_LOCATE_INFO) || !is_a(located, XR_TYPE_SPACE_LOCATIONS) ||
      locate->spaceCount == 0 || !locate->spaces || !located->locations ||
      located->locationCount != locate->spaceCount) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  auto* moving = in_chain<XrSpaceVelocities>(located->next, XR_TYPE_SPACE_VELOCITIES);
  if (moving && (moving->velocityCount != locate->spaceCount || !moving->velocities)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const auto find_own = [session](XrSpace xr_space) {
    const Space* space = find<Space>(xr_space);
    return space && &space->session == session ? space : nullptr;
  };
  const std::span spaces(locate->spaces, locate->spaceCount);
  const Space* base = find_own(locate->baseSpace);
  if (!base || !std::all_of(spaces.begin(), spaces.end(), find_own)) {
    return XR_ERROR_HANDLE_INVALID;
  }
  if (locate->time <= 0) return XR_ERROR_TIME_INVALID;
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const Motion T_base = locate_in(*base, *find_own(spaces[i]), locate->time);
    write_pose(T_base, located->locations[i]);
    if (moving) write_velocity(T_base, moving->velocities[i]);
  }
  return XR_SUCCESS;
}

XrResult destroy_space(XrSpace xr_space) {
  const Space* space = find<Space>(xr_space);
  if (!space) return XR_ERROR_HANDLE_INVALID;
  runtime().objects.remove(space->id);
  return XR_SUCCESS;
}

}  // namespace tactus::runtime
