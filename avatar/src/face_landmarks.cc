#include "face_landmarks.h"

#include <algorithm>
#include <cmath>

namespace tactus::avatar {
namespace {

/// The value below which `share` of the values lie; robust against a stray vertex.
float quantile(std::vector<float> values, float share) {
  const auto at = static_cast<std::size_t>(share * static_cast<float>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

}  // namespace

FaceLandmarks::FaceLandmarks(const BodyAxes& axes, std::span<const Vec3> skin, float eyes_up_m)
    : axes_(axes) {
  constexpr std::size_t kFewest = 20;
  if (skin.size() < kFewest) return;
  std::vector<float> left, up, forward;
  for (const Vec3 p : skin) {
    left.push_back(dot(p, axes.left));
    up.push_back(dot(p, axes.up));
    forward.push_back(dot(p, axes.forward));
  }
  middle_left_m_ = 0.5f * (quantile(left, 0) + quantile(left, 1));
  middle_forward_m_ = 0.5f * (quantile(forward, 0) + quantile(forward, 1));
  front_m_ = quantile(forward, 0.995f) - middle_forward_m_;
  crown_up_m_ = quantile(up, 1);
  std::vector<float> front_up, temples;
  for (std::size_t i = 0; i < skin.size(); ++i) {
    if (forward[i] - middle_forward_m_ > 0.5f * front_m_) front_up.push_back(up[i]);
  }
  if (front_up.empty()) return;
  chin_up_m_ = quantile(front_up, 0);
  const bool eyes_known = eyes_up_m > chin_up_m_ && eyes_up_m < crown_up_m_;
  eyes_up_m_ = eyes_known ? eyes_up_m : 0.5f * (chin_up_m_ + crown_up_m_);
  for (std::size_t i = 0; i < skin.size(); ++i) {  // the skull's width above the ears
    const float s = height(up[i]);
    if (s > 0.58f && s < 0.85f) temples.push_back(std::fabs(left[i] - middle_left_m_));
  }
  if (temples.empty()) return;
  half_width_m_ = quantile(temples, 1);
  found_ = half_width_m_ > 0 && front_m_ > 0;
}

float FaceLandmarks::height(float up_m) const {
  return up_m < eyes_up_m_ ? 0.5f * (up_m - chin_up_m_) / (eyes_up_m_ - chin_up_m_)
                           : 0.5f + 0.5f * (up_m - eyes_up_m_) / (crown_up_m_ - eyes_up_m_);
}

// Heights after the facial thirds of anthropometry (L. Farkas, "Anthropometry of the Head and
// Face", 1994: mouth at a third, base of the nose at just over a half from chin to eyes), widened
// to hold a child's rounder face as well.
Region FaceLandmarks::part_at(Vec3 p, Vec3 n) const {
  if (!found_) return Region::Face;
  const float side = dot(p, axes_.left) - middle_left_m_;
  const float a = std::fabs(side) / half_width_m_;
  const float f = (dot(p, axes_.forward) - middle_forward_m_) / front_m_;
  const float s = height(dot(p, axes_.up));
  const float facing = dot(n, axes_.forward);
  if (a > 0.99f && s > 0.15f && s < 0.68f && std::fabs(f) < 0.45f) return Region::Ear;
  if (s < -0.08f) return Region::Neck;
  if (f < 0.15f || facing < 0.0f) return Region::Face;
  if (a < 0.25f && s > 0.14f && s < 0.275f && f > 0.6f) return Region::Lips;
  if (a < 0.18f && s >= 0.275f && s < 0.47f && f > 0.7f) return Region::Nose;
  if (s > 0.64f && f > 0.3f) return Region::Forehead;
  if (a > 0.20f && a < 0.97f && s > 0.06f && s < 0.44f) {
    return side > 0 ? Region::CheekLeft : Region::CheekRight;
  }
  return Region::Face;
}

}  // namespace tactus::avatar
