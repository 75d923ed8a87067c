// The socket among strangers: what fits becomes events, what does not is counted and survived.
#include "tactus/service/server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <random>

#include "support/send_packet.h"
#include "support/shapes.h"
#include "tactus/ipc/pulse.h"
#include "tactus/service/published_memory.h"

namespace tactus::service {
namespace {

using Packet = std::vector<std::byte>;

template <class... Parts>
Packet packet(ipc::Kind kind, const Parts&... parts) {
  Packet out(sizeof(kind));
  std::memcpy(out.data(), &kind, sizeof(kind));
  [[maybe_unused]] const auto add = [&out](const auto& part) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&part);
    out.insert(out.end(), bytes, bytes + sizeof(part));
  };
  (add(parts), ...);
  return out;
}

struct ServerTest : ::testing::Test {
  void SetUp() override {
    folder = "/tmp/tactus-server-test-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    path = folder + "/s";
    auto created = Server::listen(path, memory->fd());
    ASSERT_TRUE(created);
    server = *std::move(created);
  }
  void TearDown() override {
    for (const int fd : clients) close(fd);
    server.reset();
    std::filesystem::remove_all(folder);
  }

  int connect_client(bool greet = true) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    clients.push_back(fd);
    poll();
    if (greet) {
      say(fd, packet(ipc::Kind::Hello, ipc::Hello{}));
      std::byte answer[64];
      EXPECT_GT(recv(fd, answer, sizeof(answer), MSG_DONTWAIT), 0);
    }
    return fd;
  }

  void say(int client, const Packet& bytes, int attached = -1) {
    static_cast<void>(testing::send_packet(client, bytes, attached));
    poll();
  }

  void poll() {
    for (int i = 0; i < 3; ++i) server->poll(1ms, events);
  }

  int body_file(bool sealed = true) {
    const auto bytes = testing::to_bytes(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 6, 8));
    body_bytes = static_cast<std::uint32_t>(bytes.size());
    const int fd = memfd_create("body", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    EXPECT_EQ(write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    if (sealed) fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    return fd;
  }

  void create_body(int client, std::uint32_t number, bool sealed = true) {
    const int fd = body_file(sealed);
    say(client, packet(ipc::Kind::CreateBody, ipc::CreateBody{number, body_bytes}), fd);
    close(fd);
  }

  void play_pattern(int client, std::span<const std::byte> bytes, bool sealed = true) {
    const int fd = memfd_create("pattern", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    EXPECT_EQ(write(fd, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    if (sealed) fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    say(client, packet(ipc::Kind::Play, ipc::Play{static_cast<std::uint32_t>(bytes.size())}), fd);
    close(fd);
  }

  template <class T>
  std::size_t count() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        events, [](const Event& event) { return std::holds_alternative<T>(event); }));
  }

  std::string folder, path;
  Expected<PublishedMemory, int> memory = PublishedMemory::create(ipc::ClockKind::Virtual);
  std::unique_ptr<Server> server;
  std::vector<Event> events;
  std::vector<int> clients;
  std::uint32_t body_bytes = 0;
};

TEST_F(ServerTest, AClientMayReadThePublishedMemoryAndNotWriteIt) {
  void* readable = mmap(nullptr, sizeof(ipc::Published), PROT_READ, MAP_SHARED, memory->fd(), 0);
  ASSERT_NE(readable, MAP_FAILED);
  EXPECT_TRUE(ipc::is_compatible(*static_cast<ipc::Published*>(readable), sizeof(ipc::Published)));
  munmap(readable, sizeof(ipc::Published));
  EXPECT_EQ(
      mmap(nullptr, sizeof(ipc::Published), PROT_READ | PROT_WRITE, MAP_SHARED, memory->fd(), 0),
      MAP_FAILED);
  EXPECT_NE(ftruncate(memory->fd(), 0), 0);
}

TEST_F(ServerTest, ASecondServiceIsToldThatOneAnswersThere) {
  const auto second = Server::listen(path, memory->fd());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), ListenError::InUse);
}

TEST_F(ServerTest, ADeadServicesSocketFileIsReplaced) {
  server.reset();
  const int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  close(fd);
  EXPECT_TRUE(Server::listen(path, memory->fd()));
}

