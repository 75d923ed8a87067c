#include "tactus/ipc/sealed_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace tactus::ipc {
namespace {

bool write_all(int descriptor, std::span<const std::byte> bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

SealedMemory::~SealedMemory() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
  if (descriptor_ >= 0) ::close(descriptor_);
}

SealedMemory::SealedMemory(SealedMemory&& other) noexcept { *this = std::move(other); }

SealedMemory& SealedMemory::operator=(SealedMemory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

SealedMemory SealedMemory::create(std::span<const std::byte> bytes) noexcept {
  SealedMemory memory;
  if (bytes.empty()) return memory;
  memory.descriptor_ = ::memfd_create("tactus-body", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory.descriptor_ < 0) return memory;
  constexpr int kSeals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  void* mapped = MAP_FAILED;
  if (write_all(memory.descriptor_, bytes) &&
      ::fcntl(memory.descriptor_, F_ADD_SEALS, kSeals) == 0) {
    mapped = ::mmap(nullptr, bytes.size(), PROT_READ, MAP_SHARED, memory.descriptor_, 0);
  }
  if (mapped == MAP_FAILED) return {};
  memory.bytes_ = {static_cast<const std::byte*>(mapped), bytes.size()};
  return memory;
}

}  // namespace tactus::ipc
