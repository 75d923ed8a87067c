// A recording being written to a file: the engine's lines as MCAP.
//
//   Clocks   line times are the service's.
//   Units    bytes.
//   Errors   a full disk or a closed file ends the recording; `failure` keeps errno, what was
//            written stays readable.
//   Threads  one owner. Blocks on the disk: never on the engine's thread of a live service.
//   Proof    tests/service/replay_test.cc
#pragma once
#include <cstdint>
#include <span>

#include "tactus/record/mcap.h"
#include "tactus/service/log.h"

namespace tactus::service {

class RecordingFile {
 public:
  /// Takes `fd` over.
  explicit RecordingFile(int fd);
  ~RecordingFile();
  RecordingFile(const RecordingFile&) = delete;
  RecordingFile& operator=(const RecordingFile&) = delete;

  void write(Line line, HostTime t, std::span<const std::uint8_t> bytes);
  /// Ends the file properly. False when anything was not written.
  bool finish();

  /// A log that writes here at once: for sessions in virtual time.
  [[nodiscard]] Log log() noexcept;

  [[nodiscard]] int failure() const noexcept { return failure_; }
  [[nodiscard]] std::uint64_t lines() const noexcept { return writer_.messages(); }

 private:
  static bool append(void* context, std::span<const std::uint8_t> bytes);

  int fd_;
  int failure_ = 0;
  bool finished_ = false;
  McapWriter writer_;
};

}  // namespace tactus::service
