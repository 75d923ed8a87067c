#include "body_patches.h"

#include <algorithm>
#include <vector>

#include "body_trial.h"
#include "tactus/contact/query_wearer.h"

namespace tactus::tools {
namespace {

constexpr std::size_t kPeople = 6;
constexpr double kActivity_s = 12, kDeviation = 0.04;  // of bones from the average, one sigma
constexpr std::uint64_t kOtherPeople = 31;             // seeds apart

bool is_chest(std::size_t cell) { return cell >= std::size_t(GarmentCell::ChestUpper); }

/// What the wearer's own patch is, and where the solver has it.
struct Patch {
  const WearerPatch& patch;
  BodyJoint joint, next;
  Hand side;

  Patch(std::size_t cell, Hand of)
      : patch(kWearerPatches[cell]),
        joint(is_chest(cell) ? patch.joint : on_side(patch.joint, of)),
        next(is_chest(cell) ? patch.next : on_side(patch.next, of)),
        side(of) {}
  [[nodiscard]] float scale(Vec3 p_joint, Vec3 p_next) const {
    return length(p_next - p_joint) / patch.medium_m;
  }
};

/// All that was found of one patch.
struct Found {
  std::vector<double> off_cm;
  std::size_t sure = 0;

  void add(double off_m, double beyond_m) {
    off_cm.push_back(100 * off_m);
    sure += beyond_m <= 0 ? 1 : 0;
  }
  [[nodiscard]] PatchDoubt doubt() {
    const std::size_t n = off_cm.size();
    const auto p95 = off_cm.begin() + static_cast<std::ptrdiff_t>(n * 95 / 100);
    std::nth_element(off_cm.begin(), p95, off_cm.end());
    return {*p95, 100 * static_cast<double>(sure) / static_cast<double>(n)};
  }
};

/// From the line of the limb: where along it skin is felt does not make it wrong.
void compare_arm(const Patch& of, const BodyPose& pose, const simulator::PersonJoints& truth,
                 Found& found) {
  const Vec3 p_elbow = simulator::plain(truth[index(of.joint)]).p;
  const Vec3 p_wrist = simulator::plain(truth[index(of.next)]).p;
  const float scale = of.scale(p_elbow, p_wrist);
  const Vec3 p_true = p_elbow + of.patch.skin.p_joint.x * scale * normalized(p_wrist - p_elbow);
  const Vec3 along = normalized(pose[of.next].p - pose[of.joint].p);
  const Vec3 off = p_true - pose[of.joint].p;
  const float off_m = length(off - dot(off, along) * along);
  found.add(off_m, off_m + of.patch.sure.radius_m - scale * of.patch.skin.radius_m);
}

/// Ahead of the true chest is in the air.
void compare_chest(const Patch& of, const BodyPose& pose, const simulator::PersonJoints& truth,
                   Found& found) {
  const Pose T_true = simulator::plain(truth[index(of.joint)]);
  const Vec3 ahead = rotate(T_true.q, {0, 0, -1});
  const auto front_m = [&](const Pose& T, Vec3 p_next, const WearerSphere& sphere) {
    const float scale = of.scale(T.p, p_next);
    const Vec3 p = T * on_side(scale * sphere.p_joint, of.side);
    return dot(ahead, p - T_true.p) + scale * sphere.radius_m;
  };
  const float true_m = front_m(T_true, simulator::plain(truth[index(of.next)]).p, of.patch.skin);
  found.add(front_m(pose[of.joint], pose[of.next].p, of.patch.skin) - true_m,
            front_m(pose[of.joint], pose[of.next].p, of.patch.sure) - true_m);
}

void compare(const BodyTrial& trial, const BodyProfile& profile,
             std::array<Found, kGarmentActuators>& found) {
  BodySolverState state;
  for (std::size_t i = 0; i < trial.readings.size(); ++i) {
    const BodyPose pose = solve_body(state, {}, profile, trial.readings[i]);
    for (const Hand side : {Hand::Left, Hand::Right}) {
      for (std::size_t cell = 0; cell < kGarmentActuators; ++cell) {
        const auto compare_cell = is_chest(cell) ? compare_chest : compare_arm;
        compare_cell({cell, side}, pose, trial.truth[i], found[cell]);
      }
    }
  }
}

}  // namespace

std::array<PatchDoubt, kGarmentActuators> doubt_patches(std::uint64_t seed) {
  std::array<Found, kGarmentActuators> found;
  for (std::size_t person = 0; person < kPeople; ++person) {
    const std::uint64_t own = seed * 1000 + person;
    const simulator::PersonBones bones =
        simulator::random_bones(own, 1.52 + 0.075 * double(person), kDeviation);
    simulator::PersonTrackers trackers(own, bones, three_trackers().set);
    BodyProfile profile = true_profile(bones, trackers);  // a session knows the mounts ...
    profile.proportions = proportions_of_height(1.70f);   // ... but not the bones
    for (std::size_t a = 0; a < simulator::kActivities; ++a) {
      const auto activity = static_cast<simulator::Activity>(a);
      const BodyTrial trial = synthetic_trial(seed * 7777 + person * kOtherPeople + a, bones,
                                              activity, kActivity_s, trackers);
      compare(trial, profile, found);
    }
  }
  std::array<PatchDoubt, kGarmentActuators> doubts;
  for (std::size_t cell = 0; cell < found.size(); ++cell) doubts[cell] = found[cell].doubt();
  return doubts;
}

}  // namespace tactus::tools
