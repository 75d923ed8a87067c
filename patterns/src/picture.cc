#include "tactus/patterns/picture.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "envelope.h"
#include "tactus/patterns/compile.h"

namespace tactus::patterns {
namespace {

constexpr int kWidth = 960, kPanel = 170, kMargin = 56, kGap = 26;
constexpr std::size_t kMostTracks = 24;  ///< more are one blur anyway: the strongest sum is below
constexpr int kColumns = kWidth - kMargin - 16;

struct Point {
  double x, y;
};
struct Line {
  std::vector<Point> points;
  int colour = 0;
};
/// A box with curves, heights from 0 at the bottom to 1 at the top.
struct Panel {
  std::string title, low, high;
  std::vector<Line> lines;
};

using Rgb = std::array<std::uint8_t, 3>;
constexpr std::array<Rgb, 6> kColours = {{{0x1f, 0x6f, 0xb4},
                                          {0xd9, 0x66, 0x1f},
                                          {0x3a, 0x9a, 0x3a},
                                          {0x8a, 0x5b, 0xb0},
                                          {0xb0, 0x22, 0x5a},
                                          {0x66, 0x66, 0x66}}};
constexpr Rgb kFrame = {0xc8, 0xc4, 0xbc};

double part_of(double t_s, double length_s) { return std::clamp(t_s / length_s, 0.0, 1.0); }

/// A curve over its note, with the note's ends.
Line curve_line(const Note& note, const std::vector<CurvePoint>& curve, double otherwise,
                double scale, double length_s, int colour) {
  Line line{{}, colour};
  const auto add = [&](double t_s, double value) {
    line.points.push_back({part_of(note.t_s + t_s, length_s), std::abs(value) * scale});
  };
  add(0, value_at(curve, 0, otherwise));
  for (const CurvePoint& point : curve) {
    if (point.t_s <= note.duration_s) add(point.t_s, point.value);
  }
  add(note.duration_s, value_at(curve, note.duration_s, otherwise));
  return line;
}

Panel amplitudes_of(const Pattern& pattern, double length_s) {
  Panel panel{fmt::format("amplitude of {} tracks", pattern.tracks.size()), "0", "1", {}};
  for (std::size_t i = 0; i < std::min(pattern.tracks.size(), kMostTracks); ++i) {
    const Track& track = pattern.tracks[i];
    const int colour = static_cast<int>(i % kColours.size());
    for (const Note& note : track.notes) {
      panel.lines.push_back(
          curve_line(note, note.amplitude, 1, track.gain * note.gain, length_s, colour));
    }
    for (const Tap& tap : track.taps) {
      const double x = part_of(tap.t_s, length_s);
      panel.lines.push_back({{{x, 0}, {x, track.gain * tap.amplitude}}, colour});
    }
  }
  return panel;
}

Panel frequencies_of(const Pattern& pattern, double length_s) {
  constexpr double kTop_Hz = 400;
  Panel panel{"frequency", "0 Hz", "400 Hz", {}};
  for (std::size_t i = 0; i < std::min(pattern.tracks.size(), kMostTracks); ++i) {
    const int colour = static_cast<int>(i % kColours.size());
    for (const Note& note : pattern.tracks[i].notes) {
      if (note.shape == PatternShape::Direct) continue;
      Line line = curve_line(note, note.frequency_Hz, kOwn_Hz, 1 / kTop_Hz, length_s, colour);
      for (Point& point : line.points) point.y = std::min(point.y, 1.0);
      panel.lines.push_back(std::move(line));
    }
  }
  return panel;
}

/// The drive on one finger, as core plays it: the highest and lowest of each column.
Panel signal_of(const Pattern& pattern, double length_s) {
  Panel panel{"signal, all on one fingertip", "-1", "1", {}};
  const auto bytes = compile(pattern, *place_on_joints("right_index_tip"));
  if (!bytes) return panel;
  const PatternView view = *view_pattern(*bytes);
  PatternState state;
  std::vector<float> low(kColumns), high(kColumns);
  TactileFrame frame;
  frame.hand = Hand::Right;
  const std::size_t a = pulp_actuator(Finger::Index);
  const auto frames = static_cast<std::int64_t>(std::ceil(length_s * 1000));
  for (std::int64_t ms = 0; ms < frames; ++ms) {
    frame.t = HostTime(Duration(1ms) * ms);
    frame.wave = {};
    frame.envelope = {};
    if (!play(state, view, {}, frame)) break;
    const double part = part_of(static_cast<double>(ms) / 1000, length_s);
    const auto column =
        std::min<std::size_t>(static_cast<std::size_t>(part * kColumns), kColumns - 1);
    for (const float sample : frame.wave[a]) {
      low[column] = std::max(-1.0f, std::min(low[column], sample));
      high[column] = std::min(1.0f, std::max(high[column], sample));
    }
  }
  Line line{{}, 0};
  for (std::size_t c = 0; c < kColumns; ++c) {
    const double x = (static_cast<double>(c) + 0.5) / kColumns;
    line.points.push_back({x, 0.5 + 0.5 * static_cast<double>(low[c])});
    line.points.push_back({x, 0.5 + 0.5 * static_cast<double>(high[c])});
  }
  panel.lines.push_back(std::move(line));
  return panel;
}

std::vector<Panel> panels_of(const Pattern& pattern, double length_s) {
  return {amplitudes_of(pattern, length_s), frequencies_of(pattern, length_s),
          signal_of(pattern, length_s)};
}

double length_of(const Pattern& pattern) { return std::max(end_of(pattern) + 0.025, 0.05); }

Point pixel_of(const Point& p, std::size_t panel) {
  const double top = static_cast<double>(panel) * (kPanel + kGap) + kGap + 16;
  return {kMargin + p.x * kColumns, top + (1 - p.y) * kPanel};
}

int height_of(std::size_t panels) { return static_cast<int>(panels) * (kPanel + kGap) + 64; }

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (static_cast<unsigned char>(c) >= ' ') {
      out += c;
    }
  }
  return out;
}

