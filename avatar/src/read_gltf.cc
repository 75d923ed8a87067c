#include <Eigen/Geometry>
#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <set>

#include "node_tree.h"
#include "read_primitive.h"
#include "vrm_humanoid.h"

namespace tactus::avatar {
namespace {

/// The nearest rotation (polar decomposition), and the translation as it is.
Pose rigid_part(const Eigen::Matrix4d& T) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(T.topLeftCorner<3, 3>(),
                                              Eigen::ComputeFullU | Eigen::ComputeFullV);
  Eigen::Matrix3d u = svd.matrixU();
  if ((u * svd.matrixV().transpose()).determinant() < 0) u.col(2) = -u.col(2);
  const Eigen::Quaterniond q(Eigen::Matrix3d(u * svd.matrixV().transpose()));
  return {normalized(Quat{static_cast<float>(q.x()), static_cast<float>(q.y()),
                          static_cast<float>(q.z()), static_cast<float>(q.w())}),
          {static_cast<float>(T(0, 3)), static_cast<float>(T(1, 3)), static_cast<float>(T(2, 3))}};
}

class Reader {
 public:
  explicit Reader(const tinygltf::Model& file) : file_(file) {}

  Expected<SkinnedModel, GltfError> run() {
    auto tree = build_node_tree(file_);
    if (!tree) return Unexpected{tree.error()};
    tree_ = std::move(*tree);
    if (const auto failed = find_bones()) return Unexpected{*failed};
    for (const int node : tree_.order) {
      if (!tree_.shown[node] || file_.nodes[node].mesh < 0) continue;
      if (const auto failed = add_mesh(node)) return Unexpected{*failed};
    }
    const bool empty = std::all_of(model_.parts.begin(), model_.parts.end(),
                                   [](const ModelPart& part) { return part.indices.empty(); });
    if (empty) return Unexpected{GltfError::NoTriangles};
    return std::move(model_);
  }

 private:
  using Failure = std::optional<GltfError>;

  /// Every joint of every skin becomes a bone, once; its parent is the nearest joint above it.
  Failure find_bones() {
    bone_of_node_.assign(file_.nodes.size(), -1);
    std::vector<bool> is_joint(file_.nodes.size(), false);
    for (const tinygltf::Skin& skin : file_.skins) {
      if (skin.joints.empty()) return GltfError::BadSkin;
      for (const int joint : skin.joints) {
        if (joint < 0 || static_cast<std::size_t>(joint) >= file_.nodes.size()) {
          return GltfError::BadSkin;
        }
        is_joint[joint] = true;
      }
    }
    const std::vector<std::string> humanoid = read_vrm_humanoid(file_);
    std::set<std::string> names;
    for (const int node : tree_.order) {
      if (!is_joint[node]) continue;
      if (model_.bones.size() == kMaxModelBones) return GltfError::TooLarge;
      bone_of_node_[node] = static_cast<int>(model_.bones.size());
      std::string name = file_.nodes[node].name;
      if (name.empty()) name = "bone";
      while (!names.insert(name).second) name += "_" + std::to_string(node);
      const Pose T_rest_bone = rigid_part(tree_.T_world_node[node]);
      if (!is_valid(T_rest_bone)) return GltfError::BadNode;
      if (!(length(T_rest_bone.p) < kFurthest_m)) return GltfError::NotInMetres;
      model_.bones.push_back({name, bone_above(tree_.parent[node]), T_rest_bone, humanoid[node]});
    }
    if (model_.bones.empty()) model_.bones.push_back({"root", -1, {}});
    return std::nullopt;
  }

  /// The bone at a node or the nearest above it, -1 if none.
  [[nodiscard]] int bone_above(int node) const {
    while (node >= 0 && bone_of_node_[node] < 0) node = tree_.parent[node];
    return node < 0 ? -1 : bone_of_node_[node];
  }

