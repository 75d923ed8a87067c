#include <algorithm>
#include <array>

#include "tactus/base/crc32.h"
#include "tactus/record/mcap.h"

namespace tactus {
namespace {

constexpr std::array<std::uint8_t, 8> kMagic = {0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
constexpr std::uint8_t kFooter = 0x02, kChannel = 0x04, kMessage = 0x05, kChunk = 0x06;
constexpr std::size_t kMaxChannels = 256;

/// Little-endian number from the front; false when there are too few bytes.
template <class T>
bool take(std::span<const std::uint8_t>& from, T& value) {
  if (from.size() < sizeof(T)) return false;
  value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | static_cast<T>(static_cast<T>(from[i]) << (8 * i)));
  }
  from = from.subspan(sizeof(T));
  return true;
}

template <class Length>
bool take_bytes(std::span<const std::uint8_t>& from, std::span<const std::uint8_t>& bytes) {
  Length length = 0;
  if (!take(from, length) || length > from.size()) return false;
  bytes = from.first(static_cast<std::size_t>(length));
  from = from.subspan(static_cast<std::size_t>(length));
  return true;
}

}  // namespace

McapReader::McapReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {
  if (bytes.size() < kMagic.size() ||
      !std::equal(kMagic.begin(), kMagic.end(), bytes.begin(), bytes.begin() + kMagic.size())) {
    status_ = McapStatus::NotMcap;
    return;
  }
  rest_ = bytes.subspan(kMagic.size());
}

bool McapReader::next_record(std::span<const std::uint8_t>& from, std::uint8_t& opcode,
                             std::span<const std::uint8_t>& content) {
  std::span<const std::uint8_t> ahead = from;
  if (!take(ahead, opcode) || !take_bytes<std::uint64_t>(ahead, content)) return false;
  from = ahead;
  return true;
}

void McapReader::read_channel(std::span<const std::uint8_t> content) {
  std::uint16_t id = 0, schema = 0;
  std::span<const std::uint8_t> topic;
  if (!take(content, id) || !take(content, schema) || id >= kMaxChannels ||
      !take_bytes<std::uint32_t>(content, topic)) {
    return;
  }
  if (topics_.size() <= id) topics_.resize(id + 1u);
  if (topics_[id].empty()) topics_[id].assign(topic.begin(), topic.end());
}

bool McapReader::read_message(std::span<const std::uint8_t> content, McapMessage& message) {
  std::uint16_t channel = 0;
  std::uint32_t sequence = 0;
  std::uint64_t t_log = 0, t_publish = 0;
  if (!take(content, channel) || !take(content, sequence) || !take(content, t_log) ||
      !take(content, t_publish) || channel >= topics_.size() || topics_[channel].empty()) {
    return false;
  }
  if (sequence != 0 && sequence != next_sequence_) return false;
  next_sequence_ = sequence + 1;
  message = {topics_[channel], HostTime(Duration(static_cast<std::int64_t>(t_log))), content};
  return true;
}

bool McapReader::open_chunk(std::span<const std::uint8_t> content) {
  std::uint64_t start = 0, end = 0, size = 0;
  std::uint32_t crc = 0;
  std::span<const std::uint8_t> compression, records;
  const bool whole = take(content, start) && take(content, end) && take(content, size) &&
                     take(content, crc) && take_bytes<std::uint32_t>(content, compression) &&
                     take_bytes<std::uint64_t>(content, records);
  if (!whole || !compression.empty() || records.size() != size || crc32(records) != crc) {
    return false;
  }
  chunk_ = records;
  return true;
}

bool McapReader::next(McapMessage& message) {
  while (status_ == McapStatus::Reading) {
    const bool in_chunk = !chunk_.empty();
    std::uint8_t opcode = 0;
    std::span<const std::uint8_t> content;
    if (!next_record(in_chunk ? chunk_ : rest_, opcode, content)) {
      status_ = in_chunk ? McapStatus::Corrupt : McapStatus::Truncated;
    } else if (opcode == kChannel) {
      read_channel(content);
    } else if (opcode == kMessage) {
      if (read_message(content, message)) return true;
      status_ = McapStatus::Corrupt;
    } else if (opcode == kChunk && !in_chunk) {
      if (!open_chunk(content)) status_ = McapStatus::Corrupt;
    } else if (opcode == kFooter && !in_chunk) {
      status_ = McapStatus::Complete;
    }
  }
  return false;
}

}  // namespace tactus
