#include "tactus/simulator/synthetic_link.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tactus::simulator {
namespace {

constexpr double kUsbLeast_s = 250e-6;  // interrupt, driver, wake-up
constexpr double kUsbWait_s = 700e-6;   // mean, of a busy desktop
constexpr double kFrame_s = 1e-3;       // USB full speed
constexpr double kFrameWait_s = 20e-6;  // mean, of a thread that is woken at once …
constexpr double kBusy = 0.05;          // … but for this share, when the processor is taken
constexpr double kBusyWait_s = 2e-3;
constexpr double kWifiLeast_s = 1.2e-3;
constexpr double kWifiWait_s = 1.5e-3;
constexpr double kWifiBurst = 0.1;         // share of reports that meet contention …
constexpr double kWifiBurst_s = 20e-3;     // … and its mean
constexpr double kConnection_s = 7.5e-3;   // the shortest interval of Bluetooth Low Energy
constexpr double kConnectionSkew = -8e-6;  // the central's crystal against the host's clock
constexpr double kBleLost = 0.1;           // share of connection events that fail
constexpr double kBleLeast_s = 400e-6;
constexpr double kBleWait_s = 150e-6;

/// The next tick of a comb at or after `t_s`.
double next_tick(double t_s, double phase_s, double interval_s) {
  return phase_s + std::ceil((t_s - phase_s) / interval_s) * interval_s;
}

}  // namespace

std::string_view name_of(LinkKind kind) noexcept {
  constexpr std::array<std::string_view, kLinkKinds> kNames = {"USB interrupt", "USB 1 ms frames",
                                                               "Wi-Fi UDP", "BLE 7.5 ms"};
  return kNames[static_cast<std::size_t>(kind)];
}

SyntheticLink::SyntheticLink(std::uint64_t seed, LinkKind kind, const LinkCrystal& crystal)
    : kind_(kind),
      crystal_(crystal),
      random_(seed * kLinkKinds + static_cast<std::uint64_t>(kind) + 0x7461637475730003ull),
      step_s_(1 / crystal.rate_Hz),
      skew_(crystal.skew),
      t_device_s_(crystal.offset_s),
      phase_s_(std::uniform_real_distribution<double>(0, kConnection_s)(random_)) {
  const double off = std::uniform_real_distribution<double>(0.2, 1)(random_) * crystal.sampler;
  if (kind != LinkKind::Ble) step_s_ *= std::bernoulli_distribution()(random_) ? 1 + off : 1 - off;
}

double SyntheticLink::exponential(double mean_s) {
  return std::exponential_distribution<double>(1 / mean_s)(random_);
}

double SyntheticLink::delivered_s(double t_s) {
  std::uniform_real_distribution<double> uniform(0, 1);
  switch (kind_) {
    case LinkKind::UsbInterrupt:
      return t_s + kUsbLeast_s + exponential(kUsbWait_s);
    case LinkKind::UsbFrames:
      return next_tick(t_s, phase_s_, kFrame_s) + kUsbLeast_s +
             exponential(uniform(random_) < kBusy ? kBusyWait_s : kFrameWait_s);
    case LinkKind::WifiUdp:
      return t_s + kWifiLeast_s +
             exponential(uniform(random_) < kWifiBurst ? kWifiBurst_s : kWifiWait_s);
    case LinkKind::Ble: {
      double event_s = next_tick(t_s, phase_s_, kConnection_s * (1 + kConnectionSkew));
      while (uniform(random_) < kBleLost) event_s += kConnection_s * (1 + kConnectionSkew);
      return event_s + kBleLeast_s + exponential(kBleWait_s);
    }
  }
  return t_s;
}

LinkReport SyntheticLink::next() {
  LinkReport report;
  report.t_true = HostTime(from_seconds(t_true_s_));
  report.t_device = DeviceTime(from_seconds(t_device_s_));
  arrived_s_ = std::max(arrived_s_, delivered_s(t_true_s_));
  report.t_arrived = HostTime(from_seconds(arrived_s_));
  const double step_true_s = step_s_ / (1 + skew_);
  t_true_s_ += step_true_s;
  t_device_s_ += step_s_;
  skew_ += crystal_.wander * std::sqrt(step_true_s) * std::normal_distribution<double>()(random_);
  return report;
}

}  // namespace tactus::simulator
