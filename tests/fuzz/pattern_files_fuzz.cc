// A stranger's pattern file: loaded, written in every format, compiled and drawn, or refused.
//
// The first byte chooses: bytes as they come, or edits (two bytes where, one byte what) to a valid
// sample, so that inputs get past the parser. FUZZ_FORMAT says which format.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "samples.h"
#include "tactus/patterns/compile.h"

namespace {

using namespace tactus;
using namespace tactus::patterns;

constexpr Format kFormat = kFormats[FUZZ_FORMAT];

void load_and_use(const std::string& text) {
  const auto file = load(text, kFormat);
  if (!file) {
    if (file.error().place.empty() || file.error().remedy.empty()) std::abort();
    return;
  }
  if (!is_sound(file->pattern)) std::abort();
  const std::string once = write(*file, kFormat);
  const auto again = load(once, kFormat);
  if (!again || write(*again, kFormat) != once || !(again->pattern == file->pattern)) std::abort();
  if (end_of(file->pattern) > 60) return;  // formats of steps would take long to write
  for (const Format format : kFormats) {
    if (!load(write(file->pattern, format), format)) std::abort();
  }
  if (const auto bytes = compile(file->pattern, {}); bytes && !view_pattern(*bytes)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::span<const std::uint8_t> rest(data + 1, size - 1);
  if (data[0] % 4 == 0) {
    load_and_use({reinterpret_cast<const char*>(rest.data()), rest.size()});
    return 0;
  }
  static const std::vector<std::string> kValid = [] {
    std::vector<std::string> texts;
    for (const Sample& sample : samples()) {
      if (sample.format == kFormat) texts.push_back(sample.text);
    }
    return texts;
  }();
  std::string text = kValid[data[0] % kValid.size()];
  constexpr std::size_t kMostEdits = 6;
  for (std::size_t i = 0; i + 2 < rest.size() && i < 3 * kMostEdits; i += 3) {
    text[(rest[i] | rest[i + 1] << 8) % text.size()] = static_cast<char>(rest[i + 2]);
  }
  load_and_use(text);
  return 0;
}
