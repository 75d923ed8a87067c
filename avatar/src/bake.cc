#include "tactus/avatar/bake.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <numeric>

#include "bone_parts.h"
#include "decimate.h"
#include "find_regions.h"
#include "limit_bones.h"
#include "tactus/base/crc32.h"

namespace tactus::avatar {
namespace {

constexpr float kSmallestArea_m2 = 1e-11f;  // a triangle some 5 micrometres high gives no normal

struct VertexOrder {
  bool operator()(const BodyVertex& a, const BodyVertex& b) const {
    using Bytes = std::array<std::uint8_t, sizeof(BodyVertex)>;
    return std::bit_cast<Bytes>(a) < std::bit_cast<Bytes>(b);
  }
};

class Baker {
 public:
  Baker(const SkinnedModel& model, const BakeOptions& options)
      : options_(options), folded_(limit_bones(model)) {
    draft_.bones = folded_.bones;
    draft_.is_thing = options.is_thing || is_thing(names_);
  }

  Expected<std::vector<std::byte>, BakeError> run(const SkinnedModel& model) {
    for (const ModelPart& part : model.parts) gather(part);
    mark_borders();
    decimate(pieces_, draft_.vertices, options_.triangles);
    collect_triangles();
    if (draft_.triangles.empty()) return Unexpected{BakeError::NothingLeft};
    drop_unused_vertices();
    if (draft_.vertices.size() > kMaxBodyVertices || draft_.triangles.size() > kMaxBodyTriangles) {
      return Unexpected{BakeError::TooLarge};
    }
    find_regions(draft_, options_.rules);
    return write();
  }

 private:
  [[nodiscard]] bool is_skipped(const std::string& mesh) const {
    return std::any_of(options_.rules.begin(), options_.rules.end(), [&](const RegionRule& rule) {
      return rule.subject == RegionRule::Subject::Mesh && rule.name == mesh && rule.skip;
    });
  }

  [[nodiscard]] float keep_share(const std::string& mesh) const {
    float keep = 0;
    for (const RegionRule& rule : options_.rules) {
      if (rule.subject == RegionRule::Subject::Mesh && rule.name == mesh) {
        keep = rule.keep.value_or(keep);
      }
    }
    return keep;
  }

  /// Takes a part in; corners alike in place and weights become one vertex within their mesh.
  void gather(const ModelPart& part) {
    if (is_skipped(part.mesh)) return;
    auto& known = known_[part.mesh];
    std::vector<std::uint32_t> new_index(part.vertices.size());
    for (std::size_t i = 0; i < part.vertices.size(); ++i) {
      const BodyVertex vertex = folded_.fold(part.vertices[i]);
      const auto next = static_cast<std::uint32_t>(draft_.vertices.size());
      const auto [at, is_new] = known.emplace(vertex, next);
      if (is_new) draft_.vertices.push_back(vertex);
      new_index[i] = at->second;
    }
    DecimationPart piece;
    for (const std::uint32_t index : part.indices) piece.indices.push_back(new_index[index]);
    remove_degenerate(piece.indices);
    const PartNames names{part.mesh, part.material};
    piece.importance = importance(piece.indices, find_material(names));
    piece.keep = keep_share(part.mesh);
    pieces_.push_back(std::move(piece));
    draft_.parts.push_back(names);
  }

  [[nodiscard]] float area_m2(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
    const Vec3 p = draft_.vertices[a].p_rest;
    return 0.5f * length(cross(draft_.vertices[b].p_rest - p, draft_.vertices[c].p_rest - p));
  }

  void remove_degenerate(std::vector<std::uint32_t>& indices) const {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < indices.size(); i += 3) {
      const std::uint32_t a = indices[i], b = indices[i + 1], c = indices[i + 2];
      if (a == b || b == c || a == c || !(area_m2(a, b, c) > kSmallestArea_m2)) continue;
      indices[kept++] = a;
      indices[kept++] = b;
      indices[kept++] = c;
    }
    indices.resize(kept);
  }

  /// 1 plus the share that is bare hand or face.
  [[nodiscard]] float importance(const std::vector<std::uint32_t>& indices,
                                 Material material) const {
    if (material != Material::Skin || indices.empty()) return 1;
    std::size_t fine = 0;
    for (const std::uint32_t index : indices) {
      const BodyVertex& vertex = draft_.vertices[index];
      const auto most = static_cast<std::size_t>(
          std::max_element(vertex.weight.begin(), vertex.weight.end()) - vertex.weight.begin());
      const BonePart part = names_[vertex.bone[most]].part;
      if (part == BonePart::Hand || part == BonePart::Head || part == BonePart::Eye) ++fine;
    }
    return 1 + static_cast<float>(fine) / static_cast<float>(indices.size());
  }

