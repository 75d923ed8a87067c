#include "tactus/touch/texture.h"

#include <algorithm>
#include <cmath>

#include "tactus/base/lanes.h"

namespace tactus {
namespace {

constexpr float kSample_s = 1.0f / kActuatorRate_Hz;
constexpr std::size_t kWidth = 4, kRows = (kTextureLines + kWidth - 1) / kWidth;
using Rows = std::array<Lanes, kRows>;  // one number for each wave

/// The waves of the tile: two in each band, a sixth of an octave apart, with phases that look random.
struct Tile {
  std::array<float, kTextureLines> per_period;  ///< waves in a spatial period; whole in a tile
  std::array<float, kTextureLines> octaves;     ///< of that
  std::array<float, kTextureLines> phase_turns;
};

const Tile kTile = [] {
  Tile tile{};
  for (std::size_t i = 0; i < kTextureLines; ++i) {
    const float sixths = static_cast<float>(i) - 0.5f * static_cast<float>(kTextureLines - 1);
    tile.per_period[i] = std::round(kTilePeriods * std::exp2(sixths / 6)) / kTilePeriods;
    tile.octaves[i] = std::log2(tile.per_period[i]);
    const float golden = 0.618034f * static_cast<float>(i * i);
    tile.phase_turns[i] = golden - std::floor(golden);
  }
  return tile;
}();

Rows rows(const std::array<float, kTextureLines>& of_line) {
  Rows out{};
  for (std::size_t i = 0; i < kTextureLines; ++i) out[i / kWidth][i % kWidth] = of_line[i];
  return out;
}

/// Of turns >= 0: by Taylor's series to the ninth power of an angle within a quarter turn, which is
/// off by 4e-6.
Lanes sine(Lanes turns) {
  using Whole = int __attribute__((vector_size(16)));
  Lanes x = turns - __builtin_convertvector(__builtin_convertvector(turns, Whole), Lanes);
  x = x < 0.5f ? x : x - 1.0f;
  x = x > 0.25f ? 0.5f - x : x;
  x = x < -0.25f ? -0.5f - x : x;
  const Lanes z = x * x;
  return x *
         (6.2831853f + z * (-41.341702f + z * (81.605249f + z * (-76.705860f + 42.058694f * z))));
}

/// Amplitude, which is a power of two for every 6.02 dB.
float from_db(float db) { return std::exp2(db * 0.16609640f); }

/// 1 within the band, 0 a third of an octave beyond it.
float playable(const TextureBand& band, float octaves) {
  const float least = std::log2(band.least_Hz), most = std::log2(band.most_Hz);
  return std::clamp(1 - 3 * std::max(least - octaves, octaves - most), 0.0f, 1.0f);
}

using Levels = std::array<float, kTextureLines>;

/// All waves, each from its last level straight to the new one.
void run(TextureState& state, const Levels& to, float pitch_Hz, Signal& signal) {
  const Rows per_period = rows(kTile.per_period), phase = rows(kTile.phase_turns);
  Rows level = rows(state.level), rise = rows(to), cosines, sines, step_cosines, step_sines;
  const float step_periods = pitch_Hz * kSample_s;
  for (std::size_t r = 0; r < kRows; ++r) {
    rise[r] = (rise[r] - level[r]) / static_cast<float>(kFrameSamples);
    const Lanes turns = per_period[r] * state.way + phase[r], step = per_period[r] * step_periods;
    sines[r] = sine(turns);
    cosines[r] = sine(turns + 0.25f);
    step_sines[r] = sine(step);
    step_cosines[r] = sine(step + 0.25f);
  }
  for (std::size_t n = 0; n < kFrameSamples; ++n) {
    Lanes sine_sum{}, cosine_sum{};
    for (std::size_t r = 0; r < kRows; ++r) {
      const Lanes turned = cosines[r] * step_cosines[r] - sines[r] * step_sines[r];
      sines[r] = sines[r] * step_cosines[r] + cosines[r] * step_sines[r];
      cosines[r] = turned;
      level[r] += rise[r];
      sine_sum += level[r] * sines[r];
      cosine_sum += level[r] * cosines[r];
    }
    signal.sine[n] += sum(sine_sum)[0];
    signal.cosine[n] += sum(cosine_sum)[0];
  }
  for (std::size_t i = 0; i < kTextureLines; ++i) {
    const float most = std::max(to[i], state.level[i]);
    signal.power += most * most;
    signal.power_Hz += most * most * kTile.per_period[i] * pitch_Hz;
  }
  state.level = to;
  const float way = state.way + step_periods * static_cast<float>(kFrameSamples);
  state.way = way < kTilePeriods ? way : way - kTilePeriods;
}

}  // namespace

bool TextureState::silent() const noexcept {
  return std::ranges::all_of(level, [](float of_line) { return of_line == 0; });
}

void add_texture(TextureState& state, const Texture& texture, const TextureBand& band,
                 const ActuatorResponse& response, float amplitude, float pitch_Hz,
                 Signal& signal) noexcept {
  Levels to{};
  if (amplitude > 0) {
    const float pitch_octaves = std::log2(pitch_Hz);
    float sum = 0;
    for (std::size_t i = 0; i < kTextureLines; ++i) {
      to[i] = from_db(texture.band_db[i / kLinesOfBand]) *
              playable(band, pitch_octaves + kTile.octaves[i]);
      sum += to[i] * to[i];
    }
    const float scale = sum > 0 ? amplitude / std::sqrt(sum) : 0;
    for (std::size_t i = 0; i < kTextureLines; ++i) {
      to[i] *= scale * from_db(equal_drive_db(response, pitch_octaves + kTile.octaves[i]));
    }
  }
  run(state, to, pitch_Hz, signal);
}

void fade_texture(TextureState& state, float share, float pitch_Hz, Signal& signal) noexcept {
  Levels to = state.level;
  for (float& level : to) level *= share;
  run(state, to, pitch_Hz, signal);
}

}  // namespace tactus
