#include "complaint.h"

#include <atomic>
#include <cstdio>

namespace tactus::layer {

void complain(const char* about, const char* cause_and_remedy) noexcept {
  static constinit std::atomic<int> said{0};
  constexpr int kMostLines = 32;
  if (said.load(std::memory_order_relaxed) >= kMostLines) return;
  if (said.fetch_add(1, std::memory_order_relaxed) >= kMostLines) return;
  std::fprintf(stderr, "tactus layer: %s: %s\n", about, cause_and_remedy);
}

}  // namespace tactus::layer
