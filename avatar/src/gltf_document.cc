#include "gltf_document.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace tactus::avatar {
namespace {

/// A sparse accessor may ask for much more than its file holds.
constexpr std::size_t kMaxSparseBytes = 64u << 20;

}  // namespace

Expected<Accessor, GltfError> Accessor::open(const tinygltf::Model& model, int index, int type) {
  if (index < 0 || static_cast<std::size_t>(index) >= model.accessors.size()) {
    return Unexpected{GltfError::BadAccessor};
  }
  const tinygltf::Accessor& accessor = model.accessors[index];
  if (type != 0 && accessor.type != type) return Unexpected{GltfError::BadAccessor};
  const Layout layout{accessor.type, accessor.componentType, accessor.count};
  Expected<Accessor, GltfError> opened =
      accessor.sparse.isSparse ? open_sparse(model, accessor, layout)
                               : open_view(model, accessor.bufferView, accessor.byteOffset, layout);
  if (opened) opened->normalized_ = accessor.normalized;
  return opened;
}

Expected<Accessor, GltfError> Accessor::open_view(const tinygltf::Model& model, int index,
                                                  std::size_t byte_offset, const Layout& layout) {
  const auto is_in = [](int i, std::size_t size) {
    return i >= 0 && static_cast<std::size_t>(i) < size;
  };
  if (!is_in(index, model.bufferViews.size())) return Unexpected{GltfError::BadAccessor};
  const tinygltf::BufferView& view = model.bufferViews[index];
  if (!is_in(view.buffer, model.buffers.size())) return Unexpected{GltfError::BadAccessor};
  const auto& bytes = model.buffers[view.buffer].data;
  const std::size_t element = layout.element_bytes();
  const std::size_t stride = view.byteStride == 0 ? element : view.byteStride;
  const bool view_fits =
      view.byteOffset <= bytes.size() && view.byteLength <= bytes.size() - view.byteOffset;
  if (!view_fits || !layout.is_sane() || stride < element || byte_offset > view.byteLength ||
      element > view.byteLength - byte_offset ||
      (layout.count - 1) > (view.byteLength - byte_offset - element) / stride) {
    return Unexpected{GltfError::BadAccessor};
  }
  Accessor opened(layout);
  opened.first_ = bytes.data() + view.byteOffset + byte_offset;
  opened.stride_ = stride;
  return opened;
}

/// All of it, zeros or a view, with the elements that the file lists put over it.
Expected<Accessor, GltfError> Accessor::open_sparse(const tinygltf::Model& model,
                                                    const tinygltf::Accessor& accessor,
                                                    const Layout& layout) {
  const auto& sparse = accessor.sparse;
  if (!layout.is_sane() || sparse.count <= 0 || sparse.indices.byteOffset < 0 ||
      sparse.values.byteOffset < 0 || static_cast<std::size_t>(sparse.count) > layout.count) {
    return Unexpected{GltfError::BadAccessor};
  }
  const auto count = static_cast<std::size_t>(sparse.count);
  const auto at = open_view(model, sparse.indices.bufferView,
                            static_cast<std::size_t>(sparse.indices.byteOffset),
                            {TINYGLTF_TYPE_SCALAR, sparse.indices.componentType, count});
  const auto values =
      open_view(model, sparse.values.bufferView, static_cast<std::size_t>(sparse.values.byteOffset),
                {layout.type, layout.component_type, count});
  if (!at || !values || !at->holds_indices()) return Unexpected{GltfError::BadAccessor};

  const std::size_t element = layout.element_bytes();
  if (layout.count * element > kMaxSparseBytes) return Unexpected{GltfError::TooLarge};
  auto dense = std::make_shared<std::vector<unsigned char>>(layout.count * element);
  if (accessor.bufferView >= 0) {
    auto base = open_view(model, accessor.bufferView, accessor.byteOffset, layout);
    if (!base) return base;
    for (std::size_t i = 0; i < layout.count; ++i) {
      std::memcpy(dense->data() + i * element, base->first_ + i * base->stride_, element);
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t place = at->index(i, 0);
    if (place >= layout.count) return Unexpected{GltfError::BadAccessor};
    std::memcpy(dense->data() + place * element, values->first_ + i * values->stride_, element);
  }
  Accessor opened(layout);
  opened.first_ = dense->data();
  opened.stride_ = element;
  opened.dense_ = std::move(dense);
  return opened;
}

std::size_t Accessor::Layout::element_bytes() const {
  const int components = tinygltf::GetNumComponentsInType(type);
  const int size = tinygltf::GetComponentSizeInBytes(component_type);
  return components <= 0 || size <= 0 ? 0 : static_cast<std::size_t>(components) * size;
}

bool Accessor::Layout::is_sane() const {
  return element_bytes() > 0 && count > 0 && count <= kMaxModelIndices;
}

Accessor::Accessor(const Layout& layout)
    : count_(layout.count),
      components_(static_cast<std::size_t>(tinygltf::GetNumComponentsInType(layout.type))),
      component_type_(layout.component_type) {}

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
