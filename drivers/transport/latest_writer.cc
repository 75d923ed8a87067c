#include "latest_writer.h"

#include <algorithm>
#include <utility>

namespace tactus {

LatestWriter::LatestWriter(Write write, Duration life)
    : write_(std::move(write)), life_(life), thread_([this] { run(); }) {}

LatestWriter::~LatestWriter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

LinkStatus LatestWriter::post(std::span<const std::uint8_t> report) {
  if (report.empty() || report.size() > waiting_.size()) return LinkStatus::Refused;
  bool lost = false;
  {
    const std::lock_guard lock(mutex_);
    if (gone_) return LinkStatus::Gone;
    lost = std::exchange(lost_, false) || waiting_bytes_ != 0;
    std::ranges::copy(report, waiting_.begin());
    waiting_bytes_ = report.size();
    t_posted_ = Steady::now();
  }
  changed_.notify_one();
  return lost ? LinkStatus::Busy : LinkStatus::Ok;
}

void LatestWriter::run() {
  std::array<std::uint8_t, kReportBytes> report;
  for (;;) {
    std::size_t size = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || waiting_bytes_ != 0; });
      if (ending_) return;
      size = std::exchange(waiting_bytes_, 0);
      lost_ = Steady::now() - t_posted_ > life_;
      if (lost_) continue;
      std::copy_n(waiting_.begin(), size, report.begin());
    }
    const LinkStatus status = write_(std::span(report).first(size));
    const std::lock_guard lock(mutex_);
    gone_ = status == LinkStatus::Gone;
    if (gone_) return;
    lost_ = lost_ || status != LinkStatus::Ok;
  }
}

}  // namespace tactus
