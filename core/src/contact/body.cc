#include "tactus/contact/body.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "tactus/base/crc32.h"

namespace tactus {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is read in place");

/// A model is a person: nothing of it is further from its own origin.
constexpr float kLargestBody_m = 100.0f;

bool is_sound(const BodyBone& bone, std::size_t index) {
  return bone.parent >= -1 && bone.parent < static_cast<std::int64_t>(index) &&
         is_valid(bone.T_rest_bone) && length(bone.T_rest_bone.p) < kLargestBody_m;
}

bool is_sound(const BodyVertex& vertex, std::size_t bone_count) {
  int sum = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    if (vertex.bone[k] >= bone_count) return false;
    sum += vertex.weight[k];
  }
  return sum == 255 && is_finite(vertex.p_rest) && length(vertex.p_rest) < kLargestBody_m;
}

bool is_sound(const BodyTriangle& triangle, std::size_t vertex_count) {
  for (const std::uint32_t v : triangle.vertex) {
    if (v >= vertex_count) return false;
  }
  return static_cast<std::size_t>(triangle.region) < kRegions &&
         static_cast<std::size_t>(triangle.material) < kMaterials;
}

/// The next `count` Ts; the caller has checked that they are there.
template <class T>
std::span<const T> take(const std::byte*& at, std::size_t count) {
  const std::span<const T> taken(reinterpret_cast<const T*>(at), count);
  at += taken.size_bytes();
  return taken;
}

}  // namespace

const char* describe(BodyError error) noexcept {
  switch (error) {
    case BodyError::TooShort:
      return "the body file is cut short: copy it again";
    case BodyError::NotABody:
      return "this is not a body file: make one with `tactus bake FILE.glb`";
    case BodyError::WrongVersion:
      return "the body was baked by another release: bake it again";
    case BodyError::TooLarge:
      return "the body has too many vertices, triangles or bones: decimate it when baking";
    case BodyError::Corrupt:
      return "the body's checksum or counts disagree: copy or bake it again";
    case BodyError::BadBone:
      return "a bone's parent or bind pose is impossible: check the skeleton and bake again";
    case BodyError::BadVertex:
      return "a vertex is not finite, or its bones or weights are wrong: check the skin weights";
    case BodyError::BadTriangle:
      return "a triangle's corner, region or material is out of range: bake it again";
  }
  return "unknown body error";
}

Expected<BodyView, BodyError> view_body(std::span<const std::byte> bytes) noexcept {
  BodyHeader header;
  if (bytes.size() < sizeof(header)) return Unexpected{BodyError::TooShort};
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != kBodyMagic) return Unexpected{BodyError::NotABody};
  if (header.version != kBodyVersion) return Unexpected{BodyError::WrongVersion};
  if (header.vertex_count > kMaxBodyVertices || header.triangle_count > kMaxBodyTriangles ||
      header.bone_count > kMaxBodyBones) {
    return Unexpected{BodyError::TooLarge};
  }
  // The caps keep this sum far below 2^32.
  const std::size_t size = sizeof(header) + header.bone_count * sizeof(BodyBone) +
                           header.vertex_count * sizeof(BodyVertex) +
                           header.triangle_count * sizeof(BodyTriangle);
  const bool empty =
      header.bone_count == 0 || header.vertex_count == 0 || header.triangle_count == 0;
  if (empty || header.total_bytes != size || bytes.size() > size) {
    return Unexpected{BodyError::Corrupt};
  }
  if (bytes.size() < size) return Unexpected{BodyError::TooShort};
  const auto* at = bytes.data() + sizeof(header);
  if (reinterpret_cast<std::uintptr_t>(at) % alignof(BodyTriangle) != 0 ||
      header.crc32 != crc32({reinterpret_cast<const std::uint8_t*>(at), size - sizeof(header)})) {
    return Unexpected{BodyError::Corrupt};
  }

  BodyView view;
  view.bones = take<BodyBone>(at, header.bone_count);
  view.vertices = take<BodyVertex>(at, header.vertex_count);
  view.triangles = take<BodyTriangle>(at, header.triangle_count);
  for (std::size_t i = 0; i < view.bones.size(); ++i) {
    if (!is_sound(view.bones[i], i)) return Unexpected{BodyError::BadBone};
  }
  for (const BodyVertex& vertex : view.vertices) {
    if (!is_sound(vertex, view.bones.size())) return Unexpected{BodyError::BadVertex};
  }
  for (const BodyTriangle& triangle : view.triangles) {
    if (!is_sound(triangle, view.vertices.size())) return Unexpected{BodyError::BadTriangle};
  }
  return view;
}

}  // namespace tactus
