// An application's death in the middle of a touch: the glove is still within the limit, however
// the application went, because its socket closes with it.
#include "tactus/service/stepped_service.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

#include "session.h"
#include "support/send_packet.h"
#include "support/shapes.h"

namespace tactus::service::tests {
namespace {

constexpr Duration kSilence = 50ms;  ///< from any death to drive 0

/// An application of one body that is shown at the origin.
class Application {
 public:
  explicit Application(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    socket_ = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    say(ipc::Kind::Hello, ipc::Hello{});
    const auto bytes = testing::to_bytes(testing::make_ellipsoid({0.12f, 0.10f, 0.15f}, 24, 48));
    const int fd = memfd_create("body", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    EXPECT_EQ(write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    say(ipc::Kind::CreateBody, ipc::CreateBody{1, static_cast<std::uint32_t>(bytes.size())}, fd);
    close(fd);
    say(ipc::Kind::Focus, ipc::Focus{1});
  }
  ~Application() { die(); }

  void show(HostTime t) {
    std::array<std::byte, sizeof(ipc::BodyFrame) + sizeof(Pose)> message;
    const ipc::BodyFrame frame{1, 0, t.time_since_epoch().count(), 1, 0};
    const Pose T_world_bone;
    std::memcpy(message.data(), &frame, sizeof(frame));
    std::memcpy(message.data() + sizeof(frame), &T_world_bone, sizeof(Pose));
    say(ipc::Kind::BodyFrame, message);
  }
  void die() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

 private:
  template <class T>
  void say(ipc::Kind kind, const T& body, int fd = -1) {
    if (socket_ < 0) return;
    std::byte packet[sizeof(kind) + sizeof(T)];
    std::memcpy(packet, &kind, sizeof(kind));
    std::memcpy(packet + sizeof(kind), &body, sizeof(T));
    EXPECT_TRUE(testing::send_packet(socket_, packet, fd));
  }
  int socket_ = -1;
};

TEST(SteppedService, AnApplicationsDeathSilencesTheGlovesInTime) {
  std::string folder = "/tmp/tactus-stepped-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  auto created = SteppedService::create(folder + "/s", PipelineParams{});
  ASSERT_TRUE(created) << created.error();
  SteppedService& service = **created;
  Session session(service.engine(), Session::Body::None);
  Application application(folder + "/s");

  float amplitude = 0;
  const auto around = [&](const Step& step) {
    if (step.now.time_since_epoch() / 1ms % 11 == 0) application.show(step.now + 22ms);
    service.serve(step.now, Duration{});
    drive(service.engine(), step);
    amplitude = 0;
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      for (const float a : session.glove(hand).amplitude()) amplitude = std::max(amplitude, a);
    }
  };
  session.run_until(HostTime(2s), around);
  while (amplitude < 0.05f && session.now() < HostTime(4s)) {
    session.run_until(session.now() + 1ms, around);
  }
  ASSERT_GE(amplitude, 0.05f) << "nothing was felt before the death";

  application.die();
  const HostTime t_death = session.now();
  session.run_until(t_death + kSilence, around);
  EXPECT_EQ(amplitude, 0.0f);
  float loudest = 0;
  while (session.now() < t_death + 2s) {
    session.run_until(session.now() + 1ms, around);
    loudest = std::max(loudest, amplitude);
  }
  EXPECT_EQ(loudest, 0.0f);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tactus::service::tests
