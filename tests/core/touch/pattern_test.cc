// A compiled pattern, millisecond by millisecond: a function of time, safe from any bytes.
#include "tactus/touch/pattern.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "support/alloc_guard.h"

namespace tactus {
namespace {

constexpr std::uint16_t kOnTwo = 1u << 2;

struct Parts {
  PatternHeader header;
  std::vector<PatternVoice> voices;
  std::vector<PatternPoint> points;

  [[nodiscard]] std::vector<std::byte> bytes() const {
    PatternHeader head = header;
    head.voice_count = static_cast<std::uint32_t>(voices.size());
    head.point_count = static_cast<std::uint32_t>(points.size());
    std::vector<std::byte> out(sizeof(head) + voices.size() * sizeof(PatternVoice) +
                               points.size() * sizeof(PatternPoint));
    std::memcpy(out.data(), &head, sizeof(head));
    std::memcpy(out.data() + sizeof(head), voices.data(), voices.size() * sizeof(PatternVoice));
    std::memcpy(out.data() + sizeof(head) + voices.size() * sizeof(PatternVoice), points.data(),
                points.size() * sizeof(PatternPoint));
    return out;
  }
};

/// A tone of 100 Hz that falls from 0.8 to 0 in its time.
Parts falling(double t_s, double duration_s) {
  Parts parts;
  parts.points = {{0, 0.8, 0}, {duration_s, 0, 0}, {0, 100, 0}};
  PatternVoice voice;
  voice.t_start_s = t_s;
  voice.duration_s = duration_s;
  voice.amplitudes = 2;
  voice.first_frequency = 2;
  voice.frequencies = 1;
  voice.actuators = {0, kOnTwo};
  parts.voices = {voice};
  parts.header.duration_s = t_s + duration_s;
  return parts;
}

TactileFrame frame_at(int ms) {
  TactileFrame frame;
  frame.hand = Hand::Right;
  frame.t = HostTime(Duration(1ms) * ms);
  return frame;
}

ContactSet touching(std::uint8_t actuator, Region region, float presence = 1) {
  Contact contact;
  contact.hand = Hand::Right;
  contact.actuator = actuator;
  contact.region = region;
  contact.presence = presence;
  ContactSet contacts;
  EXPECT_TRUE(contacts.push_back(contact));
  return contacts;
}

TEST(Pattern, FollowsItsCurvesFromSampleToSample) {
  const auto bytes = falling(0.01, 0.1).bytes();
  const auto view = view_pattern(bytes);
  ASSERT_TRUE(view);
  PatternState state;
  for (int ms = 0; ms < 110; ++ms) {
    TactileFrame frame = frame_at(ms);
    ASSERT_TRUE(play(state, *view, {}, frame)) << ms;
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      const double t_s = ms * 1e-3 + static_cast<double>(n) / kActuatorRate_Hz - 0.01;
      const double expected = t_s < 0 ? 0 : 0.8 * (1 - t_s / 0.1) * std::sin(2 * M_PI * 100 * t_s);
      EXPECT_NEAR(frame.wave[2][n], expected, 1e-5) << ms << " " << n;
    }
    EXPECT_EQ(frame.wave[3][0], 0);
    if (ms >= 10) {
      EXPECT_NEAR(frame.frequency_Hz[2], 100, 1e-3);
    }
  }
  TactileFrame frame = frame_at(111);
  EXPECT_FALSE(play(state, *view, {}, frame)) << "over";
}

TEST(Pattern, EntersAnywhereWithTheSameSamples) {
  const auto bytes = falling(0, 0.2).bytes();
  const auto view = view_pattern(bytes);
  ASSERT_TRUE(view);
  PatternState all, late;
  for (int ms = 0; ms < 200; ++ms) {
    TactileFrame a = frame_at(ms);
    ASSERT_TRUE(play(all, *view, {}, a));
    if (ms < 137) continue;
    TactileFrame b = frame_at(ms);
    ASSERT_TRUE(play(late, *view, {}, b));
    EXPECT_EQ(a.wave, b.wave);
  }
}

TEST(Pattern, AddsToWhatIsThereByPower) {
  const auto bytes = falling(0, 0.2).bytes();
  const auto view = view_pattern(bytes);
  TactileFrame frame = frame_at(0);
  frame.wave[2].fill(0.1f);
  frame.envelope[2] = 0.6f;
  frame.frequency_Hz[2] = 200;
  PatternState state;
  ASSERT_TRUE(play(state, *view, {}, frame));
  EXPECT_FLOAT_EQ(frame.wave[2][0], 0.1f);
  EXPECT_NEAR(frame.envelope[2], 1.0f, 1e-3);
  EXPECT_NEAR(frame.frequency_Hz[2], 200 * 0.36f + 100 * 0.64f, 0.5);
}

TEST(Pattern, FollowsAContactAndItsRegion) {
  Parts parts = falling(0, 0.2);
  parts.header.aim = PatternAim::Contacts;
  parts.header.region = static_cast<std::uint32_t>(Region::CheekLeft);
  const auto bytes = parts.bytes();
  const auto view = view_pattern(bytes);
  ASSERT_TRUE(view);
  const auto envelope = [&](const ContactSet& contacts, std::size_t a) {
    PatternState state;
    TactileFrame frame = frame_at(3);
    EXPECT_TRUE(play(state, *view, contacts, frame));
    return frame.envelope[a];
  };
  EXPECT_GT(envelope(touching(7, Region::CheekLeft), 7), 0.7f);
  EXPECT_EQ(envelope(touching(7, Region::CheekLeft), 2), 0);
  EXPECT_EQ(envelope(touching(7, Region::Lips), 7), 0);
  EXPECT_LT(envelope(touching(7, Region::CheekLeft, 0.5f), 7), 0.45f);
  EXPECT_EQ(envelope({}, 2), 0) << "nothing touched, nothing felt";
}

TEST(Pattern, ShapesAreWhatTheirNamesSay) {
  for (const PatternShape shape :
       {PatternShape::Sine, PatternShape::Square, PatternShape::Triangle, PatternShape::SawUp,
        PatternShape::SawDown, PatternShape::Direct}) {
    Parts parts = falling(0, 0.1);
    parts.points[0].value = parts.points[1].value = 0.5;
    parts.voices[0].shape = shape;
    const auto bytes = parts.bytes();
    const auto view = view_pattern(bytes);
    ASSERT_TRUE(view);
    PatternState state;
    std::vector<float> period;
    for (int ms = 0; ms < 10; ++ms) {
      TactileFrame frame = frame_at(ms);
      ASSERT_TRUE(play(state, *view, {}, frame));
      period.insert(period.end(), frame.wave[2].begin(), frame.wave[2].end());
    }
    double sum = 0;
    for (const float x : period) sum += static_cast<double>(x);
    const auto [low, high] = std::ranges::minmax(period);
    if (shape == PatternShape::Direct) {
      EXPECT_EQ(low, 0.5f);
    } else {
      EXPECT_NEAR(low, -0.5, 0.02);
      EXPECT_NEAR(sum / 80, 0, 0.01);
    }
    EXPECT_NEAR(high, 0.5, 0.02);
    if (shape == PatternShape::SawUp) {
      EXPECT_NEAR(period[20], 0.25, 1e-3);
    }
    if (shape == PatternShape::SawDown) {
      EXPECT_NEAR(period[20], -0.25, 1e-3);
    }
    if (shape == PatternShape::Triangle) {
      EXPECT_NEAR(period[10], 0.25, 1e-3);
    }
  }
}

TEST(Pattern, BytesThatAreNoneAreRefused) {
  const auto refused = [](const Parts& parts, PatternFault fault) {
    const auto bytes = parts.bytes();
    const auto view = view_pattern(bytes);
    ASSERT_FALSE(view);
    EXPECT_EQ(view.error(), fault);
  };
  const Parts good = falling(0, 0.1);
  const auto whole = good.bytes();
  EXPECT_TRUE(view_pattern(whole));
  EXPECT_EQ(view_pattern(std::span(whole).first(whole.size() - 1)).error(), PatternFault::CutShort);
  EXPECT_EQ(view_pattern({}).error(), PatternFault::CutShort);
  Parts bad = good;
  bad.header.magic = 1;
  refused(bad, PatternFault::NotAPattern);
  bad = good;
  bad.points[0].value = NAN;
  refused(bad, PatternFault::NotSound);
  bad = good;
  bad.points[0].t_s = 0.2;
  refused(bad, PatternFault::NotSound);
  bad = good;
  bad.voices[0].first_frequency = 0xFFFFFFFF;
  refused(bad, PatternFault::NotSound);
  bad = good;
  bad.voices[0].frequencies = 0;
  refused(bad, PatternFault::NotSound);
  bad = good;
  bad.voices.push_back(bad.voices[0]);
  bad.voices[0].t_start_s = 1;
  refused(bad, PatternFault::NotSound);
  bad = good;
  bad.voices.resize(kMaxVoicesAtOnce, bad.voices[0]);
  EXPECT_TRUE(view_pattern(bad.bytes()));
  bad.voices.push_back(bad.voices[0]);
  refused(bad, PatternFault::TooDense);
}

TEST(Pattern, PlaysWithoutAllocating) {
  const auto bytes = falling(0, 0.1).bytes();
  const auto view = view_pattern(bytes);
  PatternState state;
  TactileFrame frame = frame_at(5);
  const testing::AllocGuard guard;
  static_cast<void>(play(state, *view, {}, frame));
  EXPECT_EQ(guard.calls(), 0u);
}

}  // namespace
}  // namespace tactus
