#include "motion_writer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;

class Writer {
 public:
  Writer(std::uint64_t seed, const PersonBones& bones) : bones_(bones), random_(seed * 7919 + 17) {
    const auto length = [&](BodyJoint joint) {
      return norm(bones.p_parent_joint[static_cast<std::size_t>(joint)]);
    };
    leg_m_ = length(BodyJoint::RightKnee) + length(BodyJoint::RightAnkle);
    hip_m_ = length(BodyJoint::RightHip);
    heading_ = uniform(-std::numbers::pi, std::numbers::pi);
    for (double& phase : script_.phases) phase = uniform(0, 2 * std::numbers::pi);
    for (std::size_t side = 0; side < kHands; ++side) script_.first_foot[side] = under_hip(side);
    foot_ = script_.first_foot;
  }

  MotionScript write(Activity activity, double duration_s) {
    key(0, stand());
    while (t_s_ < duration_s || script_.keys.size() < 2) {
      switch (activity) {
        case Activity::Stand:
          stand_about();
          break;
        case Activity::Walk:
          walk();
          break;
        case Activity::Reach:
          reach();
          break;
        case Activity::Hug:
          hug();
          break;
        case Activity::Sit:
          sit();
          break;
        case Activity::Turn:
          turn_round();
          break;
        case Activity::Crouch:
          crouch();
          break;
        case Activity::Calibrate:
          calibrate();
          break;
      }
    }
    return std::move(script_);
  }

