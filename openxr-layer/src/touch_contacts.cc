// XR_TACTUSX_touch_preview: what is touched now.
#include "functions.h"
#include "glove.h"
#include "instance.h"
#include "space.h"
#include "tactus/base/glove_layout.h"
#include "tactus/base/hand_patches.h"

namespace tactus::layer {
namespace {

static_assert(XR_TOUCH_MAX_CONTACTS_TACTUSX >= ContactSet::capacity());
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

/// True for what the engine may publish.
bool is_sound(const Contact& contact) noexcept {
  return index(contact.hand) < kHands && contact.actuator < kPatches &&
         is_finite(contact.p_world) && is_finite(contact.n_world) &&
         is_finite(contact.v_slip_world) && std::isfinite(contact.depth_m) &&
         std::isfinite(contact.force_N);
}

/// The published contacts of gloves that live at `time`. False when no glove does.
bool read_contacts(Instance& instance, XrTime time, ContactSet& sound) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t)) return false;
  bool is_live_hand[kHands];
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    is_live_hand[index(hand)] = is_live(lease.published(), hand, t, instance.time_map.lead());
  }
  if (!is_live_hand[0] && !is_live_hand[1]) return false;
  ipc::PublishedContacts published;
  if (!lease.published().contacts.read(published)) return true;
  if (published.contacts.size() > ContactSet::capacity()) return true;
  for (const Contact& contact : published.contacts) {
    if (is_sound(contact) && is_live_hand[index(contact.hand)]) (void)sound.push_back(contact);
  }
  return true;
}

XrTouchContactTACTUSX to_xr(const Contact& contact, const Pose& T_base_world,
                            const TimeMap& time_map) noexcept {
  XrTouchContactTACTUSX out{};
  out.hand = contact.hand == Hand::Left ? XR_HAND_LEFT_EXT : XR_HAND_RIGHT_EXT;
  out.joint = static_cast<XrHandJointEXT>(kPatchSites[contact.actuator].joint);
  out.actuator = contact.actuator < kActuators ? contact.actuator : XR_TOUCH_NO_ACTUATOR_TACTUSX;
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

  ContactSet sound;
  const bool is_active =
      ours->is_focused() && base.is_valid && read_contacts(*ours->instance, getInfo->time, sound);
  contacts->isActive = is_active ? XR_TRUE : XR_FALSE;
  contacts->contactCountOutput = is_active ? static_cast<std::uint32_t>(sound.size()) : 0;
  if (contacts->contactCapacityInput == 0) return result;
  if (contacts->contactCapacityInput < contacts->contactCountOutput) {
    return XR_ERROR_SIZE_INSUFFICIENT;
  }
  for (std::uint32_t i = 0; i < contacts->contactCountOutput; ++i) {
    contacts->contacts[i] = to_xr(sound[i], base.T_base_world, ours->instance->time_map);
  }
  return result;
}

}  // namespace tactus::layer
