// The layer's link to the service: found once, lost at any time, found again without anyone
// waiting.
//
// Readers borrow the present connection for the length of a call; a lost one is closed only when
// nobody holds it. There is no thread: the application's own xrPollEvent and xrWaitFrame keep it
// up.
//
//   Clocks   steady_clock, to space attempts; never asked while a connection is only borrowed.
//   Units    none.
//   Errors   a link without a connection lends nothing; callers then answer as if no glove were on.
//   Threads  borrow from any thread, no lock; keep_up lets one thread in and turns others away.
//   Proof    tests/openxr-layer/service_test.cc, threads_test.cc
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

#include "owned.h"
#include "spin_lock.h"
#include "tactus/ipc/connection.h"
#include "tactus/ipc/pulse.h"

namespace tactus::layer {

class ServiceLink {
  struct Connected {
    ipc::Connection connection;
    std::uint32_t serial = 0;
  };

 public:
  using Clock = std::chrono::steady_clock;

  ServiceLink() noexcept = default;
  ~ServiceLink();
  ServiceLink(const ServiceLink&) = delete;
  ServiceLink& operator=(const ServiceLink&) = delete;

  /// Looks for the service, waiting a fifth of a second at most. True: one is there, or the user
  /// named one that may still come.
  [[nodiscard]] bool start() noexcept;

  /// Takes in what the service said and reconnects if it must; at most a few system calls, none of
  /// which waits. `now` spaces the attempts.
  void keep_up(Clock::time_point now) noexcept;

  /// The connection, for as long as this lives; converts to false when there is none. Whoever
  /// borrows it does so for a call of the application's, which is a sign of its life.
  class Lease {
   public:
    explicit Lease(ServiceLink& link) noexcept : link_(link) {
      link_.readers_.fetch_add(1);
      link_.pulse_.beat();
      connected_ = link_.current_.load();
    }
    ~Lease() { link_.readers_.fetch_sub(1); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    explicit operator bool() const noexcept { return connected_ != nullptr; }
    [[nodiscard]] const ipc::Published& published() const noexcept {
      return *connected_->connection.published();
    }
    /// What the service calls us.
    [[nodiscard]] std::uint32_t client() const noexcept { return connected_->connection.client(); }
    /// Differs from that of any connection before it; never 0.
    [[nodiscard]] std::uint32_t serial() const noexcept { return connected_->serial; }
    /// True when the service has it.
    template <class T>
    bool send(ipc::Kind kind, const T& message, std::span<const std::byte> tail = {},
              int descriptor = -1) const noexcept {
      return noted(connected_->connection.send(kind, message, tail, descriptor));
    }
    bool send(ipc::Kind kind) const noexcept { return noted(connected_->connection.send(kind)); }

   private:
    bool noted(ipc::Transfer sent) const noexcept {
      if (sent == ipc::Transfer::Gone) link_.is_lost_.store(true, std::memory_order_relaxed);
      return sent == ipc::Transfer::Done;
    }
    ServiceLink& link_;
    const Connected* connected_;
  };

 private:
  void receive() noexcept;
  void reconnect(Clock::time_point now) noexcept;
  void adopt(ipc::Connection connection) noexcept;

  ipc::ServicePath path_;
  ipc::PulseMemory pulse_;  ///< made by start(), constant afterwards
  std::atomic<Connected*> current_{nullptr};
  std::atomic<std::uint32_t> readers_{0};
  std::atomic<bool> is_lost_{false};

  // Below: of whoever is inside keep_up.
  SpinLock keeping_up_;
  Owned<Connected> retired_;  ///< lost, but perhaps still borrowed
  ipc::Connection greeting_;  ///< connected, its Welcome has not come
  bool is_greeting_ = false;
  std::uint32_t serial_ = 0;
  Clock::time_point t_kept_up_;  ///< when keep_up last looked
  Clock::time_point t_tried_;    ///< when it last began to connect
};

}  // namespace tactus::layer
