#include "tactus/simulator/true_body.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <utility>

namespace tactus::simulator {
namespace {

constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kBoneBytes = 64;
constexpr std::size_t kVertexBytes = 20;
constexpr std::size_t kTriangleBytes = 16;
constexpr std::uint32_t kMostBones = 128;
constexpr std::uint32_t kMostVertices = 1u << 18;
constexpr std::uint32_t kMostTriangles = 1u << 19;

/// Takes little-endian fields off the front; the caller has checked the length.
class Fields {
 public:
  explicit Fields(const std::byte* at) : at_(at) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(*at_++); }
  std::uint32_t u32() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value |= static_cast<std::uint32_t>(u8()) << (8 * i);
    return value;
  }
  double f32() {
    const std::uint32_t bits = u32();
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  V3d vector() {
    const double x = f32(), y = f32(), z = f32();
    return {x, y, z};
  }
  void skip(std::size_t bytes) { at_ += bytes; }

 private:
  const std::byte* at_;
};

Pose3d interpolate(const Pose3d& a, const Pose3d& b, double s) {
  return {between(a.q, b.q, s), a.p + s * (b.p - a.p)};
}

bool finite(V3d v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

std::string read_bone(Fields in, int index, TrueBody::Bone& bone) {
  for (int i = 0; i < 32; ++i) {
    const char c = static_cast<char>(in.u8());
    if (c == '\0') {
      in.skip(static_cast<std::size_t>(31 - i));
      break;
    }
    bone.name += c;
  }
  bone.parent = static_cast<std::int32_t>(in.u32());
  const double x = in.f32(), y = in.f32(), z = in.f32(), w = in.f32();
  bone.T_rest_bone = {{x, y, z, w}, in.vector()};
  const double length = std::sqrt(x * x + y * y + z * z + w * w);
  const bool fits = bone.parent >= -1 && bone.parent < index && std::fabs(length - 1) < 0.01 &&
                    finite(bone.T_rest_bone.p);
  bone.T_rest_bone.q = normalized(bone.T_rest_bone.q);
  return fits ? "" : "bone " + std::to_string(index) + " has an impossible parent or pose";
}

std::string read_vertex(Fields in, std::uint32_t bone_count, TrueBody::Vertex& vertex) {
  vertex.p_rest = in.vector();
  int sum = 0;
  for (auto& bone : vertex.bone) bone = in.u8();
  for (auto& weight : vertex.weight) {
    const std::uint8_t part = in.u8();
    sum += part;
    weight = part / 255.0;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    if (vertex.weight[i] > 0 && vertex.bone[i] >= bone_count) return "a vertex names no bone";
  }
  if (sum != 255) return "a vertex's weights do not sum to 255";
  return finite(vertex.p_rest) ? "" : "a vertex is not finite";
}

std::string read_triangle(Fields in, std::uint32_t vertex_count, TrueBody::Triangle& triangle) {
  for (auto& vertex : triangle.vertex) {
    vertex = in.u32();
    if (vertex >= vertex_count) return "a triangle names no vertex";
  }
  const std::uint8_t region = in.u8();
  triangle.region = static_cast<Region>(region);
  return region < kRegions ? "" : "a triangle's region is unknown";
}

/// The bone that moves most of a triangle.
std::size_t bone_of(const TrueBody& body, const TrueBody::Triangle& triangle) {
  std::array<double, 256> share{};
  for (const std::uint32_t v : triangle.vertex) {
    for (std::size_t k = 0; k < 4; ++k) {
      share[body.vertices[v].bone[k]] += body.vertices[v].weight[k];
    }
  }
  return static_cast<std::size_t>(std::max_element(share.begin(), share.end()) - share.begin());
}

}  // namespace

void divide(TrueBody& body) {
  std::map<std::pair<std::size_t, Region>, TrueBody::Part> parts;
  body.parts.clear();
  for (std::uint32_t i = 0; i < body.triangles.size(); ++i) {
    const TrueBody::Triangle& triangle = body.triangles[i];
    parts[{bone_of(body, triangle), triangle.region}].triangles.push_back(i);
  }
  for (auto& [key, part] : parts) body.parts.push_back(std::move(part));
}

int TrueBody::bone(std::string_view name) const {
  for (std::size_t i = 0; i < bones.size(); ++i) {
    if (bones[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

Expected<TrueBody, std::string> read_true_body(std::span<const std::byte> bytes) {
  const auto fail = [](std::string why) { return Unexpected<std::string>{std::move(why)}; };
  if (bytes.size() < kHeaderBytes) return fail("shorter than a header");
  if (std::memcmp(bytes.data(), "TACTBODY", 8) != 0) return fail("not a touchable body");
  Fields header(bytes.data() + 8);
  const std::uint32_t version = header.u32(), total = header.u32();
  const std::uint32_t bones = header.u32(), vertices = header.u32(), triangles = header.u32();
  if (version != 1) return fail("version " + std::to_string(version) + " instead of 1");
  if (bones > kMostBones || vertices > kMostVertices || triangles > kMostTriangles) {
    return fail("more than the format allows");
  }
  const std::size_t bones_at = kHeaderBytes, vertices_at = bones_at + bones * kBoneBytes;
  const std::size_t triangles_at = vertices_at + vertices * kVertexBytes;
  if (triangles_at + triangles * kTriangleBytes != bytes.size() || total != bytes.size()) {
    return fail("the length does not match the counts");
  }
  TrueBody body;
  body.bones.resize(bones);
  body.vertices.resize(vertices);
  body.triangles.resize(triangles);
  std::string wrong;
  for (std::size_t i = 0; i < bones && wrong.empty(); ++i) {
    wrong = read_bone(Fields(bytes.data() + bones_at + i * kBoneBytes), static_cast<int>(i),
                      body.bones[i]);
  }
  for (std::size_t i = 0; i < vertices && wrong.empty(); ++i) {
    wrong =
        read_vertex(Fields(bytes.data() + vertices_at + i * kVertexBytes), bones, body.vertices[i]);
  }
  for (std::size_t i = 0; i < triangles && wrong.empty(); ++i) {
    wrong = read_triangle(Fields(bytes.data() + triangles_at + i * kTriangleBytes), vertices,
                          body.triangles[i]);
  }
  if (!wrong.empty()) return fail(wrong);
  divide(body);
  return body;
}

void BodyTrack::push(double t_s, std::span<const Pose> T_world_bone) {
  if (!frames_.empty() && t_s <= frames_.back().t_s) return;
  Frame frame{t_s, {}};
  frame.T_world_bone.reserve(T_world_bone.size());
  for (const Pose& T : T_world_bone) {
    const Q4d q{T.q.x, T.q.y, T.q.z, T.q.w};
    frame.T_world_bone.push_back({normalized(q), {T.p.x, T.p.y, T.p.z}});
  }
  frames_.push_back(std::move(frame));
  while (frames_.size() > 2 && frames_[1].t_s < t_s - kKept_s) frames_.pop_front();
}

std::span<const Pose3d> BodyTrack::at(double t_s) const {
  if (frames_.empty()) return {};
  const auto after = std::lower_bound(frames_.begin(), frames_.end(), t_s,
                                      [](const Frame& frame, double t) { return frame.t_s < t; });
  if (after == frames_.begin()) return frames_.front().T_world_bone;
  if (after == frames_.end()) return frames_.back().T_world_bone;
  const Frame& a = *(after - 1);
  const Frame& b = *after;
  const double s = (t_s - a.t_s) / (b.t_s - a.t_s);
  interpolated_.resize(std::min(a.T_world_bone.size(), b.T_world_bone.size()));
  for (std::size_t i = 0; i < interpolated_.size(); ++i) {
    interpolated_[i] = interpolate(a.T_world_bone[i], b.T_world_bone[i], s);
  }
  return interpolated_;
}

}  // namespace tactus::simulator
