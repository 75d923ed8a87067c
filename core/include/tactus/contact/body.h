// The baked form of a person that can be touched: the bytes of a .tbody file, read in place.
//
// Triangles with up to four bones each vertex, a region and a material each triangle, and the
// skeleton at rest. `tactus bake` writes it from any skinned glTF; nothing else is needed to skin
// and to query it. All numbers little endian.
//
//   Frames   rest: the model's own, +Y up, metres. Bones are rigid frames.
//   Units    metres; weights are 255ths and sum to 255.
//   Errors   view_body checks everything that a stranger's file could get wrong; BodyError's
//            comments name the remedy.
//   Threads  pure; the view lives no longer than the bytes.
//   Proof    tests/core/contact/body_test.cc; tests/fuzz/body_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "tactus/base/expected.h"
#include "tactus/base/geometry.h"
#include "tactus/contact/contact.h"

namespace tactus {

inline constexpr std::array<char, 8> kBodyMagic = {'T', 'A', 'C', 'T', 'B', 'O', 'D', 'Y'};
inline constexpr std::uint32_t kBodyVersion = 1;
inline constexpr std::uint32_t kMaxBodyVertices = 1u << 18;
inline constexpr std::uint32_t kMaxBodyTriangles = 1u << 19;
inline constexpr std::uint32_t kMaxBodyBones = 128;

/// First bytes of the file. The arrays follow in this order, each 4-byte aligned, without gaps:
/// bones, vertices, triangles.
struct BodyHeader {
  std::array<char, 8> magic = kBodyMagic;
  std::uint32_t version = kBodyVersion;
  std::uint32_t total_bytes = 0;
  std::uint32_t bone_count = 0;
  std::uint32_t vertex_count = 0;
  std::uint32_t triangle_count = 0;
  std::uint32_t crc32 = 0;  ///< of all that follows the header (IEEE 802.3)
};
static_assert(sizeof(BodyHeader) == 32 && std::is_trivially_copyable_v<BodyHeader>);

struct BodyBone {
  std::array<char, 32> name{};  ///< UTF-8, NUL padded
  std::int32_t parent = -1;     ///< always less than the bone's own index; -1 a root
  Pose T_rest_bone;             ///< bind pose
};
static_assert(sizeof(BodyBone) == 64 && std::is_trivially_copyable_v<BodyBone>);

struct BodyVertex {
  Vec3 p_rest;
  std::array<std::uint8_t, 4> bone{};
  std::array<std::uint8_t, 4> weight{};  ///< sums to 255
};
static_assert(sizeof(BodyVertex) == 20 && std::is_trivially_copyable_v<BodyVertex>);

struct BodyTriangle {
  std::array<std::uint32_t, 3> vertex{};  ///< counter-clockwise seen from outside
  Region region = Region::None;
  Material material = Material::Skin;
  std::uint16_t reserved = 0;
};
static_assert(sizeof(BodyTriangle) == 16 && std::is_trivially_copyable_v<BodyTriangle>);

struct BodyView {
  std::span<const BodyBone> bones;
  std::span<const BodyVertex> vertices;
  std::span<const BodyTriangle> triangles;
};

enum class BodyError : std::uint8_t {
  TooShort,      ///< not all of the file is here: copy it again
  NotABody,      ///< another kind of file: bake a glTF with `tactus bake`
  WrongVersion,  ///< baked by another release: bake it again
  TooLarge,      ///< over the caps above: decimate when baking
  Corrupt,       ///< checksum or counts disagree: copy or bake it again
  BadBone,       ///< a bone's parent or pose is impossible: check the skeleton
  BadVertex,     ///< a position is not finite, or weights do not sum to 255
  BadTriangle,   ///< an index, region or material is out of range
};

/// One line that names cause and remedy.
[[nodiscard]] const char* describe(BodyError error) noexcept;

/// Checks the bytes (4-byte aligned) and gives spans into them. Never reads outside.
[[nodiscard]] Expected<BodyView, BodyError> view_body(std::span<const std::byte> bytes) noexcept;

}  // namespace tactus
