// Little-endian numbers in report bytes, a device's clock, and the CRC that closes every report.
//
//   Clocks   DeviceTime from a device's 32-bit microsecond counter.
//   Units    bytes.
//   Errors   the caller checked the length; offsets are constants of a layout.
//   Threads  pure, RT-safe.
//   Proof    tests/drivers/tg1/codec_test.cc
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "tactus/base/crc32.h"
#include "tactus/base/time.h"

namespace tactus::wire {

[[nodiscard]] constexpr std::uint16_t load_u16(std::span<const std::uint8_t> b,
                                               std::size_t at) noexcept {
  return static_cast<std::uint16_t>(b[at] | b[at + 1] << 8);
}
[[nodiscard]] constexpr std::int16_t load_i16(std::span<const std::uint8_t> b,
                                              std::size_t at) noexcept {
  return static_cast<std::int16_t>(load_u16(b, at));
}
[[nodiscard]] constexpr std::uint32_t load_u32(std::span<const std::uint8_t> b,
                                               std::size_t at) noexcept {
  return static_cast<std::uint32_t>(load_u16(b, at)) |
         static_cast<std::uint32_t>(load_u16(b, at + 2)) << 16;
}
[[nodiscard]] constexpr float load_f32(std::span<const std::uint8_t> b, std::size_t at) noexcept {
  return std::bit_cast<float>(load_u32(b, at));
}
constexpr void store_u16(std::span<std::uint8_t> b, std::size_t at, std::uint16_t v) noexcept {
  b[at] = static_cast<std::uint8_t>(v & 0xFF);
  b[at + 1] = static_cast<std::uint8_t>(v >> 8);
}
constexpr void store_i16(std::span<std::uint8_t> b, std::size_t at, std::int16_t v) noexcept {
  store_u16(b, at, static_cast<std::uint16_t>(v));
}
constexpr void store_u32(std::span<std::uint8_t> b, std::size_t at, std::uint32_t v) noexcept {
  store_u16(b, at, static_cast<std::uint16_t>(v & 0xFFFF));
  store_u16(b, at + 2, static_cast<std::uint16_t>(v >> 16));
}
constexpr void store_f32(std::span<std::uint8_t> b, std::size_t at, float v) noexcept {
  store_u32(b, at, std::bit_cast<std::uint32_t>(v));
}

/// The nearest code to value / scale within [low, high]; a value that is not a number gives 0.
[[nodiscard]] inline std::int32_t quantize(float value, float scale, std::int32_t low,
                                           std::int32_t high) noexcept {
  if (!std::isfinite(value)) return 0;
  const double code = std::nearbyint(static_cast<double>(value) / static_cast<double>(scale));
  return static_cast<std::int32_t>(
      std::clamp(code, static_cast<double>(low), static_cast<double>(high)));
}

/// A device's 32-bit microsecond counter on a 64-bit line: the time nearest to `t_newest` that has
/// these low bits. The first one after DeviceTime{} lies within ±35.8 minutes of zero.
[[nodiscard]] constexpr DeviceTime unwrap_us(DeviceTime t_newest, std::uint32_t t_us) noexcept {
  using Us = std::chrono::microseconds;
  const std::int64_t newest_us = std::chrono::floor<Us>(t_newest.time_since_epoch()).count();
  const auto step = static_cast<std::int32_t>(t_us - static_cast<std::uint32_t>(newest_us));
  return DeviceTime(Us(newest_us + step));
}

/// Closes a report: CRC-32 of all bytes before the last four, stored there.
constexpr void seal(std::span<std::uint8_t> report) noexcept {
  store_u32(report, report.size() - 4, crc32(report.first(report.size() - 4)));
}
[[nodiscard]] constexpr bool is_sealed(std::span<const std::uint8_t> report) noexcept {
  return load_u32(report, report.size() - 4) == crc32(report.first(report.size() - 4));
}

}  // namespace tactus::wire
