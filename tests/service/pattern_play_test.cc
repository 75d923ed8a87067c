// A designed pattern through the whole engine: felt where it should, silent when it must, replayed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "session.h"
#include "tactus/service/recording_file.h"
#include "tactus/service/replay.h"

namespace tactus::service::tests {
namespace {

constexpr std::uint32_t kClient = 1;
constexpr std::size_t kIndex = pulp_actuator(Finger::Index);

/// One second of 150 Hz at 0.25 on the right index finger.
std::vector<std::byte> hum() {
  PatternHeader header;
  header.voice_count = 1;
  header.point_count = 2;
  header.duration_s = 1;
  PatternVoice voice;
  voice.duration_s = 1;
  voice.amplitudes = voice.frequencies = voice.first_frequency = 1;
  voice.actuators = {0, 1u << kIndex};
  const std::array<PatternPoint, 2> points = {{{0, 0.25, 0}, {0, 150, 0}}};
  std::vector<std::byte> bytes(sizeof(header) + sizeof(voice) + sizeof(points));
  std::memcpy(bytes.data(), &header, sizeof(header));
  std::memcpy(bytes.data() + sizeof(header), &voice, sizeof(voice));
  std::memcpy(bytes.data() + sizeof(header) + sizeof(voice), points.data(), sizeof(points));
  return bytes;
}

std::unique_ptr<PlayedPattern> pattern(PatternSlot slot = 0, std::uint32_t client = kClient) {
  return PlayedPattern::create({slot, client, hum()});
}

struct PatternPlayTest : ::testing::Test {
  std::unique_ptr<Engine> engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  Session session{*engine, Session::Body::None};
  std::unique_ptr<PlayedPattern> hummed = pattern();
  bool gives_signs = true;  ///< the client that plays

  /// The most that an actuator of the right glove was really driven until `to`.
  std::array<float, kActuators> driven_until(HostTime to) {
    std::array<float, kActuators> most{};
    session.run_until(to, [&](const Step& step) {
      if (gives_signs) engine->sign(kClient, step.now);
      drive(*engine, step);
      const auto now = session.glove(Hand::Right).amplitude();
      for (std::size_t a = 0; a < kActuators; ++a) most[a] = std::max(most[a], now[a]);
    });
    return most;
  }
};

TEST_F(PatternPlayTest, IsFeltOnItsFingerAndEnds) {
  session.run_until(HostTime(500ms));
  EXPECT_EQ(engine->play(*hummed, session.now()), nullptr);
  const auto most = driven_until(HostTime(1500ms));
  for (std::size_t a = 0; a < kActuators; ++a) {
    if (a == kIndex) {
      EXPECT_NEAR(most[a], 0.25, 0.03);
    } else {
      EXPECT_EQ(most[a], 0.0f) << a;
    }
  }
  session.run_until(HostTime(1550ms));
  EXPECT_EQ(driven_until(HostTime(2s))[kIndex], 0.0f);
  EXPECT_EQ(session.glove(Hand::Right).violations().total(), 0u);
}

TEST_F(PatternPlayTest, EndsWithItsClientAndGivesThePatternBack) {
  session.run_until(HostTime(500ms));
  engine->play(*hummed, session.now());
  session.run_until(HostTime(700ms));
  EXPECT_EQ(engine->end_pattern(0, session.now()), hummed.get());
  EXPECT_EQ(engine->end_pattern(0, session.now()), nullptr);
  session.run_until(HostTime(750ms));
  EXPECT_EQ(driven_until(HostTime(1s))[kIndex], 0.0f);
}

TEST_F(PatternPlayTest, IsSilentWhileItsClientGivesNoSignOfLife) {
  session.run_until(HostTime(500ms));
  engine->play(*hummed, session.now());
  EXPECT_GT(driven_until(HostTime(700ms))[kIndex], 0.2f);
  gives_signs = false;
  driven_until(HostTime(700ms) + kSignOfLife + 40ms);
  EXPECT_EQ(driven_until(HostTime(1000ms))[kIndex], 0.0f);
  engine->sign(kClient + 1, session.now());
  EXPECT_EQ(driven_until(HostTime(1100ms))[kIndex], 0.0f) << "another's sign is not its own";
  gives_signs = true;
  EXPECT_GT(driven_until(HostTime(1300ms))[kIndex], 0.2f);
}

TEST_F(PatternPlayTest, StopSilencesIt) {
  session.run_until(HostTime(500ms));
  engine->play(*hummed, session.now());
  session.run_until(HostTime(600ms));
  engine->allow(Allowed::Stopped, session.now());
  session.run_until(HostTime(650ms));
  EXPECT_EQ(driven_until(HostTime(900ms))[kIndex], 0.0f);
}

TEST_F(PatternPlayTest, OnlyTheFocusedSessionDrivesActuators) {
  session.run_until(HostTime(500ms));
  engine->focus(2, true, session.now());
  engine->play(*hummed, session.now());
  EXPECT_EQ(driven_until(HostTime(900ms))[kIndex], 0.0f);
  engine->focus(2, false, session.now());
  EXPECT_GT(driven_until(HostTime(1200ms))[kIndex], 0.2f);
}

TEST_F(PatternPlayTest, TwoAreStillWithinTheLimit) {
  std::vector<std::unique_ptr<PlayedPattern>> more;
  session.run_until(HostTime(500ms));
  for (PatternSlot slot = 0; slot < kMaxPatterns; ++slot) {
    more.push_back(pattern(slot));
    engine->play(*more.back(), session.now());
  }
  const float most = driven_until(HostTime(1s))[kIndex];
  EXPECT_GT(most, 0.28f);
  EXPECT_LE(most, LimitParams{}.ceiling);
  EXPECT_EQ(session.glove(Hand::Right).violations().total(), 0u);
}

TEST_F(PatternPlayTest, ARecordingOfItRunsAgainToTheSameBytes) {
  for (const HostTime begin : {HostTime{}, HostTime(800ms)}) {
    char path[] = "/tmp/tactus-pattern-test-XXXXXX";
    const int fd = mkstemp(path);
    ASSERT_GE(fd, 0);
    RecordingFile file(fd);
    const auto recorded = std::make_unique<Engine>(PipelineParams{}, nullptr);
    if (begin == HostTime{}) recorded->start_log(file.log(), begin);
    Session run(*recorded);
    run.run_until(HostTime(500ms));
    recorded->play(*hummed, run.now());
    run.run_until(std::max(begin, run.now()));
    if (begin != HostTime{}) recorded->start_log(file.log(), begin);
    run.run_until(HostTime(1200ms));
    recorded->end_pattern(0, run.now());
    run.run_until(HostTime(2s));
    recorded->stop_log();
    EXPECT_TRUE(file.finish());
    std::ifstream in(path, std::ios::binary);
    const std::vector<char> chars{std::istreambuf_iterator<char>(in), {}};
    unlink(path);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(chars.data());
    const ReplayResult result = replay({bytes, chars.size()}, PipelineParams{}, Snapshots::Take);
    EXPECT_EQ(result.bad_lines, 0u);
    EXPECT_TRUE(result.identical());
  }
}

TEST(PlayedPattern, IsMadeOnlyOfPatterns) {
  EXPECT_EQ(PlayedPattern::create({0, kClient, {}}), nullptr);
  EXPECT_EQ(PlayedPattern::create({kMaxPatterns, kClient, hum()}), nullptr);
}

}  // namespace
}  // namespace tactus::service::tests
