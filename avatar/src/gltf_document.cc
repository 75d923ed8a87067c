#include "gltf_document.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace tactus::avatar {

Expected<Accessor, GltfError> Accessor::open(const tinygltf::Model& model, int index, int type) {
  const auto is_in = [](int i, std::size_t size) {
    return i >= 0 && static_cast<std::size_t>(i) < size;
  };
  if (!is_in(index, model.accessors.size())) return Unexpected{GltfError::BadAccessor};
  const tinygltf::Accessor& accessor = model.accessors[index];
  if (accessor.sparse.isSparse) return Unexpected{GltfError::SparseAccessor};
  if (type != 0 && accessor.type != type) return Unexpected{GltfError::BadAccessor};
  if (!is_in(accessor.bufferView, model.bufferViews.size())) {
    return Unexpected{GltfError::BadAccessor};
  }
  const tinygltf::BufferView& view = model.bufferViews[accessor.bufferView];
  if (!is_in(view.buffer, model.buffers.size())) return Unexpected{GltfError::BadAccessor};
  const auto& bytes = model.buffers[view.buffer].data;
  const int components = tinygltf::GetNumComponentsInType(accessor.type);
  const int size = tinygltf::GetComponentSizeInBytes(accessor.componentType);
  if (components <= 0 || size <= 0) return Unexpected{GltfError::BadAccessor};
  const std::size_t element = static_cast<std::size_t>(components) * size;
  const std::size_t stride = view.byteStride == 0 ? element : view.byteStride;
  const bool view_fits =
      view.byteOffset <= bytes.size() && view.byteLength <= bytes.size() - view.byteOffset;
  if (!view_fits || stride < element || accessor.count == 0 || accessor.count > kMaxModelIndices ||
      accessor.byteOffset > view.byteLength || element > view.byteLength - accessor.byteOffset ||
      (accessor.count - 1) > (view.byteLength - accessor.byteOffset - element) / stride) {
    return Unexpected{GltfError::BadAccessor};
  }
  Accessor opened;
  opened.first_ = bytes.data() + view.byteOffset + accessor.byteOffset;
  opened.count_ = accessor.count;
  opened.components_ = static_cast<std::size_t>(components);
  opened.stride_ = stride;
  opened.component_type_ = accessor.componentType;
  opened.normalized_ = accessor.normalized;
  return opened;
}

template <class T>
T Accessor::raw(std::size_t i, std::size_t component) const {
  T value;
  std::memcpy(&value, first_ + i * stride_ + component * sizeof(T), sizeof(T));
  return value;
}

float Accessor::number(std::size_t i, std::size_t component) const {
  const auto scaled = [this](auto value) {
    using T = decltype(value);
    const auto x = static_cast<float>(value);
    if (!normalized_) return x;
    return std::max(x / static_cast<float>(std::numeric_limits<T>::max()), -1.0f);
  };
  switch (component_type_) {
    case TINYGLTF_COMPONENT_TYPE_FLOAT:
      return raw<float>(i, component);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE:
      return scaled(raw<std::uint8_t>(i, component));
    case TINYGLTF_COMPONENT_TYPE_BYTE:
      return scaled(raw<std::int8_t>(i, component));
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT:
      return scaled(raw<std::uint16_t>(i, component));
    case TINYGLTF_COMPONENT_TYPE_SHORT:
      return scaled(raw<std::int16_t>(i, component));
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT:
      return scaled(raw<std::uint32_t>(i, component));
    default:  // glTF has no others
      return std::numeric_limits<float>::quiet_NaN();
  }
}

bool Accessor::holds_indices() const {
  return component_type_ == TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE ||
         component_type_ == TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT ||
         component_type_ == TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT;
}

std::uint32_t Accessor::index(std::size_t i, std::size_t component) const {
  switch (component_type_) {
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE:
      return raw<std::uint8_t>(i, component);
    case TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT:
      return raw<std::uint16_t>(i, component);
    default:
      return raw<std::uint32_t>(i, component);
  }
}

}  // namespace tactus::avatar
