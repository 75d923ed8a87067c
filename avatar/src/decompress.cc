#include "decompress.h"

#include <nlohmann/json.hpp>

#include "unpacked.h"

namespace tactus::avatar {
namespace {

constexpr const char *kMeshopt = "EXT_meshopt_compression", *kDraco = "KHR_draco_mesh_compression";

using Json = nlohmann::json;

/// What an extension says in an object of the JSON, or null.
Json* said_in(Json& object, const char* extension) {
  if (!object.is_object() || !object.contains("extensions")) return nullptr;
  Json& extensions = object["extensions"];
  if (!extensions.is_object() || !extensions.contains(extension)) return nullptr;
  Json& said = extensions[extension];
  return said.is_object() ? &said : nullptr;
}

/// The elements of a list of the JSON; none where there is no list.
Json& list_in(Json& object, const char* name) {
  static Json none;
  none = Json::array();
  return object.is_object() && object.contains(name) && object[name].is_array() ? object[name]
                                                                                : none;
}

bool point_to_packed_bytes(Json& root) {
  bool any = false;
  for (Json& view : list_in(root, "bufferViews")) {
    const Json* packed = said_in(view, kMeshopt);
    if (packed == nullptr) continue;
    for (const char* number : {"buffer", "byteOffset", "byteLength"}) {
      view[number] = packed->value(number, 0u);
    }
    any = true;
  }
  for (Json& buffer : list_in(root, "buffers")) {
    if (said_in(buffer, kMeshopt) == nullptr || buffer.contains("uri")) continue;
    buffer["uri"] = "data:application/octet-stream;base64,AAAA";
    buffer["byteLength"] = 3;
    any = true;
  }
  return any;
}

bool give_indices_a_view(Json& root) {
  bool any = false;
  Json& accessors = list_in(root, "accessors");
  for (Json& mesh : list_in(root, "meshes")) {
    for (Json& primitive : list_in(mesh, "primitives")) {
      const Json* packed = said_in(primitive, kDraco);
      if (packed == nullptr) continue;
      const std::size_t indices = primitive.value("indices", accessors.size());
      if (indices >= accessors.size() || !accessors[indices].is_object()) continue;
      accessors[indices]["bufferView"] = packed->value("bufferView", 0u);
      any = true;
    }
  }
  return any;
}

}  // namespace

bool make_parsable(std::string& json) {
  Json root = Json::parse(json, nullptr, false);
  const bool has_meshopt = point_to_packed_bytes(root), has_draco = give_indices_a_view(root);
  if (has_meshopt || has_draco) json = root.dump();
  return has_meshopt || has_draco;
}

std::span<const unsigned char> packed_bytes(const tinygltf::Model& model, int buffer,
                                            std::size_t offset, std::size_t length) {
  if (buffer < 0 || static_cast<std::size_t>(buffer) >= model.buffers.size()) return {};
  const std::vector<unsigned char>& bytes = model.buffers[static_cast<std::size_t>(buffer)].data;
  if (offset > bytes.size() || length > bytes.size() - offset) return {};
  return std::span(bytes).subspan(offset, length);
}

int add_view(tinygltf::Model& model, std::vector<unsigned char> bytes, std::size_t stride) {
  tinygltf::BufferView view;
  view.buffer = static_cast<int>(model.buffers.size());
  view.byteLength = bytes.size();
  view.byteStride = stride;
  model.buffers.emplace_back().data = std::move(bytes);
  model.bufferViews.push_back(std::move(view));
  return static_cast<int>(model.bufferViews.size() - 1);
}

Expected<bool, GltfError> decompress(tinygltf::Model& model) {
  if (!unpack_meshopt(model) || !unpack_draco(model)) return Unexpected{GltfError::BadCompression};
  return true;
}

}  // namespace tactus::avatar
