// A lock for lists that change a few times in a session.
//
// It guards our own lists for a microsecond and is never held while calling down the chain, so it
// needs no kernel object and leaves nothing behind when the library is unloaded.
//
//   Clocks   none.
//   Units    none.
//   Errors   none.
//   Threads  any; not recursive; never on the locate path.
//   Proof    tests/openxr-layer/threads_test.cc
#pragma once
#include <atomic>

namespace tactus::layer {

class SpinLock {
 public:
  void lock() noexcept {
    while (flag_.test_and_set(std::memory_order_acquire)) {
      while (flag_.test(std::memory_order_relaxed)) {
      }
    }
  }
  bool try_lock() noexcept { return !flag_.test_and_set(std::memory_order_acquire); }
  void unlock() noexcept { flag_.clear(std::memory_order_release); }

 private:
  std::atomic_flag flag_;
};

class [[nodiscard]] Locked {
 public:
  explicit Locked(SpinLock& lock) noexcept : lock_(lock) { lock_.lock(); }
  ~Locked() { lock_.unlock(); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  SpinLock& lock_;
};

}  // namespace tactus::layer
