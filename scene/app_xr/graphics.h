// The graphics card that the runtime chose, made through XR_KHR_vulkan_enable2.
//
//   Frames   none. Units: none.
//   Errors   SceneError.
//   Threads  one owner.
//   Proof    tests/scene/headset_test.py
#pragma once
#include "scene/app_xr/instance.h"
#include "scene/render/device.h"

namespace tactus::scene {

class XrGraphics {
 public:
  explicit XrGraphics(const Runtime& runtime);
  ~XrGraphics();
  XrGraphics(const XrGraphics&) = delete;
  XrGraphics& operator=(const XrGraphics&) = delete;

  [[nodiscard]] const Gpu& gpu() const { return gpu_; }
  [[nodiscard]] XrGraphicsBindingVulkan2KHR binding() const;

 private:
  Gpu gpu_;
};

}  // namespace tactus::scene
