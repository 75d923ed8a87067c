// tactus-child FOLDER: writes child.glb and park.glb into FOLDER.
#include <cstdio>
#include <fstream>
#include <string>

#include "child.h"
#include "gltf_writer.h"

namespace {

bool save(const std::string& path, const std::vector<std::byte>& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file)
    std::fprintf(stderr, "tactus-child: cannot write %s: is the folder there?\n", path.c_str());
  return !file.fail();
}

void report(const char* name, const std::vector<tactus::child::Part>& parts) {
  std::size_t triangles = 0;
  for (const auto& part : parts) triangles += part.mesh.indices.size() / 3;
  std::printf("%s: %zu meshes, %zu triangles\n", name, parts.size(), triangles);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace tactus::child;
  if (argc != 2 || argv[1][0] == '-') {
    std::fprintf(stderr,
                 "usage: tactus-child FOLDER\nWrites child.glb and park.glb into FOLDER.\n");
    return argc == 2 && std::string(argv[1]) == "--help" ? 0 : 2;
  }
  const std::string folder = argv[1];
  const Skeleton skeleton = build_skeleton();
  const std::vector<Part> child = build_child(skeleton), park = build_park();
  report("child", child);
  report("park", park);
  const bool saved = save(folder + "/child.glb", write_glb(child, &skeleton)) &&
                     save(folder + "/park.glb", write_glb(park, nullptr));
  return saved ? 0 : 1;
}
