// A picture of a session's touch: fingers and palms down, seconds across, truth above output.
//
//   Clocks   seconds of the stage's virtual clock.
//   Units    a truth bar is full at kFullDepth_m, an output bar at kFullDrive of full scale.
//   Errors   write_png is false when the file cannot be written.
//   Threads  one owner. Memory grows by 12 rows x 16 bytes each kBin_s of story.
//   Proof    tests/simulator/truth/timeline_test.cc, and by looking at it
#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {

class Timeline {
 public:
  static constexpr double kBin_s = 0.01;
  static constexpr double kFullDepth_m = 0.006;
  static constexpr float kFullDrive = 0.3f;

  /// One hand's truth at a time; call at any rate.
  void add_truth(double t_s, Hand hand, const HandTruth& truth);

  /// What its actuators were driven with then: the peak of |drive| each.
  void add_drive(double t_s, Hand hand, std::span<const float, kActuators> peak);

  /// Draws it all; the story is fitted to the width of the picture.
  [[nodiscard]] bool write_png(const char* path) const;

 private:
  static constexpr std::size_t kRowsPerHand = kFingers + 1;
  struct Cell {
    float depth_m = 0;
    float drive = 0;
    float nearest_m = static_cast<float>(kTruthReach_m);
    Region region = Region::None;  ///< of the nearest skin
  };
  using Column = std::array<Cell, kHands * kRowsPerHand>;

  Column* column(double t_s);
  static std::size_t row(Hand hand, std::size_t actuator);
  [[nodiscard]] Cell largest(std::size_t row, std::size_t begin, std::size_t end) const;

  std::vector<Column> columns_;
};

}  // namespace tactus::simulator
