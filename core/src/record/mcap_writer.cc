#include <algorithm>
#include <array>
#include <type_traits>

#include "tactus/base/crc32.h"
#include "tactus/record/mcap.h"

namespace tactus {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::array<std::uint8_t, 8> kMagic = {0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
constexpr std::uint8_t kHeader = 0x01, kFooter = 0x02, kSchema = 0x03, kChannel = 0x04;
constexpr std::uint8_t kMessage = 0x05, kChunk = 0x06, kDataEnd = 0x0F;
constexpr std::size_t kChunkBytes = 1u << 20;
constexpr std::int64_t kChunkSpan_ns = 100'000'000;

template <class T>
void put(Bytes& out, T value) {
  static_assert(std::is_unsigned_v<T>);
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
}

void put(Bytes& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.insert(out.end(), text.begin(), text.end());
}

void put_record(Bytes& out, std::uint8_t opcode, const Bytes& content) {
  out.push_back(opcode);
  put(out, static_cast<std::uint64_t>(content.size()));
  out.insert(out.end(), content.begin(), content.end());
}

}  // namespace

bool McapWriter::emit(std::span<const std::uint8_t> bytes) {
  ok_ = ok_ && sink_(context_, bytes);
  return ok_;
}

bool McapWriter::begin(std::string_view library) {
  Bytes content;
  put(content, std::string_view("tactus"));
  put(content, library);
  Bytes out(kMagic.begin(), kMagic.end());
  put_record(out, kHeader, content);
  return emit(out);
}

std::uint16_t McapWriter::add_channel(std::string_view topic, std::string_view layout) {
  const std::uint16_t id = channels_++;
  Bytes schema;
  put(schema, static_cast<std::uint16_t>(id + 1));  // schema 0 means none
  put(schema, topic);
  put(schema, std::string_view("x-tactus-layout"));
  put(schema, layout);
  Bytes channel;
  put(channel, id);
  put(channel, static_cast<std::uint16_t>(id + 1));
  put(channel, topic);
  put(channel, std::string_view("x-tactus"));
  put(channel, std::uint32_t{0});
  Bytes out;
  put_record(out, kSchema, schema);
  put_record(out, kChannel, channel);
  declarations_.insert(declarations_.end(), out.begin(), out.end());
  emit(out);
  return id;
}

bool McapWriter::add(std::uint16_t channel, HostTime t, std::span<const std::uint8_t> bytes) {
  const std::int64_t t_ns = t.time_since_epoch().count();
  if (!chunk_.empty() &&
      (chunk_.size() >= kChunkBytes || t_ns - chunk_start_ns_ >= kChunkSpan_ns)) {
    flush();
  }
  if (chunk_.empty()) {
    chunk_ = declarations_;  // each chunk stands alone
    chunk_start_ns_ = chunk_end_ns_ = t_ns;
  }
  chunk_start_ns_ = std::min(chunk_start_ns_, t_ns);
  chunk_end_ns_ = std::max(chunk_end_ns_, t_ns);
  chunk_.push_back(kMessage);
  put(chunk_, static_cast<std::uint64_t>(2 + 4 + 8 + 8 + bytes.size()));
  put(chunk_, channel);
  put(chunk_, static_cast<std::uint32_t>(messages_));
  put(chunk_, static_cast<std::uint64_t>(t_ns));
  put(chunk_, static_cast<std::uint64_t>(t_ns));
  chunk_.insert(chunk_.end(), bytes.begin(), bytes.end());
  ++messages_;
  return ok_;
}

bool McapWriter::flush() {
  if (chunk_.empty()) return ok_;
  scratch_.clear();
  scratch_.push_back(kChunk);
  put(scratch_, static_cast<std::uint64_t>(8 + 8 + 8 + 4 + 4 + 8 + chunk_.size()));
  put(scratch_, static_cast<std::uint64_t>(chunk_start_ns_));
  put(scratch_, static_cast<std::uint64_t>(chunk_end_ns_));
  put(scratch_, static_cast<std::uint64_t>(chunk_.size()));
  put(scratch_, crc32(chunk_));
  put(scratch_, std::string_view());
  put(scratch_, static_cast<std::uint64_t>(chunk_.size()));
  scratch_.insert(scratch_.end(), chunk_.begin(), chunk_.end());
  chunk_.clear();
  return emit(scratch_);
}

bool McapWriter::end() {
  flush();
  Bytes out;
  put_record(out, kDataEnd, Bytes(4, 0));
  put_record(out, kFooter, Bytes(20, 0));
  out.insert(out.end(), kMagic.begin(), kMagic.end());
  return emit(out);
}

}  // namespace tactus
