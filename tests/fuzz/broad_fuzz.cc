// An index and a recording of BROAD's layout from anywhere: they read, or say why not.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tools/eval/broad.h"

namespace {

constexpr std::string_view kIndex =
    "{\"sampling_rate_hz\": 285.7, \"trials\": [{\"name\": \"a\", \"file\": \"a.bin.gz\", "
    "\"samples\": 3, \"movement_intervals_half_open\": [[0, 3]], \"groups\": [\"fast\"]}]}";

void check(std::string_view text) {
  const auto index = tactus::tools::read_broad_index(text);
  if (!index) {
    if (index.error().empty()) std::abort();
    return;
  }
  for (const auto& entry : index->entries) {
    if (entry.samples > tactus::tools::kMaxBroadSamples) std::abort();
    for (const auto& [from, to] : entry.moving) {
      if (to > entry.samples || from > to) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  std::string damaged(kIndex);
  if (size > 2) damaged.replace((data[0] * 256u + data[1]) % damaged.size(), data[2] % 8u, input);
  check(damaged);
  const tactus::tools::BroadEntry entry{"a", "a", {}, size / 50 + 1, {{0, size / 50 + 1}}};
  std::string bytes(input);
  bytes.resize(50 * entry.samples);
  const auto recording = tactus::tools::read_broad(entry, 100, bytes);
  if (!recording || recording->size() != entry.samples) std::abort();
  return 0;
}