class Raster {
 public:
  Raster(int width, int height)
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
                Rgb{255, 255, 255}) {}

  void draw(Point a, Point b, Rgb colour) {
    const double steps = std::max({1.0, std::abs(b.x - a.x), std::abs(b.y - a.y)}) * 2;
    for (int i = 0; i <= static_cast<int>(steps); ++i) {
      const double part = i / steps;
      const int x = static_cast<int>(std::lround(a.x + part * (b.x - a.x)));
      const int y = static_cast<int>(std::lround(a.y + part * (b.y - a.y)));
      if (x >= 0 && y >= 0 && x < width_ && y < height_) {
        pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                static_cast<std::size_t>(x)] = colour;
      }
    }
  }

  [[nodiscard]] std::vector<std::uint8_t> png() const {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width_);
    image.height = static_cast<png_uint_32>(height_);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&image, nullptr, &size, 0, pixels_.data(), 0, nullptr) == 0) {
      return {};
    }
    std::vector<std::uint8_t> bytes(size);
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels_.data(), 0, nullptr) ==
        0) {
      return {};
    }
    bytes.resize(size);
    return bytes;
  }

 private:
  int width_, height_;
  std::vector<Rgb> pixels_;
};

}  // namespace

std::string draw_svg(const Pattern& pattern) {
  const double length_s = length_of(pattern);
  const std::vector<Panel> panels = panels_of(pattern, length_s);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
      "{1}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{0}\" height=\"{1}\" "
      "fill=\"#fff\"/>\n<text x=\"{2}\" y=\"20\" font-size=\"15\">{3}</text>\n",
      kWidth, height_of(panels.size()), kMargin,
      escaped(pattern.name.empty() ? pattern.description : pattern.name));
  auto out = std::back_inserter(svg);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const Point top = pixel_of({0, 1}, i), bottom = pixel_of({1, 0}, i);
    fmt::format_to(out, "<path d=\"M{0} {1}V{2}H{3}\" fill=\"none\" stroke=\"#888\"/>\n", top.x,
                   top.y, bottom.y, bottom.x);
    fmt::format_to(out, "<text x=\"{}\" y=\"{}\">{}</text>\n", top.x + 4, top.y - 4,
                   panels[i].title);
    fmt::format_to(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", top.x - 4,
                   top.y + 10, panels[i].high);
    fmt::format_to(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", top.x - 4,
                   bottom.y, panels[i].low);
    for (const Line& line : panels[i].lines) {
      std::string path;
      for (const Point& point : line.points) {
        const Point at = pixel_of(point, i);
        fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", path.empty() ? 'M' : 'L', at.x,
                       at.y);
      }
      const Rgb& c = kColours[static_cast<std::size_t>(line.colour)];
      fmt::format_to(out, "<path d=\"{}\" fill=\"none\" stroke=\"#{:02x}{:02x}{:02x}\"/>\n", path,
                     c[0], c[1], c[2]);
    }
  }
  for (int k = 0; k <= 10; k += 2) {
    const Point at = pixel_of({k / 10.0, 0}, panels.size() - 1);
    fmt::format_to(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{:.4g} s</text>\n", at.x,
                   at.y + 16, length_s * k / 10);
  }
  return svg + "</svg>\n";
}

std::vector<std::uint8_t> draw_png(const Pattern& pattern) {
  const double length_s = length_of(pattern);
  const std::vector<Panel> panels = panels_of(pattern, length_s);
  Raster raster(kWidth, height_of(panels.size()));
  for (std::size_t i = 0; i < panels.size(); ++i) {
    for (int k = 0; k <= 10; ++k) {
      raster.draw(pixel_of({k / 10.0, 0}, i), pixel_of({k / 10.0, 1}, i), kFrame);
    }
    for (const double y : {0.0, 0.5, 1.0}) {
      raster.draw(pixel_of({0, y}, i), pixel_of({1, y}, i), kFrame);
    }
    for (const Line& line : panels[i].lines) {
      for (std::size_t p = 0; p + 1 < line.points.size(); ++p) {
        raster.draw(pixel_of(line.points[p], i), pixel_of(line.points[p + 1], i),
                    kColours[static_cast<std::size_t>(line.colour)]);
      }
    }
  }
  return raster.png();
}

}  // namespace tactus::patterns
