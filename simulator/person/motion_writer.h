// Writes what a person will do as keys and steps.
//
//   Clocks   seconds from the start. Frames: world, floor at y = 0.
//   Units    metres, radians. Errors: none. Threads: pure.
//   Proof    tests/simulator/person/true_person_test.cc
#pragma once
#include "tactus/simulator/person_motion.h"

namespace tactus::simulator {

[[nodiscard]] MotionScript write_motion(std::uint64_t seed, const PersonBones& bones,
                                        Activity activity, double duration_s);

}  // namespace tactus::simulator
