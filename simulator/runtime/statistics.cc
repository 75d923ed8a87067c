#include "statistics.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace tactus::runtime {

void Statistics::write() const {
  const char* path = std::getenv("TACTUS_RUNTIME_STATS");
  if (!path || !*path) return;
  std::FILE* file = std::fopen(path, "w");
  if (!file) {
    std::perror("tactus runtime: $TACTUS_RUNTIME_STATS");
    return;
  }
  std::fprintf(file,
               "frames_ended %" PRIu64 "\nframes_with_layers %" PRIu64 "\npictures_written %" PRIu64
               "\nreached_focused %d\n",
               frames_ended, frames_with_layers, pictures_written,
               highest_state == XR_SESSION_STATE_FOCUSED);
  std::fclose(file);
}

}  // namespace tactus::runtime
