// What files mean, and that nothing is lost when they are written again.
#include "tactus/patterns/file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "samples.h"

namespace tactus::patterns {
namespace {

constexpr double kSame = 1e-9;

PatternFile loaded(const std::string& text, Format format) {
  auto file = load(text, format);
  if (!file) {
    ADD_FAILURE() << describe(file.error());
    return {};
  }
  return *std::move(file);
}

PatternFile loaded(Format format) { return loaded(sample_of(format).text, format); }

TEST(PatternFile, IsKnownByItsEnding) {
  EXPECT_EQ(format_of("a/b.c/Boing.AHAP"), Format::Ahap);
  EXPECT_EQ(format_of("x.haptic"), Format::Haptic);
  EXPECT_FALSE(format_of("x.wav"));
  EXPECT_FALSE(format_of("haptic"));
  for (const Format format : kFormats) {
    EXPECT_EQ(format_of("f." + std::string(extension(format))), format);
  }
}

TEST(PatternFile, EverySampleIsASoundPattern) {
  for (const Sample& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const PatternFile file = loaded(sample.text, sample.format);
    EXPECT_TRUE(is_sound(file.pattern));
    EXPECT_GT(end_of(file.pattern), 0);
  }
}

TEST(PatternFile, WrittenAgainInItsFormatSaysAllThatItSaid) {
  for (const Sample& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const PatternFile file = loaded(sample.text, sample.format);
    const std::string once = write(file, sample.format);
    EXPECT_EQ(nlohmann::json::parse(once), nlohmann::json::parse(sample.text));
    const PatternFile again = loaded(once, sample.format);
    EXPECT_EQ(again.pattern, file.pattern);
    EXPECT_EQ(write(again, sample.format), once);
  }
}

TEST(PatternFile, ConvertedAndWrittenAgainIsTheSame) {
  for (const Sample& sample : samples()) {
    const Pattern pattern = loaded(sample.text, sample.format).pattern;
    for (const Format format : kFormats) {
      SCOPED_TRACE(sample.name + " as " + std::string(extension(format)));
      const std::string once = write(pattern, format);
      EXPECT_EQ(write(loaded(once, format), format), once);
      EXPECT_EQ(write(pattern, format), once);
    }
  }
}

/// Near enough to be the same pattern: times, gains and curves within `tolerance`.
void expect_near(const Pattern& a, const Pattern& b, double tolerance) {
  ASSERT_EQ(a.tracks.size(), b.tracks.size());
  for (std::size_t t = 0; t < a.tracks.size(); ++t) {
    const Track &x = a.tracks[t], &y = b.tracks[t];
    ASSERT_EQ(x.taps.size(), y.taps.size());
    ASSERT_EQ(x.notes.size(), y.notes.size());
    EXPECT_EQ(x.place.body_parts, y.place.body_parts);
    for (std::size_t i = 0; i < x.taps.size(); ++i) {
      EXPECT_NEAR(x.taps[i].t_s, y.taps[i].t_s, tolerance);
      EXPECT_NEAR(x.gain * x.taps[i].amplitude, y.gain * y.taps[i].amplitude, tolerance);
      EXPECT_NEAR(x.taps[i].frequency_Hz, y.taps[i].frequency_Hz, 300 * tolerance);
    }
    for (std::size_t i = 0; i < x.notes.size(); ++i) {
      const Note &m = x.notes[i], &n = y.notes[i];
      EXPECT_NEAR(m.t_s, n.t_s, tolerance);
      EXPECT_NEAR(m.duration_s, n.duration_s, tolerance);
      EXPECT_EQ(m.shape, n.shape);
      for (double part = 0.03; part < 1; part += 0.1) {
        const double t_s = part * m.duration_s;
        EXPECT_NEAR(x.gain * m.gain * value_at(m.amplitude, t_s, 1),
                    y.gain * n.gain * value_at(n.amplitude, t_s, 1), 3 * tolerance);
        EXPECT_NEAR(value_at(m.frequency_Hz, t_s, 0), value_at(n.frequency_Hz, t_s, 0),
                    1000 * tolerance);
      }
    }
  }
}

TEST(PatternFile, MeaningSurvivesItsOwnFormat) {
  for (const Format format : {Format::Hjif, Format::Haptic, Format::Haps}) {
    SCOPED_TRACE(extension(format));
    const Pattern pattern = loaded(format).pattern;
    expect_near(pattern, loaded(write(pattern, format), format).pattern, 1e-5);
  }
}

TEST(PatternFile, MpegHoldsWhatTheOthersSay) {
  for (const Format format : {Format::Haptic, Format::Ahap, Format::Haps}) {
    SCOPED_TRACE(extension(format));
    const Pattern pattern = loaded(format).pattern;
    expect_near(pattern, loaded(write(pattern, Format::Hjif), Format::Hjif).pattern, 3e-5);
  }
}

TEST(PatternFile, PhonesFormatsKeepTheEnvelope) {
  for (const Format from : {Format::Haptic, Format::Ahap, Format::Haps}) {
    for (const Format to : {Format::Haptic, Format::Ahap}) {
      SCOPED_TRACE(std::string(extension(from)) + " as " + std::string(extension(to)));
      const Pattern a = loaded(from).pattern;
      const Pattern b = loaded(write(a, to), to).pattern;
      const auto power = [](const Pattern& pattern, double t_s) {
        double sum = 0;
        for (const Track& track : pattern.tracks) {
          for (const Note& note : track.notes) {
            if (t_s < note.t_s || t_s >= note.t_s + note.duration_s) continue;
            const double x = track.gain * note.gain * value_at(note.amplitude, t_s - note.t_s, 1);
            sum += x * x;
          }
        }
        return sum;
      };
      // Curves of intensity are straight where those of amplitude are not: at points they agree.
      for (const Track& track : a.tracks) {
        for (const Note& note : track.notes) {
          for (const CurvePoint& point : note.amplitude) {
            const double t_s = note.t_s + point.t_s;
            if (t_s == 0.25) continue;  // a tap stands there, which Apple's control makes room for
            EXPECT_NEAR(power(a, t_s), power(b, t_s), 1e-6) << t_s;
          }
        }
      }
    }
  }
}

TEST(Haptic, IsOneEnvelopeWithTaps) {
  const PatternFile file = loaded(Format::Haptic);
  EXPECT_EQ(file.pattern.name, "swell");
  ASSERT_EQ(file.pattern.tracks.size(), 1u);
  const Track& track = file.pattern.tracks[0];
  ASSERT_EQ(track.taps.size(), 1u);
  EXPECT_EQ(track.taps[0].t_s, 0.25);
  EXPECT_EQ(track.taps[0].amplitude, 0.8);
  EXPECT_NEAR(track.taps[0].frequency_Hz, 65 + 0.7 * 235, kSame);
  ASSERT_EQ(track.notes.size(), 1u);
  EXPECT_NEAR(value_at(track.notes[0].amplitude, 0.125, 0), 0.3, kSame);
  EXPECT_NEAR(value_at(track.notes[0].amplitude, 0.25, 0), 0.3, kSame) << "after the jump";
  EXPECT_NEAR(value_at(track.notes[0].frequency_Hz, 0.5, 0), 65 + 0.55 * 235, kSame);
}

TEST(Haptic, BeginsWithItsFirstPoint) {
  const PatternFile file = loaded(samples()[3].text, Format::Haptic);
  ASSERT_EQ(file.pattern.tracks[0].notes.size(), 1u);
  EXPECT_EQ(file.pattern.tracks[0].notes[0].t_s, 0.5);
  EXPECT_EQ(file.pattern.tracks[0].notes[0].duration_s, 0.25);
}

TEST(Ahap, CurvesMultiplyIntensityWhichIsTheRootOfAmplitude) {
  const PatternFile file = loaded(Format::Ahap);
  const Track& track = file.pattern.tracks[0];
  ASSERT_EQ(track.taps.size(), 1u);
  EXPECT_NEAR(track.taps[0].amplitude, 0.64, kSame);
  EXPECT_NEAR(track.taps[0].frequency_Hz, 65 + 0.4 * 235, kSame);
  ASSERT_EQ(track.notes.size(), 1u);
  const Note& note = track.notes[0];
  EXPECT_EQ(note.t_s, 0.1);
  EXPECT_NEAR(value_at(note.amplitude, 0.0, 0), 0.36, kSame) << "before the curve";
  EXPECT_NEAR(value_at(note.amplitude, 0.4, 0), 0.09, kSame) << "its last point, half";
  EXPECT_NEAR(value_at(note.amplitude, 0.59, 0), 0.09, kSame) << "which holds";
  EXPECT_NEAR(value_at(note.frequency_Hz, 0.3, 0), 65 + 0.09 * 235, kSame);
  ASSERT_EQ(file.notices.size(), 1u) << "the sound is not felt, and said so";
}

TEST(Ahap, PointsWrittenFromThePatternsStartAreUnderstood) {
  const PatternFile file = loaded(
      R"({"Version":1,"Pattern":[{"Event":{"Time":0,"EventType":"HapticContinuous","EventDuration":20}},
      {"ParameterCurve":{"ParameterID":"HapticIntensityControl","Time":15,"ParameterCurveControlPoints":
      [{"Time":15,"ParameterValue":0.5},{"Time":16,"ParameterValue":0.25}]}}]})",
      Format::Ahap);
  EXPECT_NEAR(value_at(file.pattern.tracks[0].notes[0].amplitude, 16, 0), 0.0625, kSame);
}

