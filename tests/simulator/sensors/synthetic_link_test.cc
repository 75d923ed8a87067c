#include "tactus/simulator/synthetic_link.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tactus::simulator {
namespace {

TEST(SyntheticLink, KeepsOrderAndItsSmallestDelay) {
  constexpr double kLeast_s = 200e-6;
  for (int kind = 0; kind < kLinkKinds; ++kind) {
    SyntheticLink link(3, static_cast<LinkKind>(kind));
    LinkReport last = link.next();
    double longest_s = 0;
    for (int i = 0; i < 4000; ++i) {
      const LinkReport report = link.next();
      EXPECT_GT(report.t_device, last.t_device);
      EXPECT_GE(report.t_arrived, last.t_arrived);
      EXPECT_GT(seconds(report.t_arrived - report.t_true), kLeast_s);
      longest_s = std::max(longest_s, seconds(report.t_arrived - report.t_true));
      last = report;
    }
    EXPECT_GT(longest_s, 5 * kLeast_s) << name_of(static_cast<LinkKind>(kind));
  }
}

TEST(SyntheticLink, TheCrystalRunsFastByItsSkew) {
  constexpr double kWander = 1e-6;
  SyntheticLink link(1, LinkKind::UsbInterrupt, {.skew = 50e-6});
  const LinkReport first = link.next();
  LinkReport last = first;
  for (int i = 0; i < 20000; ++i) last = link.next();
  const double ratio =
      seconds(last.t_device - first.t_device) / seconds(last.t_true - first.t_true);
  EXPECT_NEAR(ratio - 1, 50e-6, kWander);
}

TEST(SyntheticLink, OneSeedOneSequence) {
  for (int kind = 0; kind < kLinkKinds; ++kind) {
    SyntheticLink a(9, static_cast<LinkKind>(kind));
    SyntheticLink b(9, static_cast<LinkKind>(kind));
    SyntheticLink other(10, static_cast<LinkKind>(kind));
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
      const HostTime t = a.next().t_arrived;
      EXPECT_EQ(t, b.next().t_arrived);
      differs = differs || t != other.next().t_arrived;
    }
    EXPECT_TRUE(differs);
  }
}

}  // namespace
}  // namespace tactus::simulator
