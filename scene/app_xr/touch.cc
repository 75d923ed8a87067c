#include "scene/app_xr/touch.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

namespace tactus::scene {

XrTouch::XrTouch(const Runtime& runtime, XrSession session, const std::string& body_path,
                 const Skeleton& skeleton)
    : session_(session) {
  if (!runtime.has_touch) {
    give_up("the layer XR_APILAYER_TACTUS_touch is not installed or not on");
    return;
  }
  const XrInstance instance = runtime.instance;
  create_ = find_function<PFN_xrCreateTouchBodyTACTUSX>(instance, "xrCreateTouchBodyTACTUSX");
  destroy_ = find_function<PFN_xrDestroyTouchBodyTACTUSX>(instance, "xrDestroyTouchBodyTACTUSX");
  update_ = find_function<PFN_xrUpdateTouchBodyTACTUSX>(instance, "xrUpdateTouchBodyTACTUSX");
  get_contacts_ =
      find_function<PFN_xrGetTouchContactsTACTUSX>(instance, "xrGetTouchContactsTACTUSX");
  get_holds_ = find_function<PFN_xrGetTouchHoldsTACTUSX>(instance, "xrGetTouchHoldsTACTUSX");
  stop_ = find_function<PFN_xrStopTouchTACTUSX>(instance, "xrStopTouchTACTUSX");
  try {
    create_body(body_path, skeleton);
  } catch (const SceneError& error) {
    give_up(error.what());
  }
}

XrTouch::~XrTouch() {
  if (body_ != XR_NULL_HANDLE) destroy_(body_);
}

void XrTouch::create_body(const std::string& path, const Skeleton& skeleton) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw SceneError(path + " cannot be opened; `tactus bake` makes it from child.glb");
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  bones_ = match_bones(std::as_bytes(std::span(bytes)), skeleton);
  poses_.resize(bones_.size());
  XrTouchBodyCreateInfoTACTUSX request{XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX};
  request.dataSize = static_cast<std::uint32_t>(bytes.size());
  request.data = bytes.data();
  check(create_(session_, &request, &body_), "xrCreateTouchBodyTACTUSX (is a service running?)");
}

void XrTouch::give_up(const std::string& why) {
  if (!said_) std::fprintf(stderr, "tactus-scene: seen, not felt: %s\n", why.c_str());
  said_ = true;
}

void XrTouch::show(XrSpace space, XrTime t_shown, const Pose& T_space_model,
                   std::span<const Pose> T_model_bone) {
  if (body_ == XR_NULL_HANDLE) return;
  for (std::size_t i = 0; i < bones_.size(); ++i)
    poses_[i] = to_xr(T_space_model * T_model_bone[bones_[i].bone] * bones_[i].T_bone_baked);
  XrTouchBodyPosesTACTUSX poses{XR_TYPE_TOUCH_BODY_POSES_TACTUSX};
  poses.space = space;
  poses.displayTime = t_shown;
  poses.boneCount = static_cast<std::uint32_t>(poses_.size());
  poses.bones = poses_.data();
  const XrResult result = update_(body_, &poses);
  if (XR_FAILED(result)) give_up("xrUpdateTouchBodyTACTUSX failed: " + std::to_string(result));
}

std::span<const XrTouchContactTACTUSX> XrTouch::contacts(XrSpace space, XrTime t) {
  if (get_contacts_ == nullptr) return {};
  XrTouchContactsGetInfoTACTUSX where{XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX};
  where.baseSpace = space;
  where.time = t;
  XrTouchContactsTACTUSX found{XR_TYPE_TOUCH_CONTACTS_TACTUSX};
  found.contactCapacityInput = XR_TOUCH_MAX_CONTACTS_TACTUSX;
  found.contacts = contacts_.data();
  if (XR_FAILED(get_contacts_(session_, &where, &found)) || !found.isActive) return {};
  return {contacts_.data(), std::min<std::size_t>(found.contactCountOutput, contacts_.size())};
}

bool XrTouch::is_hugged(XrTime t) {
  if (get_holds_ == nullptr) return false;
  XrTouchHoldsGetInfoTACTUSX when{XR_TYPE_TOUCH_HOLDS_GET_INFO_TACTUSX};
  when.time = t;
  XrTouchHoldsTACTUSX holds{XR_TYPE_TOUCH_HOLDS_TACTUSX};
  return XR_SUCCEEDED(get_holds_(session_, &when, &holds)) && holds.isActive && holds.hug.isHeld;
}

bool XrTouch::stop() { return stop_ != nullptr && XR_SUCCEEDED(stop_(session_)); }

}  // namespace tactus::scene
