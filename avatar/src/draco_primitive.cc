// KHR_draco_mesh_compression: a primitive's triangles in one packed view.
#include <draco/compression/decode.h>

#include <new>

#include "decompress.h"
#include "unpacked.h"

namespace tactus::avatar {
namespace {

constexpr const char* kName = "KHR_draco_mesh_compression";

/// Only what bears on the shape is asked for.
bool matters(const std::string& attribute) {
  return attribute == "POSITION" || attribute.starts_with("JOINTS_") ||
         attribute.starts_with("WEIGHTS_");
}

template <class T>
bool unpack(const draco::Mesh& mesh, const draco::PointAttribute& from, std::size_t components,
            std::vector<unsigned char>& out) {
  out.resize(mesh.num_points() * components * sizeof(T));
  std::array<T, 4> values{};
  for (draco::PointIndex i(0); i < mesh.num_points(); ++i) {
    const draco::AttributeValueIndex value = from.mapped_index(i);
    if (value.value() >= from.size() ||
        !from.ConvertValue<T>(value, static_cast<std::int8_t>(components), values.data())) {
      return false;
    }
    std::memcpy(&out[i.value() * components * sizeof(T)], values.data(), components * sizeof(T));
  }
  return true;
}

bool unpack(const draco::Mesh& mesh, const draco::PointAttribute& from, int component_type,
            std::size_t components, std::vector<unsigned char>& out) {
  switch (component_type) {
    case TINYGLTF_COMPONENT_TYPE_BYTE:
      return unpack<std::int8_t>(mesh, from, components, out);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE:
      return unpack<std::uint8_t>(mesh, from, components, out);
    case TINYGLTF_COMPONENT_TYPE_SHORT:
      return unpack<std::int16_t>(mesh, from, components, out);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT:
      return unpack<std::uint16_t>(mesh, from, components, out);
    case TINYGLTF_COMPONENT_TYPE_FLOAT:
      return unpack<float>(mesh, from, components, out);
    default:
      return false;
  }
}

/// The bytes of a view, or none.
std::span<const unsigned char> bytes_of(const tinygltf::Model& model, const tinygltf::Value& view) {
  const int at = view.IsInt() ? view.Get<int>() : -1;
  if (at < 0 || static_cast<std::size_t>(at) >= model.bufferViews.size()) return {};
  const tinygltf::BufferView& of = model.bufferViews[static_cast<std::size_t>(at)];
  return packed_bytes(model, of.buffer, of.byteOffset, of.byteLength);
}

std::unique_ptr<draco::Mesh> decode(std::span<const unsigned char> bytes) {
  draco::DecoderBuffer buffer;
  buffer.Init(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  draco::Decoder decoder;
  try {
    auto mesh = decoder.DecodeMeshFromBuffer(&buffer);
    if (mesh.ok()) return std::move(mesh).value();
  } catch (const std::bad_alloc&) {  // a stranger's count
  }
  return nullptr;
}

class Unpacker {
 public:
  explicit Unpacker(tinygltf::Model& model) : model_(model) {}

  bool unpack_primitive(tinygltf::Primitive& primitive) {
    const tinygltf::Value& packed = primitive.extensions.at(kName);
    if (!packed.IsObject() || !packed.Get("attributes").IsObject()) return false;
    const auto bytes = bytes_of(model_, packed.Get("bufferView"));
    const auto mesh = bytes.empty() ? nullptr : decode(bytes);
    if (!mesh || mesh->num_points() > kMaxGltfBytes || mesh->num_faces() > kMaxGltfBytes) {
      return false;
    }
    if (!set_indices(primitive, *mesh)) return false;
    for (const auto& [name, accessor] : primitive.attributes) {
      if (!matters(name) || !packed.Get("attributes").Has(name)) continue;
      const tinygltf::Value& id = packed.Get("attributes").Get(name);
      if (!id.IsInt() || id.Get<int>() < 0 ||
          !set_attribute(accessor, *mesh, static_cast<std::uint32_t>(id.Get<int>()))) {
        return false;
      }
    }
    primitive.extensions.erase(kName);
    return true;
  }

 private:
  tinygltf::Accessor* accessor(int index) {
    const bool is_there = index >= 0 && static_cast<std::size_t>(index) < model_.accessors.size();
    return is_there ? &model_.accessors[static_cast<std::size_t>(index)] : nullptr;
  }

  bool put(tinygltf::Accessor& accessor, std::vector<unsigned char> bytes, std::size_t count) {
    if (!unpacked_.add(bytes.size())) return false;
    accessor.bufferView = add_view(model_, std::move(bytes), 0);
    accessor.byteOffset = 0;
    accessor.count = count;
    accessor.sparse = {};
    return true;
  }

  bool set_indices(tinygltf::Primitive& primitive, const draco::Mesh& mesh) {
    tinygltf::Accessor* indices = accessor(primitive.indices);
    if (indices == nullptr) return false;
    std::vector<unsigned char> bytes(mesh.num_faces() * 3 * sizeof(std::uint32_t));
    for (draco::FaceIndex f(0); f < mesh.num_faces(); ++f) {
      const draco::Mesh::Face& face = mesh.face(f);
      const std::array<std::uint32_t, 3> corner = {face[0].value(), face[1].value(),
                                                   face[2].value()};
      std::memcpy(&bytes[f.value() * sizeof(corner)], corner.data(), sizeof(corner));
    }
    primitive.mode = TINYGLTF_MODE_TRIANGLES;
    indices->componentType = TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT;
    return put(*indices, std::move(bytes), mesh.num_faces() * 3);
  }

  bool set_attribute(int index, const draco::Mesh& mesh, std::uint32_t id) {
    tinygltf::Accessor* to = accessor(index);
    const draco::PointAttribute* from = mesh.GetAttributeByUniqueId(id);
    if (to == nullptr || from == nullptr) return false;
    const int components = tinygltf::GetNumComponentsInType(static_cast<std::uint32_t>(to->type));
    std::vector<unsigned char> bytes;
    return components >= 1 && components <= 4 && from->num_components() == components &&
           unpack(mesh, *from, to->componentType, static_cast<std::size_t>(components), bytes) &&
           put(*to, std::move(bytes), mesh.num_points());
  }

  tinygltf::Model& model_;
  Allowance unpacked_;
};

}  // namespace

bool unpack_draco(tinygltf::Model& model) {
  Unpacker unpacker(model);
  for (tinygltf::Mesh& mesh : model.meshes) {
    for (tinygltf::Primitive& primitive : mesh.primitives) {
      if (primitive.extensions.contains(kName) && !unpacker.unpack_primitive(primitive))
        return false;
    }
  }
  return true;
}

}  // namespace tactus::avatar
