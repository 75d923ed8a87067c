// XR_TACTUSX_touch_preview: what is touched now.
#include "body_handles.h"
#include "functions.h"
#include "glove.h"
#include "instance.h"
#include "space.h"
#include "tactus/base/glove_layout.h"
#include "tactus/base/hand_patches.h"

namespace tactus::layer {
namespace {

static_assert(static_cast<int>(HandJoint::LittleTip) == XR_HAND_JOINT_LITTLE_TIP_EXT);
static_assert(kHandJoints == XR_HAND_JOINT_COUNT_EXT);

XrResult check(const XrTouchContactsGetInfoTACTUSX* info,
               const XrTouchContactsTACTUSX* contacts) noexcept {
  if (info == nullptr || contacts == nullptr ||
      info->type != XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX ||
      contacts->type != XR_TYPE_TOUCH_CONTACTS_TACTUSX ||
      (contacts->contactCapacityInput > 0 && contacts->contacts == nullptr)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  return info->time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

/// A contact, and which of the wearer's parts it is of.
struct Touching {
  Contact contact;
  XrTouchPartTACTUSX part = XR_TOUCH_PART_HAND_TACTUSX;
  XrTouchBodyTACTUSX body = XR_NULL_HANDLE;
  bool is_own = false;
};
using TouchingSet = InlineVector<Touching, XR_TOUCH_MAX_CONTACTS_TACTUSX>;
static_assert(TouchingSet::capacity() >=
              ContactSet::capacity() + WearerContactSet::capacity() + OwnContacts::capacity());

XrTouchPartTACTUSX part_of(GarmentCell cell) noexcept {
  return cell < GarmentCell::ChestUpper ? XR_TOUCH_PART_FOREARM_TACTUSX
                                        : XR_TOUCH_PART_CHEST_TACTUSX;
}

/// The published contacts of gloves that live at `time`. False when no glove does.
bool read_contacts(const Session& session, XrTime time, TouchingSet& touching) noexcept {
  Instance& instance = *session.instance;
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  bool is_live_hand[kHands];
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    is_live_hand[index(hand)] = is_live(lease.published(), hand, t, instance.time_map.lead());
  }
  if (!is_live_hand[0] && !is_live_hand[1]) return false;
  const auto add = [&](const Contact& contact, XrTouchPartTACTUSX part, const BodyHandles* bodies) {
    const bool is_there = part == XR_TOUCH_PART_CHEST_TACTUSX || is_live_hand[index(contact.hand)];
    const XrTouchBodyTACTUSX body = bodies != nullptr ? bodies->at(contact.body) : XR_NULL_HANDLE;
    if (is_there) (void)touching.push_back({contact, part, body, bodies == nullptr});
  };
  ipc::PublishedContacts of_hands;
  if (lease.published().contacts.read(of_hands) &&
      of_hands.contacts.size() <= ContactSet::capacity()) {
    const BodyHandles bodies(session, lease, of_hands.bodies);
    for (const Contact& contact : of_hands.contacts) {
      const bool is_sound = ipc::is_sound(contact) && contact.actuator < kPatches;
      if (is_sound) add(contact, XR_TOUCH_PART_HAND_TACTUSX, &bodies);
    }
  }
  ipc::PublishedHolds beside;
  if (!ipc::holds_in(lease.published().holds, beside)) return true;
  const BodyHandles bodies(session, lease, beside.bodies);
  for (const Contact& contact : beside.wearer) {
    add(contact, part_of(static_cast<GarmentCell>(contact.actuator)), &bodies);
  }
  for (const Contact& contact : beside.own) add(contact, XR_TOUCH_PART_HAND_TACTUSX, nullptr);
  return true;
}

XrTouchContactTACTUSX to_xr(const Touching& touching, const Pose& T_base_world,
                            const TimeMap& time_map) noexcept {
  const Contact& contact = touching.contact;
  const bool is_hand = touching.part == XR_TOUCH_PART_HAND_TACTUSX;
  const bool has_actuator = !is_hand || contact.actuator < kActuators;
  XrTouchContactTACTUSX out{};
  out.hand = contact.hand == Hand::Left ? XR_HAND_LEFT_EXT : XR_HAND_RIGHT_EXT;
  out.part = touching.part;
  out.isOwn = touching.is_own ? XR_TRUE : XR_FALSE;
  out.joint = is_hand ? static_cast<XrHandJointEXT>(kPatchSites[contact.actuator].joint)
                      : XR_HAND_JOINT_WRIST_EXT;
  out.actuator = has_actuator ? contact.actuator : XR_TOUCH_NO_ACTUATOR_TACTUSX;
  out.body = touching.body;
  out.region = static_cast<std::uint32_t>(contact.region);
  out.position = layer::to_xr(T_base_world * contact.p_world);
  out.normal = layer::to_xr(rotate(T_base_world.q, contact.n_world));
  out.depth = contact.depth_m;
  out.force = contact.force_N;
  out.slipSpeed = length(contact.v_slip_world);
  out.since = time_map.to_xr(contact.t_since);
  return out;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL
xrGetTouchContactsTACTUSX(XrSession session, const XrTouchContactsGetInfoTACTUSX* getInfo,
                          XrTouchContactsTACTUSX* contacts) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants(Extension::Touch)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (const XrResult wrong = check(getInfo, contacts); XR_FAILED(wrong)) return wrong;
  if (!ours->instance->is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  LocatedSpace base;
  const XrResult result = locate(*ours, getInfo->baseSpace, getInfo->time, base);
  if (XR_FAILED(result)) return result;

  TouchingSet touching;
  const bool is_active =
      ours->is_focused() && base.is_valid && read_contacts(*ours, getInfo->time, touching);
  contacts->isActive = is_active ? XR_TRUE : XR_FALSE;
  contacts->contactCountOutput = is_active ? static_cast<std::uint32_t>(touching.size()) : 0;
  if (contacts->contactCapacityInput == 0) return result;
  if (contacts->contactCapacityInput < contacts->contactCountOutput) {
    return XR_ERROR_SIZE_INSUFFICIENT;
  }
  for (std::uint32_t i = 0; i < contacts->contactCountOutput; ++i) {
    contacts->contacts[i] = to_xr(touching[i], base.T_base_world, ours->instance->time_map);
  }
  return result;
}

}  // namespace tactus::layer
