// `tactus replay`: run a recording again, and compare byte for byte.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

#include "options.h"
#include "tactus/service/replay.h"

namespace tactus::tools {
namespace {

const char* describe(McapStatus status) {
  switch (status) {
    case McapStatus::Reading:
    case McapStatus::Complete:
      return "complete";
    case McapStatus::Truncated:
      return "cut short; everything before the cut was run";
    case McapStatus::Corrupt:
      return "damaged; everything before the damage was run";
    case McapStatus::NotMcap:
      return "not an MCAP file";
  }
  return "unknown";
}

}  // namespace

int run_replay(Arguments arguments) {
  int exit_code = 0;
  bool own = false;
  Options options("tactus replay FILE.mcap [--own]",
                  {{"--own", "", "you made it: take the snapshot that it begins with", into(own)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (options.words().size() != 1) {
    fmt::print(stderr, "tactus replay: name one recording\n");
    return 2;
  }
  std::ifstream file(options.words()[0], std::ios::binary);
  if (!file) {
    fmt::print(stderr, "tactus replay: cannot open {}\n", options.words()[0]);
    return 1;
  }
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  const service::ReplayResult result = service::replay(
      {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, PipelineParams{},
      own ? service::Snapshots::Take : service::Snapshots::Refuse);
  fmt::print("{} lines, {} reports in, {} ticks, {} reports out; the file is {}\n", result.lines,
             result.reports, result.ticks, result.outputs, describe(result.status));
  if (result.bad_lines > 0) {
    fmt::print("{} lines do not fit this program: it was recorded by another version\n",
               result.bad_lines);
  }
  if (result.refused_snapshots > 0) {
    fmt::print(
        "it begins in the middle of a session, with a snapshot of memory that cannot be "
        "checked; if you made this recording yourself: --own\n");
    return 1;
  }
  if (result.identical()) {
    fmt::print("identical: every tick and every report out is the same to the byte\n");
    return 0;
  }
  fmt::print("different: {} ticks and {} reports out", result.ticks_different,
             result.outputs_different);
  if (result.ticks_different + result.outputs_different > 0) {
    fmt::print(", first at {:.3f} s", seconds(result.t_first_difference.time_since_epoch()));
  }
  fmt::print("\n");
  return 1;
}

}  // namespace tactus::tools