  Failure add_mesh(int node) {
    const tinygltf::Node& instance = file_.nodes[node];
    if (static_cast<std::size_t>(instance.mesh) >= file_.meshes.size()) return GltfError::BadNode;
    const tinygltf::Mesh& mesh = file_.meshes[instance.mesh];
    Binding binding;
    if (instance.skin >= 0) {
      if (const auto failed = open_skin(instance.skin, binding)) return failed;
    } else {
      const int bone = std::max(bone_above(node), 0);
      binding.joints = {{static_cast<std::uint16_t>(bone), tree_.T_world_node[node]}};
    }
    for (const tinygltf::Primitive& primitive : mesh.primitives) {
      auto part = read_primitive(file_, primitive, binding, model_.unweighted_vertices);
      if (!part) return part.error();
      if (part->indices.empty()) continue;
      vertices_ += part->vertices.size();
      indices_ += part->indices.size();
      if (vertices_ > kMaxModelVertices || indices_ > kMaxModelIndices) return GltfError::TooLarge;
      part->mesh = mesh.name.empty() ? instance.name : mesh.name;
      if (!binding.skinned) ++model_.rigid_parts;
      model_.parts.push_back(std::move(*part));
    }
    return std::nullopt;
  }

  /// Joint matrices of the rest pose: world from mesh, one for each joint of the skin.
  Failure open_skin(int index, Binding& binding) const {
    if (static_cast<std::size_t>(index) >= file_.skins.size()) return GltfError::BadSkin;
    const tinygltf::Skin& skin = file_.skins[index];
    binding.skinned = true;
    std::optional<Accessor> inverse_bind;
    if (skin.inverseBindMatrices >= 0) {
      auto opened = Accessor::open(file_, skin.inverseBindMatrices, TINYGLTF_TYPE_MAT4);
      if (!opened) return opened.error();
      inverse_bind = *opened;
      if (inverse_bind->count() < skin.joints.size()) return GltfError::BadSkin;
    }
    for (std::size_t j = 0; j < skin.joints.size(); ++j) {
      Eigen::Matrix4d T_joint_mesh = Eigen::Matrix4d::Identity();
      for (std::size_t k = 0; inverse_bind && k < 16; ++k) {
        T_joint_mesh(static_cast<int>(k % 4), static_cast<int>(k / 4)) =
            static_cast<double>(inverse_bind->number(j, k));
      }
      if (!T_joint_mesh.allFinite()) return GltfError::BadSkin;
      const int node = skin.joints[j];
      binding.joints.push_back({static_cast<std::uint16_t>(bone_of_node_[node]),
                                tree_.T_world_node[node] * T_joint_mesh});
    }
    return std::nullopt;
  }

  const tinygltf::Model& file_;
  NodeTree tree_;
  std::vector<int> bone_of_node_;
  SkinnedModel model_;
  std::size_t vertices_ = 0, indices_ = 0;
};

Expected<SkinnedModel, GltfError> read(std::span<const std::byte> bytes,
                                       const std::string& folder) {
  const auto file = parse_gltf(bytes, folder);
  if (!file) return Unexpected{file.error()};
  return Reader(*file).run();
}

}  // namespace

const char* describe(GltfError error) noexcept {
  switch (error) {
    case GltfError::CannotRead:
      return "cannot read the file: check its path and permissions";
    case GltfError::TooLarge:
      return "the model is larger than a person needs: decimate it in a modelling program";
    case GltfError::NotGltf:
      return "not a whole glTF 2.0 file: export it again as .glb";
    case GltfError::NeedsExtension:
      return "the file needs a glTF extension that is not read: export it without extensions";
    case GltfError::BadCompression:
      return "what Draco or meshopt packed does not unpack: export the file again";
    case GltfError::BadAccessor:
      return "an accessor points outside its buffer or has the wrong type: export the file again";
    case GltfError::BadNode:
      return "the nodes are not a tree, or a transform is not finite: export the file again";
    case GltfError::BadSkin:
      return "a skin lacks joints or bind matrices: export the armature together with the mesh";
    case GltfError::BadVertex:
      return "a vertex, weight or index is impossible: clean the mesh and export it again";
    case GltfError::NotInMetres:
      return "the model reaches more than 100 m from the origin: export it in metres";
    case GltfError::NoTriangles:
      return "no triangles in the default scene: export the person's meshes, not hidden ones";
  }
  return "unknown glTF error";
}

Expected<SkinnedModel, GltfError> read_skinned_gltf(std::span<const std::byte> bytes) {
  return read(bytes, "");
}

Expected<SkinnedModel, GltfError> read_skinned_gltf(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) return Unexpected{GltfError::CannotRead};
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return Unexpected{GltfError::CannotRead};
  if (size > kMaxGltfBytes) return Unexpected{GltfError::TooLarge};
  std::vector<std::byte> bytes(size);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file) return Unexpected{GltfError::CannotRead};
  const auto folder = std::filesystem::path(path).parent_path();
  return read(bytes, folder.empty() ? "." : folder.string());
}

}  // namespace tactus::avatar
