#include "body_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <array>
#include <cmath>
#include <vector>

namespace tactus::calibration {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Standard deviations of what people do when asked, and of what they are.
constexpr double kBone = 0.05;            // of a bone's length: people 4 %, and skeletons differ
constexpr double kPlace_m = 0.010;        // of a joint across its bone
constexpr double kStraightLeg_m = 0.004;  // of root to end of a limb held straight …
constexpr double kStraightArm_m = 0.02;   // … the shoulder wanders with its blade
constexpr double kStill_m = 0.015;        // of a joint that is to be kept still
constexpr double kFlat_m = 0.005;         // of an ankle above a flat foot's sole
constexpr double kUpright_m = 0.03;       // of the neck above the pelvis
constexpr double kLevel_m = 0.08;         // of a wrist level with, and beside, its shoulder
constexpr double kPivot_m = 0.008;        // of the neck while the head nods
constexpr double kHinge = 0.10;           // cosine between the knee's axis and the foot's
constexpr double kStands_m = 0.003;  // by which a leg that stands is shorter than a straight one
constexpr double kAlike = 2;         // straps sway slowly: four readings say what one does
constexpr double kOutlier = 3;       // residuals beyond count linearly (Huber)

constexpr int kBones = 13, kMounts = 24, kPoints = 21;
constexpr int kUnknowns = kBones + kMounts + kPoints;
constexpr int kElbows = kBones + kMounts, kKnees = kElbows + 6, kAnkles = kKnees + 6,
              kPivot = kAnkles + 6;
constexpr std::array kMounted = {BodySite::Head, BodySite::Pelvis, BodySite::LeftFoot,
                                 BodySite::RightFoot};

Vec3 point(const VectorXd& x, int at) {
  return {static_cast<float>(x[at]), static_cast<float>(x[at + 1]), static_cast<float>(x[at + 2])};
}

/// The profile that the unknowns mean.
BodyProfile profile_of(const BodyProfile& start, const VectorXd& x) {
  BodyProfile profile = start;
  BodyProportions& b = profile.proportions;
  int i = 0;
  const auto scale = [&](float& length) { length *= static_cast<float>(1 + x[i++]); };
  const auto shift = [&](float& offset) { offset += static_cast<float>(x[i++]); };
  scale(b.p_pelvis_hip.x);
  scale(b.p_pelvis_neck.y);
  shift(b.p_pelvis_neck.z);
  scale(b.p_neck_head.y);
  shift(b.p_neck_head.z);
  scale(b.p_collar_shoulder.x);
  shift(b.p_collar_shoulder.y);
  shift(b.p_collar_shoulder.z);
  scale(b.upper_arm_m);
  scale(b.forearm_m);
  scale(b.thigh_m);
  scale(b.shank_m);
  scale(b.ankle_height_m);
  for (const BodySite site : kMounted) {
    Pose& T = profile.T_segment_tracker[index(site)];
    T.q = normalized(exp_rotation(point(x, i)) * T.q);
    T.p += point(x, i + 3);
    i += 6;
  }
  return profile;
}

VectorXd prior_sigmas() {
  VectorXd sigma(kUnknowns);
  sigma << kBone, kBone, kPlace_m, kBone, kPlace_m, kBone, kPlace_m, kPlace_m, kBone, kBone, kBone,
      kBone, 0.06,                           //
      0.08, 0.03, 0.03, 0.01, 0.02, 0.015,   // headset: pitch, else straight
      0.05, 0.03, 0.03, 0.02, 0.04, 0.04,    // pelvis
      0.05, 0.20, 0.05, 0.015, 0.01, 0.025,  // feet: toe-out
      0.05, 0.20, 0.05, 0.015, 0.01, 0.025,  //
      VectorXd::Constant(kPoints, 0.3);      // points: found where the frames put them
  return sigma;
}

/// Residuals of one frame, appended in sigmas.
class FrameResiduals {
 public:
  FrameResiduals(const BodyProfile& profile, const BodyFrame& frame, const VectorXd& x,
                 std::vector<double>& out)
      : profile_(profile), body_(profile.proportions), frame_(frame), x_(x), out_(out) {
    BodySolverState fresh;
    pose_ = solve_body(fresh, {}, profile, frame.reading);
  }

