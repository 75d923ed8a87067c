// Reads a recorded human motion from a BVH file: skeleton and channel values, nothing interpreted.
//
// BVH comes from many programs that agree on little: channel order, unit, names and end sites
// differ. This reader keeps what the file says; recorded_motion.h gives it a meaning.
//
//   Frames   the file's own: offsets and positions in its own unit, angles in degrees.
//   Units    the file's; frame time in seconds.
//   Errors   BvhError: the line and what is wrong there. The file is a stranger's; never crashes,
//            and memory is bounded by the caps below, not by what the file promises.
//   Threads  pure.
//   Proof    tests/simulator/participant/bvh_test.cc; tests/fuzz/bvh_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/base/expected.h"

namespace tactus::simulator {

inline constexpr std::size_t kMaxBvhJoints = 512;
inline constexpr std::size_t kMaxBvhFrames = 1u << 18;
inline constexpr std::size_t kMaxBvhValues = 1u << 24;

enum class BvhChannel : std::uint8_t {
  Xposition,
  Yposition,
  Zposition,
  Xrotation,
  Yrotation,
  Zrotation,
};

struct BvhJoint {
  std::string name;  ///< empty for an end site
  int parent = -1;   ///< always less than the joint's own index; -1 the root
  std::array<double, 3> offset{};
  std::vector<BvhChannel> channels;  ///< in the file's order, at most 6
  std::size_t first_channel = 0;     ///< of this joint within a frame
  bool is_end_site = false;
};

struct BvhMotion {
  std::vector<BvhJoint> joints;  ///< parents before children
  std::size_t channel_count = 0;
  std::size_t frame_count = 0;
  double frame_time_s = 0;
  std::vector<double> values;  ///< frame_count x channel_count
};

struct BvhError {
  int line = 0;      ///< counted from 1
  std::string what;  ///< what is wrong there and what was expected
};

/// Parses the text of one BVH file. At least one frame and one joint, or an error.
[[nodiscard]] Expected<BvhMotion, BvhError> read_bvh(std::string_view text);

/// Reads a file of at most kMaxBvhBytes; the error says what is wrong and where.
inline constexpr std::size_t kMaxBvhBytes = 256u << 20;
[[nodiscard]] Expected<BvhMotion, std::string> read_bvh_file(const std::string& path);

/// "line 12: expected OFFSET, found …"
[[nodiscard]] std::string describe(const BvhError& error);

}  // namespace tactus::simulator
