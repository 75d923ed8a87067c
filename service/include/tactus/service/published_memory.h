// The memory file that every client maps read-only, and its one writable mapping.
//
//   Clocks   see ipc/published.h.
//   Units    bytes.
//   Errors   creation fails with the system's errno.
//   Threads  created and destroyed by the owner of the service; written by the engine.
//   Proof    tests/service/server_test.cc: a client cannot map it writable
#pragma once
#include "tactus/base/expected.h"
#include "tactus/ipc/published.h"

namespace tactus::service {

class PublishedMemory {
 public:
  /// Makes and seals the file. The error is errno.
  static Expected<PublishedMemory, int> create(ipc::ClockKind clock);

  PublishedMemory(PublishedMemory&& other) noexcept;
  PublishedMemory& operator=(PublishedMemory&&) = delete;
  ~PublishedMemory();

  [[nodiscard]] ipc::Published& operator*() const noexcept { return *published_; }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  PublishedMemory(int fd, ipc::Published* published) noexcept : fd_(fd), published_(published) {}
  int fd_;
  ipc::Published* published_;
};

}  // namespace tactus::service
