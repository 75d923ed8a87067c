// tactus-things FOLDER: writes the things to hold, a .glb and a .tbody each, into FOLDER.
#include <cstdio>
#include <string>

#include "things.h"

int main(int argc, char** argv) {
  using namespace tactus::modelling;
  if (argc != 2 || argv[1][0] == '-') {
    std::fprintf(stderr,
                 "usage: tactus-things FOLDER\n"
                 "Writes cake, letter, balloon and blanket as .glb and .tbody into FOLDER.\n");
    return argc == 2 && std::string(argv[1]) == "--help" ? 0 : 2;
  }
  bool saved = true;
  for (const Asset& thing : build_things()) saved = saved && write_asset(thing, argv[1]);
  return saved ? 0 : 1;
}
