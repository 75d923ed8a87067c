// How long a report waited for its tick: the worst of the last second, and not for ever.
#include "tactus/service/link_latency.h"

#include <gtest/gtest.h>

namespace tactus::service {
namespace {

TEST(LinkLatency, IsOfTheOldestReportThatATickUses) {
  LinkLatency latency;
  use(latency, HostTime(10ms));
  EXPECT_EQ(worst(latency), 0ms);
  arrive(latency, HostTime(10200us));
  arrive(latency, HostTime(10700us));
  use(latency, HostTime(11ms));
  EXPECT_EQ(worst(latency), 800us);
  arrive(latency, HostTime(11900us));
  use(latency, HostTime(12ms));
  EXPECT_EQ(worst(latency), 800us);
}

TEST(LinkLatency, IsForgottenAfterTwoSeconds) {
  LinkLatency latency;
  use(latency, HostTime(5s));
  arrive(latency, HostTime(5s + 1ms));
  use(latency, HostTime(5s + 8ms));
  for (auto t = HostTime(5s + 10ms); t <= HostTime(6s + 500ms); t += 10ms) use(latency, t);
  EXPECT_EQ(worst(latency), 7ms);
  for (auto t = HostTime(6s + 510ms); t <= HostTime(7s + 500ms); t += 10ms) use(latency, t);
  EXPECT_EQ(worst(latency), 0ms);
}

}  // namespace
}  // namespace tactus::service
