#include "decimate.h"

#include <meshoptimizer.h>

#include <algorithm>

#include "tactus/base/geometry.h"

namespace tactus::avatar {
namespace {

// How far the surface may move: a fingertip's pad yields by about 1.5 mm at a light touch, so
// hands and face stay within; elsewhere cloth and hair hide four times that.
constexpr float kFineError_m = 0.0015f;
constexpr float kCoarseError_m = 0.006f;

float share_kept(const DecimationPart& part, float scale) {
  return part.keep > 0 ? part.keep : std::min(1.0f, scale * part.importance);
}

/// The scale at which the parts' shares add up to the target.
float triangle_count(const DecimationPart& part) {
  const std::size_t count = part.indices.size() / 3;
  return static_cast<float>(count);
}

float find_scale(std::span<const DecimationPart> parts, std::size_t target) {
  float lo = 0, hi = 1;
  for (int i = 0; i < 40; ++i) {
    const float scale = 0.5f * (lo + hi);
    float sum = 0;
    for (const DecimationPart& part : parts) {
      sum += share_kept(part, scale) * triangle_count(part);
    }
    (sum > static_cast<float>(target) ? hi : lo) = scale;
  }
  return hi;
}

void simplify(DecimationPart& part, std::span<const BodyVertex> vertices, float share) {
  const std::size_t target = 3 * static_cast<std::size_t>(share * triangle_count(part));
  if (target >= part.indices.size()) return;
  const float* positions = &vertices[0].p_rest.x;
  const float scale_m = meshopt_simplifyScale(positions, vertices.size(), sizeof(BodyVertex));
  const float limit_m = part.importance > 1.5f ? kFineError_m : kCoarseError_m;
  std::vector<std::uint32_t> kept(part.indices.size());
  kept.resize(meshopt_simplify(kept.data(), part.indices.data(), part.indices.size(), positions,
                               vertices.size(), sizeof(BodyVertex), target,
                               limit_m / std::max(scale_m, 1e-6f),
                               part.shares_border ? meshopt_SimplifyLockBorder : 0, nullptr));
  part.indices = std::move(kept);
}

}  // namespace

void decimate(std::vector<DecimationPart>& parts, std::span<const BodyVertex> vertices,
              std::size_t target) {
  if (vertices.empty()) return;
  const float scale = find_scale(parts, target);
  for (DecimationPart& part : parts) simplify(part, vertices, share_kept(part, scale));
}

}  // namespace tactus::avatar
