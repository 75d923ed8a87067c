#include "support/alloc_guard.h"

#include <gtest/gtest.h>

#include <new>
#include <thread>
#include <vector>

namespace tactus::testing {
namespace {

TEST(AllocGuard, SeesEveryWayToTheHeap) {
  if (!is_counting()) GTEST_SKIP() << "the sanitizer owns malloc";
  const AllocGuard guard;
  EXPECT_EQ(guard.calls(), 0u);
  ::operator delete(::operator new(8));  // called by name: the compiler may not drop the pair
  EXPECT_EQ(guard.calls(), 2u);
  std::vector<int> grown{1};
  grown.push_back(2);
  EXPECT_GE(guard.calls(), 4u);
  const std::align_val_t wide{64};
  ::operator delete(::operator new(64, wide), wide);
  EXPECT_GE(guard.calls(), 6u);
}

TEST(AllocGuard, LooksAtItsOwnThreadOnly) {
  int sum = 0;
  std::thread other([&] {
    for (int i = 0; i < 100; ++i, sum += i) ::operator delete(::operator new(8));
  });
  const AllocGuard guard;
  other.join();
  EXPECT_EQ(sum, 5050);
  EXPECT_LT(guard.calls(), 10u);  // join itself may release what the thread was started with
}

}  // namespace
}  // namespace tactus::testing
