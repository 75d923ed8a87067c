#include "world.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace tactus::runtime {
namespace {

// Longer than a refresh, so that a running frame loop is the only one to sample.
constexpr std::int64_t kStale_ns = 20'000'000;

simulator::StagePage* stage_page() {
  const char* path = std::getenv("TACTUS_STAGE");
  if (!path || !*path) return nullptr;
  simulator::StagePage* page = simulator::map_stage_page(path);
  if (!page) {
    std::fprintf(stderr, "tactus runtime: $TACTUS_STAGE is no stage page of this version: %s\n",
                 path);
    throw std::runtime_error("stage page");
  }
  return page;
}

std::uint32_t read_shared(std::uint32_t& word) {
  return std::atomic_ref(word).load(std::memory_order_acquire);
}

}  // namespace

World::World() : page_(stage_page()), clock_(page_) {
  if (!page_) return;
  recentre_seen_ = read_shared(page_->recentre_count);
  page_->attached.store(1, std::memory_order_release);
}

World::~World() {
  if (!page_) return;
  page_->attached.store(0, std::memory_order_release);
  page_->runtime_changed.fetch_add(1, std::memory_order_acq_rel);
  simulator::unmap_stage_page(page_);
}

TrackingSample World::measure() const {
  const std::int64_t now_ns = clock_.now_ns();
  if (!page_) return steering.taken ? steered(steering, now_ns) : scripted(now_ns);
  TrackingSample sample;
  sample.t_ns = now_ns;
  sample.T_stage = {page_->T_stage_head, page_->T_stage_grip[0], page_->T_stage_grip[1]};
  sample.active = {true, page_->grip_active[0] != 0, page_->grip_active[1] != 0};
  return sample;
}

void World::sample() { history_.add(measure()); }

Motion World::locate(Device device, std::int64_t ns) {
  if (history_.empty() || clock_.now_ns() - history_.newest().t_ns > kStale_ns) sample();
  return history_.at(device, ns);
}

bool World::draws_at(std::int64_t k) const {
  if (!page_) return true;
  const std::uint32_t every = read_shared(page_->render_every);
  return every != 0 && k % every == 0;
}

bool World::take_recentre() {
  bool asked = std::exchange(window_recentres, false);
  if (page_) {
    const std::uint32_t count = read_shared(page_->recentre_count);
    asked |= std::exchange(recentre_seen_, count) != count;
  }
  return asked;
}

bool World::quit_requested() const {
  return window_closed || (page_ && read_shared(page_->quit) != 0);
}

void World::count_frame() {
  if (page_) page_->frames_ended.fetch_add(1, std::memory_order_acq_rel);
}

}  // namespace tactus::runtime
