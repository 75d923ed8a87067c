#include "tactus/sense/counter.h"

#include <gtest/gtest.h>

#include <random>

namespace tactus {
namespace {

HostTime host_us(std::int64_t us) { return HostTime(std::chrono::microseconds(us)); }
std::int64_t us(DeviceTime t) { return t.time_since_epoch() / 1us; }

TEST(Counter, CountsOnThroughWraps) {
  std::mt19937_64 random(1);
  for (const int bits : {16, 24, 32}) {
    const CounterParams params{.bits = bits};
    CounterState state;
    const std::int64_t first = 12345;
    for (std::int64_t t = 0; t < (std::int64_t{5} << bits);
         t += std::uniform_int_distribution<std::int64_t>(1, (1 << (bits - 2)) - 1)(random)) {
      const auto raw = static_cast<std::uint32_t>((first + t) & ((std::int64_t{1} << bits) - 1));
      ASSERT_EQ(us(unwrap(state, params, raw, host_us(t))), t) << bits;
    }
  }
}

TEST(Counter, ASilenceOfManyWrapsIsCountedByTheHost) {
  const CounterParams params{.bits = 16};
  CounterState state;
  (void)unwrap(state, params, 100, host_us(0));
  // 3 s are 45 wraps of 65.536 ms; arrivals are up to 30 ms late.
  for (const std::int64_t late : {-30000, 0, 30000}) {
    CounterState copy = state;
    const auto raw = static_cast<std::uint32_t>((100 + 3'000'000) & 0xffff);
    EXPECT_EQ(us(unwrap(copy, params, raw, host_us(3'000'000 + late))), 3'000'000) << late;
  }
}

TEST(Counter, ALateReadingIsPlacedAndMovesNothing) {
  const CounterParams params{.bits = 16};
  CounterState state;
  (void)unwrap(state, params, 65000, host_us(0));
  (void)unwrap(state, params, 200, host_us(740));
  const CounterState before = state;
  EXPECT_EQ(us(unwrap(state, params, 65500, host_us(800))), 500);
  EXPECT_EQ(state.ticks, before.ticks);
  EXPECT_EQ(us(unwrap(state, params, 300, host_us(840))), 836);
}

TEST(Counter, HostTimesThatRunBackwardsAreNotBelieved) {
  const CounterParams params{.bits = 32};
  CounterState state;
  (void)unwrap(state, params, 1000, host_us(1'000'000'000'000));
  EXPECT_EQ(us(unwrap(state, params, 3000, host_us(0))), 2000);
}

}  // namespace
}  // namespace tactus
