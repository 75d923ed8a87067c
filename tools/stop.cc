// `tactus stop`: silence every actuator now, or make touch softer.
#include <fmt/format.h>

#include <cstdio>

#include "client.h"
#include "options.h"

namespace tactus::tools {
namespace {

struct Saying {
  ipc::Kind kind;
  const char* answer;
};
constexpr Saying kStop = {ipc::Kind::Stop, "stopped; `tactus stop --resume` ends it"};
constexpr Saying kPause = {ipc::Kind::Pause, "paused, unless it is stopped; `--resume` ends it"};
constexpr Saying kSoften = {ipc::Kind::Soften, "softer, unless it is stopped; `--resume` ends it"};
constexpr Saying kResume = {ipc::Kind::Resume, "touch may begin again"};

}  // namespace

int run_stop(Arguments arguments) {
  bool resume = false, pause = false, soften = false;
  int exit_code = 0;
  Options options("tactus stop [--pause | --soften | --resume]",
                  {{"--pause", "", "silence after a gentle fade", into(pause)},
                   {"--soften", "", "half as strong", into(soften)},
                   {"--resume", "", "end any of these", into(resume)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (int{resume} + int{pause} + int{soften} > 1) {
    fmt::print(stderr, "tactus stop: one of --pause, --soften, --resume\n");
    return 2;
  }
  const Saying& said = resume ? kResume : pause ? kPause : soften ? kSoften : kStop;
  Client client;
  if (!client.connect()) return 1;
  std::string body;
  if (!client.send(said.kind) || !client.await(ipc::Kind::Done, body, 1000)) {
    fmt::print(stderr, "tactus: the service did not confirm; take the gloves off\n");
    return 1;
  }
  fmt::print("{}\n", said.answer);
  return 0;
}

}  // namespace tactus::tools
