// Where on a head chin, eyes and crown are, and which part of the face a point is in proportion.
//
//   Frames   rest; the person's own axes.
//   Units    metres; heights s are 0 at the chin, 0.5 at the eyes, 1 at the crown.
//   Errors   without a head nothing is found: part_at gives Region::Face.
//   Threads  pure.
//   Proof    tests/avatar/regions_test.cc
#pragma once
#include <span>

#include "bone_parts.h"
#include "tactus/contact/contact.h"

namespace tactus::avatar {

class FaceLandmarks {
 public:
  /// `skin`: points of the bare head. `eyes_up_m`: height of the eye bones, NaN if there are none.
  FaceLandmarks(const BodyAxes& axes, std::span<const Vec3> skin, float eyes_up_m);

  /// The part of the face at a surface point.
  [[nodiscard]] Region part_at(Vec3 p, Vec3 n) const;

 private:
  [[nodiscard]] float height(float up_m) const;

  BodyAxes axes_;
  bool found_ = false;
  float middle_left_m_ = 0, half_width_m_ = 0;
  float middle_forward_m_ = 0, front_m_ = 0;  ///< from the middle of the head to its front
  float chin_up_m_ = 0, eyes_up_m_ = 0, crown_up_m_ = 0;
};

}  // namespace tactus::avatar
