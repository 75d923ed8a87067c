#include "service_link.h"

#include "complaint.h"

namespace tactus::layer {
namespace {

using namespace std::chrono_literals;

constexpr int kFirstWait_ms = 200;
constexpr auto kBetweenLooks = 5ms;
constexpr auto kBetweenAttempts = 1s;
constexpr int kMostPacketsAtOnce = 16;

void note(const ipc::Packet& packet) noexcept {
  ipc::BodyCreated created;
  if (packet.kind != ipc::Kind::BodyCreated || !packet.read(created)) return;
  if (created.result == ipc::BodyResult::TooMany) {
    complain("touch body", "the service holds too many bodies: destroy some");
  } else if (created.result != ipc::BodyResult::Ok) {
    complain("touch body", "the service refused the data: is it of the same release?");
  }
}

}  // namespace

ServiceLink::~ServiceLink() { Owned<Connected>(current_.load()).reset(); }

bool ServiceLink::start() noexcept {
  path_ = ipc::find_service_path();
  // On a machine without us not even a socket is opened in a stranger's program.
  if (!path_.is_configured && !ipc::exists(path_)) return false;
  pulse_ = ipc::PulseMemory::create();
  auto connection = ipc::Connection::open(path_, kFirstWait_ms);
  t_tried_ = Clock::now();
  if (connection) {
    adopt(std::move(*connection));
    return true;
  }
  if (connection.error() == ipc::ConnectError::TimedOut) return true;
  if (path_.is_configured || connection.error() == ipc::ConnectError::WrongLayout) {
    complain("service", ipc::describe(connection.error()));
  }
  return path_.is_configured;
}

void ServiceLink::adopt(ipc::Connection connection) noexcept {
  Owned<Connected> connected = make<Connected>();
  if (connected == nullptr) return;
  connected->connection = std::move(connection);
  connected->serial = ++serial_;
  if (const int pulse = pulse_.descriptor(); pulse >= 0) {
    static_cast<void>(connected->connection.send(ipc::Kind::Pulse, {}, {}, pulse));
  }
  is_lost_.store(false, std::memory_order_relaxed);
  current_.store(connected.release());
}

void ServiceLink::keep_up(Clock::time_point now) noexcept {
  if (!keeping_up_.try_lock()) return;
  if (now - t_kept_up_ >= kBetweenLooks) {
    t_kept_up_ = now;
    receive();
    // Whoever borrowed the old connection counted himself before it was taken away; with no
    // reader left, and new ones seeing only its successor, it can go.
    if (retired_ != nullptr && readers_.load() == 0) retired_.reset();
    if (current_.load(std::memory_order_relaxed) == nullptr && retired_ == nullptr) {
      reconnect(now);
    }
  }
  keeping_up_.unlock();
}

void ServiceLink::receive() noexcept {
  Connected* connected = current_.load(std::memory_order_relaxed);
  if (connected == nullptr) return;
  ipc::Packet packet;
  ipc::Transfer received = ipc::Transfer::Done;
  for (int i = 0; i < kMostPacketsAtOnce && received == ipc::Transfer::Done; ++i) {
    received = connected->connection.receive(packet);
    if (received == ipc::Transfer::Done) note(packet);
  }
  if (received == ipc::Transfer::Gone || is_lost_.load(std::memory_order_relaxed)) {
    current_.store(nullptr);
    retired_.reset(connected);
  }
}

void ServiceLink::reconnect(Clock::time_point now) noexcept {
  if (!is_greeting_) {
    if (now - t_tried_ < kBetweenAttempts) return;
    t_tried_ = now;
    auto begun = ipc::Connection::begin(path_);
    if (!begun) return;
    greeting_ = std::move(*begun);
    is_greeting_ = true;
  }
  const auto advanced = greeting_.advance();
  if (advanced && *advanced == ipc::Transfer::Later) {
    // A service that accepts but never answers is hung up on, and tried again.
    if (now - t_tried_ >= 2 * kBetweenAttempts) is_greeting_ = false;
  } else {
    is_greeting_ = false;
    if (advanced) adopt(std::move(greeting_));
  }
  if (!is_greeting_) greeting_ = {};
}

}  // namespace tactus::layer
