#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "posture.h"
#include "tactus/simulator/recorded_motion.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kSample_s = 1.0 / 15;   ///< of the motion, for the first look
constexpr double kJudge_s = 1.0 / 30;    ///< and for the judgement
constexpr double kTurn_rad = 20 * kDeg;  ///< between the child's headings that are tried
constexpr double kStep_m = 0.04;         ///< between the places
constexpr double kCell_m = 0.012;        ///< of the raster that stands in for the skin
constexpr int kLeastRegions = 3;
constexpr std::size_t kJudged = 24;   ///< best looking places that the real skin judges
constexpr double kHeadRoom_m = 0.25;  ///< she does not stand inside the person
constexpr double kTooDeep_m = 0.02;   ///< a hand so deep in her is worse than one that misses

struct Probe {
  V3d p_stage;
  double radius_m;
};

/// Every patch of both relaxed hands along the motion.
std::vector<Probe> probes_of(const RecordedMotion& motion,
                             const std::array<TrueBones, kFingers>& bones, double step_s) {
  std::vector<Probe> probes;
  for (double t_s = 0; t_s <= motion.duration_s(); t_s += step_s) {
    const RecordedFrame frame = motion.at(t_s);
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      const TrueHand truth{hand, frame.T_stage_wrist[index(hand)], relaxed_fingers(), bones};
      for (const TrueSite& site : true_sites(truth, true_joints(truth))) {
        probes.push_back({site.p_world, site.radius_m});
      }
    }
  }
  return probes;
}

/// The body in cells: which region's skin passes through, and what lies inside.
class Raster {
 public:
  explicit Raster(const PosedBody& body) {
    const auto vertices = body.vertices();
    low_ = high_ = vertices.empty() ? V3d{} : vertices.front();
    for (const V3d& p : vertices) {
      low_ = {std::min(low_.x, p.x), std::min(low_.y, p.y), std::min(low_.z, p.z)};
      high_ = {std::max(high_.x, p.x), std::max(high_.y, p.y), std::max(high_.z, p.z)};
    }
    low_ = low_ - V3d{kCell_m, kCell_m, kCell_m};
    for (std::size_t k = 0; k < 3; ++k) {
      const double size = k == 0 ? high_.x - low_.x : k == 1 ? high_.y - low_.y : high_.z - low_.z;
      count_[k] = static_cast<int>(std::clamp(size / kCell_m, 0.0, 400.0)) + 2;
    }
    cells_.assign(static_cast<std::size_t>(count_[0]) * count_[1] * count_[2], kInside);
    for (const TrueBody::Triangle& t : body.body().triangles) paint(body, t);
    flood();
  }

  static constexpr std::uint8_t kOutside = 0, kInside = 255;

  /// kOutside, kInside or the region of the skin there.
  [[nodiscard]] std::uint8_t at(V3d p) const {
    const std::array<int, 3> c = cell(p);
    for (std::size_t k = 0; k < 3; ++k) {
      if (c[k] < 0 || c[k] >= count_[k]) return kOutside;
    }
    return cells_[index_of(c)];
  }

 private:
  [[nodiscard]] std::array<int, 3> cell(V3d p) const {
    return {static_cast<int>(std::floor((p.x - low_.x) / kCell_m)),
            static_cast<int>(std::floor((p.y - low_.y) / kCell_m)),
            static_cast<int>(std::floor((p.z - low_.z) / kCell_m))};
  }
  [[nodiscard]] std::size_t index_of(const std::array<int, 3>& c) const {
    return (static_cast<std::size_t>(c[2]) * count_[1] + c[1]) * count_[0] + c[0];
  }

  void paint(const PosedBody& body, const TrueBody::Triangle& t) {
    const V3d a = body.vertices()[t.vertex[0]], b = body.vertices()[t.vertex[1]],
              c = body.vertices()[t.vertex[2]];
    const double longest = std::max({norm(b - a), norm(c - b), norm(a - c)});
    const int steps = std::min(static_cast<int>(longest / (0.4 * kCell_m)) + 1, 400);
    for (int i = 0; i <= steps; ++i) {
      for (int j = 0; j <= steps - i; ++j) {
        const double u = static_cast<double>(i) / steps, v = static_cast<double>(j) / steps;
        const auto where = cell(a + u * (b - a) + v * (c - a));
        bool fits = true;
        for (std::size_t k = 0; k < 3; ++k) fits = fits && where[k] >= 0 && where[k] < count_[k];
        const auto region = std::max<std::uint8_t>(1, static_cast<std::uint8_t>(t.region));
        if (fits) cells_[index_of(where)] = region;
      }
    }
  }

