// A skinned mesh as an engine has it, made a body that can be touched.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "complaint.h"
#include "said_enum.h"
#include "space.h"
#include "tactus/contact/body.h"
#include "tactus/contact/skin_weights.h"
#include "touch_data.h"

namespace tactus::layer {
namespace {

static_assert(XR_TOUCH_MAX_VERTICES_TACTUSX == kMaxBodyVertices &&
              XR_TOUCH_MAX_TRIANGLES_TACTUSX == kMaxBodyTriangles);
static_assert(static_cast<int>(Material::Hard) == XR_TOUCH_MATERIAL_HARD_TACTUSX &&
              static_cast<int>(Material::Rubber) == XR_TOUCH_MATERIAL_RUBBER_TACTUSX);

constexpr float kSmallestArea_m2 = 1e-11f;  // a triangle some 5 micrometres high gives no normal

/// Looks at what pointers say; what the numbers say is looked at as they are taken.
const char* fault_of(const XrTouchMeshTACTUSX& mesh) noexcept {
  if (mesh.bones == nullptr || mesh.positions == nullptr || mesh.boneIndices == nullptr ||
      mesh.boneWeights == nullptr || mesh.indices == nullptr) {
    return "the mesh lacks bones, positions, bone indices, weights or indices";
  }
  if (mesh.boneCount == 0 || mesh.vertexCount == 0 || mesh.triangleCount == 0) {
    return "the mesh has no bones, no vertices or no triangles";
  }
  return nullptr;
}

bool is_too_large(const XrTouchMeshTACTUSX& mesh) noexcept {
  return mesh.boneCount > kMaxBodyBones || mesh.vertexCount > kMaxBodyVertices ||
         mesh.triangleCount > kMaxBodyTriangles;
}

bool is_before(const BodyVertex& a, const BodyVertex& b) noexcept {
  using Bytes = std::array<std::uint8_t, sizeof(BodyVertex)>;
  return std::bit_cast<Bytes>(a) < std::bit_cast<Bytes>(b);
}

class Maker {
 public:
  Maker(const XrTouchMeshTACTUSX& mesh, std::span<std::byte> out) noexcept
      : mesh_(mesh),
        bones_(reinterpret_cast<BodyBone*>(out.data() + sizeof(BodyHeader))),
        vertices_(reinterpret_cast<BodyVertex*>(bones_ + mesh.boneCount)) {}

  void take_bones() noexcept {
    for (std::uint32_t i = 0; i < mesh_.boneCount; ++i) {
      bones_[i] = {{}, mesh_.bones[i].parent, from_xr(mesh_.bones[i].bindPose)};
    }
  }

  /// Null, or what is wrong.
  const char* take_vertices() noexcept {
    for (std::uint32_t i = 0; i < mesh_.vertexCount; ++i) {
      std::array<float, 4> weights;
      float sum = 0;
      BodyVertex vertex;
      for (std::size_t k = 0; k < 4; ++k) {
        weights[k] = mesh_.boneWeights[4 * i + k];
        if (!(weights[k] >= 0 && weights[k] < 1e6f)) return "a weight is negative or not finite";
        sum += weights[k];
        const std::uint16_t bone = mesh_.boneIndices[4 * i + k];
        if (weights[k] == 0) continue;
        if (bone >= mesh_.boneCount) return "a vertex names a bone that the mesh does not have";
        vertex.bone[k] = static_cast<std::uint8_t>(bone);
      }
      if (!(sum > 1e-6f)) return "a vertex has no weight at all";
      vertex.weight = quantize_weights(weights);
      const XrVector3f& p = mesh_.positions[i];
      vertex.p_rest = {p.x + 0.0f, p.y + 0.0f, p.z + 0.0f};  // no -0: it is compared by its bytes
      vertices_[i] = vertex;
    }
    return nullptr;
  }

  /// `order` and `place`: room for one number a vertex. Returns how many vertices are left.
  std::uint32_t weld(std::uint32_t* order, std::uint32_t* place, BodyVertex* kept) noexcept {
    const std::uint32_t count = mesh_.vertexCount;
    std::iota(order, order + count, 0u);
    std::sort(order, order + count, [this](std::uint32_t a, std::uint32_t b) {
      return is_before(vertices_[a], vertices_[b]);
    });
    std::uint32_t left = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const BodyVertex& vertex = vertices_[order[i]];
      if (left == 0 || is_before(kept[left - 1], vertex)) kept[left++] = vertex;
      place[order[i]] = left - 1;
    }
    std::copy_n(kept, left, vertices_);
    return left;
  }