  /// Parts of one mesh that differ in material share vertices; their common rim must not move.
  void mark_borders() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      for (std::size_t j = 0; j < pieces_.size(); ++j) {
        if (i != j && draft_.parts[i].mesh == draft_.parts[j].mesh) {
          pieces_[i].shares_border = true;
        }
      }
    }
  }

  void collect_triangles() {
    for (std::size_t part = 0; part < pieces_.size(); ++part) {
      std::vector<std::uint32_t>& indices = pieces_[part].indices;
      remove_degenerate(indices);
      for (std::size_t i = 0; i < indices.size(); i += 3) {
        draft_.triangles.push_back({.vertex = {indices[i], indices[i + 1], indices[i + 2]}});
        draft_.part_of_triangle.push_back(static_cast<std::uint32_t>(part));
      }
    }
  }

  void drop_unused_vertices() {
    constexpr std::uint32_t kUnused = ~0u;
    std::vector<std::uint32_t> new_index(draft_.vertices.size(), kUnused);
    std::vector<BodyVertex> used;
    for (BodyTriangle& triangle : draft_.triangles) {
      for (std::uint32_t& corner : triangle.vertex) {
        if (new_index[corner] == kUnused) {
          new_index[corner] = static_cast<std::uint32_t>(used.size());
          used.push_back(draft_.vertices[corner]);
        }
        corner = new_index[corner];
      }
    }
    draft_.vertices = std::move(used);
  }

  [[nodiscard]] std::vector<std::byte> write() const {
    BodyHeader header;
    header.bone_count = static_cast<std::uint32_t>(draft_.bones.size());
    header.vertex_count = static_cast<std::uint32_t>(draft_.vertices.size());
    header.triangle_count = static_cast<std::uint32_t>(draft_.triangles.size());
    std::vector<std::byte> bytes(sizeof(header));
    const auto put = [&](const auto& value) {
      const auto* first = reinterpret_cast<const std::byte*>(&value);
      bytes.insert(bytes.end(), first, first + sizeof(value));
    };
    for (const ModelBone& bone : draft_.bones) put(to_body_bone(bone));
    for (const BodyVertex& vertex : draft_.vertices) put(vertex);
    for (const BodyTriangle& triangle : draft_.triangles) put(triangle);
    header.total_bytes = static_cast<std::uint32_t>(bytes.size());
    header.crc32 = crc32({reinterpret_cast<const std::uint8_t*>(bytes.data()) + sizeof(header),
                          bytes.size() - sizeof(header)});
    std::memcpy(bytes.data(), &header, sizeof(header));
    return bytes;
  }

  /// The name is cut to the format's length, between UTF-8 characters.
  static BodyBone to_body_bone(const ModelBone& bone) {
    BodyBone out;
    std::size_t length = std::min(bone.name.size(), out.name.size() - 1);
    while (length > 0 && length < bone.name.size() && (bone.name[length] & 0xC0) == 0x80) --length;
    std::copy_n(bone.name.begin(), length, out.name.begin());
    out.parent = bone.parent;
    out.T_rest_bone = bone.T_rest_bone;
    return out;
  }

  const BakeOptions& options_;
  FoldedBones folded_;
  std::vector<NamedBone> names_ = name_bones(folded_.bones);
  BodyDraft draft_;
  std::vector<DecimationPart> pieces_;
  std::map<std::string, std::map<BodyVertex, std::uint32_t, VertexOrder>> known_;
};

}  // namespace

const char* describe(BakeError error) noexcept {
  switch (error) {
    case BakeError::NothingLeft:
      return "nothing is left to touch: check the rules that skip meshes, and the mesh's scale";
    case BakeError::TooLarge:
      return "too large for a body even decimated: ask for fewer triangles, or skip meshes";
  }
  return "unknown bake error";
}

Expected<std::vector<std::byte>, BakeError> bake(const SkinnedModel& model,
                                                 const BakeOptions& options) {
  return Baker(model, options).run(model);
}

}  // namespace tactus::avatar
