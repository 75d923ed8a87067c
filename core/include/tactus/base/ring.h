// The one lock-free queue between two threads of the service: Boost.Lockfree, single producer and
// single consumer, storage inside.
//
// It never faces another process: a hostile index in shared memory would crash the reader.
//
//   Clocks   none.
//   Units    none.
//   Errors   push on a full ring returns false; the caller counts it. Nothing is overwritten.
//   Threads  one producer thread, one consumer thread. RT-safe on both ends.
//   Proof    tests/service/live_service_test.cc (ThreadSanitizer)
#pragma once
#include <boost/lockfree/spsc_queue.hpp>
#include <cstddef>
#include <type_traits>

namespace tactus {

template <class T, std::size_t N>
class Ring {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  [[nodiscard]] bool push(const T& item) noexcept { return queue_.push(item); }
  [[nodiscard]] bool pop(T& item) noexcept { return queue_.pop(item); }

 private:
  boost::lockfree::spsc_queue<T, boost::lockfree::capacity<N>> queue_;
};

}  // namespace tactus
