#include "scene/world/accessor.h"

#include <tiny_gltf.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "scene/world/model.h"

namespace tactus::scene {
namespace {

constexpr std::size_t kMaxRows = 1u << 21;

/// Where an accessor's bytes lie, checked.
struct Bytes {
  const unsigned char* first;
  std::size_t count, stride, width;
  int type;
  bool normalised;
};

Bytes locate(const tinygltf::Model& file, int accessor_index) {
  if (accessor_index < 0 || accessor_index >= static_cast<int>(file.accessors.size()))
    throw SceneError("an accessor is missing");
  const tinygltf::Accessor& accessor = file.accessors[accessor_index];
  if (accessor.sparse.isSparse) throw SceneError("sparse accessors are not read");
  if (accessor.bufferView < 0 || accessor.bufferView >= static_cast<int>(file.bufferViews.size()))
    throw SceneError("an accessor has no buffer view");
  const tinygltf::BufferView& view = file.bufferViews[accessor.bufferView];
  if (view.buffer < 0 || view.buffer >= static_cast<int>(file.buffers.size()))
    throw SceneError("a buffer view has no buffer");
  const std::vector<unsigned char>& buffer = file.buffers[view.buffer].data;

  const int component =
      tinygltf::GetComponentSizeInBytes(static_cast<std::uint32_t>(accessor.componentType));
  const int width = tinygltf::GetNumComponentsInType(static_cast<std::uint32_t>(accessor.type));
  const int stride = component > 0 && width > 0 ? accessor.ByteStride(view) : -1;
  if (stride < component * width || stride > 4096)
    throw SceneError("an accessor's type is unknown");
  if (accessor.count == 0 || accessor.count > kMaxRows)
    throw SceneError("an accessor's count is unfit");

  const std::size_t row = static_cast<std::size_t>(component) * static_cast<std::size_t>(width);
  const std::size_t length = (accessor.count - 1) * static_cast<std::size_t>(stride) + row;
  const bool fits =
      view.byteOffset <= buffer.size() && view.byteLength <= buffer.size() - view.byteOffset &&
      accessor.byteOffset <= view.byteLength && length <= view.byteLength - accessor.byteOffset;
  if (!fits) throw SceneError("an accessor reaches outside its bytes");
  return {buffer.data() + view.byteOffset + accessor.byteOffset,
          accessor.count,
          static_cast<std::size_t>(stride),
          static_cast<std::size_t>(width),
          accessor.componentType,
          accessor.normalized};
}

template <class T>
T load(const unsigned char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

double component_at(const Bytes& bytes, std::size_t row, std::size_t column) {
  const auto size = static_cast<std::size_t>(
      tinygltf::GetComponentSizeInBytes(static_cast<std::uint32_t>(bytes.type)));
  const unsigned char* at = bytes.first + row * bytes.stride + column * size;
  const bool n = bytes.normalised;
  switch (bytes.type) {
    case TINYGLTF_COMPONENT_TYPE_FLOAT:
      return load<float>(at);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE:
      return load<std::uint8_t>(at) / (n ? 255.0 : 1.0);
    case TINYGLTF_COMPONENT_TYPE_BYTE:
      return load<std::int8_t>(at) / (n ? 127.0 : 1.0);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT:
      return load<std::uint16_t>(at) / (n ? 65535.0 : 1.0);
    case TINYGLTF_COMPONENT_TYPE_SHORT:
      return load<std::int16_t>(at) / (n ? 32767.0 : 1.0);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT:
      return load<std::uint32_t>(at);
    default:
      throw SceneError("an accessor's numbers are of an unknown type");
  }
}

}  // namespace

Table read_table(const tinygltf::Model& file, int accessor) {
  const Bytes bytes = locate(file, accessor);
  Table table{bytes.count, bytes.width, {}};
  table.number.reserve(bytes.count * bytes.width);
  for (std::size_t i = 0; i < bytes.count; ++i)
    for (std::size_t k = 0; k < bytes.width; ++k) {
      const auto value = static_cast<float>(component_at(bytes, i, k));
      if (!std::isfinite(value)) throw SceneError("a number is not finite");
      table.number.push_back(value);
    }
  return table;
}

std::vector<std::uint32_t> read_indices(const tinygltf::Model& file, int accessor,
                                        std::size_t vertex_count) {
  const Bytes bytes = locate(file, accessor);
  if (bytes.width != 1 || bytes.count % 3 != 0) throw SceneError("indices do not make triangles");
  std::vector<std::uint32_t> indices(bytes.count);
  for (std::size_t i = 0; i < bytes.count; ++i) {
    const double value = component_at(bytes, i, 0);
    if (!(value >= 0 && value < static_cast<double>(vertex_count)))
      throw SceneError("an index points at no vertex");
    indices[i] = static_cast<std::uint32_t>(value);
  }
  return indices;
}

}  // namespace tactus::scene
