#include "find_regions.h"

#include <algorithm>
#include <limits>

#include "face_landmarks.h"

namespace tactus::avatar {
namespace {

/// The material that names speak of, if any does.
std::optional<Material> said_material(const PartNames& names);

/// What the names of a mesh and its material say.
struct PartKind {
  Material material = Material::Skin;
  bool hair = false;  ///< not brows and lashes, which are of the face
  bool eyes_or_mouth = false;
};

PartKind find_kind(const PartNames& names) {
  const auto mesh = words_of(names.mesh);
  PartKind kind{find_material(names)};
  const bool brow = has_word(
      mesh, {"brow", "brows", "eyebrow", "eyebrows", "lash", "lashes", "eyelash", "eyelashes"});
  kind.hair = kind.material == Material::Hair && !brow;
  kind.eyes_or_mouth = has_word(mesh, {"eye", "eyes", "eyeball", "teeth", "tongue", "iris"});
  return kind;
}

class Finder {
 public:
  explicit Finder(const BodyDraft& draft)
      : draft_(draft),
        names_(name_bones(draft.bones)),
        axes_(find_axes(draft.bones, names_)),
        face_(axes_, {}, 0) {
    for (const PartNames& part : draft.parts) {
      PartKind& kind = kinds_.emplace_back(find_kind(part));
      if (draft.is_thing) kind.material = said_material(part).value_or(Material::Hard);
    }
    face_ = FaceLandmarks(axes_, bare_head(), eyes_up());
  }

  [[nodiscard]] Material material(std::size_t triangle) const {
    return kinds_[draft_.part_of_triangle[triangle]].material;
  }

  [[nodiscard]] Region region(std::size_t i) const {
    if (draft_.is_thing) return Region::Thing;
    const BodyTriangle& triangle = draft_.triangles[i];
    const PartKind& kind = kinds_[draft_.part_of_triangle[i]];
    const std::size_t bone = dominant_bone(draft_, triangle);
    const NamedBone& named = names_[bone];
    const Vec3 a = draft_.vertices[triangle.vertex[0]].p_rest;
    const Vec3 b = draft_.vertices[triangle.vertex[1]].p_rest;
    const Vec3 c = draft_.vertices[triangle.vertex[2]].p_rest;
    const Vec3 centre = (1.0f / 3.0f) * (a + b + c);
    const Vec3 n = normalized(cross(b - a, c - a));
    const bool cloth = kind.material == Material::Cloth;
    if (kind.hair || (named.part == BonePart::Hair && !cloth)) return Region::Hair;
    switch (named.part) {
      case BonePart::Head:
        if (cloth) return Region::Cloth;
        return kind.eyes_or_mouth ? Region::Face : face_.part_at(centre, n);
      case BonePart::Eye:
        return Region::Face;
      case BonePart::Hand:
        return side_of(bone, centre) == BodySide::Left ? Region::HandLeft : Region::HandRight;
      default:
        return limb_or_trunk(bone, centre, cloth);
    }
  }

 private:
  [[nodiscard]] Region limb_or_trunk(std::size_t bone, Vec3 centre, bool cloth) const {
    const Vec3 from_bone = centre - draft_.bones[bone].T_rest_bone.p;
    const bool front = dot(from_bone, axes_.forward) > 0;
    switch (names_[bone].part) {
      case BonePart::Neck:
        return Region::Neck;
      case BonePart::Shoulder:
        return Region::Shoulder;
      case BonePart::UpperArm:
        return along_bone(bone, centre) < 0.25f ? Region::Shoulder : Region::Arm;
      case BonePart::LowerArm:
        return Region::Arm;
      case BonePart::Chest:
        return front ? Region::Chest : Region::Back;
      case BonePart::Hips:
        if (dot(from_bone, axes_.up) > 0) return front ? Region::Chest : Region::Back;
        if (front) return Region::Lap;
        return cloth ? Region::Cloth : Region::Leg;
      case BonePart::UpperLeg:
        if (front) return Region::Lap;
        return cloth ? Region::Cloth : Region::Leg;
      case BonePart::LowerLeg:
        return cloth && along_bone(bone, centre) < 0.1f ? Region::Cloth : Region::Leg;
      case BonePart::Foot:
        return Region::Foot;
      default:
        return cloth ? Region::Cloth : Region::None;
    }
  }

  /// 0 at the bone's joint, 1 at its child's; 0 for a bone without children.
  [[nodiscard]] float along_bone(std::size_t bone, Vec3 p) const {
    for (std::size_t i = bone + 1; i < draft_.bones.size(); ++i) {
      if (draft_.bones[i].parent != static_cast<int>(bone)) continue;
      const Vec3 start = draft_.bones[bone].T_rest_bone.p;
      const Vec3 axis = draft_.bones[i].T_rest_bone.p - start;
      const float reach = dot(axis, axis);
      return reach > 1e-8f ? dot(p - start, axis) / reach : 0.0f;
    }
    return 0.0f;
  }

