// `tactus serve`: the service, until Ctrl-C.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <ctime>

#include "interrupt.h"
#include "options.h"
#include "tactus/drivers/transport/open.h"
#include "tactus/service/body_file.h"
#include "tactus/service/feel_file.h"
#include "tactus/service/live_service.h"
#include "tactus/service/server.h"
#include "tactus/service/tracker_file.h"

namespace tactus::tools {

int run_serve(Arguments arguments) {
  bool quiet = false;
  double comfort = std::nan("");  // as remembered
  int exit_code = 0;
  Options options(
      "tactus serve [--quiet] [--comfort C]",
      {{"--quiet", "", "say only what is wrong", into(quiet)},
       {"--comfort", "C", "the wearer's own ceiling, 0 to 1; it is remembered", into(comfort)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  const std::string path = service::wearer_path();
  auto wearer = service::read_wearer(path, service::today());
  if (!wearer) {
    fmt::print(stderr, "tactus serve: {}\n", wearer.error());
    return 1;
  }
  if (!std::isnan(comfort)) wearer->comfort = static_cast<float>(comfort);
  if (!service::is_sound(*wearer)) {
    fmt::print(stderr, "tactus serve: --comfort takes 0 to 1\n");
    return 2;
  }
  const auto body = service::read_body(service::body_path());
  if (!body) {
    fmt::print(stderr, "tactus serve: {}\n", body.error());
    return 1;
  }
  const auto trackers = service::read_trackers(service::trackers_path());
  if (!trackers) {
    fmt::print(stderr, "tactus serve: {}\n", trackers.error());
    return 1;
  }
  const auto feel = service::read_feel(service::feel_path());
  if (!feel) {
    fmt::print(stderr, "tactus serve: {}\n", feel.error());
    return 1;
  }

  service::LiveParams params;
  params.pipeline.body.profile = *body;
  params.pipeline.feel = *feel;
  params.body_path = service::body_path();
  params.trackers_path = service::trackers_path();
  params.feel_path = service::feel_path();
  params.socket_path = service::socket_path();
  params.wearer = *wearer;
  params.wearer_path = path;
  params.devices.enumerate = enumerate_devices;
  params.devices.open = [](const DeviceDescription& description, std::string& reason) {
    auto device = open_device(description);
    if (device) return *std::move(device);
    reason = describe(device.error());
    return std::unique_ptr<Device>();
  };
  params.say = [quiet](const std::string& line) {
    if (quiet) return;
    fmt::print(stderr, "{:%H:%M:%S} {}\n", fmt::localtime(std::time(nullptr)), line);
  };
  const std::atomic<bool>& interrupted = catch_interrupt();
  std::atomic<bool>& stop = catch_stop();
  auto live = service::LiveService::create(params);
  if (!live) {
    fmt::print(stderr, "tactus serve: {}\n", live.error());
    return 1;
  }
  params.say(
      fmt::format("serving at {}; Ctrl-C ends, SIGUSR1 stops all touch", params.socket_path));
  (*live)->run(interrupted, stop);
  return 0;
}

}  // namespace tactus::tools