  /// Writes the triangles behind `vertex_count` vertices; `count` of them have an area.
  const char* take_triangles(const std::uint32_t* place, std::uint32_t vertex_count,
                             std::uint32_t& count) noexcept {
    auto* out = reinterpret_cast<BodyTriangle*>(vertices_ + vertex_count);
    for (std::uint32_t i = 0; i < mesh_.triangleCount; ++i) {
      BodyTriangle triangle;
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t index = mesh_.indices[3 * i + k];
        if (index >= mesh_.vertexCount) return "an index is not below the number of vertices";
        triangle.vertex[k] = place[index];
      }
      const std::uint32_t region = mesh_.regions != nullptr ? mesh_.regions[i] : 0;
      const auto material = mesh_.materials != nullptr ? said(mesh_.materials[i]) : 0u;
      if (region >= kRegions) return "a region is none of docs/regions.md";
      if (material >= kMaterials) return "a material is none of XrTouchMaterialTACTUSX";
      triangle.region = static_cast<Region>(region);
      triangle.material = static_cast<Material>(material);
      if (area_m2(triangle) > kSmallestArea_m2) out[count++] = triangle;
    }
    return count > 0 ? nullptr : "no triangle has an area";
  }

 private:
  [[nodiscard]] float area_m2(const BodyTriangle& triangle) const noexcept {
    const Vec3 p = vertices_[triangle.vertex[0]].p_rest;
    return 0.5f * length(cross(vertices_[triangle.vertex[1]].p_rest - p,
                               vertices_[triangle.vertex[2]].p_rest - p));
  }

  const XrTouchMeshTACTUSX& mesh_;
  BodyBone* bones_;
  BodyVertex* vertices_;
};

}  // namespace

XrResult make_body(const Instance& instance, const XrTouchMeshTACTUSX& mesh, Bytes& body) noexcept {
  constexpr const char* kFunction = "xrCreateTouchBodyTACTUSX";
  const auto refuse = [&](const char* fault) {
    complain(instance, kFunction, fault);
    return XR_ERROR_VALIDATION_FAILURE;
  };
  if (const char* fault = fault_of(mesh); fault != nullptr) return refuse(fault);
  if (is_too_large(mesh)) {
    complain(instance, kFunction, "the mesh is over the limits of the header: bake it instead");
    return XR_ERROR_LIMIT_REACHED;
  }
  const std::size_t vertex_bytes = mesh.vertexCount * sizeof(BodyVertex);
  body = Bytes(sizeof(BodyHeader) + mesh.boneCount * sizeof(BodyBone) + vertex_bytes +
               mesh.triangleCount * sizeof(BodyTriangle));
  const Bytes order(mesh.vertexCount * sizeof(std::uint32_t));
  const Bytes place(mesh.vertexCount * sizeof(std::uint32_t));
  const Bytes kept(vertex_bytes);
  if (!body || !order || !place || !kept) return XR_ERROR_OUT_OF_MEMORY;

  Maker maker(mesh, body.all());
  maker.take_bones();
  if (const char* fault = maker.take_vertices(); fault != nullptr) return refuse(fault);
  auto* new_place = reinterpret_cast<std::uint32_t*>(place.all().data());
  BodyHeader header;
  header.bone_count = mesh.boneCount;
  header.vertex_count = maker.weld(reinterpret_cast<std::uint32_t*>(order.all().data()), new_place,
                                   reinterpret_cast<BodyVertex*>(kept.all().data()));
  const char* fault = maker.take_triangles(new_place, header.vertex_count, header.triangle_count);
  if (fault != nullptr) return refuse(fault);
  body.shrink(sizeof(header) + header.bone_count * sizeof(BodyBone) +
              header.vertex_count * sizeof(BodyVertex) +
              header.triangle_count * sizeof(BodyTriangle));
  std::memcpy(body.all().data(), &header, sizeof(header));
  sign(body.all());
  return XR_SUCCESS;
}

}  // namespace tactus::layer
