// The log format: MCAP, written and read on bytes in memory. Files are opened elsewhere.
//
// A recording is the engine's whole ordered input. Chunks are uncompressed and carry their own
// CRC, so a file cut anywhere gives back every whole chunk before the cut.
//
//   Clocks   log time is the service's clock, nanoseconds.
//   Units    bytes.
//   Errors   the sink's refusal is kept and returned by every later call: nothing is written after
//            a gap. The reader never reads outside its bytes; damage ends it with a status.
//   Threads  one owner. Allocates: never on the engine thread.
//   Proof    tests/core/record/mcap_test.cc; tests/fuzz/mcap_fuzz.cc. Format: mcap.dev/spec, 2024.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/base/time.h"

namespace tactus {

class McapWriter {
 public:
  /// Takes bytes in order; false means that they are not (all) written.
  using Sink = bool (*)(void* context, std::span<const std::uint8_t> bytes);

  McapWriter(Sink sink, void* context) noexcept : sink_(sink), context_(context) {}

  /// Magic and header. `library` names the writing program.
  bool begin(std::string_view library);

  /// Declares a stream; its number is the index of the call, from 0. `layout` says in words what
  /// the bytes of a message are.
  std::uint16_t add_channel(std::string_view topic, std::string_view layout);

  /// Adds one message; whole chunks go to the sink as they fill (100 ms or 1 MiB).
  bool add(std::uint16_t channel, HostTime t, std::span<const std::uint8_t> bytes);

  /// Sends the open chunk to the sink, so that a cut after this loses nothing before it.
  bool flush();

  /// Last chunk, end of data, footer, magic.
  bool end();

  [[nodiscard]] std::uint64_t messages() const noexcept { return messages_; }

 private:
  bool emit(std::span<const std::uint8_t> bytes);

  Sink sink_;
  void* context_;
  bool ok_ = true;
  std::uint64_t messages_ = 0;
  std::int64_t chunk_start_ns_ = 0;
  std::int64_t chunk_end_ns_ = 0;
  std::vector<std::uint8_t> chunk_;
  std::vector<std::uint8_t> declarations_;
  std::vector<std::uint8_t> scratch_;
  std::uint16_t channels_ = 0;
};

struct McapMessage {
  std::string_view topic;
  HostTime t;
  std::span<const std::uint8_t> bytes;
};

enum class McapStatus : std::uint8_t {
  Reading,    ///< more may come
  Complete,   ///< the file ended as it should
  Truncated,  ///< the file was cut: everything before the cut was read
  Corrupt,    ///< a checksum or length is wrong, or messages miss: what came before is good
  NotMcap,    ///< another kind of file
};

class McapReader {
 public:
  /// Message numbers count from 0 over all channels, as our writer counts, or all are 0; a gap is
  /// damage: a record whose type was hit would be passed over in silence.
  explicit McapReader(std::span<const std::uint8_t> bytes);

  /// The next message in file order; false at the end, and `status` says which end.
  bool next(McapMessage& message);

  [[nodiscard]] McapStatus status() const noexcept { return status_; }

 private:
  bool next_record(std::span<const std::uint8_t>& from, std::uint8_t& opcode,
                   std::span<const std::uint8_t>& content);
  bool read_message(std::span<const std::uint8_t> content, McapMessage& message);
  void read_channel(std::span<const std::uint8_t> content);
  bool open_chunk(std::span<const std::uint8_t> content);

  std::span<const std::uint8_t> rest_;
  std::span<const std::uint8_t> chunk_;
  std::vector<std::string> topics_;  ///< by channel id; empty is not declared
  std::uint32_t next_sequence_ = 0;
  McapStatus status_ = McapStatus::Reading;
};

}  // namespace tactus
