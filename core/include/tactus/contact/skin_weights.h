// Four weights of a vertex as 255ths that sum to 255.
//
//   Units    255ths; the input may have any positive sum.
//   Errors   the caller has checked: finite, not negative, sum above zero.
//   Threads  pure.
//   Proof    tests/core/contact/body_test.cc
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace tactus {

/// What rounding down leaves goes to those that lost most.
[[nodiscard]] constexpr std::array<std::uint8_t, 4> quantize_weights(
    const std::array<float, 4>& weights) noexcept {
  const float sum = weights[0] + weights[1] + weights[2] + weights[3];
  std::array<std::uint8_t, 4> out{};
  std::array<float, 4> lost{};
  int rest = 255;
  for (std::size_t k = 0; k < 4; ++k) {
    const float exact = 255.0f * (weights[k] / sum);
    out[k] = static_cast<std::uint8_t>(std::clamp(exact, 0.0f, 255.0f));
    lost[k] = exact - static_cast<float>(out[k]);
    rest -= out[k];
  }
  for (; rest > 0; --rest) {
    const auto most =
        static_cast<std::size_t>(std::max_element(lost.begin(), lost.end()) - lost.begin());
    ++out[most];
    lost[most] -= 1.0f;
  }
  return out;
}

}  // namespace tactus
