// A client's end of the socket: who is found, who is believed, what comes through.
#include "tactus/ipc/connection.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>

#include "openxr-layer/fake_service.h"
#include "tactus/ipc/sealed_memory.h"

namespace tactus::ipc {
namespace {

using layer_test::FakeService;

class ConnectionTest : public ::testing::Test {
 protected:
  static constexpr int kLongest_ms = 10000;  // for a machine that hangs; nothing here takes long

  ServicePath path() const {
    ServicePath named;
    std::strcpy(named.text.data(), (folder.path() + "/service.sock").c_str());
    return named;
  }
  void start(FakeService::Options options = {}) {
    service = std::make_unique<FakeService>(folder.path() + "/service.sock", options);
  }
  ConnectError error() const { return Connection::open(path(), kLongest_ms).error(); }

  layer_test::TemporaryFolder folder;
  std::unique_ptr<FakeService> service;
};

std::vector<std::byte> some_bytes(std::size_t count) {
  std::vector<std::byte> bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(i * 7);
  return bytes;
}

TEST_F(ConnectionTest, PathIsTheNamedOneThenTheSessionsThenTheUsers) {
  ::setenv("TACTUS_SOCKET", "/named/socket", 1);
  ::setenv("XDG_RUNTIME_DIR", "/session", 1);
  EXPECT_STREQ(find_service_path().text.data(), "/named/socket");
  EXPECT_TRUE(find_service_path().is_configured);
  ::unsetenv("TACTUS_SOCKET");
  EXPECT_STREQ(find_service_path().text.data(), "/session/tactus/service.sock");
  EXPECT_FALSE(find_service_path().is_configured);
  ::unsetenv("XDG_RUNTIME_DIR");
  const std::string own = "/tmp/tactus-" + std::to_string(::getuid()) + "/service.sock";
  EXPECT_EQ(find_service_path().text.data(), own);
}

TEST_F(ConnectionTest, PathThatDoesNotFitIsNoPath) {
  ::setenv("TACTUS_SOCKET", ("/" + std::string(107, 'x')).c_str(), 1);
  EXPECT_EQ(Connection::begin(find_service_path()).error(), ConnectError::NoPath);
  ::setenv("TACTUS_SOCKET", ("/" + std::string(106, 'x')).c_str(), 1);
  EXPECT_EQ(Connection::begin(find_service_path()).error(), ConnectError::NoService);
  ::unsetenv("TACTUS_SOCKET");
}

TEST_F(ConnectionTest, NobodyThereIsNoService) { EXPECT_EQ(error(), ConnectError::NoService); }

TEST_F(ConnectionTest, GreetsAndMapsWhatIsPublished) {
  start();
  service->beat(HostTime(42ns), true, false);
  const auto connection = Connection::open(path(), kLongest_ms);
  ASSERT_TRUE(connection);
  EXPECT_EQ(connection->client(), 1u);
  PublishedState state;
  ASSERT_TRUE(connection->published()->state.read(state));
  EXPECT_EQ(state.heartbeat_ns, 42);
  service->beat(HostTime(43ns), true, false);
  ASSERT_TRUE(connection->published()->state.read(state));
  EXPECT_EQ(state.heartbeat_ns, 43) << "the same memory, not a copy";
}

TEST_F(ConnectionTest, BeginDoesNotWait) {
  start({.answers = false});
  auto connection = Connection::begin(path());
  ASSERT_TRUE(connection);
  const auto advanced = connection->advance();
  ASSERT_TRUE(advanced);
  EXPECT_EQ(*advanced, Transfer::Later);
  EXPECT_EQ(connection->published(), nullptr);
}

TEST_F(ConnectionTest, ServiceThatDoesNotAnswerTimesOut) {
  start({.answers = false});
  EXPECT_EQ(Connection::open(path(), 20).error(), ConnectError::TimedOut);
}

TEST_F(ConnectionTest, MemoryOfAnotherLayoutSizeOrWithoutSealsIsNotBelieved) {
  start({.layout_version = kLayoutVersion + 1});
  EXPECT_EQ(error(), ConnectError::WrongLayout);
  start({.published_bytes = sizeof(Published) - 4096});
  EXPECT_EQ(error(), ConnectError::WrongLayout);
  start({.seals = false});
  EXPECT_EQ(error(), ConnectError::WrongLayout);
}

TEST_F(ConnectionTest, MessagesArriveWholeWithTheirFile) {
  start();
  const auto connection = Connection::open(path(), kLongest_ms);
  ASSERT_TRUE(connection);
  const SealedMemory memory = SealedMemory::create(some_bytes(100000));
  ASSERT_EQ(connection->send(Kind::CreateBody, CreateBody{3, 100000}, {}, memory.descriptor()),
            Transfer::Done);
  const auto tail = some_bytes(kMaxPacketBytes - sizeof(Kind) - sizeof(BodyFrame));
  ASSERT_EQ(connection->send(Kind::BodyFrame, BodyFrame{3, 1, 2, 0, 0}, tail), Transfer::Done);
  ASSERT_EQ(connection->send(Kind::Stop), Transfer::Done);
  ASSERT_TRUE(service->await(Kind::Stop, 1));
  EXPECT_EQ(service->received(Kind::CreateBody)[0].attached, some_bytes(100000));
  const auto frame = service->received(Kind::BodyFrame)[0];
  EXPECT_EQ(frame.body.size(), sizeof(BodyFrame) + tail.size());
  EXPECT_TRUE(std::equal(tail.begin(), tail.end(), frame.body.begin() + sizeof(BodyFrame)));
}

TEST_F(ConnectionTest, AnswersArriveAndSizesAreChecked) {
  start();
  const auto connection = Connection::open(path(), kLongest_ms);
  ASSERT_TRUE(connection);
  Packet packet;
  EXPECT_EQ(connection->receive(packet), Transfer::Later);
  const BodyCreated created{7, BodyResult::TooMany};
  service->send(Kind::BodyCreated, std::as_bytes(std::span(&created, 1)));
  ASSERT_EQ(connection->receive(packet, kLongest_ms), Transfer::Done);
  BodyCreated read;
  ASSERT_TRUE(packet.read(read));
  EXPECT_EQ(read.body, 7u);
  Done done;
  EXPECT_FALSE(packet.read(done)) << "not of that size";
}

TEST_F(ConnectionTest, FullSocketSaysLaterAndNeverWaits) {
  const int listener = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);  // nobody accepts
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path().text.data(), sizeof(address.sun_path));
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  const auto connection = Connection::begin(path());
  ASSERT_TRUE(connection);
  const auto tail = some_bytes(8000);
  Transfer sent = Transfer::Done;
  for (int i = 0; i < 100000 && sent == Transfer::Done; ++i) {
    sent = connection->send(Kind::Focus, tail);
  }
  EXPECT_EQ(sent, Transfer::Later);
  ::close(listener);
}

