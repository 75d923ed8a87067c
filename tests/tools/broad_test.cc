#include "tools/eval/broad.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace tactus::tools {
namespace {

constexpr const char* kIndex =
    R"({"sampling_rate_hz": 200.5, "trials": [{"name": "a", "file": "dev/a.bin.gz", "samples": 3,
    "movement_intervals_half_open": [[1, 3]], "groups": ["fast", "rotation"]}]})";

template <class T>
void put(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Channel c of sample i reads 10 c + i; the truth of sample 1 is missing.
std::string three_samples() {
  std::string bytes;
  for (int channel = 0; channel < 9; ++channel) {
    for (int i = 0; i < 3; ++i) put(bytes, static_cast<float>(10 * channel + i));
  }
  for (int channel = 0; channel < 7; ++channel) {
    for (int i = 0; i < 3; ++i) {
      const int value = channel == 0 ? 32767 : channel < 4 ? 0 : 1000 * channel;
      put(bytes, static_cast<std::int16_t>(i == 1 ? -32768 : value));
    }
  }
  return bytes;
}

TEST(Broad, ReadsIndexAndSamples) {
  const auto index = read_broad_index(kIndex);
  ASSERT_TRUE(index) << index.error();
  EXPECT_EQ(index->rate_Hz, 200.5);
  ASSERT_EQ(index->entries.size(), 1u);
  EXPECT_EQ(index->entries[0].groups.size(), 2u);
  const auto recording = read_broad(index->entries[0], index->rate_Hz, three_samples());
  ASSERT_TRUE(recording) << recording.error();
  ASSERT_EQ(recording->size(), 3u);
  EXPECT_EQ(recording->gyro_rad_per_s[2].y, 12);
  EXPECT_EQ(recording->accel_m_per_s2[1].x, 31);
  EXPECT_EQ(recording->mag_uT[0].z, 80);
  EXPECT_TRUE(recording->is_known(0));
  EXPECT_FALSE(recording->is_known(1));
  EXPECT_FLOAT_EQ(recording->q_earth_sensor[0].w, 1);
  EXPECT_FLOAT_EQ(recording->p_earth_sensor[2].z, 0.6f);
  EXPECT_EQ(recording->moving, (std::vector<bool>{false, true, true}));
}

TEST(Broad, RefusesWhatIsNotOfTheLayout) {
  for (const char* text : {"", "[]", "{}", R"({"sampling_rate_hz": 0, "trials": []})",
                           R"({"sampling_rate_hz": 9, "trials": [{"name": "a"}]})"}) {
    EXPECT_FALSE(read_broad_index(text)) << text;
  }
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = kIndex;
    text.replace(text.find(from), from.size(), to);
    return read_broad_index(text).has_value();
  };
  EXPECT_TRUE(with("dev/", "other/"));
  EXPECT_FALSE(with("dev/", "../"));
  EXPECT_FALSE(with("dev/", "/"));
  EXPECT_FALSE(with("[1, 3]", "[1, 4]"));
  EXPECT_FALSE(with("[1, 3]", "[3, 1]"));
  EXPECT_FALSE(with("\"samples\": 3", "\"samples\": 0"));
  EXPECT_FALSE(with("\"samples\": 3", "\"samples\": 99999999999"));
  const auto index = read_broad_index(kIndex);
  EXPECT_FALSE(read_broad(index->entries[0], 1, three_samples().substr(1)));
  EXPECT_FALSE(load_broad("/nowhere"));
}

}  // namespace
}  // namespace tactus::tools
