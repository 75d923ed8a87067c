#include "packed_gltf.h"

#include <draco/compression/encode.h>
#include <meshoptimizer.h>

#include <stdexcept>

namespace tactus::avatar {
namespace {

using Json = nlohmann::json;

std::size_t element_bytes(const Json& accessor) {
  const int component = accessor["componentType"];
  const std::size_t size = component == 5126 || component == 5125 ? 4 : component == 5123 ? 2 : 1;
  const std::string type = accessor["type"];
  return size * (type == "SCALAR" ? 1u : type == "VEC3" ? 3u : 4u);
}

/// Appends bytes; where they begin.
std::size_t append(GltfFile& file, std::span<const std::uint8_t> bytes) {
  file.binary.resize((file.binary.size() + 3) / 4 * 4);
  const std::size_t offset = file.binary.size();
  file.binary.insert(file.binary.end(), bytes.begin(), bytes.end());
  return offset;
}

const std::uint8_t* bytes_of(const GltfFile& file, const Json& accessor) {
  const Json& view = file.root["bufferViews"][accessor["bufferView"].get<std::size_t>()];
  return file.binary.data() + view["byteOffset"].get<std::size_t>();
}

std::unique_ptr<draco::Mesh> draco_mesh(const GltfFile& file, const Json& primitive, Json& ids) {
  auto mesh = std::make_unique<draco::Mesh>();
  for (const auto& [name, index] : primitive["attributes"].items()) {
    const Json& accessor = file.root["accessors"][index.get<std::size_t>()];
    const std::size_t count = accessor["count"], stride = element_bytes(accessor);
    const bool is_float = accessor["componentType"] == 5126;
    const int components = accessor["type"] == "VEC3" ? 3 : 4;
    draco::GeometryAttribute attribute;
    attribute.Init(
        name == "POSITION" ? draco::GeometryAttribute::POSITION : draco::GeometryAttribute::GENERIC,
        nullptr, static_cast<std::int8_t>(components),
        is_float ? draco::DT_FLOAT32 : draco::DT_UINT8, false, static_cast<std::int64_t>(stride),
        0);
    mesh->set_num_points(static_cast<std::uint32_t>(count));
    const int id = mesh->AddAttribute(attribute, true, static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      mesh->attribute(id)->SetAttributeValue(
          draco::AttributeValueIndex(static_cast<std::uint32_t>(i)),
          bytes_of(file, accessor) + i * stride);
    }
    ids[name] = mesh->attribute(id)->unique_id();
  }
  const Json& indices = file.root["accessors"][primitive["indices"].get<std::size_t>()];
  for (std::size_t i = 0; i + 2 < indices["count"].get<std::size_t>(); i += 3) {
    std::array<std::uint16_t, 3> corner;
    std::memcpy(corner.data(), bytes_of(file, indices) + 2 * i, sizeof(corner));
    mesh->AddFace(
        {draco::PointIndex(corner[0]), draco::PointIndex(corner[1]), draco::PointIndex(corner[2])});
  }
  return mesh;
}

std::vector<std::uint8_t> pack_vertices(const std::uint8_t* bytes, std::size_t count,
                                        std::size_t stride) {
  std::vector<std::uint8_t> out(meshopt_encodeVertexBufferBound(count, stride));
  out.resize(meshopt_encodeVertexBuffer(out.data(), out.size(), bytes, count, stride));
  return out;
}

std::vector<std::uint8_t> pack_indices(const std::uint8_t* bytes, std::size_t count) {
  std::vector<std::uint16_t> shorts(count);
  std::memcpy(shorts.data(), bytes, 2 * count);
  const std::vector<std::uint32_t> indices(shorts.begin(), shorts.end());
  std::vector<std::uint8_t> out(meshopt_encodeIndexBufferBound(count, 64));
  out.resize(meshopt_encodeIndexBuffer(out.data(), out.size(), indices.data(), count));
  return out;
}

}  // namespace

GltfFile packed_by_draco(const GltfFile& file, DracoMethod method) {
  GltfFile packed = file;
  for (Json& mesh : packed.root["meshes"]) {
    for (Json& primitive : mesh["primitives"]) {
      Json ids;
      const auto shape = draco_mesh(file, primitive, ids);
      draco::Encoder encoder;
      encoder.SetEncodingMethod(method == DracoMethod::Sequential
                                    ? draco::MESH_SEQUENTIAL_ENCODING
                                    : draco::MESH_EDGEBREAKER_ENCODING);
      draco::EncoderBuffer buffer;
      if (!encoder.EncodeMeshToBuffer(*shape, &buffer).ok()) throw std::runtime_error("Draco");
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(buffer.data());
      const std::size_t offset = append(packed, {bytes, buffer.size()});
      packed.root["bufferViews"].push_back(
          {{"buffer", 0}, {"byteOffset", offset}, {"byteLength", buffer.size()}});
      primitive["extensions"][kDraco] = {{"bufferView", packed.root["bufferViews"].size() - 1},
                                         {"attributes", ids}};
      for (const auto& [name, index] : primitive["attributes"].items()) {
        packed.root["accessors"][index.get<std::size_t>()].erase("bufferView");
      }
      packed.root["accessors"][primitive["indices"].get<std::size_t>()].erase("bufferView");
    }
  }
  packed.root["extensionsRequired"] = packed.root["extensionsUsed"] = {kDraco};
  return packed;
}

GltfFile packed_by_meshopt(const GltfFile& file) {
  GltfFile packed;
  packed.root = file.root;
  std::size_t plain = 0;
  for (const Json& accessor : file.root["accessors"]) {
    const std::size_t view = accessor["bufferView"], count = accessor["count"];
    const bool is_index = accessor["type"] == "SCALAR";
    const std::size_t stride = is_index                     ? 2
                               : accessor["type"] == "MAT4" ? 64
                                                            : element_bytes(accessor);
    const std::uint8_t* bytes = bytes_of(file, accessor);
    const auto out = is_index ? pack_indices(bytes, count) : pack_vertices(bytes, count, stride);
    const std::size_t offset = append(packed, out);
    Json& to = packed.root["bufferViews"][view];
    to = {{"buffer", 1}, {"byteOffset", plain}, {"byteLength", count * stride}};
    to["extensions"][kMeshopt] = {{"buffer", 0},
                                  {"byteOffset", offset},
                                  {"byteLength", out.size()},
                                  {"byteStride", stride},
                                  {"count", count},
                                  {"mode", is_index ? "TRIANGLES" : "ATTRIBUTES"}};
    plain += (count * stride + 3) / 4 * 4;
  }
  const std::size_t whole = (packed.binary.size() + 3) / 4 * 4;
  packed.root["buffers"] = {
      {{"byteLength", whole}},
      {{"byteLength", plain}, {"extensions", {{kMeshopt, {{"fallback", true}}}}}}};
  packed.root["extensionsRequired"] = packed.root["extensionsUsed"] = {kMeshopt};
  return packed;
}

}  // namespace tactus::avatar