  /// What can be reached from a corner without crossing skin is outside.
  void flood() {
    std::vector<std::array<int, 3>> open = {{0, 0, 0}};
    cells_[0] = kOutside;
    while (!open.empty()) {
      const auto c = open.back();
      open.pop_back();
      for (std::size_t k = 0; k < 3; ++k) {
        for (const int d : {-1, 1}) {
          auto next = c;
          next[k] += d;
          if (next[k] < 0 || next[k] >= count_[k] || cells_[index_of(next)] != kInside) continue;
          cells_[index_of(next)] = kOutside;
          open.push_back(next);
        }
      }
    }
  }

  V3d low_, high_;
  std::array<int, 3> count_{};
  std::vector<std::uint8_t> cells_;
};

struct Candidate {
  Placement place;
  double worth = 0;
};

Pose3d stage_from_model(const Placement& place) {
  return {turn({0, 1, 0}, place.yaw_rad), {place.x_m, place.y_m, place.z_m}};
}

/// Regions weigh most, then touching at all; being inside costs more than touching is worth.
double worth_of(int regions, double touching, double inside) {
  return 1.0 * std::min(regions, 5) + std::min(touching, 3.0) * 0.3 - 1.5 * inside;
}

/// A first look with the raster: times in seconds of patches, averaged over a hand.
double look(const Raster& raster, const std::vector<Probe>& probes, const Placement& place) {
  const Pose3d T_model_stage = inverse(stage_from_model(place));
  std::array<int, kRegions> hits{};
  int inside = 0, touching = 0;
  for (const Probe& probe : probes) {
    const std::uint8_t found = raster.at(T_model_stage * probe.p_stage);
    if (found == Raster::kOutside) continue;
    if (found == Raster::kInside) {
      ++inside;
      continue;
    }
    ++touching;
    if (found < kRegions) ++hits[found];
  }
  const auto regions = std::count_if(hits.begin(), hits.end(), [](int n) { return n >= 4; });
  const double each_s = kSample_s / 8;
  return worth_of(static_cast<int>(regions), touching * each_s, inside * each_s);
}

/// A patch that rushes through her touches nothing that anyone could follow.
bool rushes(const std::vector<Probe>& probes, std::size_t i) {
  constexpr std::size_t kRow = kHands * kActuators;
  constexpr double kFast_m_per_s = 0.6;
  return i >= kRow && norm(probes[i].p_stage - probes[i - kRow].p_stage) > kFast_m_per_s * kJudge_s;
}

/// The real skin's judgement.
double judge(const PosedBody& posed, const std::vector<Probe>& probes, Placement& place) {
  const Pose3d T_model_stage = inverse(stage_from_model(place));
  std::array<int, kRegions> hits{};
  double touching_s = 0, deep_s = 0;
  place.deepest_m = 0;
  for (std::size_t i = 0; i < probes.size(); i += kActuators) {
    bool touches = false, deep = false;
    for (std::size_t a = 0; a < kActuators; ++a) {
      const V3d p = T_model_stage * probes[i + a].p_stage;
      const double radius_m = probes[i + a].radius_m;
      if (!posed.is_near(p, radius_m)) continue;
      const ClosestSkin skin = posed.closest(p, kTruthReach_m + radius_m);
      const double depth_m = radius_m - skin.distance_m;
      if (!skin.found || depth_m <= 0.001) continue;
      place.deepest_m = std::max(place.deepest_m, depth_m);
      deep = deep || depth_m > kTooDeep_m || rushes(probes, i + a);
      if (rushes(probes, i + a)) continue;
      touches = true;
      ++hits[static_cast<std::size_t>(skin.region)];
    }
    touching_s += touches ? kJudge_s : 0;
    deep_s += deep ? kJudge_s : 0;
  }
  // Eight patch-samples at 30 Hz are a quarter of a second of one patch.
  place.regions =
      static_cast<int>(std::count_if(hits.begin() + 1, hits.end(), [](int n) { return n >= 8; }));
  place.touching_s = touching_s;
  return worth_of(place.regions, touching_s, deep_s);
}

