// tactus-child FOLDER: writes child.glb, child.tbody and park.glb into FOLDER.
#include <cstdio>
#include <string>

#include "asset.h"
#include "child.h"

int main(int argc, char** argv) {
  using namespace tactus::modelling;
  if (argc != 2 || argv[1][0] == '-') {
    std::fprintf(stderr,
                 "usage: tactus-child FOLDER\n"
                 "Writes child.glb, child.tbody and park.glb into FOLDER.\n");
    return argc == 2 && std::string(argv[1]) == "--help" ? 0 : 2;
  }
  const Skeleton skeleton = build_skeleton();
  // Prints and nails lie a millimetre above what they are laid on.
  const Asset child{"child", build_child(skeleton), skeleton, true, {"daisies", "nails"}};
  const Asset park{"park", build_park(), {}, false};
  const bool saved = write_asset(child, argv[1]) && write_asset(park, argv[1]);
  return saved ? 0 : 1;
}