TEST(Ahap, ATapThatStandsAloneKeepsItsStrength) {
  Pattern pattern;
  Track& track = pattern.tracks.emplace_back();
  track.notes.push_back({0, 1, 1, 0, PatternShape::Sine, {{0, 0.04}, {1, 0.04}}, {{0, 100}}});
  track.taps = {{0.5, 0.81, 160}};
  pattern.duration_s = 1;
  const PatternFile file = loaded(write(pattern, Format::Ahap), Format::Ahap);
  ASSERT_EQ(file.pattern.tracks[0].taps.size(), 1u);
  EXPECT_NEAR(file.pattern.tracks[0].taps[0].amplitude, 0.81, 1e-6);
  EXPECT_NEAR(value_at(file.pattern.tracks[0].notes[0].amplitude, 0.2, 0), 0.04, 1e-6);
}

TEST(Hjif, TicksAreOfTheFilesTimescale) {
  const PatternFile file = loaded(Format::Hjif);
  ASSERT_EQ(file.pattern.tracks.size(), 1u) << "warmth is no vibration";
  const Track& track = file.pattern.tracks[0];
  EXPECT_EQ(track.gain, 0.5);
  EXPECT_EQ(track.place.body_parts, kLeftPalm | kLeftFingers);
  ASSERT_EQ(track.taps.size(), 2u);
  EXPECT_NEAR(track.taps[1].t_s, 0.113, kSame);
  EXPECT_EQ(track.taps[1].frequency_Hz, 90);
  ASSERT_EQ(track.notes.size(), 3u);
  const Note& wave = track.notes[0];
  EXPECT_EQ(wave.shape, PatternShape::Triangle);
  EXPECT_NEAR(wave.t_s, 0.2, kSame);
  EXPECT_NEAR(wave.duration_s, 0.25, kSame);
  EXPECT_NEAR(value_at(wave.amplitude, 0.125, 0), 0.75, kSame);
  EXPECT_NEAR(value_at(wave.frequency_Hz, 0.0625, 0), 187.5, kSame);
  EXPECT_NEAR(value_at(wave.frequency_Hz, 0.2, 0), 250, kSame) << "holds its last";
  const Note& referred = track.notes[1];
  EXPECT_EQ(referred.shape, PatternShape::Square);
  EXPECT_NEAR(referred.t_s, 0.6, kSame);
  const Note& curve = track.notes[2];
  EXPECT_EQ(curve.shape, PatternShape::Direct);
  EXPECT_NEAR(value_at(curve.amplitude, 0.025, 0), 0, kSame);
  EXPECT_LT(value_at(curve.amplitude, 0.0125, 0), -0.3) << "smooth at its ends";
  EXPECT_EQ(file.notices.size(), 2u) << "warmth and the wavelet";
}

