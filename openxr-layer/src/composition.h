// The layers of a frame as the runtime is given them.
//
// An application hangs a menu on its hand by putting a layer into the hand's space. Where that space
// is a glove's or a tracker's of ours the runtime would look for a hand that it does not have: such a
// layer is given in the session's anchor instead, where the space is at the frame's display time.
// Where that is not known the layer stays as it is.
//
//   Clocks   XrTime.
//   Frames   the XrSpace of each layer.
//   Units    metres.
//   Errors   none: what is wrong stays wrong, and is the runtime's to refuse.
//   Threads  the caller's; no lock, no allocation.
//   Proof    tests/openxr-layer/composition_test.cc
#pragma once
#include <array>

#include "next.h"
#include "space.h"

namespace tactus::layer {

/// A frame for those below, as long as it lives. Of more than kMost layers none is looked at; a
/// projection of more than kMostViews stays as it is.
class Composition {
 public:
  static constexpr std::uint32_t kMost = 32, kMostViews = 4;

  Composition(const Session& session, const XrFrameEndInfo* frame) noexcept;
  Composition(const Composition&) = delete;
  Composition& operator=(const Composition&) = delete;

  [[nodiscard]] const XrFrameEndInfo* below() const noexcept { return below_; }

 private:
  struct Placed {
    union {
      XrCompositionLayerBaseHeader header;
      XrCompositionLayerProjection projection;
      XrCompositionLayerQuad quad;
      XrCompositionLayerCubeKHR cube;
      XrCompositionLayerCylinderKHR cylinder;
      XrCompositionLayerEquirectKHR equirect;
      XrCompositionLayerEquirect2KHR equirect2;
    };
    std::array<XrCompositionLayerProjectionView, kMostViews> views;
  };

  /// False for a layer of a kind that we do not know.
  static bool place(const XrCompositionLayerBaseHeader& layer, XrSpace anchor,
                    const Pose& T_anchor_space, Placed& out) noexcept;

  const XrFrameEndInfo* below_;
  XrFrameEndInfo frame_;
  std::array<const XrCompositionLayerBaseHeader*, kMost> layers_;
  std::array<Placed, kMost> placed_;
};

}  // namespace tactus::layer
