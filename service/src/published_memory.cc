#include "tactus/service/published_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <utility>

namespace tactus::service {

Expected<PublishedMemory, int> PublishedMemory::create(ipc::ClockKind clock) {
  const int fd = memfd_create("tactus-published", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return Unexpected{errno};
  void* memory = MAP_FAILED;
  if (ftruncate(fd, sizeof(ipc::Published)) == 0) {
    memory = mmap(nullptr, sizeof(ipc::Published), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  // Our own mapping stays writable; nobody can make another, or change the size.
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;
  if (memory == MAP_FAILED || fcntl(fd, F_ADD_SEALS, kSeals) != 0) {
    const int error = errno;
    if (memory != MAP_FAILED) munmap(memory, sizeof(ipc::Published));
    close(fd);
    return Unexpected{error};
  }
  auto* published = new (memory) ipc::Published{};
  published->header.total_bytes = sizeof(ipc::Published);
  published->header.clock = clock;
  return PublishedMemory(fd, published);
}

PublishedMemory::PublishedMemory(PublishedMemory&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), published_(std::exchange(other.published_, nullptr)) {}

PublishedMemory::~PublishedMemory() {
  if (published_ != nullptr) munmap(published_, sizeof(ipc::Published));
  if (fd_ >= 0) close(fd_);
}

}  // namespace tactus::service