/// She stands with her arms down: the rest pose's are held out to the sides.
std::vector<Pose3d> standing(const TrueBody& body) {
  std::vector<Pose3d> T(body.bones.size());
  std::vector<Q4d> q_turn(body.bones.size());
  for (std::size_t i = 0; i < T.size(); ++i) {
    const TrueBody::Bone& bone = body.bones[i];
    Q4d own{};
    if (bone.name == "leftUpperArm") own = turn({0, 0, 1}, -72 * kDeg);
    if (bone.name == "rightUpperArm") own = turn({0, 0, 1}, 72 * kDeg);
    if (bone.parent < 0) {
      q_turn[i] = own;
      T[i] = {own * bone.T_rest_bone.q, bone.T_rest_bone.p};
      continue;
    }
    const auto parent = static_cast<std::size_t>(bone.parent);
    const V3d arm = bone.T_rest_bone.p - body.bones[parent].T_rest_bone.p;
    q_turn[i] = q_turn[parent] * own;
    T[i] = {q_turn[i] * bone.T_rest_bone.q, T[parent].p + rotate(q_turn[parent], arm)};
  }
  return T;
}

/// Places and headings, child upright on the floor, never within the person's own room.
std::vector<Candidate> candidates(const RecordedMotion& motion, const Raster& raster) {
  const std::vector<Probe> probes = probes_of(motion, kMediumBones, kSample_s);
  V3d low = probes.front().p_stage, high = low;
  for (const Probe& probe : probes) {
    low = {std::min(low.x, probe.p_stage.x), 0, std::min(low.z, probe.p_stage.z)};
    high = {std::max(high.x, probe.p_stage.x), 0, std::max(high.z, probe.p_stage.z)};
  }
  const double step = std::max({kStep_m, (high.x - low.x) / 60, (high.z - low.z) / 60});
  std::vector<Candidate> found;
  for (double x = low.x; x <= high.x; x += step) {
    for (double z = low.z; z <= high.z; z += step) {
      bool free = true;
      for (const RecordedFrame& frame : motion.frames) {
        const V3d& head = frame.T_stage_head.p;
        free = free && std::hypot(head.x - x, head.z - z) > kHeadRoom_m;
      }
      for (double yaw = 0; free && yaw < 2 * std::numbers::pi - 1e-9; yaw += kTurn_rad) {
        Candidate candidate{{x, 0, z, yaw}, 0};
        candidate.worth = look(raster, probes, candidate.place);
        found.push_back(candidate);
      }
    }
  }
  return found;
}

}  // namespace

std::optional<Placement> place_within_reach(const RecordedMotion& motion,
                                            const std::array<TrueBones, kFingers>& bones,
                                            const TrueBody& body,
                                            std::span<const Pose3d> T_model_bone) {
  const std::vector<Pose3d> upright = standing(body);
  PosedBody posed;
  posed.pose(body, T_model_bone.empty() ? std::span<const Pose3d>(upright) : T_model_bone);
  if (posed.vertices().empty() || motion.frames.empty()) return std::nullopt;
  std::vector<Candidate> found = candidates(motion, Raster(posed));
  const std::size_t judged = std::min(kJudged, found.size());
  const auto better = [](const Candidate& a, const Candidate& b) { return a.worth > b.worth; };
  std::stable_sort(found.begin(), found.end(), better);
  const std::vector<Probe> probes = probes_of(motion, bones, kJudge_s);
  for (std::size_t i = 0; i < judged; ++i) found[i].worth = judge(posed, probes, found[i].place);
  std::stable_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(judged), better);
  if (judged == 0 || found.front().place.regions < kLeastRegions) return std::nullopt;
  return found.front().place;
}

}  // namespace tactus::simulator