TEST_F(ServerTest, BodiesAndFramesThatFitBecomeEvents) {
  const int client = connect_client();
  create_body(client, 5);
  ASSERT_EQ(count<BodyAdded>(), 1u);
  say(client, packet(ipc::Kind::BodyFrame, ipc::BodyFrame{5, 0, 1000, 1, 0}, Pose{}));
  ASSERT_EQ(count<FrameArrived>(), 1u);
  EXPECT_EQ(std::get<FrameArrived>(events.back()).t_shown, HostTime(1us));
  EXPECT_EQ(server->bad_packets(), 0u);
}

TEST_F(ServerTest, AFrameOfImpossibleBonesIsDropped) {
  const int client = connect_client();
  create_body(client, 5);
  Pose bad;
  bad.p.x = std::nanf("");
  say(client, packet(ipc::Kind::BodyFrame, ipc::BodyFrame{5, 0, 1000, 1, 0}, bad));
  say(client, packet(ipc::Kind::BodyFrame, ipc::BodyFrame{5, 0, 1000, 2, 0}, Pose{}, Pose{}));
  say(client, packet(ipc::Kind::BodyFrame, ipc::BodyFrame{6, 0, 1000, 1, 0}, Pose{}));
  say(client, packet(ipc::Kind::BodyFrame, ipc::BodyFrame{5, 0, 1000, 0xFFFFFFFF, 0}, Pose{}));
  say(client, packet(ipc::Kind::BodyFrame, ipc::BodyFrame{5, 0, 1000, 1, 1u << 30}, Pose{}));
  EXPECT_EQ(count<FrameArrived>(), 0u);
  EXPECT_EQ(server->bad_packets(), 5u);
}

TEST_F(ServerTest, ABodyFileThatCouldBePulledAwayIsRefused) {
  create_body(connect_client(), 5, false);
  EXPECT_EQ(count<BodyAdded>(), 0u);
}

TEST_F(ServerTest, OneClientCannotTakeAllBodies) {
  const int client = connect_client();
  for (std::uint32_t i = 0; i < 12; ++i) create_body(client, i);
  EXPECT_EQ(count<BodyAdded>(), std::min(ipc::kMaxBodiesPerClient, kMaxBodies));
}

TEST_F(ServerTest, HapticsAreTakenWholeAndSound) {
  const int client = connect_client();
  const ipc::Haptic tone{3, ipc::HapticForm::Tone, 0, 0, 0.5f, 100, 1000};
  const ipc::Haptic two{1, ipc::HapticForm::Samples, 0, 2, 0, 0, 0};
  const std::array<float, 2> samples{0.5f, -1.0f};
  say(client, packet(ipc::Kind::Haptic, tone));
  say(client, packet(ipc::Kind::Haptic, two, samples));
  ASSERT_EQ(count<HapticAsked>(), 2u);
  EXPECT_EQ(server->bad_packets(), 0u);
  ipc::Haptic wrong = tone;
  wrong.amplitude = 7;
  say(client, packet(ipc::Kind::Haptic, wrong));
  say(client, packet(ipc::Kind::Haptic, two));
  say(client, packet(ipc::Kind::Haptic, tone, samples));
  wrong = two;
  wrong.count = 0xFFFFFFFF;
  say(client, packet(ipc::Kind::Haptic, wrong, samples));
  EXPECT_EQ(count<HapticAsked>(), 2u);
  EXPECT_EQ(server->bad_packets(), 4u);
}

