// `tactus`: one program, a subcommand for each thing a technician, a developer or a script does.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>

#include "commands.h"

namespace {

using tactus::tools::Arguments;

struct Command {
  std::string_view name;
  std::string_view purpose;
  int (*run)(Arguments);
};

constexpr std::array<Command, 15> kCommands = {{
    {"serve", "read gloves and trackers, feel bodies, answer applications",
     tactus::tools::run_serve},
    {"devices", "list gloves and trackers with their links", tactus::tools::run_devices},
    {"calibrate", "keep the wearer's bones, and how strongly each actuator is felt",
     tactus::tools::run_calibrate},
    {"trackers", "say which tracker is worn where", tactus::tools::run_trackers},
    {"record", "record everything the engine hears to an MCAP file", tactus::tools::run_record},
    {"replay", "run a recording again and compare what comes out, byte for byte",
     tactus::tools::run_replay},
    {"stop", "silence every actuator now (--resume ends it)", tactus::tools::run_stop},
    {"step", "tell applications which step of the session begins", tactus::tools::run_step},
    {"layer", "give gloves to every OpenXR application, or only to those that ask",
     tactus::tools::run_layer},
    {"doctor", "find what keeps touch from an application, and how to mend it",
     tactus::tools::run_doctor},
    {"emulate", "be a glove: the same bytes, through the same interface",
     tactus::tools::run_emulate},
    {"eval", "score the estimates against truth", tactus::tools::run_eval},
    {"bake", "turn a skinned glTF into a touchable body", tactus::tools::run_bake},
    {"play", "play a designer's tactile pattern, draw it, convert it", tactus::tools::run_play},
    {"demo", "play the reunion in virtual time and score it against the truth",
     tactus::tools::run_demo},
}};

int usage(std::FILE* out) {
  fmt::print(out, "usage: tactus COMMAND [ARGUMENTS]      tactus COMMAND --help says more\n\n");
  for (const Command& command : kCommands) {
    fmt::print(out, "  {:<9} {}\n", command.name, command.purpose);
  }
  return out == stdout ? 0 : 2;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) return usage(stderr);
  const std::string_view name = argv[1];
  if (name == "--help" || name == "-h" || name == "help") return usage(stdout);
  const auto* command = std::ranges::find(kCommands, name, &Command::name);
  if (command == kCommands.end()) {
    fmt::print(stderr, "tactus: unknown command: {}\n", name);
    return usage(stderr);
  }
  return command->run(Arguments(argv + 2, static_cast<std::size_t>(argc - 2)));
} catch (const std::exception& error) {
  fmt::print(stderr, "tactus: {}\n", error.what());
  return 1;
}
