// A writer that is stuck never holds up the poster, and never writes old touch when it comes free.
#include "latest_writer.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <vector>

#include "drivers/bench.h"

namespace tactus::tests {
namespace {

constexpr Duration kAges = 1h;  ///< so that a slow machine does not age a report

/// A device whose writes wait until let through.
class Gate {
 public:
  LinkStatus write(std::span<const std::uint8_t> report) {
    std::unique_lock lock(mutex_);
    ++begun_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    written_.push_back(report[0]);
    return result_;
  }
  void open(LinkStatus result) {
    const std::lock_guard lock(mutex_);
    open_ = true;
    result_ = result;
    changed_.notify_all();
  }
  void await_begun(int writes) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return begun_ >= writes; });
  }
  std::vector<std::uint8_t> written() {
    const std::lock_guard lock(mutex_);
    return written_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::uint8_t> written_;
  LinkStatus result_ = LinkStatus::Ok;
  int begun_ = 0;
  bool open_ = false;
};

LinkStatus post(LatestWriter& writer, std::uint8_t byte) {
  return writer.post(std::array<std::uint8_t, 1>{byte});
}

TEST(LatestWriter, AStuckDeviceNeverBlocksThePosterAndOnlyTheLatestIsKept) {
  Gate gate;
  LatestWriter writer([&](auto report) { return gate.write(report); }, kAges);
  EXPECT_EQ(post(writer, 1), LinkStatus::Ok);
  gate.await_begun(1);
  EXPECT_EQ(post(writer, 2), LinkStatus::Ok);
  for (std::uint8_t byte = 3; byte <= 100; ++byte) EXPECT_EQ(post(writer, byte), LinkStatus::Busy);
  gate.open(LinkStatus::Ok);
  ASSERT_TRUE(wait_until([&] { return gate.written().size() >= 2; }));
  EXPECT_EQ(gate.written(), (std::vector<std::uint8_t>{1, 100}));
}

TEST(LatestWriter, AReportOlderThanAFrameLivesIsDropped) {
  Gate gate;
  gate.open(LinkStatus::Ok);
  LatestWriter writer([&](auto report) { return gate.write(report); }, -1ns);  // all are too old
  EXPECT_EQ(post(writer, 1), LinkStatus::Ok);
  ASSERT_TRUE(wait_until([&] { return post(writer, 2) == LinkStatus::Busy; })) << "and it is said";
  EXPECT_TRUE(gate.written().empty());
}

TEST(LatestWriter, GoneStaysGone) {
  Gate gate;
  gate.open(LinkStatus::Gone);
  LatestWriter writer([&](auto report) { return gate.write(report); }, kAges);
  EXPECT_EQ(post(writer, 1), LinkStatus::Ok);
  ASSERT_TRUE(wait_until([&] { return post(writer, 2) == LinkStatus::Gone; }));
  EXPECT_EQ(gate.written().size(), 1u);
}

TEST(LatestWriter, AFailedWriteIsSaidOnceAndForgotten) {
  Gate gate;
  gate.open(LinkStatus::Busy);
  LatestWriter writer([&](auto report) { return gate.write(report); }, kAges);
  EXPECT_EQ(post(writer, 1), LinkStatus::Ok);
  ASSERT_TRUE(wait_until([&] { return post(writer, 2) == LinkStatus::Busy; }));
}

TEST(LatestWriter, RefusesWhatIsNoReport) {
  LatestWriter writer([](auto) { return LinkStatus::Ok; }, kAges);
  EXPECT_EQ(writer.post({}), LinkStatus::Refused);
  EXPECT_EQ(writer.post(std::array<std::uint8_t, kReportBytes + 1>{}), LinkStatus::Refused);
}

}  // namespace
}  // namespace tactus::tests
