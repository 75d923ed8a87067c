// A stranger's glTF: read, baked and viewed without a fault, or refused.
//
// The first byte chooses: bytes as they come, or edits (two bytes where, one byte what) to a small
// valid file, so that inputs get past the parser.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "../avatar/packed_gltf.h"
#include "tactus/avatar/bake.h"

namespace {

using namespace tactus;

void read_and_bake(std::span<const std::byte> bytes) {
  const auto model = avatar::read_skinned_gltf(bytes);
  if (!model) return;
  const auto body = avatar::bake(*model, {.triangles = 10, .rules = {}});
  if (!body) return;
  const auto view = view_body(*body);
  if (!view) std::abort();
  static_cast<void>(describe(avatar::check_body(*model, *view)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span<const std::uint8_t> rest(data + 1, size - 1);
  if (data[0] % 4 == 0) {
    read_and_bake(std::as_bytes(rest));
    return 0;
  }
  static const std::array<std::vector<std::byte>, 5> kValid = {
      avatar::two_bone_person().glb(), avatar::plain_box(0.1f).glb(),
      avatar::packed_by_meshopt(avatar::two_bone_person()).glb(),
      avatar::packed_by_draco(avatar::two_bone_person(), avatar::DracoMethod::Edgebreaker).glb(),
      avatar::packed_by_draco(avatar::two_bone_person(), avatar::DracoMethod::Sequential).glb()};
  std::vector<std::byte> file = kValid[data[0] / 4 % kValid.size()];
  constexpr std::size_t kMostEdits = 8;
  for (std::size_t i = 0; i + 2 < rest.size() && i < 3 * kMostEdits; i += 3) {
    file[(rest[i] | rest[i + 1] << 8) % file.size()] = static_cast<std::byte>(rest[i + 2]);
  }
  read_and_bake(file);
  return 0;
}
