// A wearer's file from anywhere: it reads as numbers that can be, or names the line at fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tactus/service/wearer.h"

namespace {

using namespace tactus::service;

void check(std::string_view text) {
  const auto wearer = parse_wearer(text, "2026-11-21");
  if (!wearer) {
    if (!wearer.error().starts_with("line ")) std::abort();
    return;
  }
  if (!is_sound(*wearer)) std::abort();
  const auto again = parse_wearer(to_text(*wearer, "2026-11-21"), "2026-11-21");
  if (!again || again->dose_m2_per_s3 != wearer->dose_m2_per_s3 ||
      again->comfort != wearer->comfort) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  check("tactus wearer 1\nday 2026-11-21\nleft_m2_per_s3 " + std::string(input));
  return 0;
}
