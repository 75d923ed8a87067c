#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

#include "evaluation.h"

namespace tactus::tools {
namespace {

constexpr int kColumns = 3;
constexpr double kWidth = 400, kHeight = 200, kMargin = 46, kHead = 40;
constexpr std::size_t kMaxPoints = 800;  // a curve; more than a panel has pixels
constexpr std::array kColours = {"#1f6fb4", "#d9661f", "#3a9a3a", "#8a5bb0", "#666666"};

struct Axis {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void take(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void settle() {
    if (!(low < high)) low = std::isfinite(low) ? low - 1 : 0, high = low + 2;
  }
  [[nodiscard]] double part(double value) const { return (value - low) / (high - low); }
};

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

/// A curve as a path: of each run of points that shares a pixel the largest one is kept, so that a
/// short outburst is not lost.
std::string path_of(const EvalCurve& curve, const Axis& x, const Axis& y) {
  std::string path;
  bool pen = false;
  const std::size_t step = std::max<std::size_t>(1, curve.x.size() / kMaxPoints);
  for (std::size_t i = 0; i < curve.x.size(); i += step) {
    std::size_t best = i;
    for (std::size_t k = i; k < std::min(i + step, curve.x.size()); ++k) {
      if (!std::isfinite(curve.y[best]) || curve.y[k] > curve.y[best]) best = k;
    }
    if (!std::isfinite(curve.y[best])) {
      pen = false;
      continue;
    }
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", pen ? 'L' : 'M',
                   kMargin + x.part(curve.x[best]) * (kWidth - kMargin - 8),
                   kHeight - 24 - y.part(curve.y[best]) * (kHeight - 24 - 20));
    pen = true;
  }
  return path;
}

void draw_panel(std::string& svg, const EvalPanel& panel, const Axis& x, const Axis& y, double left,
                double top) {
  auto out = std::back_inserter(svg);
  fmt::format_to(out, "<g transform=\"translate({} {})\">\n", left, top);
  fmt::format_to(out, "<text x=\"{}\" y=\"14\" font-weight=\"bold\">{}</text>\n", kMargin,
                 escape(panel.title));
  fmt::format_to(out, "<path class=\"frame\" d=\"M{0} 20V{1}H{2}\"/>\n", kMargin, kHeight - 24,
                 kWidth - 8);
  for (const double part : {0.0, 0.5, 1.0}) {
    const double at_y = kHeight - 24 - part * (kHeight - 24 - 20);
    fmt::format_to(out, "<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{:.3g}</text>\n",
                   kMargin - 4, at_y + 4, y.low + part * (y.high - y.low));
    fmt::format_to(out, "<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{:.4g}</text>\n",
                   kMargin + part * (kWidth - kMargin - 20), kHeight - 10,
                   x.low + part * (x.high - x.low));
  }
  for (std::size_t i = 0; i < panel.curves.size(); ++i) {
    const char* colour = kColours[i % kColours.size()];
    fmt::format_to(out, "<path d=\"{}\" stroke=\"{}\"/>\n", path_of(panel.curves[i], x, y), colour);
    fmt::format_to(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" style=\"fill:{}\">{}</text>\n",
                   kWidth - 10, 30 + 13 * static_cast<int>(i), colour,
                   escape(panel.curves[i].name));
  }
  svg += "</g>\n";
}

}  // namespace

std::string draw_panels(const std::vector<EvalPanel>& panels, std::string_view title,
                        std::string_view x_label, std::string_view y_label) {
  Axis x, y;
  for (const EvalPanel& panel : panels) {
    for (const EvalCurve& curve : panel.curves) {
      for (const double value : curve.x) x.take(value);
      for (const double value : curve.y) y.take(value);
    }
  }
  x.settle();
  y.settle();
  const auto rows = static_cast<int>((panels.size() + kColumns - 1) / kColumns);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
      "{1}\">\n<style>text{{font:11px sans-serif;fill:#333}}path{{fill:none;stroke-width:1}}"
      ".frame{{stroke:#999}}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"12\" y=\"24\" style=\"font-size:16px\">{2}: {4} over {3}</text>\n",
      kColumns * kWidth, kHead + rows * kHeight, escape(title), escape(x_label), escape(y_label));
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const std::size_t column = i % kColumns, row = i / kColumns;
    draw_panel(svg, panels[i], x, y, static_cast<double>(column) * kWidth,
               kHead + static_cast<double>(row) * kHeight);
  }
  return svg + "</svg>\n";
}

}  // namespace tactus::tools
