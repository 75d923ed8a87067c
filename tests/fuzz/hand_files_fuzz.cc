// A recording of a hand from anywhere: read, in order, or the line at fault is named.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tools/eval/hand_files.h"

namespace {

using namespace tactus;
using namespace tactus::tools;

template <class Result>
void check(const Result& result) {
  if (!result && (result.error().line < 0 || result.error().what.empty())) std::abort();
}

void check_order(const std::string& csv) {
  const auto glove = read_glove(csv, Hand::Right);
  check(glove);
  for (std::size_t i = 1; glove && i < glove->size(); ++i) {
    if (!((*glove)[i].measurement.t > (*glove)[i - 1].measurement.t)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  for (const std::string& text : {input, "t_s,sensor,gx,gy,gz,ax,ay,az,angle\n" + input}) {
    check_order(text);
  }
  check(read_hand(input));
  check(read_hand("side,finger,metacarpal,proximal,intermediate,distal\n" + input));
  check(read_wrist(input, Hand::Left));
  check(read_wrist("t_s,t_arrived_s,px,py,pz,qx,qy,qz,qw\n" + input, Hand::Left));
  check(read_hand_truth(input));
  check(read_hand_truth("t_s,finger,base_flexion,base_abduction,axial,middle,distal,px,py,pz\n" +
                        input));
  return 0;
}
