#include "bulk_memory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tactus::service {

std::vector<std::byte> copy_sealed(int fd, std::size_t bytes, std::size_t most) {
  const int seals = fcntl(fd, F_GET_SEALS);
  struct stat status {};
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || bytes == 0 || bytes > most ||
      fstat(fd, &status) != 0 || static_cast<std::size_t>(status.st_size) < bytes) {
    return {};
  }
  std::vector<std::byte> copy(bytes);
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t got = pread(fd, copy.data() + done, bytes - done, static_cast<off_t>(done));
    if (got <= 0) return {};
    done += static_cast<std::size_t>(got);
  }
  return copy;
}

}  // namespace tactus::service
