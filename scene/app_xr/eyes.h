// The swapchains of the two eyes, and the layer that shows them.
//
//   Frames   eyes are located in the space that the picture is drawn in.
//   Units    pixels, metres.
//   Errors   SceneError.
//   Threads  one owner.
//   Proof    tests/scene/headset_test.py
#pragma once
#include <vector>

#include "scene/app_xr/xr.h"
#include "scene/render/renderer.h"

namespace tactus::scene {

class XrEyes {
 public:
  XrEyes(XrInstance instance, XrSystemId system, XrSession session, VkDevice device);
  ~XrEyes();
  XrEyes(const XrEyes&) = delete;
  XrEyes& operator=(const XrEyes&) = delete;

  [[nodiscard]] VkFormat format() const { return format_; }

  /// Draws the picture into each eye as it will be at `t_shown`. Nothing when the runtime does not
  /// know where the eyes are; else the layer to submit, valid until the next call.
  const XrCompositionLayerProjection* draw(Renderer& renderer, const Picture& picture,
                                           XrSpace space, XrTime t_shown);

 private:
  struct Chain {
    XrSwapchain swapchain = XR_NULL_HANDLE;
    VkExtent2D extent{};
    std::vector<VkImageView> images;
  };
  void choose_format();
  Chain create_chain(const XrViewConfigurationView& view);
  VkImageView acquire(const Chain& chain);

  XrSession session_;
  VkDevice device_;
  VkFormat format_ = VK_FORMAT_UNDEFINED;
  std::vector<Chain> chains_;
  std::vector<XrCompositionLayerProjectionView> shown_;
  XrCompositionLayerProjection layer_{XR_TYPE_COMPOSITION_LAYER_PROJECTION};
};

}  // namespace tactus::scene