  void append() {
    switch (frame_.step) {
      case BodyStep::TPose:
        for (const Hand side : {Hand::Left, Hand::Right}) {
          straight_arm(side);
          level_arm(side);
        }
        [[fallthrough]];
      case BodyStep::Stand:
        upright();
        for (const Hand side : {Hand::Left, Hand::Right}) {
          straight_leg(side, kStands_m);
          flat_foot(side);
        }
        break;
      case BodyStep::SwingArms:
        for (const Hand side : {Hand::Left, Hand::Right}) straight_arm(side);
        break;
      case BodyStep::CurlArms:
        for (const Hand side : {Hand::Left, Hand::Right}) curl(side);
        break;
      case BodyStep::NodHead:
        nod();
        break;
      case BodyStep::SwingLeftLeg:
        straight_leg(Hand::Left);
        break;
      case BodyStep::LiftLeftHeel:
        lift(Hand::Left);
        break;
      case BodyStep::CircleLeftFoot:
        circle(Hand::Left);
        break;
      case BodyStep::SwingRightLeg:
        straight_leg(Hand::Right);
        break;
      case BodyStep::LiftRightHeel:
        lift(Hand::Right);
        break;
      case BodyStep::CircleRightFoot:
        circle(Hand::Right);
        break;
    }
  }

 private:
  void add(double value, double sigma) { out_.push_back(value / (kAlike * sigma)); }
  void add(Vec3 value, double sigma) {
    for (const float v : {value.x, value.y, value.z}) add(v, sigma);
  }
  [[nodiscard]] bool whole(BodySite site) const {
    const BodyTrackerReading& r = frame_.reading.site[index(site)];
    return r.has_position && r.has_rotation;
  }
  [[nodiscard]] Pose segment(BodySite site) const {
    return frame_.reading.site[index(site)].T_world_tracker *
           inverse(profile_.T_segment_tracker[index(site)]);
  }
  [[nodiscard]] Vec3 place(BodyJoint left, Hand side) const { return pose_[on_side(left, side)].p; }

  /// The pelvis's heading: a still leg hangs from the hip and does not tilt with the pelvis.
  [[nodiscard]] Quat heading() const {
    const Vec3 right = rotate(pose_[BodyJoint::Pelvis].q, {1, 0, 0});
    return exp_rotation({0, std::atan2(-right.z, right.x), 0});
  }

  void straight_arm(Hand side) {
    const BodySite hand = on_side(BodySite::LeftHand, side);
    if (!whole(hand)) return;
    const float reach = length(segment(hand).p - place(BodyJoint::LeftShoulder, side));
    add(reach - body_.upper_arm_m - body_.forearm_m, kStraightArm_m);
  }
  void level_arm(Hand side) {
    const BodySite hand = on_side(BodySite::LeftHand, side);
    if (!whole(hand)) return;
    const Vec3 off = rotate(conjugate(pose_[BodyJoint::Pelvis].q),
                            segment(hand).p - place(BodyJoint::LeftShoulder, side));
    add(off.y, kLevel_m);
    add(off.z, kLevel_m);
  }
  void upright() {
    if (!whole(BodySite::Pelvis)) return;
    add(inverse(pose_[BodyJoint::Pelvis]) * pose_[BodyJoint::Neck].p - body_.p_pelvis_neck,
        kUpright_m);
  }
  void straight_leg(Hand side, double bent_m = 0) {
    const BodySite foot = on_side(BodySite::LeftFoot, side);
    if (!whole(foot) || !whole(BodySite::Pelvis)) return;
    const float reach = length(segment(foot).p - place(BodyJoint::LeftHip, side));
    add(reach - body_.thigh_m - body_.shank_m + bent_m, kStraightLeg_m);
  }
  void flat_foot(Hand side) {
    const BodySite foot = on_side(BodySite::LeftFoot, side);
    if (!whole(foot)) return;
    add(segment(foot).p.y - frame_.reading.floor_m - body_.ankle_height_m, kFlat_m);
  }
  void nod() {
    if (!whole(BodySite::Pelvis)) return;
    add(inverse(pose_[BodyJoint::Pelvis]) * pose_[BodyJoint::Neck].p - body_.p_pelvis_neck -
            point(x_, kPivot),
        kPivot_m);
  }
  /// The upper arm hangs still: its elbow is one point of the chest, the wrist circles it.
  void curl(Hand side) {
    const BodySite hand = on_side(BodySite::LeftHand, side);
    if (!whole(hand)) return;
    const float out = side == Hand::Right ? 1.0f : -1.0f;
    const Vec3 from_shoulder = Vec3{0.05f * out, -body_.upper_arm_m, 0} +
                               point(x_, kElbows + 3 * static_cast<int>(index(side)));
    const Vec3 elbow =
        place(BodyJoint::LeftShoulder, side) + rotate(pose_[BodyJoint::Chest].q, from_shoulder);
    add(length(from_shoulder) - body_.upper_arm_m, kStraightArm_m);
    add(length(segment(hand).p - elbow) - body_.forearm_m, kStill_m);
  }
  /// The thigh hangs still: its knee is one point below the hip, the ankle circles it in a plane
  /// across the foot's left-right axis.
  void lift(Hand side) {
    const BodySite foot = on_side(BodySite::LeftFoot, side);
    if (!whole(foot) || !whole(BodySite::Pelvis)) return;
    const Vec3 from_hip =
        Vec3{0, -body_.thigh_m, 0} + point(x_, kKnees + 3 * static_cast<int>(index(side)));
    const Pose T_world_foot = segment(foot);
    const Vec3 thigh = rotate(heading(), from_hip);
    const Vec3 shank = T_world_foot.p - place(BodyJoint::LeftHip, side) - thigh;
    const Vec3 hinge = rotate(T_world_foot.q, {1, 0, 0});
    add(length(from_hip) - body_.thigh_m, kStraightLeg_m);
    add(length(shank) - body_.shank_m, kStill_m);
    add(dot(hinge, normalized(thigh)), kHinge);
    add(dot(hinge, normalized(shank)), kHinge);
  }

