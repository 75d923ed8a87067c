// A body's file from anywhere: it reads as a person that can be, or names the line at fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tactus/service/body_file.h"

namespace {

using namespace tactus::service;

void check(std::string_view text) {
  const auto body = parse_body(text);
  if (!body) {
    if (!body.error().starts_with("line ")) std::abort();
    return;
  }
  if (!is_sound(*body)) std::abort();
  const auto again = parse_body(to_text(*body));
  if (!again || to_text(*again) != to_text(*body)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  std::string whole = to_text(tactus::body_profile(1.70f));
  if (size > 1) {  // a whole file with a piece of it replaced
    const std::size_t at = data[0] * whole.size() / 256;
    whole.replace(at, (size - 1) % 16, input.substr(1));
  }
  check(whole);
  return 0;
}
