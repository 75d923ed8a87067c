// EXT_meshopt_compression: the bytes of a view into a buffer, packed.
#include <meshoptimizer.h>

#include "unpacked.h"

namespace tactus::avatar {
namespace {

constexpr const char* kName = "EXT_meshopt_compression";

/// What the extension says of a view.
struct Packing {
  int buffer = -1;
  std::size_t offset = 0, length = 0, stride = 0, count = 0;
  std::string mode, filter = "NONE";
};

bool read(const tinygltf::Value& said, const char* name, std::size_t& out) {
  const tinygltf::Value& value = said.Get(name);
  if (!value.IsInt() || value.Get<int>() < 0) return false;
  out = static_cast<std::size_t>(value.Get<int>());
  return true;
}

bool read(const tinygltf::Value& said, Packing& out) {
  if (!said.IsObject()) return false;
  if (said.Has("byteOffset") && !read(said, "byteOffset", out.offset)) return false;
  if (said.Has("filter")) {
    if (!said.Get("filter").IsString()) return false;
    out.filter = said.Get("filter").Get<std::string>();
  }
  std::size_t buffer = 0;
  if (!said.Get("mode").IsString() || !read(said, "buffer", buffer)) return false;
  out.buffer = static_cast<int>(buffer);
  out.mode = said.Get("mode").Get<std::string>();
  return read(said, "byteLength", out.length) && read(said, "byteStride", out.stride) &&
         read(said, "count", out.count);
}

bool unpack(const Packing& packing, std::span<const unsigned char> from, unsigned char* to) {
  const std::size_t stride = packing.stride, count = packing.count;
  if (packing.mode == "ATTRIBUTES") {
    return stride > 0 && stride <= 256 && stride % 4 == 0 &&
           meshopt_decodeVertexBuffer(to, count, stride, from.data(), from.size()) == 0;
  }
  if (stride != 2 && stride != 4) return false;
  if (packing.mode == "TRIANGLES") {
    return count % 3 == 0 &&
           meshopt_decodeIndexBuffer(to, count, stride, from.data(), from.size()) == 0;
  }
  return packing.mode == "INDICES" &&
         meshopt_decodeIndexSequence(to, count, stride, from.data(), from.size()) == 0;
}

bool unfilter(const Packing& packing, unsigned char* at) {
  const std::size_t stride = packing.stride;
  if (packing.filter == "NONE") return true;
  if (packing.mode != "ATTRIBUTES") return false;
  if (packing.filter == "OCTAHEDRAL" && (stride == 4 || stride == 8)) {
    meshopt_decodeFilterOct(at, packing.count, stride);
    return true;
  }
  if (packing.filter == "QUATERNION" && stride == 8) {
    meshopt_decodeFilterQuat(at, packing.count, stride);
    return true;
  }
  if (packing.filter != "EXPONENTIAL") return false;
  meshopt_decodeFilterExp(at, packing.count, stride);
  return true;
}

}  // namespace

bool unpack_meshopt(tinygltf::Model& model) {
  Allowance unpacked;
  for (tinygltf::BufferView& view : model.bufferViews) {
    const auto said = view.extensions.find(kName);
    if (said == view.extensions.end()) continue;
    Packing packing;
    if (!read(said->second, packing)) return false;
    const auto from = packed_bytes(model, packing.buffer, packing.offset, packing.length);
    // A stride of 256 and a count of 31 bits cannot overflow.
    const std::size_t size = packing.count * packing.stride;
    if (from.empty() || packing.stride > 256 || !unpacked.add(size)) return false;
    std::vector<unsigned char> bytes(size);
    if (!unpack(packing, from, bytes.data()) || !unfilter(packing, bytes.data())) return false;
    view.buffer = static_cast<int>(model.buffers.size());
    view.byteOffset = 0;
    view.byteLength = size;
    view.extensions.erase(said);
    model.buffers.emplace_back().data = std::move(bytes);
  }
  return true;
}

}  // namespace tactus::avatar