TEST_F(ConnectionTest, DeadServiceIsGoneWithoutASignal) {
  start();
  const auto connection = Connection::open(path(), kLongest_ms);
  ASSERT_TRUE(connection);
  service.reset();
  Packet packet;
  EXPECT_EQ(connection->receive(packet, kLongest_ms), Transfer::Gone);
  EXPECT_EQ(connection->send(Kind::Stop), Transfer::Gone);
  PublishedState state;
  (void)connection->published()->state.read(state);  // still mapped, still safe to read
}

TEST_F(ConnectionTest, ConnectionThatWasMovedFromIsClosed) {
  start();
  auto connection = Connection::open(path(), kLongest_ms);
  ASSERT_TRUE(connection);
  const Connection taken = std::move(*connection);
  EXPECT_NE(taken.published(), nullptr);
  EXPECT_EQ(connection->published(), nullptr);
  EXPECT_EQ(connection->send(Kind::Stop), Transfer::Gone);
}

TEST(SealedMemoryTest, CannotBeWrittenGrownOrShrunk) {
  const SealedMemory memory = SealedMemory::create(some_bytes(5000));
  ASSERT_TRUE(memory);
  const auto expected = some_bytes(5000);
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), memory.bytes().begin()));
  EXPECT_EQ(::pwrite(memory.descriptor(), "x", 1, 0), -1);
  EXPECT_EQ(::ftruncate(memory.descriptor(), 4999), -1);
  EXPECT_EQ(::ftruncate(memory.descriptor(), 5001), -1);
  EXPECT_NE(::fcntl(memory.descriptor(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(SealedMemoryTest, NothingMakesNothing) { EXPECT_FALSE(SealedMemory::create({})); }

}  // namespace
}  // namespace tactus::ipc
