// The nodes of a glTF file as a tree that is known to be one, with their world transforms.
//
//   Frames   T_world_node may carry scale and shear: it is a matrix, not a Pose.
//   Units    as in the file.
//   Errors   GltfError::BadNode: two parents, a cycle, a number that is not finite.
//   Threads  plain values.
//   Proof    tests/avatar/read_gltf_test.cc
#pragma once
#include <Eigen/Core>
#include <vector>

#include "gltf_document.h"

namespace tactus::avatar {

struct NodeTree {
  std::vector<int> parent;  ///< -1 a root
  std::vector<int> order;   ///< every node, parents first, as in the file
  std::vector<Eigen::Matrix4d> T_world_node;
  std::vector<bool> shown;  ///< in the default scene, or there is none
};

[[nodiscard]] Expected<NodeTree, GltfError> build_node_tree(const tinygltf::Model& model);

}  // namespace tactus::avatar