  /// The leg is held straight and still against the vertical: its ankle is one point below the hip.
  void circle(Hand side) {
    straight_leg(side);
    const BodySite foot = on_side(BodySite::LeftFoot, side);
    if (!whole(foot) || !whole(BodySite::Pelvis)) return;
    const Vec3 from_hip = Vec3{0, -body_.thigh_m - body_.shank_m, 0} +
                          point(x_, kAnkles + 3 * static_cast<int>(index(side)));
    add(segment(foot).p - place(BodyJoint::LeftHip, side) - rotate(heading(), from_hip), kStill_m);
  }

  const BodyProfile& profile_;
  const BodyProportions& body_;
  const BodyFrame& frame_;
  const VectorXd& x_;
  std::vector<double>& out_;
  BodyPose pose_;
};

VectorXd residuals(const BodyProfile& start, std::span<const BodyFrame> frames, const VectorXd& x) {
  const BodyProfile profile = profile_of(start, x);
  std::vector<double> out;
  for (const BodyFrame& frame : frames) FrameResiduals(profile, frame, x, out).append();
  return Eigen::Map<VectorXd>(out.data(), static_cast<Eigen::Index>(out.size()));
}

/// Huber's weights: an outlier pulls no harder than one at the threshold.
VectorXd weights(const VectorXd& r) {
  return r.unaryExpr(
      [](double v) { return std::fabs(v) > kOutlier ? kOutlier / std::fabs(v) : 1; });
}

double cost(const VectorXd& r, const VectorXd& x, const VectorXd& sigma) {
  double sum = x.cwiseQuotient(sigma).squaredNorm();
  for (const double v : r) {
    const double a = std::fabs(v);
    sum += a > kOutlier ? kOutlier * (2 * a - kOutlier) : a * a;
  }
  return sum;
}

}  // namespace

BodyProfile fit_body(const BodyProfile& start, std::span<const BodyFrame> frames) {
  constexpr int kSteps = 12;
  constexpr double kDifference = 1e-3;  // of the unknowns: metres, radians, shares
  const VectorXd sigma = prior_sigmas();
  VectorXd x = VectorXd::Zero(kUnknowns);
  VectorXd r = residuals(start, frames, x);
  double damping = 1e-3;
  for (int step = 0; step < kSteps; ++step) {
    MatrixXd J(r.size(), kUnknowns);
    for (int i = 0; i < kUnknowns; ++i) {
      VectorXd ahead = x, behind = x;
      ahead[i] += kDifference;
      behind[i] -= kDifference;
      J.col(i) =
          (residuals(start, frames, ahead) - residuals(start, frames, behind)) / (2 * kDifference);
    }
    // Levenberg-Marquardt on the prior and Huber-weighted residuals.
    const VectorXd w = weights(r);
    MatrixXd A = J.transpose() * w.asDiagonal() * J;
    const VectorXd precision = sigma.cwiseProduct(sigma).cwiseInverse();
    A.diagonal() += precision;
    const VectorXd b = -J.transpose() * w.cwiseProduct(r) - precision.cwiseProduct(x);
    const double before = cost(r, x, sigma);
    for (int attempt = 0; attempt < 5; ++attempt) {
      MatrixXd damped = A;
      damped.diagonal() *= 1 + damping;
      const VectorXd next = x + damped.ldlt().solve(b);
      const VectorXd r_next = residuals(start, frames, next);
      if (cost(r_next, next, sigma) < before) {
        x = next;
        r = r_next;
        damping *= 0.1;
        break;
      }
      damping *= 10;
    }
    if (before - cost(r, x, sigma) < 1e-4 * before) break;
  }
  return profile_of(start, x);
}

}  // namespace tactus::calibration
