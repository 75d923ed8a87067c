#include "pictures.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "readback.h"
#include "session.h"

namespace tactus::runtime {
namespace {

constexpr float kLongestStep_s = 0.1f;  // a key held through a long stall is no long walk

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace

Pictures::Pictures() {
  if (const char* folder = environment("TACTUS_RUNTIME_SNAPSHOTS")) folder_ = folder;
  if (const char* every = environment("TACTUS_RUNTIME_SNAPSHOT_EVERY")) {
    every_ = std::max(1ull, std::strtoull(every, nullptr, 10));
  }
  if (!environment("TACTUS_RUNTIME_NO_WINDOW")) window_ = MirrorWindow::open();
}

Pictures::~Pictures() = default;

bool Pictures::write(std::int64_t number) {
  char name[64];
  std::snprintf(name, sizeof(name), "/frame_%06" PRId64 ".png", number);
  if (write_png(picture_, folder_ + name)) return true;
  if (!complained_)
    std::fprintf(stderr, "tactus runtime: cannot write %s%s\n", folder_.c_str(), name);
  complained_ = true;
  return false;
}

unsigned Pictures::show(Session& session, const Composition& composition, std::int64_t number) {
  if (!composition.swapchain || is_depth(composition.swapchain->format())) return 0;
  const bool to_file = !folder_.empty() && shown_ % every_ == 0;
  ++shown_;
  if (!to_file && !window_) return 0;
  if (!readback_) readback_ = std::make_unique<Readback>(*session.vulkan);
  readback_->read(composition, picture_);
  if (window_) window_->show(picture_);
  return to_file && write(number) ? 1 : 0;
}

void Pictures::steer(World& world) {
  if (!window_) return;
  const std::int64_t now_ns = world.clock().now_ns();
  const float dt_s = static_cast<float>(now_ns - std::exchange(steered_ns_, now_ns)) * 1e-9f;
  const WindowWishes wishes = window_->steer(world.steering, std::min(dt_s, kLongestStep_s));
  world.window_closed |= wishes.quit;
  world.window_recentres |= wishes.recentre;
}

}  // namespace tactus::runtime
