// A file of trackers from anywhere: it reads as trackers that can be worn, or names the line at fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tactus/service/tracker_file.h"

namespace {

using namespace tactus::service;

void check(std::string_view text) {
  const auto places = parse_trackers(text);
  if (!places) {
    if (!places.error().starts_with("line ")) std::abort();
    return;
  }
  if (!is_sound(*places)) std::abort();
  const auto again = parse_trackers(to_text(*places));
  if (!again || to_text(*again) != to_text(*places)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  std::string whole =
      "tactus trackers 1\nTT1-1 chest\nTT1-2 left_elbow 0 0.03 0.04 0 0 0 1\nTT1-3 waist\n";
  if (size > 1) {  // a whole file with a piece of it replaced
    const std::size_t at = data[0] * whole.size() / 256;
    whole.replace(at, (size - 1) % 16, input.substr(1));
  }
  check(whole);
  return 0;
}
