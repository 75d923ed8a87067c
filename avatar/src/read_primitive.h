// The triangles of one glTF primitive, brought to the world's rest pose.
//
//   Frames   out: world, at rest.
//   Units    metres; weights 255ths.
//   Errors   GltfError.
//   Threads  pure.
//   Proof    tests/avatar/read_gltf_test.cc
#pragma once
#include <Eigen/Core>
#include <optional>
#include <vector>

#include "gltf_document.h"

namespace tactus::avatar {

struct BoundJoint {
  std::uint16_t bone = 0;
  Eigen::Matrix4d T_world_mesh;  ///< at rest; may carry scale
};

struct Binding {
  bool skinned = false;
  std::vector<BoundJoint> joints;  ///< in the skin's order; a single one where nothing is skinned
};

/// Empty for points and lines. `unweighted` counts vertices without any weight.
[[nodiscard]] Expected<ModelPart, GltfError> read_primitive(const tinygltf::Model& model,
                                                            const tinygltf::Primitive& primitive,
                                                            const Binding& binding,
                                                            std::size_t& unweighted);

}  // namespace tactus::avatar
