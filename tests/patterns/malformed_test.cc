// A file that is wrong is refused, with the place, the cause and a remedy.
#include <gtest/gtest.h>

#include <string>

#include "samples.h"
#include "tactus/patterns/file.h"

namespace tactus::patterns {
namespace {

struct Wrong {
  Format format;
  std::string from, to;  ///< what is exchanged in the valid sample
  std::string place, cause;
};

void expect_refused(const std::string& text, Format format, const std::string& place,
                    const std::string& cause) {
  const auto file = load(text, format);
  ASSERT_FALSE(file) << place;
  EXPECT_EQ(file.error().place, place);
  EXPECT_NE(file.error().cause.find(cause), std::string::npos) << file.error().cause;
  EXPECT_FALSE(file.error().remedy.empty());
  EXPECT_NE(describe(file.error()).find(place), std::string::npos);
}

TEST(Malformed, WhatIsNotJsonIsNamedByLineAndColumn) {
  for (const Format format : kFormats) {
    expect_refused("", format, "line 1, column 1", "not JSON");
    expect_refused("{\n  \"a\": 1,\n  b\n}", format, "line 3, column 3", "not JSON");
    expect_refused("[1]", format, "the file", "is a list");
    expect_refused("\xFF\xFE{\0", format, "line 1, column 1", "UTF-16");
    expect_refused("{\"a\": \"\xC3\x28\"}", format, "line 1, column 9", "not JSON");
    expect_refused("{\"a\": 1e999}", format, "the file", "number overflow");
    expect_refused("{}", format, "the file", "has n");
    expect_refused(std::string(2000, '['), format, "line 1, column 65", "nested deeper");
  }
}

TEST(Malformed, EveryShorteningOfEverySampleIsRefused) {
  for (const Sample& sample : samples()) {
    for (std::size_t size = 0; size < sample.text.size() - 1; ++size) {
      const std::string text = sample.text.substr(0, size);
      if (size > 0 && text.find_last_not_of(" \n") + 1 == sample.text.size()) continue;
      EXPECT_FALSE(load(text, sample.format)) << sample.name << " at " << size;
    }
  }
}

TEST(Malformed, WhatIsWrongIsNamedWhereItStands) {
  const std::string envelopes = "signals.continuous.envelopes.";
  const std::string channel = "perceptions[0].channels[0]";
  const std::string dots = "project.tracks[0].effects[0].modes.GloveL.dotMode.feedback[0]";
  const std::string melody = "m_vibration.m_melodies[1].m_notes[0].m_hapticEffect.";
  const Wrong all[] = {
      {Format::Haptic, "\"major\": 1", "\"major\": 2", "version", "only 1 is known"},
      {Format::Haptic, "\"signals\"", "\"sssignals\"", "the file", "no \"signals\""},
      {Format::Haptic, "\"amplitude\": 0.1", "\"amplitude\": 1.5",
       envelopes + "amplitude[0].amplitude", "1.5, outside 0 to 1"},
      {Format::Haptic, "\"amplitude\": 0.1", "\"amplitude\": \"loud\"",
       envelopes + "amplitude[0].amplitude", "not a number"},
      {Format::Haptic, "{\"time\": 0.0, \"amplitude\": 0.1}", "7", envelopes + "amplitude[0]",
       "is a number, not an object"},
      {Format::Haptic, "\"time\": 0.25, \"amplitude\": 0.3", "\"time\": 0.1, \"amplitude\": 0.3",
       envelopes + "amplitude[2].time", "before the point"},
      {Format::Haptic, "\"time\": 1.0, \"frequency\"", "\"frequency\"", envelopes + "frequency[1]",
       "no \"time\""},
      {Format::Haptic, "\"amplitude\": 0.8", "\"amplitude\": 0.4",
       envelopes + "amplitude[1].emphasis.amplitude", "below the amplitude"},
      {Format::Ahap, "\"Version\": 1.0", "\"Version\": 3", "Version", "only 1 is known"},
      {Format::Ahap, "\"Time\": 0.1", "\"Time\": -0.1", "Pattern[1].Event.Time", "outside 0"},
      {Format::Ahap, "\"EventType\": \"HapticTransient\",", "", "Pattern[0].Event",
       "no \"EventType\""},
      {Format::Ahap, "\"EventDuration\": 0.6", "\"EventDuration\": {}",
       "Pattern[1].Event.EventDuration", "is an object, not a number"},
      {Format::Ahap, "\"ParameterValue\": 0.5", "\"ParameterValu\": 0.5",
       "Pattern[3].ParameterCurve.ParameterCurveControlPoints[1]", "no \"ParameterValue\""},
      {Format::Hjif, "\"Main\"", "\"Mein\"", "profile", "known are Main"},
      {Format::Hjif, "\"level\": 1", "\"level\": 3", "level", "outside 1 to 2"},
      {Format::Hjif, "\"timescale\": 2000, \"avatars\"", "\"timescale\": 0, \"avatars\"",
       "timescale", "outside 1"},
      {Format::Hjif, "\"VectorialWave\"", "\"Vektor\"", channel + ".bands[1].band_type",
       "known are"},
      {Format::Hjif, "\"upper_frequency_limit\": 300", "\"upper_frequency_limit\": 30",
       channel + ".bands[0].upper_frequency_limit", "below the lower limit"},
      {Format::Hjif, "\"id\": 7, \"position\": 1200", "\"id\": 8, \"position\": 1200",
       channel + ".bands[1].effects[1]", "not in the effect_library"},
      {Format::Hjif, "\"block_length\": 1024", "\"block_length\": 1000",
       channel + ".bands[3].block_length", "power of two"},
      {Format::Hjif, "\"wavelet_stream\": \"AAEC\"", "\"keyframes\": [{}]",
       channel + ".bands[3].effects[0].keyframes", "wavelet band"},
      {Format::Hjif, "\"relative_position\": 26", "\"relative_position\": -1",
       channel + ".bands[0].effects[0].keyframes[1].relative_position", "outside 0"},
      {Format::Hjif, "\"Temperature\"", "\"Temper\"", "perceptions[1].perception_modality",
       "known are"},
      {Format::Tact, "\"project\"", "\"projekt\"", "the file", "neither"},
      {Format::Tact, "\"0.750\"", "\"strong\"", dots + ".pointList[0].intensity", "not a number"},
      {Format::Tact, "\"endTime\": 200", "\"endTime\": -5", dots + ".endTime", "outside 0"},
      {Format::Haps, "\"m_vibration\"", "\"m_vibrato\"", "the file", "no \"m_vibration\""},
      {Format::Haps, "\"m_notes\": [", "\"m_notes\": {}, \"n\": [",
       "m_vibration.m_melodies[0].m_notes", "is an object, not a list"},
      {Format::Haps, "\"m_time\": 1.0, \"m_value\": 1.0", "\"m_time\": -1.0, \"m_value\": 1.0",
       melody + "m_amplitudeModulation.m_keyframes[1].m_time", "outside 0"},
  };
  for (const Wrong& wrong : all) {
    SCOPED_TRACE(wrong.to);
    std::string text = sample_of(wrong.format).text;
    const std::size_t at = text.find(wrong.from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, wrong.from.size(), wrong.to);
    expect_refused(text, wrong.format, wrong.place, wrong.cause);
  }
}

}  // namespace
}  // namespace tactus::patterns
