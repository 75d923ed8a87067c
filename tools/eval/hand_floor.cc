#include "hand_floor.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>

#include "tactus/simulator/grasping.h"

namespace tactus::tools {
namespace {

constexpr double kDegPerRad = 180 / 3.14159265358979323846;
constexpr double kStep_s = 0.04;

using Angles = std::array<double, kScoredAngles>;

/// What a glove tells of the angles at best, with the constant that any fit has.
Eigen::VectorXd seen_by(GloveKind glove, const Angles& a) {
  std::vector<double> seen = {1};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const double base = a[4 * f], abduction = a[4 * f + 1], middle = a[4 * f + 2],
                 distal = a[4 * f + 3];
    switch (glove) {
      case GloveKind::Imu16:
      case GloveKind::Tg1:
        seen.insert(seen.end(), {base, abduction, middle, distal});
        break;
      case GloveKind::Imu11:
        seen.insert(seen.end(), {abduction, base + middle, distal});
        if (f == 0) seen.push_back(base);
        break;
      case GloveKind::Flex10:
        seen.insert(seen.end(), {f == 0 ? distal : base, middle});
        break;
      case GloveKind::Flex5:
        seen.push_back(base + middle + distal);
        break;
    }
  }
  return Eigen::Map<const Eigen::VectorXd>(seen.data(), Eigen::Index(seen.size()));
}

}  // namespace

double floor_deg(const HandTrial& trial) {
  const simulator::Grasping truth(trial.seed, trial.hand, trial.length_s);
  const auto steps =
      static_cast<Eigen::Index>((trial.length_s - simulator::Grasping::kFlat_s) / kStep_s);
  Eigen::MatrixXd seen(steps, seen_by(trial.glove, {}).size());
  Eigen::MatrixXd all(steps, Eigen::Index(kScoredAngles));
  for (Eigen::Index i = 0; i < steps; ++i) {
    const Angles a = scored_angles(truth(simulator::Grasping::kFlat_s + kStep_s * double(i)));
    seen.row(i) = seen_by(trial.glove, a);
    all.row(i) = Eigen::Map<const Eigen::RowVectorXd>(a.data(), Eigen::Index(a.size()));
  }
  const Eigen::MatrixXd fit = (seen.transpose() * seen).ldlt().solve(seen.transpose() * all);
  return kDegPerRad * std::sqrt((all - seen * fit).squaredNorm() / double(all.size()));
}

}  // namespace tactus::tools
