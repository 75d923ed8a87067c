// Any bytes either become a model whose every reference is in range, or are refused.
#include <cstdlib>

#include "scene/world/model.h"
#include "tiny_glb.h"

namespace {

using tactus::scene::Model;

void require(bool kept) {
  if (!kept) std::abort();
}

void check(const Model& model) {
  for (const auto& mesh : model.meshes) {
    for (const std::uint32_t index : mesh.indices) require(index < mesh.vertices.size());
    for (const auto& morph : mesh.morphs) require(morph.p_offset.size() == mesh.vertices.size());
    for (const auto& vertex : mesh.vertices)
      for (std::size_t k = 0; k < 4; ++k)
        require(vertex.bone[k] < model.skeleton.size() || vertex.weight[k] == 0);
  }
  for (std::size_t i = 0; i < model.skeleton.size(); ++i)
    require(model.skeleton.parent[i] < static_cast<int>(i));
}

void read(std::span<const std::byte> bytes) {
  try {
    check(tactus::scene::read_model(bytes, "fuzz"));
  } catch (const tactus::scene::SceneError&) {
    return;  // refused
  }
}

}  // namespace

// As it comes, and as changes to a file that is right: byte k of the input alters one byte of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read(std::as_bytes(std::span(data, size)));
  auto file = tactus::scene::tiny_glb();
  for (std::size_t k = 0; k + 2 < size && k < 24; k += 3)
    file[(data[k] | data[k + 1] << 8) % file.size()] = std::byte{data[k + 2]};
  read(file);
  return 0;
}
