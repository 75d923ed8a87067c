#include "runtime_clock.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus::runtime {
namespace {

TEST(RuntimeClock, RefreshesAtTheRoundedMultiplesOfANinetieth) {
  for (const std::int64_t k : {0ll, 1ll, 2ll, 44ll, 45ll, 89ll, 90ll, 91ll, 123'456ll}) {
    const long double exact_ns = static_cast<long double>(k) * 1e9L / 90.0L;
    EXPECT_EQ(refresh_ns(k), std::llround(exact_ns)) << "k = " << k;
  }
  EXPECT_EQ(refresh_ns(90 * 86'400), 86'400 * kSecond_ns) << "no drift over a day";
}

TEST(RuntimeClock, RefreshAfterIsTheFirstLaterOne) {
  for (std::int64_t k = 0; k < 400; ++k) {
    EXPECT_EQ(refresh_after(refresh_ns(k)), k + 1);
    EXPECT_EQ(refresh_after(refresh_ns(k + 1) - 1), k + 1);
    EXPECT_EQ(refresh_after(refresh_ns(k) + 1), k + 1);
  }
}

TEST(RuntimeClock, TimespecIsTheSameNanoseconds) {
  EXPECT_EQ(to_xr_time(0), kSecond_ns) << "virtual time 0 is a valid XrTime";
  for (const std::int64_t ns : {0ll, 1ll, 999'999'999ll, 1'000'000'000ll, 5'123'456'789ll, -1ll}) {
    const timespec t = to_timespec(ns);
    EXPECT_EQ(t.tv_sec * kSecond_ns + t.tv_nsec, ns);
    EXPECT_GE(t.tv_nsec, 0);
    XrTime time = 0;
    ASSERT_TRUE(from_timespec(t, time));
    EXPECT_EQ(to_ns(time), ns);
  }
}

TEST(RuntimeClock, RefusesTimespecsThatAreNoTime) {
  XrTime time = 0;
  EXPECT_FALSE(from_timespec({0, -1}, time));
  EXPECT_FALSE(from_timespec({0, kSecond_ns}, time));
  EXPECT_FALSE(from_timespec({-1, 0}, time)) << "XrTime 0";
  EXPECT_FALSE(from_timespec({-5, 0}, time));
  EXPECT_FALSE(from_timespec({INT64_MAX, 0}, time)) << "overflow";
  EXPECT_FALSE(from_timespec({INT64_MAX / kSecond_ns, 999'999'999}, time)) << "overflow";
}

TEST(RuntimeClock, VirtualFramesStartAtRefreshesAndNeverTwice) {
  simulator::StagePage page;
  const RuntimeClock clock(&page);
  page.now_ns = refresh_ns(7);
  EXPECT_EQ(clock.next_refresh(-1), 8);
  EXPECT_EQ(clock.next_refresh(20), 21);
  page.now_ns = refresh_ns(7) + 1;
  EXPECT_EQ(clock.next_refresh(7), 8);
}

}  // namespace
}  // namespace tactus::runtime
