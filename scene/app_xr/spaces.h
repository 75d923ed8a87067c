// Where LOCAL, STAGE and the participant's head are to each other, asked anew each frame.
//
//   Clocks   XrTime of the frame.
//   Frames   named in each function.
//   Units    metres.
//   Errors   without a STAGE the floor is guessed 1.2 m below LOCAL, and that is said once. A pose
//            that is lost for a while stays as it was.
//   Threads  one owner.
//   Proof    tests/scene/headset_test.py
#pragma once
#include <optional>

#include "scene/app_xr/xr.h"

namespace tactus::scene {

class XrSpaces {
 public:
  explicit XrSpaces(XrSession session);
  ~XrSpaces();
  XrSpaces(const XrSpaces&) = delete;
  XrSpaces& operator=(const XrSpaces&) = delete;

  void locate(XrTime t);

  [[nodiscard]] XrSpace local() const { return local_; }
  [[nodiscard]] const Pose& stage_in_local() const { return T_local_stage_; }
  /// Nothing before it was known once.
  [[nodiscard]] const std::optional<Pose>& head_in_local() const { return T_local_head_; }

 private:
  XrSpace local_ = XR_NULL_HANDLE, stage_ = XR_NULL_HANDLE, head_ = XR_NULL_HANDLE;
  Pose T_local_stage_{Quat::Identity(), {0, -1.2f, 0}};
  std::optional<Pose> T_local_head_;
};

}  // namespace tactus::scene
