// Judges a session's hugs: when arms were truly closed around the child, and when the engine said so.
//
//   Clocks   seconds of the stage's virtual clock, rising.
//   Units    results in the unit of their name.
//   Errors   a hug that was missed has no onset; no hug at all gives no times, and says that it is none.
//   Threads  one owner.
//   Proof    tests/simulator/truth/hug_score_test.cc
#pragma once
#include <string>
#include <vector>

namespace tactus::simulator {

struct HugFigures {
  int hugs = 0;          ///< true ones
  int missed = 0;        ///< that the engine did not tell
  int told_falsely = 0;  ///< that the engine told while there was none, or twice of one
  double onset_ms = 0;   ///< the worst, told after true; of either sign
  double release_ms = 0;
};

class HugScore {
 public:
  /// Whether arms are truly closed at `t_s`; a pause shorter than kSame_s is the same hug.
  void add_truth(double t_s, bool is_closed) { add(truth_, t_s, is_closed, kSame_s); }
  /// Whether the engine says so.
  void add_told(double t_s, bool holds) { add(told_, t_s, holds, 0); }

  [[nodiscard]] HugFigures figures() const;

  static constexpr double kSame_s = 0.3;    ///< a hand that is laid anew
  static constexpr double kGlance_s = 0.3;  ///< shorter is no hug: arms that brush past

 private:
  struct Span {
    double from_s, to_s;
    bool open;
  };
  static void add(std::vector<Span>& spans, double t_s, bool is_so, double same_s);

  std::vector<Span> truth_, told_;
};

/// What fails the limits of the demo, in words; empty when all hold.
[[nodiscard]] std::vector<std::string> failures(const HugFigures& figures);

/// The lines "metric demo.NAME VALUE UNIT".
[[nodiscard]] std::string metric_lines(const HugFigures& figures);

}  // namespace tactus::simulator