TEST_F(ServerTest, AWristThatIsSeenIsTakenIfItCanBe) {
  const int client = connect_client();
  const ipc::WristSeen seen{1, ipc::SeenAs::Hand, 1000, 1, {{}, {1, 2, 3}}};
  say(client, packet(ipc::Kind::WristSeen, seen));
  ASSERT_EQ(count<WristTold>(), 1u);
  const auto told = std::ranges::find_if(
      events, [](const Event& event) { return std::holds_alternative<WristTold>(event); });
  EXPECT_EQ(std::get<WristTold>(*told).seen.hand, Hand::Right);
  EXPECT_EQ(std::get<WristTold>(*told).seen.source, WristSource::Hand);
  EXPECT_EQ(std::get<WristTold>(*told).seen.t, HostTime(Duration(1000)));
  ipc::WristSeen wrong = seen;
  wrong.hand = 2;
  say(client, packet(ipc::Kind::WristSeen, wrong));
  wrong = seen;
  wrong.as = static_cast<ipc::SeenAs>(1);
  say(client, packet(ipc::Kind::WristSeen, wrong));
  wrong = seen;
  wrong.T_world_seen.p.x = std::numeric_limits<float>::quiet_NaN();
  say(client, packet(ipc::Kind::WristSeen, wrong));
  EXPECT_EQ(count<WristTold>(), 1u);
  EXPECT_EQ(server->bad_packets(), 3u);
}

TEST_F(ServerTest, AHeadThatIsSeenIsTakenIfItCanBe) {
  const int client = connect_client();
  const ipc::HeadSeen seen{1000, 1, {{}, {1, 2, 3}}, {1, 0, 0}, {0, 1, 0}, 0};
  say(client, packet(ipc::Kind::HeadSeen, seen));
  ASSERT_EQ(count<HeadTold>(), 1u);
  const auto told = std::ranges::find_if(
      events, [](const Event& event) { return std::holds_alternative<HeadTold>(event); });
  EXPECT_EQ(std::get<HeadTold>(*told).seen.t, HostTime(Duration(1000)));
  EXPECT_EQ(std::get<HeadTold>(*told).seen.T_world_head.p.y, 2);
  EXPECT_EQ(std::get<HeadTold>(*told).seen.v_world_head.x, 1);
  EXPECT_EQ(std::get<HeadTold>(*told).seen.omega_world_head.y, 1);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  ipc::HeadSeen wrong = seen;
  wrong.T_world_head.q = {1, 1, 1, 1};
  say(client, packet(ipc::Kind::HeadSeen, wrong));
  wrong = seen;
  wrong.v_world_head.z = nan;
  say(client, packet(ipc::Kind::HeadSeen, wrong));
  wrong = seen;
  wrong.omega_world_head.x = nan;
  say(client, packet(ipc::Kind::HeadSeen, wrong));
  EXPECT_EQ(count<HeadTold>(), 1u);
  EXPECT_EQ(server->bad_packets(), 3u);
}

TEST_F(ServerTest, AClientThatFloodsHoldsNobodyUp) {
  const int patient = connect_client();
  const pid_t flood = fork();
  if (flood == 0) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    bool goes_on = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    Packet said = packet(ipc::Kind::Hello, ipc::Hello{});
    while (goes_on) {
      goes_on = send(fd, said.data(), said.size(), MSG_NOSIGNAL) > 0;
      said = packet(ipc::Kind::Alive);
    }
    _exit(0);
  }
  std::size_t most = 0;
  constexpr std::size_t kMost = kMostPacketsAtOnce;
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int behind = 0; behind < 100 && std::chrono::steady_clock::now() < give_up;) {
    events.clear();
    server->poll(1ms, events);
    most = std::max(most, events.size());
    behind += events.size() >= kMost ? 1 : 0;
  }
  EXPECT_EQ(most, kMost);
  const Packet stop = packet(ipc::Kind::Stop);
  ASSERT_EQ(send(patient, stop.data(), stop.size(), MSG_NOSIGNAL), ssize_t(stop.size()));
  events.clear();
  server->poll(1ms, events);
  EXPECT_EQ(count<AllowedChanged>(), 1u) << "in the very next poll";
  EXPECT_EQ(server->bad_packets(), 0u);
  kill(flood, SIGKILL);
  waitpid(flood, nullptr, 0);
}

TEST_F(ServerTest, SignsOfLifeAreThoseOfTheirClient) {
  connect_client();
  const int client = connect_client();
  say(client, packet(ipc::Kind::Alive));
  ASSERT_EQ(count<SignOfLife>(), 1u);
  EXPECT_EQ(std::get<SignOfLife>(events.back()).client, 2u);
  EXPECT_EQ(server->bad_packets(), 0u);
}

