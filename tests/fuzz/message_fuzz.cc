// A stranger on the service's socket: whatever is sent becomes an event that is sound, or is counted.
//
// The first byte of a message chooses its kind, the second how long it is, the third whether the rest of
// the input comes along as a sealed memory file.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "../support/send_packet.h"
#include "tactus/contact/carrier.h"
#include "tactus/ipc/sealed_memory.h"
#include "tactus/service/published_memory.h"
#include "tactus/service/server.h"

namespace {

using namespace tactus;

/// The service's end, and a client that greets again whenever it was shown the door.
class Stranger {
 public:
  Stranger() {
    char folder[] = "/tmp/tactus-message-fuzz-XXXXXX";
    if (mkdtemp(folder) == nullptr) std::abort();
    folder_ = folder;
    auto server = service::Server::listen(folder_ + "/s", memory_->fd());
    if (!server) std::abort();
    server_ = *std::move(server);
    connect();
  }
  ~Stranger() {
    close(client_);
    server_.reset();
    unlink((folder_ + "/s").c_str());
    rmdir(folder_.c_str());
  }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;

  void say(ipc::Kind kind, std::span<const std::uint8_t> body, int attached) {
    std::vector<std::uint8_t> bytes(sizeof(kind) + body.size());
    std::memcpy(bytes.data(), &kind, sizeof(kind));
    std::copy(body.begin(), body.end(), bytes.begin() + sizeof(kind));
    const bool sent = testing::send_packet(client_, std::as_bytes(std::span(bytes)), attached);
    hear();
    if (!sent || is_gone()) connect();
  }

 private:
  void connect() {
    if (client_ >= 0) close(client_);
    hear();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder_ + "/s";
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    client_ = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (::connect(client_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
      std::abort();
    }
    hear();
    const struct {
      ipc::Kind kind = ipc::Kind::Hello;
      ipc::Hello hello;
    } greeting;
    if (send(client_, &greeting, sizeof(greeting), MSG_NOSIGNAL) < 0) std::abort();
    hear();
  }

  /// Answers are read away; the end of them is the door.
  bool is_gone() const {
    std::uint8_t answer[512];
    ssize_t size = 0;
    while ((size = recv(client_, answer, sizeof(answer), MSG_DONTWAIT)) > 0) {
    }
    return size == 0;
  }

  void hear() {
    events_.clear();
    server_->poll(Duration{}, events_);
    for (const service::Event& event : events_) {
      const auto* frame = std::get_if<service::FrameArrived>(&event);
      if (frame == nullptr) continue;
      if (frame->bone_count > frame->T_world_bone.size()) std::abort();
      if (!is_carrier(to_bits(frame->carrier))) std::abort();
    }
  }

  Expected<service::PublishedMemory, int> memory_ =
      service::PublishedMemory::create(ipc::ClockKind::Virtual);
  std::string folder_;
  std::unique_ptr<service::Server> server_;
  std::vector<service::Event> events_;
  int client_ = -1;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Stranger stranger;
  std::span<const std::uint8_t> rest(data, size);
  constexpr std::uint32_t kKinds = 24;
  while (rest.size() > 3) {
    const auto kind = static_cast<ipc::Kind>(rest[0] % kKinds);
    const std::size_t length = std::min<std::size_t>(rest[1] * 8u, rest.size() - 3);
    const bool attaches = rest[2] % 4 == 0;
    const auto body = rest.subspan(3, length);
    rest = rest.subspan(3 + length);
    const ipc::SealedMemory file =
        attaches ? ipc::SealedMemory::create(std::as_bytes(rest)) : ipc::SealedMemory();
    stranger.say(kind, body, file ? file.descriptor() : -1);
  }
  return 0;
}
