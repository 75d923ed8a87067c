#include "evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace tactus::tools {
namespace {

/// JSON has no word for what is not finite: null.
nlohmann::json number(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

bool write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) fmt::print(stderr, "tactus eval: cannot write {}\n", path.string());
  return static_cast<bool>(file);
}

}  // namespace

EvalReport::EvalReport(std::string what, const EvalRequest& request)
    : what_(std::move(what)), request_(request) {}

void EvalReport::print(const EvalTable& table) {
  std::size_t width = table.name.size();
  for (const EvalTable::Row& row : table.rows) width = std::max(width, row.name.size());
  fmt::print("{:<{}}", table.name, width);
  for (const std::string& column : table.columns) fmt::print("  {:>9}", column);
  fmt::print("\n");
  for (const EvalTable::Row& row : table.rows) {
    fmt::print("{:<{}}", row.name, width);
    for (std::size_t i = 0; i < row.figures.size(); ++i) {
      fmt::print("  {:>{}.3f}", row.figures[i], std::max<std::size_t>(9, table.columns[i].size()));
    }
    fmt::print("\n");
  }
  fmt::print("\n");
  tables_.push_back(table);
}

void EvalReport::metric(std::string_view name, double value, std::string_view unit) {
  fmt::print("metric {} {:.6g} {}\n", name, value, unit);
  metrics_.push_back({std::string(name), value, std::string(unit)});
}

bool EvalReport::write(std::string_view x_label, std::string_view y_label) const {
  nlohmann::json json;
  json["seed"] = request_.seed;
  json["data"] = request_.data;
  for (const Metric& metric : metrics_) {
    json["metrics"][metric.name] = {{"value", number(metric.value)}, {"unit", metric.unit}};
  }
  for (const EvalTable& table : tables_) {
    nlohmann::json& rows = json["tables"][table.name];
    for (const EvalTable::Row& row : table.rows) {
      for (std::size_t i = 0; i < row.figures.size(); ++i) {
        rows[row.name][table.columns[i]] = number(row.figures[i]);
      }
    }
  }
  const std::filesystem::path folder = request_.out;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!write_file(folder / (what_ + ".json"), json.dump(2) + "\n")) return false;
  if (panels_.empty()) return true;
  return write_file(folder / (what_ + ".svg"), draw_panels(panels_, what_, x_label, y_label));
}

}  // namespace tactus::tools
