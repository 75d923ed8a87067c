// The scene's end of XR_TACTUSX_touch_preview: where the child is, what of her is touched, STOP.
//
// Without the extension, the file or a service the scene runs all the same and says so once.
//
//   Clocks   XrTime, the display time of the frame.
//   Frames   the space given with each call.
//   Units    metres, newtons.
//   Errors   none leave here: touch is then off, and the reason is printed once.
//   Threads  one owner.
//   Proof    tests/scene/headset_test.py
#pragma once
#include <span>
#include <string>
#include <vector>

#include "scene/app_xr/instance.h"
#include "scene/app_xr/touch_bones.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::scene {

class XrTouch {
 public:
  XrTouch(const Runtime& runtime, XrSession session, const std::string& body_path,
          const Skeleton& skeleton);
  ~XrTouch();
  XrTouch(const XrTouch&) = delete;
  XrTouch& operator=(const XrTouch&) = delete;

  /// Says where the bones will be in `space` when the frame of `t_shown` is shown.
  void show(XrSpace space, XrTime t_shown, const Pose& T_space_model,
            std::span<const Pose> T_model_bone);

  /// What is touched; positions in `space`. Valid until the next call.
  std::span<const XrTouchContactTACTUSX> contacts(XrSpace space, XrTime t);

  /// Whether the participant's arms are around her, as of now.
  bool is_hugged(XrTime t);

  /// Silences all actuators. False when there is nothing to silence through.
  bool stop();

 private:
  void create_body(const std::string& path, const Skeleton& skeleton);
  void give_up(const std::string& why);

  XrSession session_;
  XrTouchBodyTACTUSX body_ = XR_NULL_HANDLE;
  bool said_ = false;
  std::vector<TouchBone> bones_;
  std::vector<XrPosef> poses_;
  std::array<XrTouchContactTACTUSX, XR_TOUCH_MAX_CONTACTS_TACTUSX> contacts_{};
  PFN_xrCreateTouchBodyTACTUSX create_ = nullptr;
  PFN_xrDestroyTouchBodyTACTUSX destroy_ = nullptr;
  PFN_xrUpdateTouchBodyTACTUSX update_ = nullptr;
  PFN_xrGetTouchContactsTACTUSX get_contacts_ = nullptr;
  PFN_xrGetTouchHoldsTACTUSX get_holds_ = nullptr;
  PFN_xrStopTouchTACTUSX stop_ = nullptr;
};

}  // namespace tactus::scene
