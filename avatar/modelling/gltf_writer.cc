#include "gltf_writer.h"

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

namespace tactus::modelling {
namespace {

using Json = nlohmann::json;

// Numbers of the glTF 2.0 specification, sections 3.6 and 5.
constexpr int kUnsignedByte = 5121, kUnsignedShort = 5123, kUnsignedInt = 5125, kFloat = 5126;
constexpr int kNoTarget = 0, kVertexData = 34962, kIndexData = 34963;
constexpr std::uint32_t kGlbMagic = 0x46546C67, kGlbVersion = 2;
constexpr std::uint32_t kJsonChunk = 0x4E4F534A, kBinaryChunk = 0x004E4942;

class Writer {
 public:
  Writer(std::span<const Part> parts, const Skeleton* skeleton)
      : parts_(parts), skeleton_(skeleton) {}

  std::vector<std::byte> run() {
    root_["asset"] = {{"version", "2.0"}, {"generator", "tactus"}};
    add_materials();
    if (skeleton_ != nullptr) add_bones();
    for (const Part& part : parts_) add_part(part);
    if (skeleton_ != nullptr) add_skin();
    root_["scenes"] = Json::array({{{"nodes", roots_}}});
    root_["scene"] = 0;
    root_["meshes"] = meshes_;
    root_["nodes"] = nodes_;
    root_["bufferViews"] = views_;
    root_["accessors"] = accessors_;
    return pack();
  }

 private:
  void add_materials() {
    const auto material = [](const char* name, double roughness) {
      return Json{
          {"name", name},
          {"pbrMetallicRoughness", {{"metallicFactor", 0.0}, {"roughnessFactor", roughness}}}};
    };
    Json materials =
        Json::array({material("skin", 0.62), material("cloth", 0.95), material("hair", 0.5),
                     material("eye", 0.15), material("emissive", 1.0), material("hard", 0.4),
                     material("foam", 0.95), material("rubber", 0.25)});
    materials[static_cast<std::size_t>(Look::Emissive)]["emissiveFactor"] = {1.0, 1.0, 1.0};
    root_["materials"] = materials;
  }

  void add_bones() {
    for (const Bone& bone : skeleton_->bones) {
      const Vec3 p =
          bone.parent < 0 ? bone.p_rest : bone.p_rest - skeleton_->bones[bone.parent].p_rest;
      if (bone.parent < 0) roots_.push_back(nodes_.size());
      if (bone.parent >= 0) nodes_[bone.parent]["children"].push_back(nodes_.size());
      nodes_.push_back({{"name", bone.name}, {"translation", {p.x, p.y, p.z}}});
    }
  }

  void add_skin() {
    std::vector<float> inverse_bind;
    Json joints = Json::array();
    for (const Bone& bone : skeleton_->bones) {
      const Vec3 p = bone.p_rest;
      const float columns[16] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -p.x, -p.y, -p.z, 1};
      inverse_bind.insert(inverse_bind.end(), columns, columns + 16);
      joints.push_back(joints.size());
    }
    const int accessor =
        add_accessor(inverse_bind, joints.size(), "MAT4", kFloat, kNoTarget, false);
    root_["skins"] =
        Json::array({{{"inverseBindMatrices", accessor}, {"joints", joints}, {"skeleton", 0}}});
  }

  template <class T>
  int add_accessor(const std::vector<T>& values, std::size_t count, const char* type, int component,
                   int target, bool is_normalized) {
    binary_.resize((binary_.size() + 3) / 4 * 4);
    const std::size_t offset = binary_.size(), bytes = values.size() * sizeof(T);
    binary_.resize(offset + bytes);
    std::memcpy(binary_.data() + offset, values.data(), bytes);
    Json view = {{"buffer", 0}, {"byteOffset", offset}, {"byteLength", bytes}};
    if (target != kNoTarget) view["target"] = target;
    Json accessor = {{"bufferView", views_.size()},
                     {"componentType", component},
                     {"count", count},
                     {"type", type}};
    if (is_normalized) accessor["normalized"] = true;
    views_.push_back(std::move(view));
    accessors_.push_back(std::move(accessor));
    return static_cast<int>(accessors_.size()) - 1;
  }

  int add_positions(const std::vector<Vec3>& points) {
    const int accessor = add_accessor(points, points.size(), "VEC3", kFloat, kVertexData, false);
    Vec3 lo = points[0], hi = points[0];
    for (const Vec3 p : points) {
      lo = {std::min(lo.x, p.x), std::min(lo.y, p.y), std::min(lo.z, p.z)};
      hi = {std::max(hi.x, p.x), std::max(hi.y, p.y), std::max(hi.z, p.z)};
    }
    accessors_[accessor]["min"] = {lo.x, lo.y, lo.z};
    accessors_[accessor]["max"] = {hi.x, hi.y, hi.z};
    return accessor;
  }

