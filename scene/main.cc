// tactus-scene: the reunion scene, in a headset or as a still picture.
#include <cstdio>
#include <exception>

#include "scene/app_xr/app.h"
#include "scene/still/still.h"
#include "scene/world/model.h"

int main(int argc, char** argv) {
  try {
    const tactus::scene::Options options =
        tactus::scene::read_options({argv, static_cast<std::size_t>(argc)});
    if (options.help) {
      tactus::scene::print_usage();
      return 0;
    }
    return options.still ? tactus::scene::draw_still(options)
                         : tactus::scene::run_in_headset(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tactus-scene: %s\n", error.what());
    return 1;
  }
}
