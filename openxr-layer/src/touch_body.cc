// XR_TACTUSX_touch_preview: bodies that can be touched, where their bones will be shown, STOP.
#include "chain.h"
#include "complaint.h"
#include "functions.h"
#include "instance.h"
#include "space.h"
#include "tactus/contact/body.h"
#include "tactus/contact/carrier.h"
#include "touch_data.h"

namespace tactus::layer {
namespace {

static_assert(XR_TOUCH_MAX_BONES_TACTUSX == ipc::kMaxBones && ipc::kMaxBones >= kMaxBodyBones);

const XrTouchMeshTACTUSX* mesh_of(const XrTouchBodyCreateInfoTACTUSX& info) noexcept {
  return first_of<const XrTouchMeshTACTUSX>(const_cast<void*>(info.next),
                                            XR_TYPE_TOUCH_MESH_TACTUSX);
}

/// Either data or a mesh.
XrResult check(const XrTouchBodyCreateInfoTACTUSX* info, const XrTouchBodyTACTUSX* body) noexcept {
  if (info == nullptr || body == nullptr || info->type != XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const bool has_data =
      info->data != nullptr && info->dataSize > 0 && info->dataSize <= ipc::kMaxBodyBytes;
  const bool has_none = info->data == nullptr && info->dataSize == 0;
  const bool is_right = mesh_of(*info) != nullptr ? has_none : has_data;
  return is_right ? XR_SUCCESS : XR_ERROR_VALIDATION_FAILURE;
}

XrResult keep_said(const XrTouchBodyCreateInfoTACTUSX& info, TouchBody& body) noexcept {
  constexpr const char* kFunction = "xrCreateTouchBodyTACTUSX";
  const Instance& instance = *body.session->instance;
  const XrTouchMeshTACTUSX* mesh = mesh_of(info);
  if (mesh == nullptr) {
    return keep_data(instance, kFunction, {static_cast<const std::byte*>(info.data), info.dataSize},
                     body);
  }
  Bytes made;
  const XrResult wrong = make_body(instance, *mesh, made);
  return XR_FAILED(wrong) ? wrong : keep_data(instance, kFunction, made.all(), body);
}

std::size_t count_bodies(const Instance& instance) noexcept {
  std::size_t count = 0;
  for (const Session* s = instance.sessions; s != nullptr; s = s->following) {
    for (const TouchBody* b = s->bodies; b != nullptr; b = b->following) ++count;
  }
  return count;
}

/// Gives the body its number and its place; the service is told by announce.
XrResult enter(Owned<TouchBody> made) noexcept {
  Session& session = *made->session;
  Instance& instance = *session.instance;
  const Locked locked(instance.lock);
  if (count_bodies(instance) >= ipc::kMaxBodiesPerClient) return XR_ERROR_LIMIT_REACHED;
  if (!touch_bodies.insert(key_of(made->handle), made.get())) return XR_ERROR_OUT_OF_MEMORY;
  made->number = ++instance.bodies_made;
  made->following = session.bodies;
  session.bodies = made.release();
  return XR_SUCCESS;
}

const XrTouchBodyCarryTACTUSX* carry_of(const XrTouchBodyPosesTACTUSX& poses) noexcept {
  return first_of<const XrTouchBodyCarryTACTUSX>(const_cast<void*>(poses.next),
                                                 XR_TYPE_TOUCH_BODY_CARRY_TACTUSX);
}

/// False: names no hand, or not joints of one, each once.
bool read_carrier(const XrTouchBodyCarryTACTUSX& carry, Carrier& carrier) noexcept {
  const bool is_hand = carry.hand == XR_HAND_LEFT_EXT || carry.hand == XR_HAND_RIGHT_EXT;
  if (!is_hand || carry.jointCount == 0 || carry.jointCount > kHandJoints ||
      carry.joints == nullptr) {
    return false;
  }
  carrier = {0, carry.hand == XR_HAND_LEFT_EXT ? Hand::Left : Hand::Right};
  for (std::uint32_t i = 0; i < carry.jointCount; ++i) {
    const auto joint = static_cast<std::uint32_t>(carry.joints[i]);
    if (joint >= kHandJoints || (carrier.joints >> joint & 1u) != 0) return false;
    carrier.joints |= 1u << joint;
  }
  return true;
}

XrResult check(const TouchBody& body, const XrTouchBodyPosesTACTUSX* poses) noexcept {
  if (poses == nullptr || poses->type != XR_TYPE_TOUCH_BODY_POSES_TACTUSX) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (poses->boneCount != body.bone_count || poses->bones == nullptr) {
    complain(*body.session->instance, "xrUpdateTouchBodyTACTUSX",
             "give as many bones as the body was made with",
             {XR_OBJECT_TYPE_TOUCH_BODY_TACTUSX, key_of(body.handle)});
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (poses->displayTime <= 0) return XR_ERROR_TIME_INVALID;
  for (std::uint32_t i = 0; i < poses->boneCount; ++i) {
    if (!is_valid(from_xr(poses->bones[i]))) return XR_ERROR_POSE_INVALID;
  }
  return XR_SUCCESS;
}

/// Sends the bones in world, or in the frame of the hand that carries them. A frame that does not get
/// through is replaced by the next one.
void send_frame(const TouchBody& body, const XrTouchBodyPosesTACTUSX& poses,
                const Pose& T_said_space, const Carrier& carrier) noexcept {
  Instance& instance = *body.session->instance;
  AnchorInWorld anchor;
  HostTime t_shown;
  const ServiceLink::Lease lease(instance.link);
  if (!lease || body.announced_to != lease.serial() ||
      !instance.time_map.to_host(poses.displayTime, t_shown) ||
      !body.session->anchor_in_world.read(anchor)) {
    return;
  }
  std::array<Pose, ipc::kMaxBones> T_said_bone;
  for (std::uint32_t i = 0; i < poses.boneCount; ++i) {
    T_said_bone[i] = T_said_space * from_xr(poses.bones[i]);
  }
  const ipc::BodyFrame frame{body.number, anchor.epoch_at(poses.displayTime),
                             t_shown.time_since_epoch().count(), poses.boneCount, to_bits(carrier)};
  lease.send(ipc::Kind::BodyFrame, frame,
             std::as_bytes(std::span(T_said_bone).first(poses.boneCount)));
}

XrResult say(XrSession session, Instance::Stop stop) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ours->instance;
  if (!instance.wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (!instance.is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  {
    const Locked locked(instance.lock);
    instance.stop = stop;
    instance.is_stop_announced = false;
  }
  announce(instance);
  return XR_SUCCESS;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL
xrCreateTouchBodyTACTUSX(XrSession session, const XrTouchBodyCreateInfoTACTUSX* createInfo,
                         XrTouchBodyTACTUSX* body) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (const XrResult wrong = check(createInfo, body); XR_FAILED(wrong)) return wrong;
  if (!ours->instance->is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  Owned<TouchBody> made = make<TouchBody>();
  if (made == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  made->session = ours;
  made->handle = handle_for<XrTouchBodyTACTUSX>(made.get());
  if (const XrResult bad = keep_said(*createInfo, *made); XR_FAILED(bad)) return bad;
  const XrTouchBodyTACTUSX handle = made->handle;
  if (const XrResult full = enter(std::move(made)); XR_FAILED(full)) return full;
  announce(*ours->instance);
  *body = handle;
  return XR_SUCCESS;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyTouchBodyTACTUSX(XrTouchBodyTACTUSX body) noexcept {
  Owned<TouchBody> ending(touch_bodies.remove(key_of(body)));
  if (ending == nullptr) return XR_ERROR_HANDLE_INVALID;
  Instance& instance = *ending->session->instance;
  const ServiceLink::Lease lease(instance.link);
  const Locked locked(instance.lock);
  TouchBody** at = &ending->session->bodies;
  while (*at != nullptr && *at != ending.get()) at = &(*at)->following;
  if (*at != nullptr) *at = ending->following;
  if (lease && ending->announced_to == lease.serial()) {
    lease.send(ipc::Kind::DestroyBody, ipc::DestroyBody{ending->number});
  }
  return XR_SUCCESS;
}

XRAPI_ATTR XrResult XRAPI_CALL
xrUpdateTouchBodyTACTUSX(XrTouchBodyTACTUSX body, const XrTouchBodyPosesTACTUSX* poses) noexcept {
  const TouchBody* ours = touch_bodies.find(key_of(body));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (const XrResult wrong = check(*ours, poses); XR_FAILED(wrong)) return wrong;
  if (const XrTouchBodyCarryTACTUSX* carry = carry_of(*poses); carry != nullptr) {
    Carrier carrier;
    if (!read_carrier(*carry, carrier)) return XR_ERROR_VALIDATION_FAILURE;
    send_frame(*ours, *poses, {}, carrier);
    return XR_SUCCESS;
  }
  LocatedSpace space;
  const XrResult result = locate(*ours->session, poses->space, poses->displayTime, space);
  if (XR_FAILED(result)) return result;
  if (space.is_valid) send_frame(*ours, *poses, inverse(space.T_base_world), {});
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrStopTouchTACTUSX(XrSession session) noexcept {
  return say(session, Instance::Stop::Stopped);
}

XRAPI_ATTR XrResult XRAPI_CALL xrResumeTouchTACTUSX(XrSession session) noexcept {
  return say(session, Instance::Stop::Resumed);
}

}  // namespace tactus::layer
