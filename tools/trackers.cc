// `tactus trackers`: which tracker is worn where. The service takes a change at once.
#include <fmt/format.h>

#include <cstdio>

#include "commands.h"
#include "options.h"
#include "tactus/service/tracker_file.h"

namespace tactus::tools {

int run_trackers(Arguments arguments) {
  int exit_code = 0;
  Options options("tactus trackers [SERIAL ROLE | SERIAL none]", {});
  if (!options.parse(arguments, exit_code)) return exit_code;
  const auto& words = options.words();
  const bool forgets = words.size() == 2 && words[1] == "none";
  const auto role = words.size() == 2 ? service::role_named(words[1]) : ipc::TrackerRole::None;
  if (!words.empty() && !forgets && role == ipc::TrackerRole::None) {
    fmt::print(stderr,
               "tactus trackers: say: tactus trackers SERIAL ROLE (`tactus devices` lists serial "
               "numbers); roles are none {}\n",
               service::role_names());
    return 2;
  }
  const std::string path = service::trackers_path();
  auto places = service::read_trackers(path);
  if (!places) {
    fmt::print(stderr, "tactus trackers: {}\n", places.error());
    return 1;
  }
  if (!words.empty()) {
    if (!service::place(*places, words[0], role)) {
      fmt::print(
          stderr,
          "tactus trackers: {} is no serial number of at most 15 letters, or {} trackers are "
          "named already\n",
          words[0], ipc::kMaxTrackers);
      return 2;
    }
    if (!service::write_trackers(path, *places)) {
      fmt::print(stderr, "tactus trackers: {} cannot be written\n", path);
      return 1;
    }
  }
  fmt::print("{}", service::to_text(*places));
  if (service::site_of(role)) {
    fmt::print(
        stderr,
        "Applications see it; the body feels by it once `x y z qx qy qz qw` stand behind its "
        "role in {}: where it sits on its segment (docs/devices/tt1.md)\n",
        path);
  }
  return 0;
}

}  // namespace tactus::tools
