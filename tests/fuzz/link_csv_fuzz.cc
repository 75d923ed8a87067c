// A recording of a link from anywhere: it reads, in order, or names the line at fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tools/eval/link_csv.h"

namespace {

void check(std::string_view text) {
  const auto reports = tactus::tools::read_link_csv(text);
  if (!reports) {
    if (reports.error().line < 1) std::abort();
    return;
  }
  if (reports->empty()) std::abort();
  for (std::size_t i = 1; i < reports->size(); ++i) {
    if ((*reports)[i].t_true <= (*reports)[i - 1].t_true) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  check(std::string(tactus::tools::kLinkCsvHeader) + "\n1,20,3\n" + std::string(input));
  return 0;
}
