// A recorded skeleton as a whole person: its bones, and all its joints at every frame.
//
// The file's joints are given the axes that the body model's joints have at rest, so that virtual
// trackers can be strapped to a real person's motion and bones are known to the millimetre.
//
//   Clocks   seconds from the recording's start.
//   Frames   world: the file's axes, floor at y = 0; joints as core/pose/body_model.h.
//   Units    metres: the skeleton is scaled to kPersonHeight_m.
//   Errors   recorded_person says in words what the skeleton lacks.
//   Threads  pure, plain value.
//   Proof    tests/simulator/person/recorded_person_test.cc
#pragma once
#include <bitset>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/simulator/bvh.h"
#include "tactus/simulator/true_person.h"

namespace tactus::simulator {

struct RecordedPerson {
  PersonBones bones;
  double frame_time_s = 0;
  std::vector<PersonJoints> frames;   ///< at least one
  std::bitset<kBodyJoints> recorded;  ///< joints whose place the file says; others are filled in
};

[[nodiscard]] Expected<RecordedPerson, std::string> recorded_person(const BvhMotion& bvh);

}  // namespace tactus::simulator
