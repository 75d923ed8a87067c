// What the scene is asked for on the command line.
//
//   Frames   stage. Units: metres, degrees, seconds where named so.
//   Errors   SceneError, with the option at fault.
//   Threads  plain values.
//   Proof    tests/scene/still_test.cc
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "scene/world/geometry.h"
#include "scene/world/story.h"

namespace tactus::scene {

struct Options {
  bool help = false;
  bool still = false;
  std::string assets;  ///< empty: ../share/tactus beside the program
  Story story;
  Pose T_stage_child{Quat::Identity(), {0, 0, -0.62f}};  ///< 0.62 m before the stage's origin

  // In a headset.
  std::uint64_t frames = 0;  ///< 0: until asked to leave
  std::string stats;         ///< empty: none

  // A still picture.
  double time_s = 0;
  bool left = true, right = true;
  std::string out = "still.png";
  std::uint32_t width = 512, height = 512;
  float fov_deg = 80;
  Vec3 p_stage_head{0, 1.15f, 0};  ///< a participant who kneels
  Vec3 p_stage_target{0, 0.92f, -0.62f};
  std::optional<Vec3>
      p_stage_camera;  ///< somebody who watches; none: through the participant's eyes
  bool hands = false, touched = false, validate = false;
};

[[nodiscard]] Options read_options(std::span<char* const> arguments);
void print_usage();

/// The file of that name in the asset directory.
[[nodiscard]] std::string asset(const Options& options, const char* file);

}  // namespace tactus::scene
