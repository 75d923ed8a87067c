// A stranger's body file: refused with a reason, or sound enough to be built, skinned and touched.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "tactus/base/crc32.h"
#include "tactus/contact/query.h"

namespace {

using namespace tactus;

void touch(const BodyView& view) {
  const BodyModel model = build_model(view);
  DeformedBody body(model);
  std::vector<Pose> T_world_bone;
  for (const BodyBone& bone : view.bones) T_world_bone.push_back(bone.T_rest_bone);
  if (!skin(model, HostTime{}, T_world_bone, body)) return;
  HandPose pose;
  pose.origin = PoseOrigin::Measured;
  const BodyInterval interval{&model, &body, &body, 1.0f};
  ContactState state;
  for (int tick = 0; tick < 3; ++tick) {
    const ContactSet contacts = query(state, {}, std::span(&pose, 1), std::span(&interval, 1),
                                      HostTime{Duration{1ms} * tick});
    for (const Contact& contact : contacts) {
      if (contact.triangle >= view.triangles.size() || !(contact.depth_m > 0)) __builtin_trap();
    }
  }
}

/// Makes the content sound where chance hardly would: coordinates of a few metres, whole rotations,
/// full weights, corners that exist.
void mend_content(const BodyHeader& header, std::uint8_t* at) {
  const auto mend_each = [&at](std::uint32_t count, auto item, auto mend) {
    for (std::uint32_t i = 0; i < count; ++i, at += sizeof(item)) {
      std::memcpy(&item, at, sizeof(item));
      mend(item);
      std::memcpy(at, &item, sizeof(item));
    }
  };
  const auto small = [](float x) { return std::fabs(x) < 3 ? x : 0.5f; };
  mend_each(header.bone_count, BodyBone{}, [&](BodyBone& bone) {
    bone.parent = -1;
    bone.T_rest_bone.q = {};
    bone.T_rest_bone.p = {};
  });
  mend_each(header.vertex_count, BodyVertex{}, [&](BodyVertex& vertex) {
    vertex.p_rest = {small(vertex.p_rest.x), small(vertex.p_rest.y), small(vertex.p_rest.z)};
    for (auto& bone : vertex.bone) bone = static_cast<std::uint8_t>(bone % header.bone_count);
    const auto part = static_cast<std::uint8_t>(vertex.weight[0]);
    vertex.weight = {part, static_cast<std::uint8_t>(255 - part), 0, 0};
  });
  mend_each(header.triangle_count, BodyTriangle{}, [&](BodyTriangle& triangle) {
    for (auto& v : triangle.vertex) v %= header.vertex_count;
    triangle.region = Region::Chest;
    triangle.material = Material::Cloth;
  });
}

/// Bytes as a whole file: header counts cut to what is there and a right checksum, so that the
/// checks behind the checksum are reached too; half of them with sound content.
void mend(std::vector<std::uint32_t>& words, std::size_t size) {
  const bool sound = (words[6] & 1) != 0;
  BodyHeader header;
  header.bone_count = words[4] % 3;
  header.vertex_count = words[5] % 16;
  const std::size_t before_triangles = sizeof(header) + header.bone_count * sizeof(BodyBone) +
                                       header.vertex_count * sizeof(BodyVertex);
  const std::size_t left = std::max(size, before_triangles) - before_triangles;
  header.triangle_count = static_cast<std::uint32_t>(left / sizeof(BodyTriangle));
  const std::size_t total = before_triangles + header.triangle_count * sizeof(BodyTriangle);
  words.resize(std::max(words.size(), total / 4));
  header.total_bytes = static_cast<std::uint32_t>(total);
  auto* bytes = reinterpret_cast<std::uint8_t*>(words.data());
  if (sound && header.bone_count > 0 && header.vertex_count > 0) {
    mend_content(header, bytes + sizeof(header));
  }
  header.crc32 = crc32({bytes + sizeof(header), total - sizeof(header)});
  std::memcpy(words.data(), &header, sizeof(header));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint32_t> words(std::max<std::size_t>((size + 3) / 4, 8));
  std::copy_n(data, size, reinterpret_cast<std::uint8_t*>(words.data()));
  const std::span all = std::as_bytes(std::span(words));
  if (const auto view = view_body(all.first(size))) touch(*view);
  if (size < sizeof(BodyHeader)) return 0;
  mend(words, size);
  const BodyHeader& mended = *reinterpret_cast<const BodyHeader*>(words.data());
  if (const auto view = view_body(std::as_bytes(std::span(words)).first(mended.total_bytes))) {
    touch(*view);
  }
  return 0;
}
