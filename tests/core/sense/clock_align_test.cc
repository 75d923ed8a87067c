#include "tactus/sense/clock_align.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <random>
#include <vector>

#include "tactus/simulator/synthetic_link.h"

namespace tactus {
namespace {

DeviceTime device(double t_s) { return DeviceTime(from_seconds(t_s)); }
HostTime host(double t_s) { return HostTime(from_seconds(t_s)); }
double us(Duration d) { return 1e6 * seconds(d); }

struct Link {
  double rate_Hz = 250;
  double skew = 35e-6;  // the device's crystal runs fast
  double offset_s = 812.5;
  std::function<double(std::mt19937_64&)> delay_s;
};

/// Error of the answer against true time plus the smallest delay, microseconds, from `settle_s` on.
std::vector<double> errors_us(const Link& link, double least_delay_s, double settle_s,
                              double length_s) {
  std::mt19937_64 random(7);
  ClockAlignState state;
  std::vector<double> errors;
  double arrived_last = 0;
  for (double t = 0; t < length_s; t += 1 / link.rate_Hz) {
    const double arrived = std::max(t + link.delay_s(random), arrived_last);  // links keep order
    arrived_last = arrived;
    const AlignedTime a = align(state, ClockAlignParams{},
                                device(link.offset_s + t * (1 + link.skew)), host(arrived));
    EXPECT_LE(a.t, host(arrived));
    EXPECT_EQ(a.delay, host(arrived) - a.t);
    if (t > settle_s) errors.push_back(us(a.t - host(t + least_delay_s)));
  }
  std::sort(errors.begin(), errors.end());
  return errors;
}

double spread(const std::vector<double>& sorted) {
  return sorted[sorted.size() * 995 / 1000] - sorted[sorted.size() * 5 / 1000];
}

TEST(ClockAlign, FollowsDriftBelowUsbJitter) {
  constexpr double kJitter_us = 10;  // p99 span; the raw arrival's is 4600 us
  constexpr double kBias_us = 30;
  Link link;
  link.delay_s = [](std::mt19937_64& random) {
    return 0.0005 + std::exponential_distribution<double>(1 / 500e-6)(random);
  };
  const auto errors = errors_us(link, 0.0005, 5, 60);
  std::printf("USB: p99 span %.1f us, median %.1f us\n", spread(errors), errors[errors.size() / 2]);
  EXPECT_LT(spread(errors), kJitter_us);
  EXPECT_LT(std::fabs(errors[errors.size() / 2]), kBias_us);
}

TEST(ClockAlign, FollowsDriftBelowRadioJitter) {
  constexpr double kJitter_us = 200;  // p99 span; the raw arrival's is some 40 ms
  Link link;
  link.delay_s = [](std::mt19937_64& random) {
    const bool burst = std::uniform_real_distribution<double>(0, 1)(random) < 0.1;
    return 0.001 + std::exponential_distribution<double>(burst ? 1 / 10e-3 : 1 / 1e-3)(random);
  };
  const auto errors = errors_us(link, 0.001, 15, 60);
  std::printf("radio: p99 span %.1f us\n", spread(errors));
  EXPECT_LT(spread(errors), kJitter_us);
}

TEST(ClockAlign, AveragesOverABeatOfEventsWithSamples) {
  constexpr double kJitter_us = 1000;  // worst link, std; the edge alone is off by up to 1100
  for (const double skew : {-35e-6, 35e-6}) {
    simulator::SyntheticLink link(4, simulator::LinkKind::Ble, {.skew = skew});
    ClockAlignState state;
    double mean = 0, square = 0, n = 0;
    HostTime last{};
    for (simulator::LinkReport r = link.next(); r.t_true < host(120); r = link.next()) {
      const AlignedTime a = align(state, kBleClock, r.t_device, r.t_arrived);
      EXPECT_GE(a.t, last);
      last = a.t;
      if (r.t_true < host(15)) continue;
      mean += us(a.t - r.t_true);
      square += us(a.t - r.t_true) * us(a.t - r.t_true);
      ++n;
    }
    EXPECT_LT(std::sqrt(square / n - mean * mean / n / n), kJitter_us) << skew;
    EXPECT_EQ(state.restarts, 1u);
  }
}

TEST(ClockAlign, KnowsASlowCrystalAsWellAsAFastOne) {
  for (const double skew : {-150e-6, 150e-6}) {
    Link link;
    link.skew = skew;
    link.delay_s = [](std::mt19937_64& random) {
      return 0.0005 + std::exponential_distribution<double>(1 / 500e-6)(random);
    };
    const auto errors = errors_us(link, 0.0005, 5, 30);
    EXPECT_LT(std::fabs(errors[errors.size() / 2]), 30) << skew;
    EXPECT_LT(spread(errors), 20) << skew;
  }
}

TEST(ClockAlign, NeverStepsBack) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform(0, 1);
  ClockAlignState state;
  HostTime last = host(0);
  double arrived = 0;
  double t_device = 5;
  for (int k = 0; k < 20000; ++k) {
    t_device += 0.004 * (1 + 300e-6);
    if (uniform(random) < 1e-3) t_device += 5 * (uniform(random) - 0.5);  // resets and jumps
    arrived = std::max(arrived, 0.004 * k + 0.05 * std::pow(uniform(random), 8));
    const AlignedTime a = align(state, ClockAlignParams{}, device(t_device), host(arrived));
    if (a.status != ClockStatus::Reordered) {
      EXPECT_GE(a.t, last);
      last = a.t;
    }
    EXPECT_GE(a.delay, Duration::zero());
  }
  EXPECT_GT(state.restarts, 5u);
}

TEST(ClockAlign, ArrivalsStampedOutOfOrderDoNotStepItBack) {
  ClockAlignState state;
  const AlignedTime first = align(state, ClockAlignParams{}, device(0), host(1.020));
  const AlignedTime second = align(state, ClockAlignParams{}, device(0.004), host(1.005));
  EXPECT_GE(second.t, first.t);
  EXPECT_EQ(second.delay, Duration::zero());
}

TEST(ClockAlign, StalledTransportIsNotAReset) {
  ClockAlignState state;
  for (int k = 0; k < 500; ++k) {
    (void)align(state, ClockAlignParams{}, device(0.004 * k), host(1 + 0.004 * k));
  }
  // 200 ms of samples come at once, late.
  for (int k = 500; k < 550; ++k) {
    const AlignedTime a =
        align(state, ClockAlignParams{}, device(0.004 * k), host(1 + 0.004 * 550));
    EXPECT_EQ(a.status, ClockStatus::Aligned);
    EXPECT_NEAR(us(a.t - host(1 + 0.004 * k)), 0, 50);
  }
  EXPECT_EQ(state.restarts, 1u);
}

TEST(ClockAlign, DeviceResetRestartsAfterTheHoldOff) {
  ClockAlignState state;
  for (int k = 0; k < 500; ++k) {
    (void)align(state, ClockAlignParams{}, device(0.5 + 0.004 * k), host(0.004 * k));
  }
  // The device starts again at zero; 2.5 s back is beyond max_gap, 1 s back is found by
  // persistence.
  ClockAlignState near = state;
  EXPECT_EQ(align(state, ClockAlignParams{}, device(0), host(2.1)).status, ClockStatus::Restarted);
  int until_restart = 0;
  for (int k = 0; k < 50; ++k) {
    const AlignedTime a =
        align(near, ClockAlignParams{}, device(1.5 + 0.004 * k), host(2.1 + 0.004 * k));
    if (a.status == ClockStatus::Restarted) break;
    ++until_restart;
  }
  EXPECT_GT(until_restart, 3);
  EXPECT_LT(until_restart, 12);
  EXPECT_EQ(near.restarts, 2u);
}

TEST(ClockAlign, OldAndDoubledSamplesArePlacedButTeachNothing) {
  ClockAlignState state;
  for (int k = 0; k < 100; ++k) {
    (void)align(state, ClockAlignParams{}, device(0.004 * k), host(1 + 0.004 * k));
  }
  const ClockAlignState before = state;
  const AlignedTime old =
      align(state, ClockAlignParams{}, device(0.004 * 90), host(1 + 0.004 * 100));
  EXPECT_EQ(old.status, ClockStatus::Reordered);
  EXPECT_NEAR(us(old.t - host(1 + 0.004 * 90)), 0, 1);
  const AlignedTime doubled =
      align(state, ClockAlignParams{}, device(0.004 * 99), host(1 + 0.004 * 100));
  EXPECT_EQ(doubled.status, ClockStatus::Reordered);
  EXPECT_EQ(state.offset_ns, before.offset_ns);
  EXPECT_EQ(state.t_last, before.t_last);
}

TEST(ClockAlign, SnapshotAndReplayGiveTheSameAnswers) {
  std::mt19937_64 random(5);
  std::exponential_distribution<double> delay_s(1000);
  ClockAlignState state;
  std::vector<std::pair<DeviceTime, HostTime>> rest;
  for (int k = 0; k < 2000; ++k) {
    const auto td = device(0.004 * k);
    const auto ta = host(0.004 * k + delay_s(random));
    if (k < 1000) {
      (void)align(state, ClockAlignParams{}, td, ta);
    } else {
      rest.emplace_back(td, ta);
    }
  }
  ClockAlignState copy = state;
  for (const auto& [td, ta] : rest) {
    EXPECT_EQ(align(state, ClockAlignParams{}, td, ta).t,
              align(copy, ClockAlignParams{}, td, ta).t);
  }
}

}  // namespace
}  // namespace tactus
