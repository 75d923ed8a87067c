#include "tactus/simulator/stage_page.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <new>

namespace tactus::simulator {
namespace {

static_assert(std::atomic<std::uint32_t>::is_always_lock_free &&
              sizeof(std::atomic<std::uint32_t>) == 4);

// A waiter looks again at least this often, so that a `quit` raised without an announcement, or a
// wake-up lost to a process that died between storing and waking, cannot hang it.
constexpr std::int64_t kLookAgain_ns = 50'000'000;

std::int64_t monotonic_ns() noexcept {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1'000'000'000 + t.tv_nsec;
}

// Not FUTEX_PRIVATE: the word is shared between processes.
void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value,
                 std::int64_t timeout_ns) noexcept {
  const timespec timeout{timeout_ns / 1'000'000'000, timeout_ns % 1'000'000'000};
  syscall(SYS_futex, &word, FUTEX_WAIT, value, &timeout, nullptr, 0);
}

void announce(std::atomic<std::uint32_t>& word) noexcept {
  word.fetch_add(1, std::memory_order_acq_rel);
  syscall(SYS_futex, &word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void* map_shared(int fd) noexcept {
  void* memory = mmap(nullptr, sizeof(StagePage), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

bool has_room(int fd) noexcept {
  struct stat st {};
  return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
         st.st_size >= static_cast<off_t>(sizeof(StagePage));
}

bool runtime_is_ahead(const StagePage& page) noexcept {
  return page.attached.load(std::memory_order_acquire) == 0 ||
         page.waiting_for_ns.load(std::memory_order_acquire) >
             page.now_ns.load(std::memory_order_acquire);
}

}  // namespace

StagePage* map_stage_page(const char* path) noexcept {
  const int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return nullptr;
  void* memory = has_room(fd) ? map_shared(fd) : nullptr;
  close(fd);
  auto* page = static_cast<StagePage*>(memory);
  if (page && (page->magic != kStageMagic || page->version != kStageVersion)) {
    unmap_stage_page(page);
    return nullptr;
  }
  return page;
}

StagePage* create_stage_page(const char* path) noexcept {
  const int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return nullptr;
  void* memory = ftruncate(fd, sizeof(StagePage)) == 0 ? map_shared(fd) : nullptr;
  const int reason = errno;
  close(fd);
  errno = reason;
  return memory ? new (memory) StagePage : nullptr;
}

void unmap_stage_page(StagePage* page) noexcept {
  if (page) munmap(page, sizeof(StagePage));
}

void advance_to(StagePage& page, std::int64_t now_ns) noexcept {
  page.now_ns.store(now_ns, std::memory_order_release);
  announce(page.time_changed);
}

bool await_runtime(StagePage& page, int timeout_ms) noexcept {
  const std::int64_t t_end = monotonic_ns() + std::int64_t{1'000'000} * timeout_ms;
  for (;;) {
    const std::uint32_t seen = page.runtime_changed.load(std::memory_order_acquire);
    if (runtime_is_ahead(page)) return true;
    const std::int64_t left_ns = t_end - monotonic_ns();
    if (left_ns <= 0) return false;
    sleep_while(page.runtime_changed, seen, std::min(left_ns, kLookAgain_ns));
  }
}

bool wait_until(StagePage& page, std::int64_t t_ns) noexcept {
  page.waiting_for_ns.store(t_ns, std::memory_order_release);
  announce(page.runtime_changed);
  bool reached = false;
  for (;;) {
    const std::uint32_t seen = page.time_changed.load(std::memory_order_acquire);
    reached = page.now_ns.load(std::memory_order_acquire) >= t_ns;
    if (std::atomic_ref(page.quit).load(std::memory_order_acquire) != 0) {
      reached = false;
      break;
    }
    if (reached) break;
    sleep_while(page.time_changed, seen, kLookAgain_ns);
  }
  page.waiting_for_ns.store(0, std::memory_order_release);
  return reached;
}

}  // namespace tactus::simulator
