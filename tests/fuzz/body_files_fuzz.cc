// A recording of a body from anywhere: trackers and truth read, in order, or name the line at
// fault.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tools/eval/body_files.h"

namespace {

template <class Rows>
void check(const Rows& rows) {
  if (!rows) {
    if (rows.error().line < 0 || rows.error().what.empty()) std::abort();
    return;
  }
  if (rows->empty()) std::abort();
  for (std::size_t i = 1; i < rows->size(); ++i) {
    if (!((*rows)[i].t_s > (*rows)[i - 1].t_s)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tactus::tools;
  const std::string input(reinterpret_cast<const char*>(data), size);
  check(read_trackers(input));
  check(read_truth(input));
  check(
      read_trackers("t_s,site,px,py,pz,qx,qy,qz,qw,floor,step\n0,head,0,1,0,0,0,0,1,0,\n" + input));
  check(read_truth("t_s,joint,px,py,pz\n0,head,0,1,0\n" + input));
  return 0;
}
