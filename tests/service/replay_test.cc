// A recording runs again to the same bytes; a changed one does not.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "session.h"
#include "tactus/service/recording_file.h"
#include "tactus/service/replay.h"

namespace tactus::service::tests {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Records from `begin` to `end` of a session that runs from 0.
Bytes record(HostTime begin, HostTime end) {
  char path[] = "/tmp/tactus-replay-test-XXXXXX";
  const int fd = mkstemp(path);
  EXPECT_GE(fd, 0);
  RecordingFile file(fd);
  auto engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  if (begin == HostTime{}) engine->start_log(file.log(), begin);
  Session session(*engine);
  session.run_until(begin);
  if (begin != HostTime{}) engine->start_log(file.log(), begin);
  session.run_until(begin + (end - begin) / 2);
  HapticEffect effect;
  effect.said = {3, ipc::HapticForm::Samples, 0, 400, 0, 0, 0};
  effect.points.fill(0.1f);
  engine->play(engine->memory().focused_client, effect, session.now());
  session.run_until(session.now() + 100ms);
  engine->sign(engine->memory().focused_client, session.now());
  session.run_until(end);
  engine->stop_log();
  EXPECT_TRUE(file.finish());
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> chars{std::istreambuf_iterator<char>(in), {}};
  unlink(path);
  return {chars.begin(), chars.end()};
}

TEST(Replay, FromTheStartItIsTheSameToTheByte) {
  const ReplayResult result = replay(record(HostTime{}, HostTime(3s)), PipelineParams{});
  EXPECT_EQ(result.status, McapStatus::Complete);
  EXPECT_EQ(result.bad_lines, 0u);
  EXPECT_EQ(result.ticks, 3000u);
  EXPECT_GT(result.outputs, 2900u);
  EXPECT_TRUE(result.identical());
}

TEST(Replay, FromTheMiddleOfASessionToo) {
  const ReplayResult result =
      replay(record(HostTime(1500ms), HostTime(3s)), PipelineParams{}, Snapshots::Take);
  EXPECT_EQ(result.bad_lines, 0u);
  EXPECT_EQ(result.ticks, 1500u);
  EXPECT_TRUE(result.identical());
}

TEST(Replay, AStrangersSnapshotIsNotTaken) {
  const ReplayResult result = replay(record(HostTime(1500ms), HostTime(2s)), PipelineParams{});
  EXPECT_GT(result.refused_snapshots, 0u);
  EXPECT_FALSE(result.identical());
}

TEST(Replay, OtherParametersGiveOtherBytes) {
  PipelineParams params;
  params.render.felt *= 1.01f;
  const ReplayResult result = replay(record(HostTime{}, HostTime(3s)), params);
  EXPECT_FALSE(result.identical());
  EXPECT_GT(result.ticks_different, 0u);
  EXPECT_GT(result.t_first_difference, HostTime{});
}

TEST(Replay, ACutRecordingRunsUpToTheCut) {
  const Bytes whole = record(HostTime{}, HostTime(2s));
  const ReplayResult result =
      replay(std::span(whole).first(whole.size() * 6 / 10), PipelineParams{});
  EXPECT_EQ(result.status, McapStatus::Truncated);
  EXPECT_GT(result.ticks, 500u);
  EXPECT_TRUE(result.identical());
}

}  // namespace
}  // namespace tactus::service::tests
