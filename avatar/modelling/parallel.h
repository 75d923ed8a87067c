// Runs a loop on the machine's cores. Each index writes only what is its own, so the result does
// not depend on how many there are.
//
//   Clocks   none.
//   Units    none.
//   Errors   none.
//   Threads  starts and joins its own.
//   Proof    tests/avatar/child_test.cc (two builds are equal byte for byte)
#pragma once
#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace tactus::modelling {

template <class Body>
void for_each_index(std::size_t count, const Body& body) {
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  std::vector<std::thread> pool;
  for (std::size_t first = 1; first < threads; ++first) {
    pool.emplace_back([&, first] {
      for (std::size_t i = first; i < count; i += threads) body(i);
    });
  }
  for (std::size_t i = 0; i < count; i += threads) body(i);
  for (std::thread& thread : pool) thread.join();
}

}  // namespace tactus::modelling
