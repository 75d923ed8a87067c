// When each input report was put on the wire and when the reader had it: a file both processes map.
//
//   Clocks   the guest's CLOCK_MONOTONIC, nanoseconds; virtual time in the rig.
//   Units    nanoseconds, indexed by the report's sequence modulo kSlots.
//   Errors   nullptr when the file cannot be mapped.
//   Threads  the glove writes `sent_ns`, the reader `read_ns`; looked at when both are still.
//   Proof    tests/hil/hil_check.cc
#pragma once
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <ctime>

#include "tactus/base/time.h"

namespace tactus::hil {

struct ReadTimes {
  static constexpr std::size_t kSlots = 1 << 16;
  std::array<std::atomic<std::int64_t>, kSlots> sent_ns;
  std::array<std::atomic<std::int64_t>, kSlots> read_ns;
};

inline ReadTimes* map_read_times(const char* path) {
  const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || ftruncate(fd, sizeof(ReadTimes)) != 0) return nullptr;
  void* const at = mmap(nullptr, sizeof(ReadTimes), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  return at == MAP_FAILED ? nullptr : static_cast<ReadTimes*>(at);
}

inline HostTime now() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return HostTime(std::chrono::seconds(t.tv_sec) + Duration(t.tv_nsec));
}

}  // namespace tactus::hil
