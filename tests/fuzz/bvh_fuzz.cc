// A motion file from anywhere: it parses or says why not, and never reads or allocates wildly.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tactus/simulator/bvh.h"

namespace {

constexpr std::string_view kSkeleton =
    "HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 6 Xposition Yposition Zposition Zrotation "
    "Xrotation Yrotation\nJOINT Head\n{\nOFFSET 0 70 0\nCHANNELS 3 Zrotation Xrotation "
    "Yrotation\nEnd Site\n{\nOFFSET 0 20 0\n}\n}\n}\nMOTION\nFrames: 1\nFrame Time: 0.033\n"
    "0 90 0 0 0 0 1 2 3\n";

void check(std::string_view text) {
  const auto motion = tactus::simulator::read_bvh(text);
  if (!motion) {
    if (motion.error().line < 1 || describe(motion.error()).empty()) std::abort();
    return;
  }
  if (motion->values.size() != motion->frame_count * motion->channel_count) std::abort();
  for (std::size_t i = 0; i < motion->joints.size(); ++i) {
    if (motion->joints[i].parent >= static_cast<int>(i)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  // A well-formed file damaged in one place reaches further than noise does.
  std::string damaged(kSkeleton);
  if (size > 2) damaged.replace((data[0] * 256u + data[1]) % damaged.size(), data[2] % 8u, input);
  check(damaged);
  return 0;
}
