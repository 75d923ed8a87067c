#include "tactus/simulator/timeline.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "canvas.h"

namespace tactus::simulator {
namespace {

constexpr std::size_t kMostColumns = 1u << 20;
constexpr double kFreeAir_m = 0.005;  ///< farther than this from any skin an output is free air

constexpr Colour kPaper = {250, 248, 244};
constexpr Colour kInk = {60, 56, 52};
constexpr Colour kFaint = {224, 219, 211};
constexpr Colour kLane = {240, 236, 229};
constexpr Colour kNowhere = {214, 30, 40};

constexpr int kLeft = 170, kTop = 58, kPlot = 1600, kRight = 24;
constexpr int kLaneHeight = 20, kRowHeight = 2 * kLaneHeight + 10, kHandGap = 26, kBottom = 64;

constexpr std::array<const char*, 6> kRowNames = {"THUMB", "INDEX",  "MIDDLE",
                                                  "RING",  "LITTLE", "PALM"};
constexpr std::array<const char*, kRegions> kRegionNames = {
    "NONE",  "FACE", "CHEEK LEFT", "CHEEK RIGHT", "FOREHEAD", "NOSE",      "LIPS",
    "EAR",   "HAIR", "NECK",       "SHOULDER",    "ARM",      "HAND LEFT", "HAND RIGHT",
    "CHEST", "BACK", "LAP",        "LEG",         "FOOT",     "CLOTH",     "THING"};
constexpr std::array<Colour, kRegions> kRegionColours = {{
    {170, 170, 170}, {236, 150, 120}, {232, 96, 110},  {214, 90, 150}, {240, 176, 110},
    {220, 130, 60},  {190, 50, 80},   {200, 120, 160}, {126, 80, 46},  {176, 140, 100},
    {90, 150, 160},  {86, 170, 120},  {58, 128, 200},  {98, 100, 200}, {60, 160, 180},
    {100, 120, 130}, {150, 130, 190}, {130, 170, 80},  {120, 110, 80}, {80, 140, 170},
    {214, 160, 50},
}};

int row_top(std::size_t row) {
  const int hand = static_cast<int>(row / kRowNames.size());
  return kTop + static_cast<int>(row) * kRowHeight + hand * kHandGap;
}

/// A bar that grows from the bottom of its lane; anything above nothing shows at least two pixels.
void draw_bar(Canvas& canvas, int x, int lane_top, double part, Colour colour) {
  if (part <= 0) return;
  const int room = kLaneHeight - 2;
  const int height = std::clamp(static_cast<int>(std::lround(part * room)), 2, room);
  canvas.fill(x, lane_top + kLaneHeight - height, 1, height, colour);
}

void draw_axis(Canvas& canvas, double end_s) {
  const int bottom = row_top(2 * kRowNames.size() - 1) + kRowHeight;
  const int step_s = end_s <= 40 ? 1 : end_s <= 400 ? 10 : 60;
  for (int s = 0; s <= static_cast<int>(end_s); s += step_s) {
    const int x = kLeft + static_cast<int>(s / end_s * kPlot);
    canvas.fill(x, kTop - 8, 1, bottom - kTop + 8, kFaint);
    const std::string label = std::to_string(s);
    canvas.write(x - static_cast<int>(label.size()) * 6, kTop - 26, label, kInk, 2);
  }
  canvas.write(kLeft - 30, kTop - 26, "S", kInk, 2);
}

void draw_names(Canvas& canvas) {
  for (std::size_t row = 0; row < 2 * kRowNames.size(); ++row) {
    const int top = row_top(row);
    if (row % kRowNames.size() == 0) {
      canvas.write(10, top - 22, row == 0 ? "LEFT HAND" : "RIGHT HAND", kInk, 2);
    }
    canvas.write(24, top + 13, kRowNames[row % kRowNames.size()], kInk, 2);
    canvas.write(kLeft - 44, top + 7, "TRUTH", kInk);
    canvas.write(kLeft - 44, top + kLaneHeight + 9, "OUTPUT", kInk);
    canvas.fill(kLeft, top, kPlot, kLaneHeight, kLane);
    canvas.fill(kLeft, top + kLaneHeight + 2, kPlot, kLaneHeight, kLane);
  }
}

void draw_legend(Canvas& canvas, const std::array<bool, kRegions>& seen) {
  int x = kLeft;
  const int y = canvas.height() - kBottom + 28;
  const auto entry = [&](Colour colour, const std::string& name) {
    canvas.fill(x, y, 16, 14, colour);
    canvas.write(x + 22, y, name, kInk, 2);
    x += 22 + static_cast<int>(name.size()) * 12 + 26;
  };
  for (std::size_t region = 1; region < kRegions; ++region) {
    if (seen[region]) entry(kRegionColours[region], kRegionNames[region]);
  }
  entry(kNowhere, "OUTPUT IN FREE AIR");
}

}  // namespace

std::size_t Timeline::row(Hand hand, std::size_t actuator) {
  const std::size_t part = std::min<std::size_t>(actuator / 2, kFingers);
  return index(hand) * kRowsPerHand + part;
}

Timeline::Column* Timeline::column(double t_s) {
  if (!(t_s >= 0) || t_s / kBin_s >= kMostColumns) return nullptr;
  const auto bin = static_cast<std::size_t>(t_s / kBin_s + 1e-6);  // 0.29 / 0.01 is below 29
  if (bin >= columns_.size()) columns_.resize(bin + 1);
  return &columns_[bin];
}

void Timeline::add_truth(double t_s, Hand hand, const HandTruth& truth) {
  Column* cells = column(t_s);
  if (cells == nullptr) return;
  for (std::size_t a = 0; a < kActuators; ++a) {
    Cell& cell = (*cells)[row(hand, a)];
    const auto distance_m = static_cast<float>(truth[a].distance_m);
    cell.depth_m = std::max(cell.depth_m, static_cast<float>(truth[a].depth_m()));
    if (distance_m >= cell.nearest_m) continue;
    cell.nearest_m = distance_m;
    cell.region = truth[a].region;
  }
}

void Timeline::add_drive(double t_s, Hand hand, std::span<const float, kActuators> peak) {
  Column* cells = column(t_s);
  if (cells == nullptr) return;
  for (std::size_t a = 0; a < kActuators; ++a) {
    float& drive = (*cells)[row(hand, a)].drive;
    drive = std::max(drive, peak[a]);
  }
}

Timeline::Cell Timeline::largest(std::size_t row, std::size_t begin, std::size_t end) const {
  Cell result;
  for (std::size_t i = begin; i < std::max(end, begin + 1) && i < columns_.size(); ++i) {
    const Cell& cell = columns_[i][row];
    result.depth_m = std::max(result.depth_m, cell.depth_m);
    result.drive = std::max(result.drive, cell.drive);
    if (cell.nearest_m >= result.nearest_m) continue;
    result.nearest_m = cell.nearest_m;
    result.region = cell.region;
  }
  return result;
}

bool Timeline::write_png(const char* path) const {
  const int height = row_top(2 * kRowNames.size() - 1) + kRowHeight + kBottom;
  Canvas canvas(kLeft + kPlot + kRight, height, kPaper);
  const std::size_t bins = std::max<std::size_t>(columns_.size(), 1);
  draw_names(canvas);
  draw_axis(canvas, static_cast<double>(bins) * kBin_s);
  std::array<bool, kRegions> seen{};
  for (std::size_t row = 0; row < kHands * kRowsPerHand; ++row) {
    for (int x = 0; x < kPlot; ++x) {
      const auto begin = static_cast<std::size_t>(x) * bins / kPlot;
      const Cell cell = largest(row, begin, (static_cast<std::size_t>(x) + 1) * bins / kPlot);
      const auto region = static_cast<std::size_t>(cell.region);
      const Colour colour = cell.nearest_m <= kFreeAir_m ? kRegionColours[region] : kNowhere;
      draw_bar(canvas, kLeft + x, row_top(row), cell.depth_m / kFullDepth_m, colour);
      draw_bar(canvas, kLeft + x, row_top(row) + kLaneHeight + 2, cell.drive / kFullDrive, colour);
      seen[region] = seen[region] || cell.depth_m > 0;
    }
  }
  draw_legend(canvas, seen);
  return canvas.write_png(path);
}

}  // namespace tactus::simulator
