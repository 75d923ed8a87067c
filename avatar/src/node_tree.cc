#include "node_tree.h"

#include <Eigen/Geometry>
#include <algorithm>

namespace tactus::avatar {
namespace {

/// The node's own transform: a matrix, or translation, rotation and scale.
Eigen::Matrix4d local_transform(const tinygltf::Node& node) {
  if (node.matrix.size() == 16) return Eigen::Map<const Eigen::Matrix4d>(node.matrix.data());
  Eigen::Affine3d T = Eigen::Affine3d::Identity();
  if (node.translation.size() == 3) {
    T.translate(Eigen::Vector3d(node.translation[0], node.translation[1], node.translation[2]));
  }
  if (node.rotation.size() == 4) {
    const Eigen::Quaterniond q(node.rotation[3], node.rotation[0], node.rotation[1],
                               node.rotation[2]);
    if (q.norm() > 1e-9) T.rotate(q.normalized());
  }
  if (node.scale.size() == 3) {
    T.scale(Eigen::Vector3d(node.scale[0], node.scale[1], node.scale[2]));
  }
  return T.matrix();
}

bool find_parents(const tinygltf::Model& model, std::vector<int>& parent) {
  parent.assign(model.nodes.size(), -1);
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    for (const int child : model.nodes[i].children) {
      const bool exists = child >= 0 && static_cast<std::size_t>(child) < model.nodes.size();
      if (!exists || parent[child] != -1) return false;
      parent[child] = static_cast<int>(i);
    }
  }
  return true;
}

/// Depth first from the roots; a cycle is never reached, so the count tells.
std::vector<int> parents_first(const tinygltf::Model& model, const std::vector<int>& parent) {
  std::vector<int> order, open;
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    if (parent[i] == -1) open.push_back(static_cast<int>(i));
  }
  while (!open.empty()) {
    const int node = open.back();
    open.pop_back();
    order.push_back(node);
    const auto& children = model.nodes[node].children;
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return order;
}

void mark_shown(const tinygltf::Model& model, NodeTree& tree) {
  const bool has_scene = !model.scenes.empty();
  tree.shown.assign(model.nodes.size(), !has_scene);
  if (!has_scene) return;
  const bool named =
      model.defaultScene >= 0 && static_cast<std::size_t>(model.defaultScene) < model.scenes.size();
  for (const int root : model.scenes[named ? model.defaultScene : 0].nodes) {
    if (root >= 0 && static_cast<std::size_t>(root) < model.nodes.size()) tree.shown[root] = true;
  }
  for (const int node : tree.order) {
    if (tree.parent[node] >= 0 && tree.shown[tree.parent[node]]) tree.shown[node] = true;
  }
}

}  // namespace

Expected<NodeTree, GltfError> build_node_tree(const tinygltf::Model& model) {
  NodeTree tree;
  if (!find_parents(model, tree.parent)) return Unexpected{GltfError::BadNode};
  tree.order = parents_first(model, tree.parent);
  if (tree.order.size() != model.nodes.size()) return Unexpected{GltfError::BadNode};
  tree.T_world_node.resize(model.nodes.size());
  for (const int node : tree.order) {
    const Eigen::Matrix4d T_parent_node = local_transform(model.nodes[node]);
    tree.T_world_node[node] = tree.parent[node] < 0
                                  ? T_parent_node
                                  : tree.T_world_node[tree.parent[node]] * T_parent_node;
    if (!tree.T_world_node[node].allFinite()) return Unexpected{GltfError::BadNode};
  }
  mark_shown(model, tree);
  return tree;
}

}  // namespace tactus::avatar
