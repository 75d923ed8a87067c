// `tactus devices`: what is plugged in, as the running service sees it, or by looking.
#include <fmt/format.h>

#include <unistd.h>
#include <cstdio>

#include "client.h"
#include "options.h"
#include "tactus/drivers/transport/open.h"
#include "tactus/service/server.h"

namespace tactus::tools {

int run_devices(Arguments arguments) {
  int exit_code = 0;
  Options options("tactus devices", {});
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (access(service::socket_path().c_str(), F_OK) == 0) {
    Client client;
    std::string list;
    if (client.connect() && client.send(ipc::Kind::ListDevices) &&
        client.await(ipc::Kind::Text, list, 1000)) {
      fmt::print("{}", list);
      return 0;
    }
  }
  const auto found = enumerate_devices();
  for (const DeviceDescription& device : found) {
    fmt::print("{}  {:<16}  {}\n", device.kind == DeviceKind::Tg1 ? "TG1" : "TT1", device.serial,
               device.path);
  }
  if (found.empty()) {
    fmt::print("no devices; `tactus emulate tg1` is one without hardware\n");
  } else {
    fmt::print("no service uses them; start one with `tactus serve`\n");
  }
  return 0;
}

}  // namespace tactus::tools
