// A thread that writes the latest report and never an old one.
//
//   Clocks   the host's steady clock, for the age of the report that waits.
//   Units    bytes.
//   Errors   Busy when a report since the last call was replaced or lost; Gone once a write was.
//   Threads  one poster; the writer inside.
//   Proof    tests/drivers/latest_writer_test.cc
#pragma once
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <thread>

#include "tactus/drivers/device.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus {

class LatestWriter {
 public:
  /// Writes one report: Ok, Busy (this one is lost) or Gone. May block; inner thread only.
  using Write = std::function<LinkStatus(std::span<const std::uint8_t>)>;

  /// A report that has waited longer than `life` is dropped.
  explicit LatestWriter(Write write, Duration life = kFrameLife);
  /// Waits for a write that is under way; a report that waits is dropped.
  ~LatestWriter();
  LatestWriter(const LatestWriter&) = delete;
  LatestWriter& operator=(const LatestWriter&) = delete;

  /// Leaves a report to be written and returns at once. Longer than kReportBytes: Refused.
  [[nodiscard]] LinkStatus post(std::span<const std::uint8_t> report);

 private:
  using Steady = std::chrono::steady_clock;

  void run();

  Write write_;
  Duration life_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<std::uint8_t, kReportBytes> waiting_{};
  std::size_t waiting_bytes_ = 0;  ///< 0: none waits
  Steady::time_point t_posted_{};
  bool ending_ = false;
  bool lost_ = false;  ///< a report since the last post
  bool gone_ = false;
  std::thread thread_;
};

}  // namespace tactus
