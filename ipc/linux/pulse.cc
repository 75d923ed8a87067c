#include "tactus/ipc/pulse.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

namespace tactus::ipc {

PulseMemory::~PulseMemory() {
  if (pulse_ != nullptr) ::munmap(pulse_, sizeof(Pulse));
  if (descriptor_ >= 0) ::close(descriptor_);
}

PulseMemory::PulseMemory(PulseMemory&& other) noexcept { *this = std::move(other); }

PulseMemory& PulseMemory::operator=(PulseMemory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(pulse_, other.pulse_);
  return *this;
}

PulseMemory PulseMemory::create() noexcept {
  PulseMemory memory;
  memory.descriptor_ = ::memfd_create("tactus-pulse", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory.descriptor_ < 0) return memory;
  constexpr int kSeals = F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (::ftruncate(memory.descriptor_, sizeof(Pulse)) != 0 ||
      ::fcntl(memory.descriptor_, F_ADD_SEALS, kSeals) != 0) {
    return {};
  }
  void* mapped =
      ::mmap(nullptr, sizeof(Pulse), PROT_READ | PROT_WRITE, MAP_SHARED, memory.descriptor_, 0);
  if (mapped == MAP_FAILED) return {};
  memory.pulse_ = static_cast<Pulse*>(mapped);
  return memory;
}

}  // namespace tactus::ipc
