// Any bytes as a recording: read and run through an engine, never outside their bounds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tactus/service/log.h"
#include "tactus/service/replay.h"

namespace {

/// The fuzzer's bytes as the messages of one valid chunk: past the checksum, to the lines.
std::vector<std::uint8_t> wrapped(const std::uint8_t* data, std::size_t size) {
  struct Context {
    std::vector<std::uint8_t> file;
  } context;
  tactus::McapWriter writer(
      [](void* c, std::span<const std::uint8_t> bytes) {
        auto& file = static_cast<Context*>(c)->file;
        file.insert(file.end(), bytes.begin(), bytes.end());
        return true;
      },
      &context);
  writer.begin("fuzz");
  for (const auto& name : tactus::service::kLineNames) writer.add_channel(name.topic, name.layout);
  std::size_t at = 0;
  std::int64_t t_ns = 0;
  while (at + 2 < size) {
    const std::uint16_t line = data[at] % tactus::service::kLines;
    const std::size_t length = std::min<std::size_t>(data[at + 1] * 4u, size - at - 2);
    writer.add(line, tactus::HostTime(tactus::Duration(t_ns += 1'000'000)),
               {data + at + 2, length});
    at += 2 + length;
  }
  writer.end();
  return context.file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(tactus::service::replay({data, size}, tactus::PipelineParams{}));
  static_cast<void>(tactus::service::replay(wrapped(data, size), tactus::PipelineParams{}));
  return 0;
}
