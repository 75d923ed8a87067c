// The runtime, and which of the things that the scene would like it has.
//
//   Frames   none. Units: none.
//   Errors   SceneError with the remedy when there is no runtime, no headset or no Vulkan.
//   Threads  one owner.
//   Proof    tests/scene/headset_test.py
#pragma once
#include "scene/app_xr/xr.h"

namespace tactus::scene {

class Runtime {
 public:
  Runtime();
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  XrInstance instance = XR_NULL_HANDLE;
  XrSystemId system = XR_NULL_SYSTEM_ID;
  bool has_hands = false;  ///< XR_EXT_hand_tracking, and a system that tracks
  bool has_touch = false;  ///< XR_TACTUSX_touch_preview
};

}  // namespace tactus::scene
