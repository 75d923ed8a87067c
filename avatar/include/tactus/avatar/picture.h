// Draws triangles into a picture, straight on, and writes it as PNG: no graphics card, no window.
//
// For looking at bodies and their regions; the scene has its own renderer.
//
//   Frames   any right-handed one: a view says which directions are right and up.
//   Units    metres; colours linear RGB in [0, 1].
//   Errors   triangles outside are cut off; not-finite ones are left out; write_png says false.
//   Threads  one owner.
//   Proof    tests/avatar/picture_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tactus/base/geometry.h"

namespace tactus::avatar {

/// What is seen in a rectangle of the picture. The viewer stands at cross(right, up).
struct View {
  Vec3 right{1, 0, 0}, up{0, 1, 0};  ///< unit length, orthogonal
  Vec3 centre;                       ///< the point in the middle of the rectangle
  float height_m = 1.3f;             ///< of the rectangle
  int x = 0, y = 0;                  ///< its upper left corner, pixels
  int width = 0, height = 0;         ///< pixels
};

/// A corner of a triangle to draw; a zero normal draws the colour as it is, unlit.
struct PictureVertex {
  Vec3 p, n, color{1, 1, 1};
};

class Picture {
 public:
  Picture(int width, int height, Vec3 background = {0.93f, 0.91f, 0.88f});

  /// Draws with depth test and soft light from the upper left; `indices` three a triangle, each
  /// below vertices.size().
  void draw(std::span<const PictureVertex> vertices, std::span<const std::uint32_t> indices,
            const View& view);

  [[nodiscard]] bool write_png(const std::string& path) const;

  /// sRGB bytes of a pixel, (0, 0) upper left; antialiased.
  [[nodiscard]] std::array<std::uint8_t, 3> pixel(int x, int y) const;

 private:
  static constexpr int kSamples = 3;  ///< a side: each pixel is the mean of 9

  void fill(const std::array<PictureVertex, 3>& corner, const View& view);

  int width_, height_;
  std::vector<Vec3> color_;
  std::vector<float> nearness_;
};

}  // namespace tactus::avatar
