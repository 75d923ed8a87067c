// Recordings of an inertial unit with optical truth, in the layout of our copy of BROAD.
//
//   Clocks   samples are evenly spaced; the first is at zero.
//   Frames   readings: the sensor's. Truth: sensor in an earth frame of East, North, Up.
//   Units    rad/s, m/s^2 (specific force), uT, metres.
//   Errors   a folder, index or file that is not of this layout is refused with a sentence.
//   Threads  pure but for reading files.
//   Proof    tests/tools/broad_test.cc, tests/fuzz/broad_fuzz.cc; layout: docs/evaluation.md
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/base/geometry.h"

namespace tactus::tools {

struct BroadRecording {
  std::string name;
  std::vector<std::string> groups;
  double rate_Hz = 0;
  std::vector<Vec3> gyro_rad_per_s;
  std::vector<Vec3> accel_m_per_s2;
  std::vector<Vec3> mag_uT;
  std::vector<Quat> q_earth_sensor;  ///< truth; not a number where the optics saw nothing
  std::vector<Vec3> p_earth_sensor;  ///< truth; likewise
  std::vector<bool> moving;          ///< the samples that count

  [[nodiscard]] std::size_t size() const { return gyro_rad_per_s.size(); }
  [[nodiscard]] bool is_known(std::size_t i) const {
    return is_finite(q_earth_sensor[i]) && is_finite(p_earth_sensor[i]);
  }
};

/// What the index says of one recording.
struct BroadEntry {
  std::string name;
  std::string file;
  std::vector<std::string> groups;
  std::size_t samples = 0;
  std::vector<std::pair<std::size_t, std::size_t>> moving;  ///< half open
};

struct BroadIndex {
  double rate_Hz = 0;
  std::vector<BroadEntry> entries;
};

inline constexpr std::size_t kMaxBroadSamples = std::size_t{1} << 22;

/// The text of index.json; the error says what is wrong with it.
[[nodiscard]] Expected<BroadIndex, std::string> read_broad_index(std::string_view text);

/// The bytes of one recording, already unpacked: 50 for each sample.
[[nodiscard]] Expected<BroadRecording, std::string> read_broad(const BroadEntry& entry,
                                                               double rate_Hz,
                                                               std::string_view bytes);

/// All recordings that the folder's index names and the folder holds, in the index's order.
[[nodiscard]] Expected<std::vector<BroadRecording>, std::string> load_broad(
    const std::string& folder);

}  // namespace tactus::tools
