// The application's spaces. Those fixed to LOCAL and STAGE are still where they were, which spares
// a call of the runtime in every locate: LOCAL is looked at once a frame.
#include "functions.h"
#include "instance.h"
#include "space.h"
#include "user.h"

namespace tactus::layer {
namespace {

constexpr XrSpaceLocationFlags kValid =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
constexpr XrSpaceLocationFlags kTracked =
    XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;

void unlink(AppSpace& space) noexcept {
  const Locked locked(space.session->instance->lock);
  AppSpace** at = &space.session->spaces;
  while (*at != nullptr && *at != &space) at = &(*at)->following;
  if (*at != nullptr) *at = space.following;
}

Owned<AppSpace> make_space(Session& session, XrSpace handle, const XrPosef& place) noexcept {
  Owned<AppSpace> made = make<AppSpace>();
  if (made == nullptr) return nullptr;
  made->session = &session;
  made->handle = handle;
  made->T_reference_space = from_xr(place);
  return made;
}

/// A space that cannot be kept is asked of the runtime each time.
void enter(Owned<AppSpace> made) noexcept {
  if (made == nullptr) return;
  const std::uint64_t key = key_of(made->handle);
  if (Owned<AppSpace> stale{app_spaces.remove(key)}; stale != nullptr) unlink(*stale);
  if (!app_spaces.insert(key, made.get())) return;
  Session& session = *made->session;
  const Locked locked(session.instance->lock);
  made->following = session.spaces;
  session.spaces = made.release();
}

/// Whose grip an action's space is: bit 0 left, bit 1 right.
std::uint8_t grips_in(Instance& instance, const XrActionSpaceCreateInfo& info) noexcept {
  const Action* action = actions.find(key_of(info.action));
  if (action == nullptr || !action->is_pose()) return 0;
  const std::uint8_t grips = action->hands.load(std::memory_order_relaxed);
  if (info.subactionPath == XR_NULL_PATH) return grips;
  return static_cast<std::uint8_t>(grips & hands_of(instance, info.subactionPath));
}

AppSpace::Kind kind_of(const Session& session, XrReferenceSpaceType type) noexcept {
  if (session.anchor == XR_NULL_HANDLE) return AppSpace::Kind::Other;
  if (type == session.anchor_type) return AppSpace::Kind::Anchor;
  return type == XR_REFERENCE_SPACE_TYPE_LOCAL ? AppSpace::Kind::Local : AppSpace::Kind::Other;
}

}  // namespace

void learn_local(Session& session, XrTime time) noexcept {
  LocalInAnchor known;
  if (session.local == XR_NULL_HANDLE || !session.local_in_anchor.read(known)) return;
  if (time <= 0 || time < known.t_since) return;
  XrSpaceLocation location{};
  location.type = XR_TYPE_SPACE_LOCATION;
  const XrResult result =
      session.instance->next.xrLocateSpace(session.local, session.anchor, time, &location);
  LocalInAnchor seen{from_xr(location.pose), location.locationFlags, known.t_since};
  if (XR_FAILED(result) || !is_valid(seen.T_anchor_local)) seen.flags = 0;
  const Locked locked(session.instance->lock);
  // Unless it was moved meanwhile.
  if (session.local_in_anchor.read(known) && known.t_since == seen.t_since) {
    session.local_in_anchor.write(seen);
  }
}

bool find_fixed(const Session& session, XrSpace base, XrTime time, LocatedSpace& located) noexcept {
  const AppSpace* space = app_spaces.find(key_of(base));
  if (space == nullptr || space->session != &session || !space->is_fixed()) {
    return false;
  }
  LocalInAnchor local{{}, kValid | kTracked, 0};
  AnchorInWorld anchor;
  if (space->kind == AppSpace::Kind::Local && !session.local_in_anchor.read(local)) return false;
  if ((local.flags & kValid) != kValid || time < local.t_since ||
      !session.anchor_in_world.read(anchor)) {
    return false;
  }
  located.T_base_world = inverse(anchor.at(time) * local.T_anchor_local * space->T_reference_space);
  located.is_valid = true;
  located.is_position_tracked = (local.flags & XR_SPACE_LOCATION_POSITION_TRACKED_BIT) != 0;
  located.is_orientation_tracked = (local.flags & XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT) != 0;
  located.has_velocity = true;  // none
  return true;
}

XRAPI_ATTR XrResult XRAPI_CALL xrCreateReferenceSpace(XrSession session,
                                                      const XrReferenceSpaceCreateInfo* createInfo,
                                                      XrSpace* space) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = ours->instance->next.xrCreateReferenceSpace(session, createInfo, space);
  if (XR_FAILED(result)) return result;
  Owned<AppSpace> made = make_space(*ours, *space, createInfo->poseInReferenceSpace);
  if (made != nullptr) made->kind = kind_of(*ours, createInfo->referenceSpaceType);
  enter(std::move(made));
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrCreateActionSpace(XrSession session,
                                                   const XrActionSpaceCreateInfo* createInfo,
                                                   XrSpace* space) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  const Question question(instance, createInfo);
  if (!question.is_right()) return XR_ERROR_PATH_UNSUPPORTED;
  const XrResult result = instance.next.xrCreateActionSpace(session, question.below(), space);
  if (XR_FAILED(result)) return result;
  Owned<AppSpace> made = make_space(*ours, *space, createInfo->poseInActionSpace);
  if (made == nullptr) return result;
  const std::uint8_t grips = grips_in(instance, *createInfo);
  if (grips == 1 || grips == 2) made->kind = AppSpace::Kind::Grip;
  made->hand = grips == 2 ? Hand::Right : Hand::Left;
  made->action = createInfo->action;
  made->user = createInfo->subactionPath;
  made->is_hidden = question.is_hidden_below();
  enter(std::move(made));
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroySpace(XrSpace space) noexcept {
  Owned<AppSpace> ending(app_spaces.remove(key_of(space)));
  if (ending != nullptr) {
    unlink(*ending);
    return ending->session->instance->next.xrDestroySpace(space);
  }
  // Made by a function of an extension that goes past us: whoever has sessions may know it.
  XrResult result = XR_ERROR_HANDLE_INVALID;
  instances.for_each([&](const Instance& instance) {
    if (result != XR_ERROR_HANDLE_INVALID || instance.next.xrDestroySpace == nullptr) return;
    result = instance.next.xrDestroySpace(space);
  });
  return result;
}

}  // namespace tactus::layer