 private:
  double uniform(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  double gauss(double mean, double sigma) {
    return std::normal_distribution<double>(mean, sigma)(random_);
  }
  double gauss_deg(double mean, double sigma) { return gauss(mean * kDeg, sigma * kDeg); }

  V3d ahead() const { return {-std::sin(heading_), 0, -std::cos(heading_)}; }
  V3d right() const { return {std::cos(heading_), 0, -std::sin(heading_)}; }

  FootPlace under_hip(std::size_t side) {
    const double out = side == 0 ? -1 : 1;
    FootPlace foot;
    foot.p_world_ankle = place_ + (out * (hip_m_ + uniform(0.0, 0.04))) * right();
    foot.p_world_ankle.y = bones_.ankle_height_m;
    foot.yaw = heading_ - out * (bones_.toe_out_rad + gauss_deg(0, 3));
    return foot;
  }

  /// Upright, arms hanging, everything a little different each time.
  Posture stand() {
    Posture p;
    p.p_world_pelvis = place_;
    p.p_world_pelvis.y = bones_.ankle_height_m + leg_m_ * uniform(0.990, 1.0);
    p.yaw = heading_ + gauss_deg(0, 3);
    p.pitch = gauss_deg(-2, 3);
    p.roll = gauss_deg(0, 2);
    p.spine_bend = gauss_deg(3, 4);
    p.spine_side = gauss_deg(0, 3);
    p.spine_twist = gauss_deg(0, 4);
    p.head_nod = gauss_deg(5, 10);
    p.head_side = gauss_deg(0, 5);
    p.head_turn = gauss_deg(0, 20);
    for (ArmAngles& arm : p.arm) arm = hanging();
    for (FootPlace& foot : p.foot) foot.knee_out = gauss_deg(0, 8);
    return p;
  }

  ArmAngles natural(double plane_deg, double elevation_deg, double elbow_deg) {
    ArmAngles arm;
    arm.plane = plane_deg * kDeg;
    arm.elevation = elevation_deg * kDeg;
    arm.elbow = std::clamp(elbow_deg, 3.0, 140.0) * kDeg;
    // An elbow hangs: the further ahead and the more level the arm, the more it is turned down.
    const double level = std::cos(arm.elevation) * std::max(0.0, std::sin(arm.plane));
    arm.axial = 50 * kDeg * level + gauss_deg(8, 18);
    arm.pronation = std::clamp(gauss_deg(20, 30), -75 * kDeg, 75 * kDeg);
    arm.wrist_flexion = gauss_deg(-10, 15);
    arm.wrist_deviation = gauss_deg(0, 8);
    arm.collar_raise = std::max(0.0, elevation_deg + 60) * 0.20 * kDeg + gauss_deg(0, 3);
    arm.collar_forward = 0.10 * arm.plane * std::cos(arm.elevation) + gauss_deg(-2, 3);
    return arm;
  }
  ArmAngles hanging() {
    return natural(gauss(10, 15), uniform(-86, -72), std::abs(gauss(15, 12)) + 5);
  }
  ArmAngles anywhere() { return natural(uniform(-10, 110), uniform(-80, 55), uniform(5, 120)); }

  void key(double after_s, const Posture& posture) {
    t_s_ += after_s;
    script_.keys.push_back({t_s_, posture});
  }

  /// Puts a foot elsewhere, from now on.
  void step(std::size_t side, const FootPlace& to, double starts_s, double takes_s) {
    script_.steps.push_back({starts_s, takes_s, side, foot_[side], to});
    foot_[side] = to;
  }

  void stand_about() {
    Posture p = stand();
    if (uniform(0, 1) < 0.4) {
      const double elbow = uniform(40, 110);
      for (ArmAngles& arm : p.arm) arm = natural(gauss(30, 12), gauss(-65, 8), elbow);
    }
    p.head_turn = gauss_deg(0, 35);
    key(uniform(1.0, 2.5), p);
  }

  void walk() {
    const double step_s = uniform(0.5, 0.65), length_m = leg_m_ * uniform(0.6, 0.85);
    const std::size_t side = script_.steps.size() % 2;
    heading_ += gauss_deg(6, 10);
    place_ = place_ + (0.5 * length_m) * ahead();
    const V3d body = place_;
    place_ = place_ + (0.5 * length_m) * ahead();
    const FootPlace to = under_hip(side);
    place_ = body;
    step(side, to, t_s_, step_s * 0.9);
    Posture p = stand();
    p.p_world_pelvis.y = bones_.ankle_height_m + leg_m_ * 0.985;
    const double phase = side == 0 ? 1 : -1;
    p.spine_twist += phase * gauss_deg(-6, 2);
    p.yaw += phase * gauss_deg(4, 2);
    for (std::size_t s = 0; s < kHands; ++s) {
      const double swings = (s == side ? -1 : 1) * gauss(22, 6);
      p.arm[s] = natural(90, -88, 15 + std::max(0.0, swings) * 0.8);
      p.arm[s].elevation = (-90 + std::abs(swings)) * kDeg;
      p.arm[s].plane = swings > 0 ? 80 * kDeg : -80 * kDeg;
      if (swings < 0) p.arm[s].axial = gauss_deg(-60, 10);
    }
    key(step_s, p);
  }

  void reach() {
    Posture p = stand();
    for (ArmAngles& arm : p.arm) {
      if (uniform(0, 1) < 0.75) arm = anywhere();
    }
    const double favour = p.arm[1].plane - p.arm[0].plane;
    p.spine_twist = std::clamp(gauss_deg(0, 8) + 0.12 * favour, -0.6, 0.6);
    p.spine_bend = gauss_deg(8, 8);
    p.pitch = gauss_deg(-5, 5);
    p.head_turn = 0.5 * p.spine_twist + gauss_deg(0, 20);
    p.head_nod = gauss_deg(10, 15);
    key(uniform(0.7, 1.6), p);
  }

  void hug() {
    Posture open = stand();
    open.spine_bend = gauss_deg(8, 4);
    for (ArmAngles& arm : open.arm) arm = natural(gauss(50, 8), gauss(-15, 8), gauss(35, 10));
    key(uniform(0.8, 1.2), open);
    Posture closed = open;
    const double lower = uniform(-1, 1);
    closed.spine_bend = gauss_deg(18, 6);
    closed.pitch = gauss_deg(-8, 4);
    closed.head_side = gauss_deg(0, 12);
    closed.head_turn = gauss_deg(0, 20);
    for (std::size_t s = 0; s < kHands; ++s) {
      const double height = (s == 0 ? 1 : -1) * lower * 12;
      closed.arm[s] = natural(gauss(72, 7), -12 + height, gauss(82, 12));
    }
    key(uniform(0.8, 1.2), closed);
    for (int pat = 0; pat < 3; ++pat) {
      Posture again = closed;
      again.arm[1].elbow += gauss_deg(6, 3);
      again.arm[1].elevation += gauss_deg(2, 2);
      again.spine_side += gauss_deg(0, 3);
      key(uniform(0.4, 0.8), again);
      key(uniform(0.4, 0.8), closed);
    }
    key(uniform(1.0, 1.5), stand());
  }

  void sit() {
    const double seat_m = uniform(0.27, 0.31) * bones_.height_m;
    const V3d back = (-uniform(0.20, 0.25) * bones_.height_m) * ahead();
    const auto seated = [&] {
      Posture p = stand();
      p.p_world_pelvis = place_ + back;
      p.p_world_pelvis.y = seat_m;
      p.pitch = gauss_deg(4, 6);
      p.spine_bend = gauss_deg(14, 8);
      for (ArmAngles& arm : p.arm) {
        arm =
            uniform(0, 1) < 0.6 ? natural(gauss(60, 10), gauss(-60, 8), gauss(70, 15)) : anywhere();
      }
      return p;
    };
    Posture down = seated();
    down.spine_bend = gauss_deg(35, 6);
    down.p_world_pelvis.y += 0.05;
    key(uniform(1.0, 1.4), down);
    for (int i = 0; i < 4; ++i) key(uniform(0.8, 1.8), seated());
    key(uniform(0.8, 1.2), down);
    key(uniform(1.0, 1.4), stand());
    key(uniform(0.5, 1.0), stand());
  }

  void turn_round() {
    const double by = uniform(40, 90) * kDeg * (uniform(0, 1) < 0.5 ? -1 : 1);
    for (int half = 0; half < 2; ++half) {
      Posture looks = stand();
      looks.head_turn = std::copysign(uniform(20, 45) * kDeg, by);
      looks.spine_twist = std::copysign(uniform(5, 15) * kDeg, by);
      key(0.4, looks);
      heading_ += 0.5 * by;
      const std::size_t first = by > 0 ? 0 : 1;
      step(first, under_hip(first), t_s_, 0.4);
      key(0.4, stand());
      step(1 - first, under_hip(1 - first), t_s_, 0.4);
      key(0.4, stand());
    }
    key(uniform(0.3, 1.0), stand());
  }

  void crouch() {
    const auto low = [&] {
      Posture p = stand();
      const double height = uniform(0.40, 0.75);
      p.p_world_pelvis = place_ + (-0.18 * leg_m_ * (1 - height) / 0.6) * ahead();
      p.p_world_pelvis.y = bones_.ankle_height_m + leg_m_ * height;
      p.pitch = gauss_deg(-15, 8);
      p.spine_bend = gauss_deg(30, 10);
      p.head_nod = gauss_deg(-10, 12);
      for (ArmAngles& arm : p.arm) arm = natural(gauss(70, 15), gauss(-35, 20), gauss(40, 20));
      for (FootPlace& foot : p.foot) foot.knee_out = gauss_deg(8, 12);
      return p;
    };
    key(uniform(1.0, 1.5), low());
    key(uniform(0.6, 1.2), low());
    key(uniform(1.0, 1.5), stand());
  }

  // Calibration: as asked, but by a person. Straight is within a few degrees, still is nearly so.

  Posture attention() {
    Posture p = stand();
    p.p_world_pelvis.y = bones_.ankle_height_m + leg_m_;
    p.yaw = heading_ + gauss_deg(0, 1.5);
    p.pitch = gauss_deg(0, 2.5);
    p.roll = gauss_deg(0, 1);
    p.spine_bend = gauss_deg(0, 2.5);
    p.spine_side = gauss_deg(0, 1);
    p.spine_twist = gauss_deg(0, 1.5);
    p.head_nod = gauss_deg(0, 3);
    p.head_side = gauss_deg(0, 1.5);
    p.head_turn = gauss_deg(0, 2);
    for (ArmAngles& arm : p.arm) arm = straight(5, -84);
    for (FootPlace& foot : p.foot) foot.knee_out = gauss_deg(0, 4);
    return p;
  }
  ArmAngles straight(double plane_deg, double elevation_deg) {
    ArmAngles arm = natural(plane_deg, elevation_deg, 0);
    arm.plane += gauss_deg(0, 3);
    arm.elevation += gauss_deg(0, 3);
    arm.elbow = std::abs(gauss_deg(0, 4)) + 1 * kDeg;
    arm.pronation = gauss_deg(0, 8);
    arm.axial = gauss_deg(5, 10);
    arm.wrist_flexion = gauss_deg(0, 6);
    arm.wrist_deviation = gauss_deg(0, 4);
    return arm;
  }

  void calibrate() {
    key(1.0, attention());
    Posture p = attention();
    key(kCalibrationStep_s - 1.0, p);
    const auto arms = [&](double plane, double elevation) {
      for (ArmAngles& arm : p.arm) arm = straight(plane, elevation);
    };
    arms(0, 0);
    key(1.0, p);
    key(kCalibrationStep_s - 1.0, p);
    for (const auto& [plane, elevation] : {std::pair{80.0, 0.0}, {85.0, 50.0}, {80.0, -40.0}}) {
      arms(plane, elevation);
      key(kCalibrationStep_s / 4, p);
    }
    arms(5, -84);
    key(kCalibrationStep_s / 4, p);
    const ArmAngles hang = p.arm[1];
    for (const double elbow : {130.0, 20.0, 130.0, 20.0}) {
      for (ArmAngles& arm : p.arm) {
        arm.elevation = hang.elevation + gauss_deg(0, 1.5);
        arm.plane = hang.plane + gauss_deg(0, 3);
        arm.elbow = elbow * kDeg;
        arm.pronation = gauss_deg(0, 15);
      }
      key(kCalibrationStep_s / 4, p);
    }
    arms(5, -84);
    for (const double nod : {25.0, -20.0}) {
      p.head_nod = gauss_deg(nod, 3);
      key(kCalibrationStep_s / 5, p);
    }
    p.head_nod = 0;
    for (const double to : {35.0, -35.0, 0.0}) {
      p.head_turn = gauss_deg(to, 3);
      key(kCalibrationStep_s / 5, p);
    }
    for (const std::size_t side : {0u, 1u}) swing_and_lift(p, side);
    key(1.0, attention());
  }

  /// One leg: straight to the front, to the side and back, then the heel to the seat.
  void swing_and_lift(Posture& p, std::size_t side) {
    const FootPlace stands = foot_[side];
    const double start_s = t_s_, quarter_s = kCalibrationStep_s / 4;
    const auto put = [&](int quarter, double thigh, double out, double knee, double pitch = -5,
                         double yaw = 0) {
      FootPlace to = stands;
      to.hangs = 1;
      to.thigh = thigh;
      to.out = out;
      to.knee = knee;
      to.pitch = gauss_deg(pitch, 6);
      to.yaw += gauss_deg(yaw, 3);
      script_.steps.push_back(
          {start_s + quarter * quarter_s, quarter_s, side, foot_[side], to, 0, false});
      foot_[side] = to;
    };
    put(0, gauss_deg(45, 3), 0, 0);
    put(1, gauss_deg(0, 3), gauss_deg(30, 3), 0);
    put(2, gauss_deg(-20, 2), gauss_deg(5, 2), 0);
    put(3, gauss_deg(2, 2), gauss_deg(3, 1), 0);
    for (int quarter = 4; quarter < 8; ++quarter) {
      put(quarter, gauss_deg(3, 2), gauss_deg(2, 1),
          quarter % 2 == 0 ? gauss_deg(90, 6) : gauss_deg(20, 5));
    }
    const double thigh = gauss_deg(15, 3), out = gauss_deg(3, 1);
    put(8, thigh, out, 0, -30);
    put(9, thigh + gauss_deg(0, 1), out + gauss_deg(0, 1), 0, 0, 15);
    put(10, thigh + gauss_deg(0, 1), out + gauss_deg(0, 1), 0, 15, -15);
    put(11, thigh + gauss_deg(0, 1), out + gauss_deg(0, 1), 0, -25);
    script_.steps.push_back(
        {start_s + 12 * quarter_s, 0.5, side, foot_[side], stands, 0.02, false});
    foot_[side] = stands;
    for (int i = 0; i < 12; ++i) {
      p.pitch = gauss_deg(0, 3);
      p.roll = gauss_deg(0, 2);
      key(quarter_s, p);
    }
  }

  PersonBones bones_;
  std::mt19937_64 random_;
  MotionScript script_;
  double t_s_ = 0;
  double leg_m_ = 0, hip_m_ = 0;
  double heading_ = 0;
  V3d place_;
  std::array<FootPlace, kHands> foot_;
};

}  // namespace

MotionScript write_motion(std::uint64_t seed, const PersonBones& bones, Activity activity,
                          double duration_s) {
  return Writer(seed, bones).write(activity, duration_s);
}

}  // namespace tactus::simulator