TEST(Hjif, OldFilesOfTheReferenceSoftwareAreRead) {
  const PatternFile file = loaded(samples()[1].text, Format::Hjif);
  ASSERT_EQ(file.pattern.tracks.size(), 1u);
  EXPECT_EQ(file.pattern.tracks[0].gain, 0.5);
  ASSERT_EQ(file.pattern.tracks[0].notes.size(), 1u);
  EXPECT_NEAR(file.pattern.tracks[0].notes[0].duration_s, 0.05, kSame)
      << "milliseconds unless said";
}

const Track* track_named(const Pattern& pattern, const std::string& name) {
  for (const Track& track : pattern.tracks) {
    if (track.name == name) return &track;
  }
  return nullptr;
}

TEST(Tact, DotsFadeAndPathsKeepTheirPower) {
  const PatternFile file = loaded(Format::Tact);
  const Track* index = track_named(file.pattern, "GloveL 1");
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->place.body_parts, kLeftFingers | kLeftPalm);
  ASSERT_EQ(index->notes.size(), 2u);
  EXPECT_NEAR(value_at(index->notes[0].amplitude, 0.05, 0), 0.375, kSame);
  EXPECT_NEAR(value_at(index->notes[0].amplitude, 0.1, 0), 0.75, kSame);
  // Half way between two motors, 100 ms into the path: both play, and their power is one point's.
  double power = 0;
  int motors = 0;
  for (const Track& track : file.pattern.tracks) {
    if (track.place.device != "VestFront") continue;
    for (const Note& note : track.notes) {
      const double t_s = 0.061 - note.t_s;
      if (t_s < 0 || t_s >= note.duration_s) continue;
      const double a = value_at(note.amplitude, t_s, 0);
      power += a * a;
      ++motors;
    }
  }
  EXPECT_EQ(motors, 2);
  EXPECT_NEAR(power, 0.81, 0.02);
}

