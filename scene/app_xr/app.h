// The scene in a headset: the OpenXR session and its frame loop.
//
//   Clocks   XrTime; the scene's seconds count from the first frame's display time.
//   Frames   drawn and submitted in LOCAL; the child stands in STAGE, so that a recentre leaves
//            her where she is.
//   Units    metres, seconds.
//   Errors   SceneError.
//   Threads  one.
//   Proof    tests/scene/headset_test.py
#pragma once
#include "scene/options.h"

namespace tactus::scene {

/// Runs until asked to leave. Returns the program's exit code.
int run_in_headset(const Options& options);

}  // namespace tactus::scene
