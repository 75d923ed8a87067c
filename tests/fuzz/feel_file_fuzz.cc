// A file of what is felt from anywhere: it reads as levels that can be, or names the line at fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tactus/service/feel_file.h"

namespace {

using namespace tactus::service;

void check(std::string_view text) {
  const auto feel = parse_feel(text);
  if (!feel) {
    if (!feel.error().starts_with("line ")) std::abort();
    return;
  }
  if (!is_sound(*feel)) std::abort();
  const auto again = parse_feel(to_text(*feel));
  if (!again || to_text(*again) != to_text(*feel)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  std::string whole = to_text(tactus::FeelProfile{});
  if (size > 1) {  // a whole file with a piece of it replaced
    const std::size_t at = data[0] * whole.size() / 256;
    whole.replace(at, (size - 1) % 16, input.substr(1));
  }
  check(whole);
  return 0;
}
