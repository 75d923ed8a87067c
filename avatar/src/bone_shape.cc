#include "bone_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tactus::avatar {
namespace {

constexpr int kNone = -1;
constexpr float kSmallest_m = 0.01f;  // no skeleton of a person is lower

// Shares of the skeleton's height.
constexpr float kMiddle = 0.005f;         // as near to the plane of symmetry is in the middle
constexpr float kMirror = 0.03f;          // how far a bone may stand from its mirror image
constexpr float kFloor = 0.2f;            // legs come down below this
constexpr float kShortestArm = 0.2f;      // from where it leaves the middle to its end
constexpr float kMirroredAtLeast = 0.6f;  // of the bones that are not in the middle

// Proportions of limbs, with room for children and drawn figures: the knee of an adult stands at
// 0.53 of the hip's height and the ankle at 0.08, the elbow at 0.53 of the way from shoulder to
// wrist (Drillis and Contini 1966, as in Winter, Biomechanics and Motor Control, table 4.1).
constexpr float kKneeBelow = 0.7f, kAnkleBelow = 0.25f;  // of the height of the leg's first joint
constexpr float kElbow = 0.57f;     // of the way to the wrist: between with and without collarbone
constexpr float kWristFrom = 0.7f;  // of the arm's length, where no fingers fan out
constexpr float kCollarbone = 0.75f;  // of the upper arm's length at most

class Shape {
 public:
  explicit Shape(std::span<const ModelBone> bones)
      : bones_(bones), shape_(bones.size()), children_(bones.size()) {}

  std::vector<NamedBone> run() {
    for (std::size_t i = 0; i < bones_.size(); ++i) {
      if (bones_[i].parent >= 0) children_[bones_[i].parent].push_back(static_cast<int>(i));
    }
    if (!measure() || !find_symmetry() || !find_limbs()) return shape_;
    face_forward();
    for (const int root : legs_) name_leg(root);
    for (const int root : arms_) name_arm(root);
    name_middle();
    return shape_;
  }

 private:
  [[nodiscard]] Vec3 place(int bone) const { return bones_[bone].T_rest_bone.p; }
  [[nodiscard]] float across(int bone) const { return dot(place(bone) - centre_, left_); }
  [[nodiscard]] bool in_middle(int bone) const {
    return std::fabs(across(bone)) <= kMiddle * height_m_;
  }

  bool measure() {
    float lo = std::numeric_limits<float>::max(), hi = -lo;
    for (const ModelBone& bone : bones_) {
      lo = std::min(lo, bone.T_rest_bone.p.y);
      hi = std::max(hi, bone.T_rest_bone.p.y);
      centre_ = centre_ + (1.0f / static_cast<float>(bones_.size())) * bone.T_rest_bone.p;
    }
    floor_m_ = lo;
    height_m_ = hi - lo;
    return height_m_ > kSmallest_m;
  }

  /// Bones spread widest from hand to hand; nearly all must stand opposite each other.
  bool find_symmetry() {
    float xx = 0, xz = 0, zz = 0;
    for (const ModelBone& bone : bones_) {
      const Vec3 d = bone.T_rest_bone.p - centre_;
      xx += d.x * d.x;
      xz += d.x * d.z;
      zz += d.z * d.z;
    }
    const float turn = 0.5f * std::atan2(2 * xz, xx - zz);
    left_ = {std::cos(turn), 0, std::sin(turn)};
    std::size_t aside = 0, mirrored = 0;
    const int count = static_cast<int>(bones_.size());
    for (int i = 0; i < count; ++i) {
      if (in_middle(i)) continue;
      ++aside;
      const Vec3 image = place(i) - 2 * across(i) * left_;
      bool found = false;
      for (int j = 0; j < count && !found; ++j) {
        found = length(place(j) - image) <= kMirror * height_m_;
      }
      if (found) ++mirrored;
    }
    return aside > 0 &&
           static_cast<float>(mirrored) >= kMirroredAtLeast * static_cast<float>(aside);
  }

  /// The bones from `root` to the end that is furthest from it along the bones.
  [[nodiscard]] std::vector<int> line_from(int root) const {
    std::vector<float> along(bones_.size(), -1);
    along[root] = 0;
    int end = root;
    for (int i = root + 1; i < static_cast<int>(bones_.size()); ++i) {
      const int parent = bones_[i].parent;
      if (parent < 0 || along[parent] < 0) continue;
      along[i] = along[parent] + length(place(i) - place(parent));
      if (along[i] > along[end]) end = i;
    }
    std::vector<int> line;
    for (int i = end; i != root; i = bones_[i].parent) line.push_back(i);
    line.push_back(root);
    std::reverse(line.begin(), line.end());
    return line;
  }

  /// How far the line goes at each of its bones.
  [[nodiscard]] std::vector<float> lengths_along(const std::vector<int>& line) const {
    std::vector<float> sum(line.size(), 0);
    for (std::size_t k = 1; k < line.size(); ++k) {
      sum[k] = sum[k - 1] + length(place(line[k]) - place(line[k - 1]));
    }
    return sum;
  }

