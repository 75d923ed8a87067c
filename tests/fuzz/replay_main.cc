// Runs a fuzz target without libFuzzer: a few thousand seeded random and mutated inputs, so that
// every build replays what the `fuzz` preset explores.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main() {
  constexpr int kInputs = 4000;
  constexpr std::size_t kLongest = 4096;
  std::mt19937 random(1);
  std::vector<std::uint8_t> input;
  for (int i = 0; i < kInputs; ++i) {
    if (i % 4 == 0) {
      input.resize(random() % kLongest);
      for (auto& byte : input) byte = static_cast<std::uint8_t>(random());
    } else if (!input.empty()) {
      input[random() % input.size()] ^= static_cast<std::uint8_t>(1u << (random() % 8));
    }
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%d inputs survived\n", kInputs);
}
