// Recordings for `tactus eval body`: BVH motions, and folders of trackers and truth as CSV.
//
// The layout is docs/evaluation.md's. Files are a stranger's: bounded, and an error says the line.
//
//   Clocks   seconds from the recording's start. Frames: world.
//   Units    metres.
//   Errors   CsvError with the line and what was expected there.
//   Threads  pure.
//   Proof    tests/tools/body_files_test.cc; tests/fuzz/body_files_fuzz.cc
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "body_trial.h"
#include "csv.h"
#include "tactus/base/expected.h"
#include "tactus/calibration/body_session.h"

namespace tactus::tools {

inline constexpr std::size_t kMaxBodyRows = 1u << 22;
inline constexpr std::size_t kMaxBodyFile = 256u << 20;

/// One instant of trackers.csv.
struct TrackerRow {
  double t_s = 0;
  BodyReading reading;
  std::optional<calibration::BodyStep> step;  ///< of the calibration; none: it is to be solved
};

/// One instant of truth.csv.
struct TruthRow {
  double t_s = 0;
  std::bitset<kBodyJoints> known;
  std::array<simulator::V3d, kBodyJoints> p_world{};
};

[[nodiscard]] Expected<std::vector<TrackerRow>, CsvError> read_trackers(std::string_view csv);
[[nodiscard]] Expected<std::vector<TruthRow>, CsvError> read_truth(std::string_view csv);

/// The trial that rows of trackers and truth make: at each reading the truth of that time, between
/// neighbours. Joints that any truth row lacks are not scored.
[[nodiscard]] BodyTrial paired(std::string name, const std::vector<TrackerRow>& trackers,
                               const std::vector<TruthRow>& truth);

/// Names of sites, joints and steps as the files have them: "left_hand", "left_knee", "t_pose".
[[nodiscard]] std::string_view name_of(BodySite site);
[[nodiscard]] std::string_view name_of(BodyJoint joint);
[[nodiscard]] std::string_view name_of(calibration::BodyStep step);

}  // namespace tactus::tools
