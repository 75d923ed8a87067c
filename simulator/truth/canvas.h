// A bitmap to draw bars and small capital letters on, and to write as PNG.
//
//   Frames   pixels, origin top left, x right, y down.
//   Units    pixels.
//   Errors   what lies outside is clipped; write_png is false when the file cannot be written.
//   Threads  one owner.
//   Proof    tests/simulator/truth/timeline_test.cc
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace tactus::simulator {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
};

class Canvas {
 public:
  Canvas(int width, int height, Colour background);

  void fill(int x, int y, int width, int height, Colour colour);

  /// Capitals, digits and . - / % ( ) only; small letters are drawn as capitals. Each letter stands
  /// in a cell of 6 x 8 pixels times `scale`.
  void write(int x, int y, std::string_view text, Colour colour, int scale = 1);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] Colour at(int x, int y) const;
  [[nodiscard]] bool write_png(const char* path) const;

 private:
  int width_;
  int height_;
  std::vector<std::uint8_t> pixels_;  ///< height x width x RGB
};

}  // namespace tactus::simulator
