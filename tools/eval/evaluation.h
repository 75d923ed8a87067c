// What every evaluation has: a folder of recordings, a seed, tables, metrics, pictures, JSON.
//
//   Clocks   none of its own.
//   Units    every column and metric names its own.
//   Errors   `write` is false when a file could not be written, and has said so on stderr.
//   Threads  one owner.
//   Proof    tests/tools/feel_test.cc
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "../commands.h"

namespace tactus::tools {

struct EvalRequest {
  std::string data;  ///< folder of recordings; empty: synthetic ones, where there are any
  std::string body;  ///< of `touch`: a skinned glTF or a .tbody; empty: a generated head
  unsigned seed = 1;
  std::string out = "out/eval";  ///< folder for the JSON and the pictures
  std::string write;             ///< folder for synthetic recordings, instead of a score
};

/// Rows of figures under named columns: printed aligned, and kept for the JSON.
struct EvalTable {
  std::string name;                  ///< of the table, as in the JSON
  std::vector<std::string> columns;  ///< of figures, with units, as in "total [deg]"
  struct Row {
    std::string name;
    std::vector<double> figures;  ///< as many as columns
  };
  std::vector<Row> rows;
};

/// One curve of a picture.
struct EvalCurve {
  std::string name;
  std::vector<double> x;  ///< ascending
  std::vector<double> y;  ///< as many; what is not finite leaves a gap
};

/// One box of a picture: curves over a common axis.
struct EvalPanel {
  std::string title;
  std::vector<EvalCurve> curves;
};

/// Collects what an evaluation found, prints it as it comes and writes it at the end.
class EvalReport {
 public:
  EvalReport(std::string what, const EvalRequest& request);

  void print(const EvalTable& table);
  /// Prints `metric NAME VALUE UNIT` and keeps it. Names are listed in docs/metrics.md.
  void metric(std::string_view name, double value, std::string_view unit);
  /// Adds a box to the picture WHAT.svg.
  void add(EvalPanel panel) { panels_.push_back(std::move(panel)); }

  /// Writes OUT/WHAT.json and, when there are panels, OUT/WHAT.svg with the given axis labels.
  [[nodiscard]] bool write(std::string_view x_label, std::string_view y_label) const;

 private:
  struct Metric {
    std::string name;
    double value;
    std::string unit;
  };
  std::string what_;
  EvalRequest request_;
  std::vector<EvalTable> tables_;
  std::vector<Metric> metrics_;
  std::vector<EvalPanel> panels_;
};

/// The picture: a grid of panels, all on the same axes, as one SVG document.
[[nodiscard]] std::string draw_panels(const std::vector<EvalPanel>& panels, std::string_view title,
                                      std::string_view x_label, std::string_view y_label);

/// The evaluations, a file each. They give the exit code.
int eval_body(const EvalRequest& request);
int eval_clock(const EvalRequest& request);
int eval_hand(const EvalRequest& request);
int eval_orientation(const EvalRequest& request);
int eval_touch(const EvalRequest& request);
int eval_wrist(const EvalRequest& request);

}  // namespace tactus::tools
