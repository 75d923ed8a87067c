// The service in real time: one io thread for each device, one engine thread, one body thread, one
// for the socket, one for a recording. All joining of parts happens here and nowhere else.
//
//   Clocks   HostTime is CLOCK_MONOTONIC.
//   Units    SI.
//   Errors   create says in words why there is no service; a device that goes is looked for again.
//   Threads  create, run and the destructor on one thread; `quit` and `stop`
//            may be set from a signal handler.
//   Proof    tests/service/live_service_test.cc (ThreadSanitizer); the rig
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/drivers/device.h"
#include "tactus/pipeline.h"
#include "tactus/service/wearer.h"

namespace tactus::service {

/// How devices are found and opened: the transport's own functions, or a test's.
struct DeviceFinder {
  std::function<std::vector<DeviceDescription>()> enumerate;
  /// nullptr, and a reason in words, when it cannot be opened.
  std::function<std::unique_ptr<Device>(const DeviceDescription&, std::string& reason)> open;
};

struct LiveParams {
  PipelineParams pipeline;
  std::string socket_path;
  DeviceFinder devices;
  Wearer wearer;
  std::string wearer_path;    ///< kept up to date there, each minute and at the end; empty: nowhere
  std::string body_path;      ///< of the wearer's body, read again when it changes; empty: nowhere
  std::string trackers_path;  ///< of who wears which tracker where, likewise
  std::string feel_path;      ///< of what they feel, likewise
  /// Called with one line for the log: a device came, a thread got no real-time priority, …
  std::function<void(const std::string&)> say;
};

class LiveService {
 public:
  static Expected<std::unique_ptr<LiveService>, std::string> create(LiveParams params);
  ~LiveService();

  /// Serves until `quit`: scans for devices, opens and closes them. `stop` raised silences every
  /// actuator, as a client's STOP does; it is lowered when that is done.
  void run(const std::atomic<bool>& quit, std::atomic<bool>& stop);

 private:
  struct Parts;
  explicit LiveService(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tactus::service
