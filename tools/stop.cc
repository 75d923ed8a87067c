// `tactus stop`: silence every actuator now.
#include <fmt/format.h>

#include <cstdio>

#include "client.h"
#include "options.h"

namespace tactus::tools {

int run_stop(Arguments arguments) {
  bool resume = false;
  int exit_code = 0;
  Options options("tactus stop [--resume]",
                  {{"--resume", "", "let touch begin again, from zero", into(resume)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  Client client;
  if (!client.connect()) return 1;
  std::string body;
  if (!client.send(resume ? ipc::Kind::Resume : ipc::Kind::Stop) ||
      !client.await(ipc::Kind::Done, body, 1000)) {
    fmt::print(stderr, "tactus: the service did not confirm; take the gloves off\n");
    return 1;
  }
  fmt::print("{}\n", resume ? "touch may begin again" : "stopped; `tactus stop --resume` ends it");
  return 0;
}

}  // namespace tactus::tools