TEST_F(ServerTest, APulseThatBeatsIsASignOfLife) {
  connect_client();
  const int client = connect_client();
  const ipc::PulseMemory pulse = ipc::PulseMemory::create();
  say(client, packet(ipc::Kind::Pulse), pulse.descriptor());
  EXPECT_EQ(count<SignOfLife>(), 0u);
  for (std::size_t beats = 1; beats <= 2; ++beats) {
    pulse.beat();
    poll();
    EXPECT_EQ(count<SignOfLife>(), beats);
  }
  EXPECT_EQ(std::get<SignOfLife>(events.back()).client, 2u);
  EXPECT_EQ(server->bad_packets(), 0u);
}

TEST_F(ServerTest, APulseThatCouldBePulledAwayIsRefused) {
  const int client = connect_client();
  say(client, packet(ipc::Kind::Pulse));
  EXPECT_EQ(server->bad_packets(), 1u) << "no file";
  const int unsealed = memfd_create("pulse", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  ASSERT_EQ(ftruncate(unsealed, sizeof(ipc::Pulse)), 0);
  say(client, packet(ipc::Kind::Pulse), unsealed);
  EXPECT_EQ(server->bad_packets(), 2u) << "it may shrink";
  ASSERT_EQ(ftruncate(unsealed, 4), 0);
  fcntl(unsealed, F_ADD_SEALS, F_SEAL_SHRINK);
  say(client, packet(ipc::Kind::Pulse), unsealed);
  EXPECT_EQ(server->bad_packets(), 3u) << "too small";
  close(unsealed);
  const ipc::PulseMemory pulse = ipc::PulseMemory::create();
  say(client, packet(ipc::Kind::Pulse), pulse.descriptor());
  EXPECT_EQ(server->bad_packets(), 3u);
  say(client, packet(ipc::Kind::Pulse), pulse.descriptor());
  EXPECT_EQ(server->bad_packets(), 4u) << "a second one";
}

TEST_F(ServerTest, APatternIsTakenWholeAndEndsWithItsClient) {
  const PatternHeader silence;
  const auto bytes = std::as_bytes(std::span(&silence, 1));
  const int client = connect_client();
  play_pattern(client, bytes.first(16));
  play_pattern(client, bytes, false);
  say(client, packet(ipc::Kind::Play, ipc::Play{sizeof(silence)}));
  EXPECT_EQ(count<PatternAdded>(), 0u);
  EXPECT_EQ(server->bad_packets(), 3u);
  play_pattern(client, bytes);
  play_pattern(client, bytes);
  EXPECT_EQ(count<PatternAdded>(), 2u);
  for (std::size_t i = 0; i < kMaxPatterns; ++i) play_pattern(connect_client(), bytes);
  EXPECT_EQ(count<PatternAdded>(), 1 + kMaxPatterns) << "one slot a client, and no more";
  close(client);
  std::erase(clients, client);
  poll();
  EXPECT_EQ(count<PatternRemoved>(), 1u);
}

TEST_F(ServerTest, AClientsDeathTakesItsBodiesAndItsFocus) {
  const int client = connect_client();
  create_body(client, 1);
  say(client, packet(ipc::Kind::Focus, ipc::Focus{1}));
  close(client);
  clients.clear();
  poll();
  EXPECT_EQ(count<BodyRemoved>(), 1u);
  EXPECT_EQ(count<FocusChanged>(), 2u);
  EXPECT_EQ(server->client_count(), 0u);
}

TEST_F(ServerTest, NobodyIsHeardBeforeGreeting) {
  const int client = connect_client(false);
  say(client, packet(ipc::Kind::Stop));
  EXPECT_EQ(count<AllowedChanged>(), 0u);
  EXPECT_EQ(server->bad_packets(), 1u);
}

TEST_F(ServerTest, AClientThatKeepsSendingGarbageIsDisconnected) {
  const int client = connect_client();
  std::mt19937 random(1);
  for (int i = 0; i < 300 && server->client_count() > 0; ++i) {
    Packet garbage(random() % 300 + 4);
    for (auto& byte : garbage) byte = static_cast<std::byte>(random());
    say(client, garbage);
  }
  EXPECT_EQ(server->client_count(), 0u);
}

}  // namespace
}  // namespace tactus::service
