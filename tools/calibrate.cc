// `tactus calibrate body`: the wearer's bones, from a height or from a minute of asked-for movement.
// `tactus calibrate feel` is a file of its own.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "calibrate_feel.h"
#include "eval/body_files.h"
#include "options.h"
#include "tactus/service/body_file.h"

namespace tactus::tools {
namespace {

const char* remedy(calibration::BodyCalibrationError error) {
  switch (error) {
    case calibration::BodyCalibrationError::NotStanding:
      return "no headset was seen during stand: stand upright in view of the trackers";
    case calibration::BodyCalibrationError::NoTPose:
      return "no hands were seen during t_pose: hold the arms out to the sides";
    case calibration::BodyCalibrationError::NotUpright:
      return "the headset is below 0.5 m or above 2.4 m: set the floor first";
  }
  return "unknown error";
}

/// What the readings with a step in trackers.csv say of the bones.
Expected<BodyProfile, std::string> calibrate(const std::string& path) {
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(path, unknown);
  if (unknown || bytes > kMaxBodyFile) {
    return Unexpected{fmt::format("{}: no such file, or over {} MB", path, kMaxBodyFile >> 20)};
  }
  std::ifstream file(path, std::ios::binary);
  const std::string csv{std::istreambuf_iterator<char>(file), {}};
  const auto rows = read_trackers(csv);
  if (!rows) {
    return Unexpected{fmt::format("{}: line {}: {}", path, rows.error().line, rows.error().what)};
  }
  calibration::BodySession session;
  for (const TrackerRow& row : *rows) {
    if (row.step) session.add(*row.step, row.reading);
  }
  const auto solved = session.solve();
  if (!solved) return Unexpected{fmt::format("{}: {}", path, remedy(solved.error()))};
  return *solved;
}

void print(const BodyProfile& body) {
  const BodyProportions& bones = body.proportions;
  const auto line = [](const char* name, float length_m) {
    fmt::print("{:<12} {:6.1f} cm\n", name, 100 * length_m);
  };
  line("height", bones.height_m);
  line("upper arm", bones.upper_arm_m);
  line("forearm", bones.forearm_m);
  line("trunk", length(bones.p_pelvis_neck));
  line("thigh", bones.thigh_m);
  line("shank", bones.shank_m);
}

}  // namespace

int run_calibrate(Arguments arguments) {
  if (!arguments.empty() && std::string_view(arguments[0]) == "feel") {
    return run_calibrate_feel(arguments.subspan(1));
  }
  double height_cm = std::nan("");
  std::string trackers;
  int exit_code = 0;
  Options options(
      "tactus calibrate body [--height CM | --trackers FILE.csv]\n"
      "tactus calibrate feel --hand left|right   (has a --help of its own)\n"
      "Keeps the wearer's bones for the service, which takes them at once; without an option it\n"
      "shows those that are kept. trackers.csv is that of docs/evaluation.md, with its steps.",
      {{"--height", "CM", "an average body of this height, 50 to 250", into(height_cm)},
       {"--trackers", "FILE", "find the bones in these readings", into(trackers)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  const bool has_height = !std::isnan(height_cm);
  const bool is_right_height = !has_height || (height_cm >= 50 && height_cm <= 250);
  if (options.words() != std::vector<std::string>{"body"} || !is_right_height ||
      (has_height && !trackers.empty())) {
    fmt::print(stderr,
               "tactus calibrate: say: tactus calibrate body --height 172 (50 to 250 cm), or "
               "tactus calibrate "
               "feel --hand right\n");
    return 2;
  }
  const std::string path = service::body_path();
  const bool is_new = has_height || !trackers.empty();
  const auto body = has_height         ? body_profile(static_cast<float>(height_cm / 100))
                    : trackers.empty() ? service::read_body(path)
                                       : calibrate(trackers);
  if (!body) {
    fmt::print(stderr, "tactus calibrate: {}\n", body.error());
    return 1;
  }
  if (is_new && !(service::is_sound(*body) && service::write_body(path, *body))) {
    fmt::print(stderr, "tactus calibrate: {}: cannot be written there\n", path);
    return 1;
  }
  print(*body);
  return 0;
}

}  // namespace tactus::tools