  [[nodiscard]] BodySide side_of(std::size_t bone, Vec3 p) const {
    if (names_[bone].side != BodySide::Middle) return names_[bone].side;
    return dot(p, axes_.left) > 0 ? BodySide::Left : BodySide::Right;
  }

  [[nodiscard]] std::vector<Vec3> bare_head() const {
    std::vector<Vec3> points;
    for (std::size_t i = 0; i < draft_.triangles.size(); ++i) {
      const BodyTriangle& triangle = draft_.triangles[i];
      const PartKind& kind = kinds_[draft_.part_of_triangle[i]];
      const bool bare = kind.material == Material::Skin && !kind.eyes_or_mouth;
      if (!bare || names_[dominant_bone(draft_, triangle)].part != BonePart::Head) continue;
      for (const std::uint32_t v : triangle.vertex) points.push_back(draft_.vertices[v].p_rest);
    }
    return points;
  }

  [[nodiscard]] float eyes_up() const {
    float sum = 0, count = 0;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i].part != BonePart::Eye) continue;
      sum += dot(draft_.bones[i].T_rest_bone.p, axes_.up);
      count += 1;
    }
    return count > 0 ? sum / count : std::numeric_limits<float>::quiet_NaN();
  }

  const BodyDraft& draft_;
  std::vector<NamedBone> names_;
  BodyAxes axes_;
  std::vector<PartKind> kinds_;
  FaceLandmarks face_;
};

std::optional<Material> said_material(const PartNames& names) {
  const auto mesh = words_of(names.mesh), material = words_of(names.material);
  const auto either = [&](std::initializer_list<std::string_view> wanted) {
    return has_word(material, wanted) || has_word(mesh, wanted);
  };
  if (either({"shoe", "shoes", "boot", "boots", "glasses", "metal", "button", "buttons", "buckle",
              "plastic", "leather", "helmet"})) {
    return Material::Hard;
  }
  const auto speaks = [](std::span<const std::string> words) -> std::optional<Material> {
    if (has_word(words, {"hair", "bangs", "ponytail", "brow", "brows", "eyebrow"})) {
      return Material::Hair;
    }
    if (has_word(words, {"cloth",    "clothes",  "clothing", "dress",  "shirt",   "skirt",
                         "pants",    "trousers", "jacket",   "coat",   "tops",    "bottoms",
                         "onepiece", "sleeve",   "sock",     "socks",  "bow",     "ribbon",
                         "collar",   "hat",      "sweater",  "fabric", "blanket", "towel"})) {
      return Material::Cloth;
    }
    if (has_word(words, {"foam", "sponge", "cake", "cushion", "pillow", "plush"})) {
      return Material::Foam;
    }
    if (has_word(words, {"rubber", "latex", "balloon"})) return Material::Rubber;
    if (has_word(words, {"hard", "paper", "wood", "porcelain", "ceramic", "glass", "wax"})) {
      return Material::Hard;
    }
    if (has_word(words, {"skin", "body", "face", "head"})) return Material::Skin;
    return std::nullopt;
  };
  if (const auto said = speaks(material)) return said;
  return speaks(mesh);
}

}  // namespace

Material find_material(const PartNames& names) {
  return said_material(names).value_or(Material::Skin);
}

std::size_t dominant_bone(const BodyDraft& draft, const BodyTriangle& triangle) {
  std::size_t best = 0;
  int most = -1;
  const auto total = [&](std::uint8_t bone) {
    int sum = 0;
    for (const std::uint32_t v : triangle.vertex) {
      const BodyVertex& vertex = draft.vertices[v];
      for (std::size_t k = 0; k < 4; ++k) {
        if (vertex.bone[k] == bone) sum += vertex.weight[k];
      }
    }
    return sum;
  };
  for (const std::uint32_t v : triangle.vertex) {
    const BodyVertex& vertex = draft.vertices[v];
    for (std::size_t k = 0; k < 4; ++k) {
      if (vertex.weight[k] == 0) continue;
      const int sum = total(vertex.bone[k]);
      if (sum > most) {
        most = sum;
        best = vertex.bone[k];
      }
    }
  }
  return best;
}

void find_regions(BodyDraft& draft, std::span<const RegionRule> rules) {
  const Finder finder(draft);
  for (std::size_t i = 0; i < draft.triangles.size(); ++i) {
    BodyTriangle& triangle = draft.triangles[i];
    triangle.region = finder.region(i);
    triangle.material = finder.material(i);
    const std::string& mesh = draft.parts[draft.part_of_triangle[i]].mesh;
    const std::string& bone = draft.bones[dominant_bone(draft, triangle)].name;
    for (const RegionRule& rule : rules) {
      if (rule.name != (rule.subject == RegionRule::Subject::Mesh ? mesh : bone)) continue;
      triangle.region = rule.region.value_or(triangle.region);
      triangle.material = rule.material.value_or(triangle.material);
    }
  }
}

}  // namespace tactus::avatar
