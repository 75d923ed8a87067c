#include "scene/world/embrace.h"

namespace tactus::scene {
namespace {

// A child's own pace.
constexpr float kOpen_s = 0.60f;
constexpr float kStep_s = 1.25f;
constexpr float kClose_s = 0.70f;
constexpr float kAside_s = 0.50f;
constexpr float kNeck_s = 1.00f;
constexpr float kStepsAfter_s = 0.5f;
constexpr float kPatience_s = 0.5f;   ///< arms that only lie down anew have not let go
constexpr float kStaysOpen_s = 1.6f;  ///< arms that let go: those of the other are on their way out

constexpr float kLongestStep_m = 0.29f;
constexpr float kApart_m = 0.32f;   ///< she comes no nearer to a head by herself
constexpr float kNear_m = 0.17f;    ///< a head so near to her own is embraced
constexpr float kComing_m = 0.12f;  ///< over which it comes to be
constexpr float kLift_m = 0.022f;   ///< of a foot that steps
constexpr float kDip_m = 0.034f;    ///< of hips over feet that are apart

constexpr float kLean_rad = 10 * kRadPerDeg;
constexpr float kForward_m = 0.035f;  ///< of hips over feet, towards whom she embraces
constexpr float kTilt_rad = 9 * kRadPerDeg;
constexpr float kSway_m = 0.02f;
constexpr float kAsideFull_m = 0.04f;  ///< of a head that she makes room for as far as she does
constexpr float kAsideFrom_m = 0.55f;  ///< a head so near is made room for
constexpr float kOwnSide_m = 0.030f;   ///< of a head that comes straight: she goes to her right

// From between the eyes to the base of the neck, in the head's frame (Drillis & Contini 1966, an adult
// of 1.70 m), and half of what the head nods is the neck's.
const Vec3 kEyesToNeck{0, -0.167f, 0.129f};

Vec3 neck_of(const Pose& T_model_head) {
  const Vec3 n_ahead = T_model_head.q * -Vec3::UnitZ();
  const Quat q_level =
      Quat::FromTwoVectors(n_ahead, direction({n_ahead.x(), 0, n_ahead.z()}, -Vec3::UnitZ()));
  return T_model_head.p + Quat::Identity().slerp(0.5f, q_level) * (T_model_head.q * kEyesToNeck);
}

// Where the first foot and then the second are on the way of the step, 0 to 1.
float foot_way(float step, bool second) {
  constexpr float kSecondWaits = 0.42f;
  return ease((step - (second ? kSecondWaits : 0.0f)) / (1 - kSecondWaits));
}

}  // namespace

void follow(EmbraceState& state, const Span& span, double t_s, float dt_s, const Nearby& nearby) {
  const bool wants = t_s >= span.from_s && t_s < span.to_s;
  if (t_s < span.from_s) state.held = state.let_go = false;
  if (wants && nearby.hugs) state.held = true;
  state.alone_s = nearby.hugs ? 0 : state.alone_s + dt_s;
  state.let_go = state.let_go || (state.held && state.alone_s > kPatience_s) || t_s >= span.to_s;
  state.open_s = wants && !state.let_go ? kStaysOpen_s : std::max(0.0f, state.open_s - dt_s);
  const float wanted = wants && !state.let_go ? 1.0f : 0.0f;
  const float open = state.open_s > 0 ? 1.0f : 0.0f;
  const bool steps = open > 0 && t_s >= span.from_s + kStepsAfter_s;

  float near = 0, aside = 0;
  if (nearby.T_model_head && t_s >= span.from_s) {
    const Vec3& p_eyes = nearby.T_model_head->p;
    const Vec3 p_neck = neck_of(*nearby.T_model_head);
    if (!state.sees) state.neck = {p_neck, Vec3::Zero()};
    state.sees = true;
    state.neck.step(p_neck, kNeck_s, dt_s);
    if (!steps && wanted > 0)
      state.step_m = std::clamp(p_eyes.z() - kApart_m, 0.0f, kLongestStep_m);
    const float apart_m =
        std::hypot(p_eyes.x(), p_eyes.z() - state.step_m * state.step.value.value);
    near = 1 - ease((apart_m - kNear_m) / kComing_m);
    aside = soft_limit((p_eyes.x() + kOwnSide_m) / kAsideFull_m, 1) *
            (1 - ease((apart_m - kNear_m) / (kAsideFrom_m - kNear_m)));
  }
  state.open.step(open, kOpen_s, dt_s);
  state.step.step(steps ? 1.0f : 0.0f, kStep_s, dt_s);
  state.close.step(wanted * near, kClose_s, dt_s);
  state.aside.step(aside, kAside_s, dt_s);
}

Embrace embrace(const EmbraceState& state) {
  Embrace result;
  result.open = state.open.value.value;
  result.close = state.close.value.value;
  const float step = std::clamp(state.step.value.value, 0.0f, 1.0f);
  const float aside = state.aside.value.value;
  const float apart = std::sin(kPi * step);
  result.p_hips_shift_m = {-kSway_m * aside, -kDip_m * apart * apart,
                           state.step_m * step + kForward_m * result.close};
  for (const bool second : {false, true}) {
    const float way = foot_way(step, second);
    const float lift = std::sin(kPi * way);
    result.p_foot_shift_m[second ? 1 : 0] = {0, kLift_m * lift * lift, state.step_m * way};
  }
  result.lean_rad = kLean_rad * result.close;
  result.tilt_rad = kTilt_rad * aside;
  result.p_neck = state.neck.value;
  return result;
}

}  // namespace tactus::scene
