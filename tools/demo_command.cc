// `tactus demo`: plays the reunion in virtual time and scores it.
#include "demo/demo.h"
#include "options.h"

namespace tactus::tools {

int run_demo(Arguments arguments) {
  DemoParams params;
  unsigned seed = 1;
  int exit_code = 0;
  Options options(
      "tactus demo [--seed N] [--motion FILE.bvh] [--out DIR]",
      {{"--seed", "N", "another person, other noise, the same story (default 1)", into(seed)},
       {"--motion", "FILE.bvh", "a recorded person moves; she stands within reach",
        into(params.motion)},
       {"--out", "DIR", "where pictures, sounds and figures go (default out/demo)",
        into(params.out)},
       {"--recentre", "S", "recentre the runtime's space at this second",
        into(params.recentre_at_s)},
       {"--view", "PIXELS", "size of a rendered eye (default 512)", into(params.view_pixels)},
       {"--picture-every", "N", "render every N-th frame, 0 none (default 60)",
        into(params.picture_every)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  params.seed = seed;
  return Demo(params).run();
}

}  // namespace tactus::tools
