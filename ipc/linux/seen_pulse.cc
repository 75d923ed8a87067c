// Apart from pulse.cc: the layer is not to need what only the service calls.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <utility>

#include "tactus/ipc/pulse.h"

namespace tactus::ipc {

SeenPulse::~SeenPulse() {
  if (pulse_ != nullptr) ::munmap(const_cast<Pulse*>(pulse_), sizeof(Pulse));
}

SeenPulse::SeenPulse(SeenPulse&& other) noexcept { *this = std::move(other); }

SeenPulse& SeenPulse::operator=(SeenPulse&& other) noexcept {
  std::swap(pulse_, other.pulse_);
  std::swap(seen_, other.seen_);
  return *this;
}

SeenPulse SeenPulse::open(int descriptor) noexcept {
  SeenPulse seen;
  const int seals = ::fcntl(descriptor, F_GET_SEALS);
  struct stat status {};
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || ::fstat(descriptor, &status) != 0 ||
      status.st_size != sizeof(Pulse)) {
    return seen;
  }
  void* mapped = ::mmap(nullptr, sizeof(Pulse), PROT_READ, MAP_SHARED, descriptor, 0);
  if (mapped != MAP_FAILED) seen.pulse_ = static_cast<const Pulse*>(mapped);
  return seen;
}

bool SeenPulse::has_beaten() noexcept {
  if (pulse_ == nullptr) return false;
  const std::uint64_t beats = pulse_->beats.load(std::memory_order_relaxed);
  return std::exchange(seen_, beats) != beats;
}

}  // namespace tactus::ipc
