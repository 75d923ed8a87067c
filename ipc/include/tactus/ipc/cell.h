// A value that one thread writes and others, in any process, read without waiting.
//
// A sequence lock of atomic words: a reader never blocks the writer, and a torn read is seen and
// retried a bounded number of times.
//
//   Clocks   none. Frames: none.
//   Units    none.
//   Errors   a read that found nothing, or was overtaken each time, says so.
//   Threads  one writer, any number of readers in any process. No locks, no calls.
//   Proof    tests/ipc/published_test.cc (ThreadSanitizer)
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace tactus::ipc {

inline constexpr int kReadAttempts = 8;

/// A value one thread writes and many read, word by word.
template <class T>
class Cell {
  static_assert(std::is_trivially_copyable_v<T>);
  static constexpr std::size_t kWords = (sizeof(T) + 7) / 8;

 public:
  void write(const T& value) noexcept {
    std::uint64_t words[kWords] = {};
    std::memcpy(words, &value, sizeof(T));
    const std::uint64_t version = version_.load(std::memory_order_relaxed);
    version_.store(version + 1, std::memory_order_relaxed);
    for (std::size_t i = 0; i < kWords; ++i) words_[i].store(words[i], std::memory_order_release);
    version_.store(version + 2, std::memory_order_release);
  }

  /// False when nothing was written yet or the writer kept overtaking us; `value` is then anything.
  [[nodiscard]] bool read(T& value) const noexcept { return read_front<sizeof(T)>(&value); }

  /// The same of the first bytes only.
  template <std::size_t kBytes>
  [[nodiscard]] bool read_front(void* front) const noexcept {
    static_assert(kBytes <= sizeof(T));
    constexpr std::size_t kWhole = kBytes / 8;
    auto* bytes = static_cast<std::byte*>(front);
    for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
      const std::uint64_t before = version_.load(std::memory_order_acquire);
      if (before == 0 || (before & 1) != 0) continue;
#pragma GCC unroll 8
      for (std::size_t i = 0; i < kWhole; ++i) {
        const std::uint64_t word = words_[i].load(std::memory_order_acquire);
        std::memcpy(bytes + 8 * i, &word, 8);
      }
      if constexpr (kBytes % 8 != 0) {
        const std::uint64_t word = words_[kWhole].load(std::memory_order_acquire);
        std::memcpy(bytes + 8 * kWhole, &word, kBytes % 8);
      }
      if (version_.load(std::memory_order_relaxed) == before) return true;
    }
    return false;
  }

 private:
  std::atomic<std::uint64_t> version_{0};
  std::atomic<std::uint64_t> words_[kWords]{};
};

}  // namespace tactus::ipc
