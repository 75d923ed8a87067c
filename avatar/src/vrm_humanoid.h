// What a VRM file says of its nodes: which one is the left upper arm, and so on.
//
//   Frames   none.
//   Units    none.
//   Errors   what is not as the format has it is as if it were not said.
//   Threads  pure.
//   Proof    tests/avatar/read_gltf_test.cc; tests/fuzz/gltf_fuzz.cc
#pragma once
#include <string>
#include <vector>

#include "gltf_document.h"

namespace tactus::avatar {

/// For each node its humanoid bone as VRM 0.x and 1.0 name it (leftUpperArm), else empty.
[[nodiscard]] std::vector<std::string> read_vrm_humanoid(const tinygltf::Model& model);

}  // namespace tactus::avatar
