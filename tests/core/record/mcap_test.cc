// A recording gives back what went in, also when it was cut or damaged.
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "tactus/record/mcap.h"

namespace tactus {
namespace {

using Bytes = std::vector<std::uint8_t>;

bool append(void* context, std::span<const std::uint8_t> bytes) {
  auto& file = *static_cast<Bytes*>(context);
  file.insert(file.end(), bytes.begin(), bytes.end());
  return true;
}

Bytes payload(int i) {
  Bytes bytes(static_cast<std::size_t>(i % 50 + 1));
  std::iota(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(i));
  return bytes;
}

/// `count` messages, 1 ms apart, on two channels by turns.
Bytes recording(int count) {
  Bytes file;
  McapWriter writer(append, &file);
  writer.begin("test");
  writer.add_channel("/a", "bytes");
  writer.add_channel("/b", "bytes");
  for (int i = 0; i < count; ++i) {
    writer.add(static_cast<std::uint16_t>(i % 2), HostTime(i * 1ms), payload(i));
  }
  writer.end();
  return file;
}

/// Reads until the end and checks that what comes is a prefix of what was written.
int read_prefix(std::span<const std::uint8_t> file, McapStatus& status) {
  McapReader reader(file);
  McapMessage message;
  int count = 0;
  while (reader.next(message)) {
    EXPECT_EQ(message.topic, count % 2 == 0 ? "/a" : "/b");
    EXPECT_EQ(message.t, HostTime(count * 1ms));
    EXPECT_EQ(Bytes(message.bytes.begin(), message.bytes.end()), payload(count));
    ++count;
  }
  status = reader.status();
  return count;
}

TEST(Mcap, GivesBackEveryMessageInOrder) {
  McapStatus status{};
  EXPECT_EQ(read_prefix(recording(1000), status), 1000);
  EXPECT_EQ(status, McapStatus::Complete);
}

TEST(Mcap, ACutFileGivesBackEveryWholeChunk) {
  const Bytes file = recording(1000);
  McapStatus status{};
  const int count = read_prefix(std::span(file).first(file.size() * 63 / 100), status);
  EXPECT_EQ(status, McapStatus::Truncated);
  EXPECT_GE(count, 500);
  EXPECT_EQ(count % 100, 0);
}

TEST(Mcap, DamageEndsTheReadingOrChangesNothing) {
  const Bytes whole = recording(1000);
  // A few messages and a chunk's header: payload, times, lengths and types alike.
  for (std::size_t at = whole.size() / 2; at < whole.size() / 2 + 2000; ++at) {
    Bytes file = whole;
    file[at] ^= 1;
    McapStatus status{};
    const int count = read_prefix(file, status);
    // A chunk's own times, which nobody reads, may be hit. A length that became too long cannot be
    // told from a cut.
    if (status == McapStatus::Complete) {
      ASSERT_EQ(count, 1000) << "byte " << at;
    } else {
      ASSERT_TRUE(status == McapStatus::Corrupt || status == McapStatus::Truncated);
      ASSERT_GE(count, 300) << "byte " << at;
      ASSERT_LE(count, 600) << "byte " << at;
    }
  }
}

TEST(Mcap, AnotherKindOfFileIsSaidToBeOne) {
  const Bytes file(100, 7);
  McapReader reader(file);
  McapMessage message;
  EXPECT_FALSE(reader.next(message));
  EXPECT_EQ(reader.status(), McapStatus::NotMcap);
}

TEST(Mcap, AFullDiskIsReportedAndNothingFollows) {
  struct Disk {
    std::size_t room = 3000;
    std::size_t used = 0;
  } disk;
  McapWriter writer(
      [](void* context, std::span<const std::uint8_t> bytes) {
        auto& d = *static_cast<Disk*>(context);
        if (d.used + bytes.size() > d.room) return false;
        d.used += bytes.size();
        return true;
      },
      &disk);
  EXPECT_TRUE(writer.begin("test"));
  writer.add_channel("/a", "bytes");
  const Bytes bytes(100, 1);
  for (int i = 0; i < 300; ++i) writer.add(0, HostTime(i * 1ms), bytes);
  EXPECT_FALSE(writer.end());
  const std::size_t used = disk.used;
  disk.room = 1u << 30;
  EXPECT_FALSE(writer.add(0, HostTime(1s), bytes));
  EXPECT_FALSE(writer.flush());
  EXPECT_EQ(disk.used, used);
}

}  // namespace
}  // namespace tactus
