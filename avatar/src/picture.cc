#include "tactus/avatar/picture.h"

#include <png.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace tactus::avatar {
namespace {

/// Wrapped light from the upper left of the viewer, warm, with a cool fill from above.
Vec3 light(const PictureVertex& vertex, const View& view) {
  if (dot(vertex.n, vertex.n) < 0.25f) return vertex.color;
  const Vec3 toward_viewer = cross(view.right, view.up);
  const Vec3 sun = normalized(0.6f * view.up - 0.5f * view.right + toward_viewer);
  const Vec3 n = normalized(vertex.n);
  const float direct = std::max(0.0f, (dot(n, sun) + 0.4f) / 1.4f);
  const float sky = 0.5f + 0.5f * dot(n, view.up);
  const Vec3 sum =
      direct * Vec3{0.80f, 0.74f, 0.68f} + (0.18f + 0.16f * sky) * Vec3{0.9f, 0.95f, 1};
  return {vertex.color.x * sum.x, vertex.color.y * sum.y, vertex.color.z * sum.z};
}

/// Linear light to an sRGB byte (IEC 61966-2-1).
std::uint8_t encode_srgb(float c) {
  c = std::clamp(c, 0.0f, 1.0f);
  const float s = c <= 0.0031308f ? 12.92f * c : 1.055f * std::pow(c, 1 / 2.4f) - 0.055f;
  return static_cast<std::uint8_t>(std::lround(255.0f * s));
}

}  // namespace

Picture::Picture(int width, int height, Vec3 background)
    : width_(std::max(width, 1)), height_(std::max(height, 1)) {
  const std::size_t samples = static_cast<std::size_t>(width_) * height_ * kSamples * kSamples;
  color_.assign(samples, background);
  nearness_.assign(samples, -std::numeric_limits<float>::infinity());
}

void Picture::draw(std::span<const PictureVertex> vertices, std::span<const std::uint32_t> indices,
                   const View& view) {
  const float samples_per_m =
      static_cast<float>(view.height * kSamples) / std::max(view.height_m, 1e-6f);
  const Vec3 middle{
      (static_cast<float>(view.x) + 0.5f * static_cast<float>(view.width)) * kSamples,
      (static_cast<float>(view.y) + 0.5f * static_cast<float>(view.height)) * kSamples, 0};
  std::vector<PictureVertex> shown(vertices.begin(), vertices.end());
  for (PictureVertex& vertex : shown) {
    vertex.color = light(vertex, view);
    const Vec3 p = vertex.p - view.centre;
    vertex.p = middle + samples_per_m * Vec3{dot(p, view.right), -dot(p, view.up),
                                             dot(p, cross(view.right, view.up))};
  }
  for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
    fill({shown[indices[i]], shown[indices[i + 1]], shown[indices[i + 2]]}, view);
  }
}

void Picture::fill(const std::array<PictureVertex, 3>& corner, const View& view) {
  const auto& [a, b, c] = corner;
  if (!is_finite(a.p) || !is_finite(b.p) || !is_finite(c.p)) return;
  const float area = (b.p.x - a.p.x) * (c.p.y - a.p.y) - (b.p.y - a.p.y) * (c.p.x - a.p.x);
  if (area == 0) return;
  const auto range = [](float lo, float hi, int first, int count, int limit) {
    const int from = std::max(first, 0) * kSamples;
    const int to = std::min(first + count, limit) * kSamples - 1;
    return std::pair{static_cast<int>(std::clamp(std::floor(lo), static_cast<float>(from), 1e6f)),
                     static_cast<int>(std::clamp(std::ceil(hi), -1e6f, static_cast<float>(to)))};
  };
  const auto [x0, x1] = range(std::min({a.p.x, b.p.x, c.p.x}), std::max({a.p.x, b.p.x, c.p.x}),
                              view.x, view.width, width_);
  const auto [y0, y1] = range(std::min({a.p.y, b.p.y, c.p.y}), std::max({a.p.y, b.p.y, c.p.y}),
                              view.y, view.height, height_);
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const float px = static_cast<float>(x) + 0.5f, py = static_cast<float>(y) + 0.5f;
      const float wb = ((px - a.p.x) * (c.p.y - a.p.y) - (py - a.p.y) * (c.p.x - a.p.x)) / area;
      const float wc = ((b.p.x - a.p.x) * (py - a.p.y) - (b.p.y - a.p.y) * (px - a.p.x)) / area;
      const float wa = 1 - wb - wc;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const std::size_t at = static_cast<std::size_t>(y) * width_ * kSamples + x;
      const float near = wa * a.p.z + wb * b.p.z + wc * c.p.z;
      if (near <= nearness_[at]) continue;
      nearness_[at] = near;
      color_[at] = wa * a.color + wb * b.color + wc * c.color;
    }
  }
}

std::array<std::uint8_t, 3> Picture::pixel(int x, int y) const {
  Vec3 sum;
  for (int j = 0; j < kSamples; ++j) {
    for (int i = 0; i < kSamples; ++i) {
      const std::size_t row = static_cast<std::size_t>(y) * kSamples + j;
      sum += color_[row * width_ * kSamples + static_cast<std::size_t>(x) * kSamples + i];
    }
  }
  constexpr float kShare = 1.0f / (kSamples * kSamples);
  return {encode_srgb(kShare * sum.x), encode_srgb(kShare * sum.y), encode_srgb(kShare * sum.z)};
}

bool Picture::write_png(const std::string& path) const {
  std::vector<std::uint8_t> bytes;
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      const auto rgb = pixel(x, y);
      bytes.insert(bytes.end(), rgb.begin(), rgb.end());
    }
  }
  png_image image;
  std::memset(&image, 0, sizeof(image));
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width_);
  image.height = static_cast<png_uint_32>(height_);
  image.format = PNG_FORMAT_RGB;
  return png_image_write_to_file(&image, path.c_str(), 0, bytes.data(), 0, nullptr) != 0;
}

}  // namespace tactus::avatar
