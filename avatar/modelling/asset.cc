#include "asset.h"

#include <cstdio>
#include <fstream>

#include "gltf_writer.h"
#include "tactus/avatar/bake.h"

namespace tactus::modelling {
namespace {

using avatar::RegionRule;

std::vector<std::byte> fail(const Asset& asset, const char* cause) {
  std::fprintf(stderr, "%s: %s\n", asset.name.c_str(), cause);
  return {};
}

bool save(const std::string& path, const std::vector<std::byte>& bytes) {
  if (bytes.empty()) return false;
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    std::fprintf(stderr, "cannot write %s: is the folder there, and not full?\n", path.c_str());
  }
  return !file.fail();
}

}  // namespace

std::vector<std::byte> draw(const Asset& asset) {
  return write_glb(asset.parts, asset.skeleton.bones.empty() ? nullptr : &asset.skeleton);
}

std::vector<std::byte> bake(const Asset& asset) {
  avatar::BakeOptions options;
  for (const std::string& part : asset.unfelt) {
    options.rules.push_back({.subject = RegionRule::Subject::Mesh, .name = part, .skip = true});
  }
  const auto model = avatar::read_skinned_gltf(draw(asset));
  if (!model) return fail(asset, describe(model.error()));
  auto body = avatar::bake(*model, options);
  if (!body) return fail(asset, describe(body.error()));
  return std::move(*body);
}

bool write_asset(const Asset& asset, const std::string& folder) {
  std::size_t triangles = 0;
  for (const Part& part : asset.parts) triangles += part.mesh.indices.size() / 3;
  std::printf("%s: %zu meshes, %zu triangles\n", asset.name.c_str(), asset.parts.size(), triangles);
  const std::string path = folder + "/" + asset.name;
  return save(path + ".glb", draw(asset)) &&
         (!asset.is_touchable || save(path + ".tbody", bake(asset)));
}

}  // namespace tactus::modelling
