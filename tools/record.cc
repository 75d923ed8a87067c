// `tactus record`: everything the engine hears, to an MCAP file, until Ctrl-C.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "client.h"
#include "interrupt.h"
#include "options.h"

namespace tactus::tools {
namespace {

void print_progress(int fd, double elapsed_s) {
  struct stat status {};
  fstat(fd, &status);
  fmt::print(stderr, "\r{:.0f} s, {:.1f} MB ", elapsed_s,
             static_cast<double>(status.st_size) / 1e6);
}

}  // namespace

int run_record(Arguments arguments) {
  double seconds_wanted = 0;
  int exit_code = 0;
  Options options("tactus record FILE.mcap [--seconds S]",
                  {{"--seconds", "S", "end by itself (default: at Ctrl-C)", into(seconds_wanted)}});
  if (!options.parse(arguments, exit_code)) return exit_code;
  if (options.words().size() != 1) {
    fmt::print(stderr, "tactus record: name one file to write\n");
    return 2;
  }
  const std::string& path = options.words()[0];
  Client client;
  if (!client.connect()) return 1;
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) {
    fmt::print(stderr, "tactus record: {}: {}; choose another name\n", path, std::strerror(errno));
    return 1;
  }
  const std::atomic<bool>& interrupted = catch_interrupt();
  std::string body;
  if (!client.send(ipc::Kind::Record, fd) || !client.await(ipc::Kind::Done, body, 2000) ||
      body.empty() || body[0] == 0) {
    fmt::print(stderr, "tactus record: the service refused; another recording is under way\n");
    unlink(path.c_str());
    return 1;
  }
  double elapsed_s = 0;
  while (!interrupted.load() && (seconds_wanted <= 0 || elapsed_s < seconds_wanted)) {
    poll(nullptr, 0, 100);
    elapsed_s += 0.1;
    print_progress(fd, elapsed_s);
  }
  const bool whole = client.send(ipc::Kind::EndRecord) &&
                     client.await(ipc::Kind::Done, body, 5000) && !body.empty() && body[0] != 0;
  fmt::print(stderr, "\n");
  if (!whole) {
    fmt::print(stderr,
               "tactus record: not all of it was written (is the disk full?); "
               "what is in {} can be read\n",
               path);
    return 1;
  }
  fmt::print("{}\n", path);
  return 0;
}

}  // namespace tactus::tools
