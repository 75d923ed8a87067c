// The service's end of the socket, inside the test: greets, publishes, remembers what it was told.
//
//   Clocks   virtual unless told otherwise; the test sets the heartbeat.
//   Frames   world.
//   Units    SI.
//   Errors   what cannot be set up ends the test.
//   Threads  one of its own listens; everything public may be called from the test's.
//   Proof    the tests that use it
#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "tactus/ipc/messages.h"
#include "tactus/ipc/published.h"

namespace tactus::layer_test {

struct Message {
  ipc::Kind kind{};
  std::vector<std::byte> body;
  std::vector<std::byte> attached;  ///< what the file beside it held

  template <class T>
  [[nodiscard]] T head() const {
    T value{};
    std::memcpy(&value, body.data(), std::min(sizeof(T), body.size()));
    return value;
  }
};

class FakeService {
 public:
  struct Options {
    bool answers = true;  ///< sends Welcome
    bool seals = true;    ///< the published file, as a service must
    std::uint32_t layout_version = ipc::kLayoutVersion;
    std::size_t published_bytes = sizeof(ipc::Published);
  };
  explicit FakeService(const std::string& path) : FakeService(path, Options()) {}
  FakeService(const std::string& path, Options options);
  ~FakeService();  ///< as a service that is killed: the socket closes, its file stays

  ipc::Published& published() { return *published_; }

  /// Marks the service alive at `t`, a hand's glove linked or not, and trackers on both or none.
  void beat(HostTime t, bool is_left_linked, bool is_right_linked, bool are_tracked = false);

  /// Waits (10 s at most, for a machine that hangs) until `is_there` of what came so far.
  bool await(const std::function<bool(const std::vector<Message>&)>& is_there);
  std::vector<Message> received();
  std::vector<Message> received(ipc::Kind kind);
  bool await(ipc::Kind kind, std::size_t count);
  void send(ipc::Kind kind, std::span<const std::byte> body);

 private:
  void run();
  void serve(int client);
  void take(std::span<const std::byte> packet, int descriptor);

  Options options_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  int published_file_ = -1;
  ipc::Published* published_ = nullptr;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Message> messages_;
  int client_ = -1;
  std::thread thread_;
};

/// A new folder under /tmp, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace tactus::layer_test
