#include "scene/render/meshes.h"

#include <algorithm>
#include <cstring>

#include "scene/world/morph.h"

namespace tactus::scene {
namespace {

constexpr float kShadowReach_m = 1.7f;    ///< what stands further from the child casts no shadow
constexpr float kLargestCaster_m = 2.5f;  ///< larger things are the ground

bool near_and_small(const Mesh& mesh) {
  const Vec3 centre = 0.5f * (mesh.p_low + mesh.p_high);
  return std::hypot(centre.x(), centre.z()) < kShadowReach_m &&
         (mesh.p_high - mesh.p_low).norm() < kLargestCaster_m;
}

std::uint32_t first_bone(Part part) {
  switch (part) {
    case Part::Child:
      return kChildBones;
    case Part::Park:
      return kParkBone;
    case Part::LeftHand:
      return kHandBones;
    case Part::RightHand:
      return kHandBones + kHandJoints;
  }
  return 0;
}

int expression_named(const std::string& name) {
  const auto found = std::find(kExpressionNames.begin(), kExpressionNames.end(), name);
  return found == kExpressionNames.end() ? -1 : static_cast<int>(found - kExpressionNames.begin());
}

template <class T>
Buffer upload_all(GpuMemory& memory, const std::vector<T>& items, VkBufferUsageFlags usage) {
  const Buffer buffer = memory.make_buffer(items.size() * sizeof(T), usage);
  std::memcpy(buffer.mapped, items.data(), items.size() * sizeof(T));
  return buffer;
}

}  // namespace

Meshes::Meshes(GpuMemory& memory, const Model& child, const Model& park,
               const std::array<Mesh, 2>& hands) {
  Upload upload;
  for (const Mesh& mesh : park.meshes) add(upload, mesh, Part::Park);
  for (const Mesh& mesh : child.meshes) add(upload, mesh, Part::Child);
  add(upload, hands[0], Part::LeftHand);
  add(upload, hands[1], Part::RightHand);
  vertices_ = upload_all(memory, upload.vertices, VK_BUFFER_USAGE_VERTEX_BUFFER_BIT);
  indices_ = upload_all(memory, upload.indices, VK_BUFFER_USAGE_INDEX_BUFFER_BIT);
}

void Meshes::add(Upload& upload, const Mesh& mesh, Part part) {
  Piece piece;
  piece.part = part;
  piece.surface = mesh.surface;
  piece.first_index = static_cast<std::uint32_t>(upload.indices.size());
  piece.index_count = static_cast<std::uint32_t>(mesh.indices.size());
  piece.first_vertex = static_cast<std::int32_t>(upload.vertices.size());
  piece.first_bone = first_bone(part);
  piece.skinned = part != Part::Park;
  piece.casts_shadow = part != Part::Park || near_and_small(mesh);
  piece.p_low = mesh.p_low;
  piece.p_high = mesh.p_high;
  pieces_.push_back(piece);
  if (!mesh.morphs.empty()) {
    Face face{mesh, {}, upload.vertices.size()};
    for (const Morph& morph : mesh.morphs)
      face.expression_of_morph.push_back(expression_named(morph.name));
    faces_.push_back(std::move(face));
    blended_.resize(std::max(blended_.size(), mesh.vertices.size()));
  }
  upload.vertices.insert(upload.vertices.end(), mesh.vertices.begin(), mesh.vertices.end());
  upload.indices.insert(upload.indices.end(), mesh.indices.begin(), mesh.indices.end());
}

void Meshes::blend(const Expressions& expressions) {
  for (const Face& face : faces_) {
    std::vector<float> weights;
    for (const int expression : face.expression_of_morph)
      weights.push_back(expression < 0 ? 0.0f : expressions[expression]);
    const std::size_t count = face.mesh.vertices.size();
    blend_morphs(face.mesh, weights, {blended_.data(), count});
    std::memcpy(vertices_.mapped + face.first_vertex * sizeof(Vertex), blended_.data(),
                count * sizeof(Vertex));
  }
}

}  // namespace tactus::scene