  Json add_attributes(const Mesh& mesh) {
    const std::size_t n = mesh.vertices.size();
    std::vector<Vec3> positions, normals;
    std::vector<std::uint16_t> colors;
    std::vector<std::uint8_t> bones, weights;
    for (const Vertex& vertex : mesh.vertices) {
      positions.push_back(vertex.p);
      normals.push_back(normalized(vertex.n));
      for (const float c : {vertex.color.x, vertex.color.y, vertex.color.z, vertex.openness}) {
        colors.push_back(
            static_cast<std::uint16_t>(std::lround(std::clamp(c, 0.0f, 1.0f) * 65535.0f)));
      }
      int rest = 255;  // the first weight takes what rounding left
      std::array<int, 4> part{};
      for (std::size_t k = 3; k > 0; --k) {
        part[k] = static_cast<int>(std::lround(vertex.weight[k] * 255.0f));
        rest -= part[k];
      }
      part[0] = rest;
      for (std::size_t k = 0; k < 4; ++k) {
        bones.push_back(vertex.bone[k]);
        weights.push_back(static_cast<std::uint8_t>(part[k]));
      }
    }
    Json attributes = {
        {"POSITION", add_positions(positions)},
        {"NORMAL", add_accessor(normals, n, "VEC3", kFloat, kVertexData, false)},
        {"COLOR_0", add_accessor(colors, n, "VEC4", kUnsignedShort, kVertexData, true)}};
    if (skeleton_ != nullptr) {
      attributes["JOINTS_0"] = add_accessor(bones, n, "VEC4", kUnsignedByte, kVertexData, false);
      attributes["WEIGHTS_0"] = add_accessor(weights, n, "VEC4", kUnsignedByte, kVertexData, true);
    }
    return attributes;
  }

  void add_morphs(const Part& part, Json& mesh, Json& primitive) {
    Json targets = Json::array(), names = Json::array(), rest = Json::array();
    for (const Morph& morph : part.morphs) {
      std::vector<Vec3> moved, turned;
      for (std::size_t i = 0; i < part.mesh.vertices.size(); ++i) {
        moved.push_back(morph.mesh.vertices[i].p - part.mesh.vertices[i].p);
        turned.push_back(normalized(morph.mesh.vertices[i].n) -
                         normalized(part.mesh.vertices[i].n));
      }
      targets.push_back(
          {{"POSITION", add_positions(moved)},
           {"NORMAL", add_accessor(turned, turned.size(), "VEC3", kFloat, kVertexData, false)}});
      names.push_back(morph.name);
      rest.push_back(0.0);
    }
    primitive["targets"] = targets;
    mesh["extras"] = {{"targetNames", names}};
    mesh["weights"] = rest;
  }

  void add_part(const Part& part) {
    Json mesh = {{"name", part.name}};
    Json primitive = {{"attributes", add_attributes(part.mesh)},
                      {"material", static_cast<int>(part.look)},
                      {"mode", 4}};
    primitive["indices"] = add_accessor(part.mesh.indices, part.mesh.indices.size(), "SCALAR",
                                        kUnsignedInt, kIndexData, false);
    if (!part.morphs.empty()) add_morphs(part, mesh, primitive);
    mesh["primitives"] = Json::array({primitive});
    Json node = {{"name", part.name}, {"mesh", meshes_.size()}};
    if (skeleton_ != nullptr) node["skin"] = 0;
    roots_.push_back(nodes_.size());
    meshes_.push_back(std::move(mesh));
    nodes_.push_back(std::move(node));
  }

  std::vector<std::byte> pack() {
    binary_.resize((binary_.size() + 3) / 4 * 4);
    root_["buffers"] = Json::array({{{"byteLength", binary_.size()}}});
    std::string text = root_.dump();
    text.resize((text.size() + 3) / 4 * 4, ' ');
    const auto text_bytes = static_cast<std::uint32_t>(text.size());
    const auto binary_bytes = static_cast<std::uint32_t>(binary_.size());
    std::vector<std::byte> file;
    const auto put = [&](const void* bytes, std::size_t count) {
      const auto* first = static_cast<const std::byte*>(bytes);
      file.insert(file.end(), first, first + count);
    };
    const std::uint32_t head[5] = {kGlbMagic, kGlbVersion, 12 + 8 + text_bytes + 8 + binary_bytes,
                                   text_bytes, kJsonChunk};
    put(head, sizeof(head));
    put(text.data(), text.size());
    const std::uint32_t chunk[2] = {binary_bytes, kBinaryChunk};
    put(chunk, sizeof(chunk));
    put(binary_.data(), binary_.size());
    return file;
  }

  std::span<const Part> parts_;
  const Skeleton* skeleton_;
  std::vector<std::uint8_t> binary_;
  Json root_, views_ = Json::array(), accessors_ = Json::array(), meshes_ = Json::array(),
              nodes_ = Json::array(), roots_ = Json::array();
};

}  // namespace

std::vector<std::byte> write_glb(std::span<const Part> parts, const Skeleton* skeleton) {
  return Writer(parts, skeleton).run();
}

}  // namespace tactus::modelling
