// Blends a mesh's expressions into its vertices.
//
//   Frames   model at rest. Units: metres; weights 0 to 1.
//   Errors   spans of another length than the mesh's are the programmer's mistake.
//   Threads  pure.
//   Proof    tests/scene/model_test.cc
#pragma once
#include <span>

#include "scene/world/model.h"

namespace tactus::scene {

/// Writes the mesh's vertices with its morphs blended in, `weights` in the order of the mesh's
/// morphs. A closing lid takes the place of what else moves it, or smile and blink would add up
/// and the lid would pierce the cheek (VRM 1.0 calls that overrideBlink: blend).
void blend_morphs(const Mesh& mesh, std::span<const float> weights, std::span<Vertex> blended);

}  // namespace tactus::scene
