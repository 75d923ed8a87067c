// One picture of the scene, without headset, screen or clock: the same options, the same bytes.
//
//   Clocks   the scene's own, stepped from 0 to the time asked for. Frames: stage.
//   Units    metres, seconds.
//   Errors   SceneError.
//   Threads  one.
//   Proof    tests/scene/still_test.cc
#pragma once
#include "scene/options.h"

namespace tactus::scene {

/// Writes the picture. Returns the program's exit code: 3 when validation complained.
int draw_still(const Options& options);

}  // namespace tactus::scene
