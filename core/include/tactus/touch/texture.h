// What a surface gives to a finger that strokes it: a vibration whose pitch is the speed over the
// spatial period, with third octaves about it that tell hair from cloth.
//
// It is a function of the way stroked: a tile of kTilePeriods spatial periods, made of whole waves
// with fixed phases, that the finger runs along. The same way at the same speed gives the same bytes,
// at twice the speed the same an octave higher, standing still nothing.
//
//   Clocks   none: one call a millisecond, eight samples at 8 kHz.
//   Units    periods of the tile; Hz; drive, full scale 1.
//   Errors   none.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/texture_test.cc; tactus eval touch; docs/notes/touch_synthesis.md
#pragma once
#include <array>
#include <cstddef>
#include <type_traits>

#include "tactus/touch/perceive.h"
#include "tactus/touch/signal.h"

namespace tactus {

inline constexpr std::size_t kTextureBands = 9;
inline constexpr std::size_t kLinesOfBand = 2;
inline constexpr std::size_t kTextureLines = kTextureBands * kLinesOfBand;
inline constexpr float kTilePeriods = 64;

/// A material's spectrum: third octaves about its pitch, the fifth its own, dB of each other.
struct Texture {
  std::array<float, kTextureBands> band_db{};
};

/// What an actuator may be asked for. Lines fade out within a third octave beyond.
struct TextureBand {
  float least_Hz = 40, most_Hz = 300;
};

struct TextureState {
  float way = 0;                               ///< along the tile, periods, [0, kTilePeriods)
  std::array<float, kTextureLines> level{};    ///< drive of each wave at the end of the last frame
  [[nodiscard]] bool silent() const noexcept;  ///< every level is 0
};
static_assert(std::is_trivially_copyable_v<TextureState>);

/// The next millisecond, added to `signal`. `amplitude` is that of a sine as strong as the whole, on
/// a flat actuator at 160 Hz; every wave is weighed by `response` for its own pitch.
void add_texture(TextureState& state, const Texture& texture, const TextureBand& band,
                 const ActuatorResponse& response, float amplitude, float pitch_Hz,
                 Signal& signal) noexcept;

/// The next millisecond of a stroke that ends: every wave at `share` of what it was.
void fade_texture(TextureState& state, float share, float pitch_Hz, Signal& signal) noexcept;

}  // namespace tactus
