#include "broad.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

namespace tactus::tools {
namespace {

constexpr std::size_t kBytesPerSample = 50;
constexpr std::int16_t kMissing = -32768;
constexpr float kQuat = 1.0f / 32767;
constexpr float kPosition_m = 1e-4f;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

template <class T>
T load(std::string_view bytes, std::size_t i) {
  T value;
  std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
  return value;
}

/// Three planes of floats, interleaved.
std::vector<Vec3> vectors_of(std::string_view bytes, std::size_t n) {
  std::vector<Vec3> vectors(n);
  for (std::size_t i = 0; i < n; ++i) {
    vectors[i] = {load<float>(bytes, i), load<float>(bytes, n + i), load<float>(bytes, 2 * n + i)};
  }
  return vectors;
}

Expected<BroadEntry, std::string> entry_of(const nlohmann::json& trial) {
  BroadEntry entry;
  entry.name = trial.at("name").get<std::string>();
  entry.file = trial.at("file").get<std::string>();
  entry.samples = trial.at("samples").get<std::size_t>();
  if (trial.contains("groups")) entry.groups = trial["groups"].get<std::vector<std::string>>();
  entry.moving = trial.at("movement_intervals_half_open")
                     .get<std::vector<std::pair<std::size_t, std::size_t>>>();
  if (entry.samples == 0 || entry.samples > kMaxBroadSamples) {
    return Unexpected{fmt::format("{}: {} samples", entry.name, entry.samples)};
  }
  if (entry.file.find("..") != std::string::npos || entry.file.starts_with('/')) {
    return Unexpected{fmt::format("{}: the file is outside the folder", entry.name)};
  }
  for (const auto& [from, to] : entry.moving) {
    if (from > to || to > entry.samples) {
      return Unexpected{fmt::format("{}: a movement outside the samples", entry.name)};
    }
  }
  return entry;
}

/// Unpacks at most `size` bytes and a few more, by which a file that is too long shows.
std::string unpacked(const std::filesystem::path& path, std::size_t size) {
  std::string bytes(size + 16, '\0');
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) return {};
  const int got = gzread(file.get(), bytes.data(), static_cast<unsigned>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max(got, 0)));
  return bytes;
}

}  // namespace

Expected<BroadIndex, std::string> read_broad_index(std::string_view text) {
  BroadIndex index;
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    index.rate_Hz = json.at("sampling_rate_hz").get<double>();
    if (!(index.rate_Hz >= 1 && index.rate_Hz <= 1e5)) {
      return Unexpected{std::string("sampling_rate_hz is not a rate")};
    }
    for (const nlohmann::json& trial : json.at("trials")) {
      auto entry = entry_of(trial);
      if (!entry) return Unexpected{entry.error()};
      index.entries.push_back(*std::move(entry));
    }
  } catch (const nlohmann::json::exception& error) {
    return Unexpected{std::string(error.what())};
  }
  return index;
}

Expected<BroadRecording, std::string> read_broad(const BroadEntry& entry, double rate_Hz,
                                                 std::string_view bytes) {
  const std::size_t n = entry.samples;
  if (bytes.size() != kBytesPerSample * n) {
    return Unexpected{fmt::format("{}: {} bytes unpacked, {} expected", entry.name, bytes.size(),
                                  kBytesPerSample * n)};
  }
  BroadRecording recording;
  recording.name = entry.name;
  recording.groups = entry.groups;
  recording.rate_Hz = rate_Hz;
  recording.gyro_rad_per_s = vectors_of(bytes, n);
  recording.accel_m_per_s2 = vectors_of(bytes.substr(12 * n), n);
  recording.mag_uT = vectors_of(bytes.substr(24 * n), n);
  recording.q_earth_sensor.assign(n, {kNaN, kNaN, kNaN, kNaN});
  recording.p_earth_sensor.assign(n, {kNaN, kNaN, kNaN});
  const std::string_view truth = bytes.substr(36 * n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto plane = [&](std::size_t k) { return load<std::int16_t>(truth, k * n + i); };
    const bool seen_q = plane(0) != kMissing && plane(1) != kMissing && plane(2) != kMissing &&
                        plane(3) != kMissing;
    const Quat q{kQuat * float(plane(1)), kQuat * float(plane(2)), kQuat * float(plane(3)),
                 kQuat * float(plane(0))};
    if (seen_q && norm(q) > 0.7f) recording.q_earth_sensor[i] = normalized(q);
    if (plane(4) != kMissing && plane(5) != kMissing && plane(6) != kMissing) {
      recording.p_earth_sensor[i] =
          kPosition_m * Vec3{float(plane(4)), float(plane(5)), float(plane(6))};
    }
  }
  recording.moving.assign(n, false);
  for (const auto& [from, to] : entry.moving) {
    for (std::size_t i = from; i < to; ++i) recording.moving[i] = true;
  }
  return recording;
}

Expected<std::vector<BroadRecording>, std::string> load_broad(const std::string& folder) {
  const std::filesystem::path root = folder;
  std::ifstream file(root / "index.json", std::ios::binary);
  if (!file) return Unexpected{fmt::format("{}/index.json cannot be read", folder)};
  const auto index = read_broad_index(
      std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>{}));
  if (!index) return Unexpected{fmt::format("{}/index.json: {}", folder, index.error())};
  std::vector<BroadRecording> recordings;
  for (const BroadEntry& entry : index->entries) {
    const std::filesystem::path path = root / entry.file;
    if (!std::filesystem::exists(path)) continue;
    auto recording =
        read_broad(entry, index->rate_Hz, unpacked(path, kBytesPerSample * entry.samples));
    if (!recording) return Unexpected{recording.error()};
    recordings.push_back(*std::move(recording));
  }
  if (recordings.empty()) return Unexpected{fmt::format("no recording in {}", folder)};
  return recordings;
}

}  // namespace tactus::tools
