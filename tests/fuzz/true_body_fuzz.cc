// The judge's own reader of .tbody files: any bytes give a body that can be posed and asked, or
// words.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "tactus/simulator/true_body.h"

namespace {

/// A header that promises what the bytes have, so that the arrays are reached.
std::vector<std::byte> dressed(const std::uint8_t* data, std::size_t size) {
  const std::size_t triangles = size / 64 % 4, vertices = 3;
  std::vector<std::byte> bytes(32 + 64 + vertices * 20 + triangles * 16);
  std::memcpy(bytes.data(), "TACTBODY", 8);
  const std::uint32_t words[] = {1, static_cast<std::uint32_t>(bytes.size()), 1,
                                 static_cast<std::uint32_t>(vertices),
                                 static_cast<std::uint32_t>(triangles)};
  std::memcpy(bytes.data() + 8, words, sizeof words);
  const std::int32_t root = -1;
  const float one = 1;
  std::memcpy(bytes.data() + 64, &root, sizeof root);
  std::memcpy(bytes.data() + 80, &one, sizeof one);
  for (std::size_t v = 0; v < vertices; ++v) bytes[32 + 64 + v * 20 + 16] = std::byte{255};
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    bytes[32 + (data[i] * 256u + data[i + 1]) % (bytes.size() - 32)] = std::byte{data[i + 2]};
  }
  return bytes;
}

void check(std::span<const std::byte> bytes) {
  const auto body = tactus::simulator::read_true_body(bytes);
  if (!body) {
    if (body.error().empty()) std::abort();
    return;
  }
  tactus::simulator::PosedBody posed;
  posed.pose(*body, {});
  const auto skin = posed.closest({0, 0, 0}, 1.0);
  if (std::isnan(skin.distance_m)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check({reinterpret_cast<const std::byte*>(data), size});
  check(dressed(data, size));
  return 0;
}