  bool find_limbs() {
    struct Limb {
      int root;
      bool is_left;
      float lowest_m, length_m;
    };
    std::vector<Limb> limbs;
    for (int i = 0; i < static_cast<int>(bones_.size()); ++i) {
      const int parent = bones_[i].parent;
      if (parent < 0 || in_middle(i) || !in_middle(parent)) continue;
      const std::vector<int> line = line_from(i);
      float lowest = place(i).y;
      for (const int bone : line) lowest = std::min(lowest, place(bone).y);
      limbs.push_back({i, across(i) > 0, lowest - floor_m_, lengths_along(line).back()});
    }
    for (const bool is_left : {true, false}) {
      const Limb *leg = nullptr, *arm = nullptr;
      for (const Limb& limb : limbs) {
        const bool down = limb.lowest_m < kFloor * height_m_;
        if (limb.is_left != is_left || !down) continue;
        if (leg == nullptr || limb.length_m > leg->length_m) leg = &limb;
      }
      if (leg == nullptr) return false;
      for (const Limb& limb : limbs) {
        const bool above = place(limb.root).y > place(leg->root).y;
        if (limb.is_left != is_left || &limb == leg || !above) continue;
        if (limb.length_m < kShortestArm * height_m_) continue;
        if (arm == nullptr || place(limb.root).y < place(arm->root).y) arm = &limb;
      }
      if (arm == nullptr) return false;
      legs_.push_back(leg->root);
      arms_.push_back(arm->root);
    }
    hips_ = meet(legs_);
    chest_ = meet(arms_);
    return hips_ != kNone && chest_ != kNone;
  }

  /// The bone that both limbs hang on; the limbs then begin below it, even in the middle.
  [[nodiscard]] int meet(std::vector<int>& limbs) const {
    std::vector<bool> above(bones_.size(), false);
    for (int i = limbs[0]; i >= 0; i = bones_[i].parent) above[i] = true;
    int common = bones_[limbs[1]].parent;
    while (common >= 0 && !above[common]) common = bones_[common].parent;
    if (common < 0) return kNone;
    for (int& limb : limbs) {
      while (bones_[limb].parent != common) limb = bones_[limb].parent;
    }
    return common;
  }

  /// Her left: from where her toes point, if that can be seen.
  void face_forward() {
    Vec3 forward = cross(left_, {0, 1, 0});
    float toes = 0;
    for (const int root : legs_) {
      const std::vector<int> line = line_from(root);
      if (line.size() < 2) continue;
      const Vec3 last = place(line.back()) - place(line[line.size() - 2]);
      const float ahead = dot(last, forward);
      if (std::fabs(ahead) > std::fabs(last.y)) toes += ahead;
    }
    const bool backwards = toes != 0 ? toes < 0 : forward.z < 0;
    if (backwards) left_ = -1.0f * left_;
  }

  void name(int bone, BonePart part) {
    const BodySide aside = across(bone) > 0 ? BodySide::Left : BodySide::Right;
    shape_[bone] = {part, in_middle(bone) ? BodySide::Middle : aside};
  }

  void name_leg(int root) {
    const float top = place(root).y - floor_m_;
    for (const int bone : line_from(root)) {
      const float share = (place(bone).y - floor_m_) / top;
      name(bone, share > kKneeBelow    ? BonePart::UpperLeg
                 : share > kAnkleBelow ? BonePart::LowerLeg
                                       : BonePart::Foot);
    }
  }

  void name_arm(int root) {
    const std::vector<int> line = line_from(root);
    const std::vector<float> along = lengths_along(line);
    const std::size_t wrist = find_wrist(line, along);
    std::size_t elbow = wrist;
    for (std::size_t k = 1; k < wrist; ++k) {
      const float here = std::fabs(along[k] - kElbow * along[wrist]);
      if (elbow == wrist || here < std::fabs(along[elbow] - kElbow * along[wrist])) elbow = k;
    }
    const bool collarbone = elbow >= 2 && along[1] < kCollarbone * (along[elbow] - along[1]);
    for (std::size_t k = 0; k < line.size(); ++k) {
      name(line[k], k >= wrist             ? BonePart::Hand
                    : k >= elbow           ? BonePart::LowerArm
                    : k == 0 && collarbone ? BonePart::Shoulder
                                           : BonePart::UpperArm);
    }
  }

  /// Where fingers fan out, or by length.
  [[nodiscard]] std::size_t find_wrist(const std::vector<int>& line,
                                       const std::vector<float>& along) const {
    for (std::size_t k = 1; k < line.size(); ++k) {
      if (children_[line[k]].size() >= 3) return k;
    }
    for (std::size_t k = 1; k < line.size(); ++k) {
      if (along[k] >= kWristFrom * along.back()) return k;
    }
    return line.size();
  }

  /// Hips where the legs leave, chest up to where the arms do, and above it neck and head.
  void name_middle() {
    for (int i = chest_; i >= 0 && i != hips_; i = bones_[i].parent) name(i, BonePart::Chest);
    name(hips_, BonePart::Hips);
    std::vector<int> above;
    for (int at = chest_; at >= 0;) {
      int next = kNone;
      for (const int child : children_[at]) {
        const bool up = in_middle(child) && place(child).y > place(at).y;
        if (up && (next == kNone || place(child).y > place(next).y)) next = child;
      }
      if (next != kNone) above.push_back(next);
      at = next;
    }
    for (std::size_t k = 0; k < above.size(); ++k) {
      name(above[k], k == 0 && above.size() > 1 ? BonePart::Neck : BonePart::Head);
    }
  }

  std::span<const ModelBone> bones_;
  std::vector<NamedBone> shape_;
  std::vector<std::vector<int>> children_;
  Vec3 centre_, left_{1, 0, 0};
  float floor_m_ = 0, height_m_ = 0;
  std::vector<int> legs_, arms_;  ///< first bones, left and right
  int hips_ = kNone, chest_ = kNone;
};

}  // namespace

std::vector<NamedBone> shape_bones(std::span<const ModelBone> bones) { return Shape(bones).run(); }

}  // namespace tactus::avatar
