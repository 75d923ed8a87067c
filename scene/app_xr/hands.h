// The participant's hands, as the runtime (or a layer over it) tracks them.
//
//   Frames   joints in the space asked for.
//   Units    metres.
//   Errors   a hand that is not tracked is not there.
//   Threads  one owner.
//   Proof    tests/scene/headset_test.py
#pragma once
#include <optional>

#include "scene/app_xr/instance.h"
#include "scene/render/renderer.h"

namespace tactus::scene {

class XrHands {
 public:
  /// Tracks nothing when the runtime does not offer hands.
  XrHands(const Runtime& runtime, XrSession session);
  ~XrHands();
  XrHands(const XrHands&) = delete;
  XrHands& operator=(const XrHands&) = delete;

  /// hand: 0 left, 1 right.
  [[nodiscard]] std::optional<ShownHand> locate(std::size_t hand, XrSpace space, XrTime t) const;

 private:
  PFN_xrLocateHandJointsEXT locate_ = nullptr;
  PFN_xrDestroyHandTrackerEXT destroy_ = nullptr;
  std::array<XrHandTrackerEXT, 2> tracker_{XR_NULL_HANDLE, XR_NULL_HANDLE};
  std::array<RestHand, 2> rest_{rest_hand(1), rest_hand(-1)};
};

}  // namespace tactus::scene
