// tactus-child FOLDER: writes child.glb, child.tbody and park.glb into FOLDER.
#include <cstdio>
#include <fstream>
#include <string>

#include "child.h"
#include "gltf_writer.h"
#include "tactus/avatar/bake.h"

namespace {

using tactus::avatar::RegionRule;
using tactus::child::Part;

bool save(const std::string& path, const std::vector<std::byte>& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    std::fprintf(stderr, "tactus-child: cannot write %s: is the folder there, and not full?\n",
                 path.c_str());
  }
  return !file.fail();
}

void report(const char* name, const std::vector<Part>& parts) {
  std::size_t triangles = 0;
  for (const Part& part : parts) triangles += part.mesh.indices.size() / 3;
  std::printf("%s: %zu meshes, %zu triangles\n", name, parts.size(), triangles);
}

/// Prints and nails lie a millimetre above what they are laid on: drawn, but not felt.
bool bake_and_save(const std::vector<std::byte>& glb, const std::string& path) {
  tactus::avatar::BakeOptions options;
  for (const char* mesh : {"daisies", "nails"}) {
    options.rules.push_back({.subject = RegionRule::Subject::Mesh, .name = mesh, .skip = true});
  }
  const auto model = tactus::avatar::read_skinned_gltf(glb);
  if (!model) {
    std::fprintf(stderr, "tactus-child: %s\n", tactus::avatar::describe(model.error()));
    return false;
  }
  const auto body = tactus::avatar::bake(*model, options);
  if (!body) {
    std::fprintf(stderr, "tactus-child: %s\n", tactus::avatar::describe(body.error()));
    return false;
  }
  return save(path, *body);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace tactus::child;
  if (argc != 2 || argv[1][0] == '-') {
    std::fprintf(stderr,
                 "usage: tactus-child FOLDER\n"
                 "Writes child.glb, child.tbody and park.glb into FOLDER.\n");
    return argc == 2 && std::string(argv[1]) == "--help" ? 0 : 2;
  }
  const std::string folder = argv[1];
  const Skeleton skeleton = build_skeleton();
  const std::vector<Part> child = build_child(skeleton), park = build_park();
  report("child", child);
  report("park", park);
  const std::vector<std::byte> glb = write_glb(child, &skeleton);
  const bool saved = save(folder + "/child.glb", glb) &&
                     save(folder + "/park.glb", write_glb(park, nullptr)) &&
                     bake_and_save(glb, folder + "/child.tbody");
  return saved ? 0 : 1;
}