TEST(Tact, RenderedFramesAreReadWhereThereIsNoProject) {
  const PatternFile file = loaded(samples()[7].text, Format::Tact);
  const Track* index = track_named(file.pattern, "GloveR 1");
  ASSERT_NE(index, nullptr);
  ASSERT_EQ(index->notes.size(), 1u);
  EXPECT_NEAR(index->notes[0].duration_s, 0.04, kSame);
  EXPECT_EQ(value_at(index->notes[0].amplitude, 0.01, 0), 1);
  EXPECT_EQ(value_at(index->notes[0].amplitude, 0.03, 0), 0.5);
  const Track* wrist = track_named(file.pattern, "GloveR 5");
  ASSERT_NE(wrist, nullptr);
  EXPECT_NEAR(wrist->notes[0].t_s, 0.1, kSame);
}

TEST(Haps, GainsMultiplyAndMutedMelodiesAreSilent) {
  const PatternFile file = loaded(Format::Haps);
  ASSERT_EQ(file.pattern.tracks.size(), 2u);
  ASSERT_EQ(file.pattern.tracks[0].taps.size(), 1u);
  EXPECT_NEAR(file.pattern.tracks[0].gain * file.pattern.tracks[0].taps[0].amplitude, 0.35, kSame);
  ASSERT_EQ(file.pattern.tracks[1].notes.size(), 1u);
  const Note& note = file.pattern.tracks[1].notes[0];
  EXPECT_EQ(note.t_s, 0.5);
  EXPECT_EQ(note.duration_s, 1);
  EXPECT_NEAR(value_at(note.frequency_Hz, 0.5, 0), 182.5, kSame);
  EXPECT_EQ(file.notices.size(), 1u);
}

TEST(Haps, VersionSixIsRead) {
  const PatternFile file = loaded(samples()[9].text, Format::Haps);
  ASSERT_EQ(file.pattern.tracks.size(), 2u);
  EXPECT_EQ(file.pattern.tracks[0].notes[0].t_s, 0.2);
  EXPECT_EQ(file.pattern.tracks[0].gain, 0.5);
  ASSERT_EQ(file.pattern.tracks[1].taps.size(), 1u);
  EXPECT_EQ(file.pattern.tracks[1].taps[0].amplitude, 0.9);
}

}  // namespace
}  // namespace tactus::patterns
