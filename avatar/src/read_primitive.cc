#include "read_primitive.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "tactus/contact/skin_weights.h"

namespace tactus::avatar {
namespace {

constexpr std::size_t kMaxWeightSets = 4;  // JOINTS_0 .. JOINTS_3

struct Influence {
  float weight = 0;
  std::uint32_t joint = 0;
};

/// The four largest.
void quantize(std::vector<Influence>& influences, const Binding& binding, ModelVertex& vertex) {
  std::stable_sort(influences.begin(), influences.end(),
                   [](const Influence& a, const Influence& b) { return a.weight > b.weight; });
  const std::size_t count = std::min<std::size_t>(influences.size(), 4);
  std::array<float, 4> weights{};
  for (std::size_t k = 0; k < count; ++k) weights[k] = influences[k].weight;
  vertex.weight = quantize_weights(weights);
  for (std::size_t k = 0; k < count; ++k) {
    if (vertex.weight[k] > 0) vertex.bone[k] = binding.joints[influences[k].joint].bone;
  }
}

class PrimitiveReader {
 public:
  PrimitiveReader(const tinygltf::Model& model, const tinygltf::Primitive& primitive,
                  const Binding& binding)
      : model_(model), primitive_(primitive), binding_(binding) {}

  Expected<ModelPart, GltfError> run(std::size_t& unweighted) {
    const int mode = primitive_.mode < 0 ? TINYGLTF_MODE_TRIANGLES : primitive_.mode;
    if (mode < TINYGLTF_MODE_TRIANGLES) return ModelPart{};
    name_material();
    if (const auto failed = read_vertices(unweighted)) return Unexpected{*failed};
    if (const auto failed = read_triangles(mode)) return Unexpected{*failed};
    return std::move(part_);
  }

 private:
  using Failure = std::optional<GltfError>;

  [[nodiscard]] int attribute(const std::string& name) const {
    const auto found = primitive_.attributes.find(name);
    return found == primitive_.attributes.end() ? -1 : found->second;
  }

  void name_material() {
    if (primitive_.material < 0 ||
        static_cast<std::size_t>(primitive_.material) >= model_.materials.size()) {
      return;
    }
    const tinygltf::Material& material = model_.materials[primitive_.material];
    part_.material = material.name;
    const auto& base = material.pbrMetallicRoughness.baseColorFactor;
    if (base.size() >= 3) {
      base_ = {static_cast<float>(base[0]), static_cast<float>(base[1]),
               static_cast<float>(base[2])};
    }
  }

  Failure open_weights(std::size_t count) {
    for (std::size_t set = 0; set < kMaxWeightSets; ++set) {
      const int joints = attribute("JOINTS_" + std::to_string(set));
      const int weights = attribute("WEIGHTS_" + std::to_string(set));
      if (joints < 0 && weights < 0) break;
      const auto j = Accessor::open(model_, joints, TINYGLTF_TYPE_VEC4);
      if (!j) return j.error();
      const auto w = Accessor::open(model_, weights, TINYGLTF_TYPE_VEC4);
      if (!w) return w.error();
      if (!j->holds_indices() || j->count() != count || w->count() != count) {
        return GltfError::BadAccessor;
      }
      joints_.push_back(*j);
      weights_.push_back(*w);
    }
    return std::nullopt;
  }

  Failure read_vertices(std::size_t& unweighted) {
    const auto positions = Accessor::open(model_, attribute("POSITION"), TINYGLTF_TYPE_VEC3);
    if (!positions) return positions.error();
    const std::size_t count = positions->count();
    if (count > kMaxModelVertices) return GltfError::TooLarge;
    std::optional<Accessor> colors;
    if (const int index = attribute("COLOR_0"); index >= 0) {
      const auto opened = Accessor::open(model_, index, 0);
      if (!opened) return opened.error();
      if (opened->count() == count && opened->components() >= 3) colors = *opened;
    }
    if (binding_.skinned) {
      if (const auto failed = open_weights(count)) return failed;
    }
    part_.vertices.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      ModelVertex& vertex = part_.vertices[i];
      vertex.color = base_;
      if (colors) {
        vertex.color = {base_.x * colors->number(i, 0), base_.y * colors->number(i, 1),
                        base_.z * colors->number(i, 2)};
      }
      const Eigen::Vector4d p_mesh(positions->number(i, 0), positions->number(i, 1),
                                   positions->number(i, 2), 1);
      if (const auto failed = bind(i, p_mesh, unweighted)) return failed;
    }
    return std::nullopt;
  }

  /// Skins the vertex at rest with all of its weights, then keeps the four largest.
  Failure bind(std::size_t i, const Eigen::Vector4d& p_mesh, std::size_t& unweighted) {
    influences_.clear();
    for (std::size_t set = 0; set < joints_.size(); ++set) {
      for (std::size_t k = 0; k < 4; ++k) {
        const float weight = weights_[set].number(i, k);
        const std::uint32_t joint = joints_[set].index(i, k);
        if (!(weight >= 0 && weight < 1e6f)) return GltfError::BadVertex;
        if (weight == 0) continue;
        if (joint >= binding_.joints.size()) return GltfError::BadVertex;
        influences_.push_back({weight, joint});
      }
    }
    float sum = 0;
    for (const Influence& influence : influences_) sum += influence.weight;
    if (!(sum > 1e-6f)) {
      influences_.assign(1, {1.0f, 0});
      sum = 1;
      if (binding_.skinned) ++unweighted;
    }
    Eigen::Vector4d p = Eigen::Vector4d::Zero();
    for (const Influence& influence : influences_) {
      p += static_cast<double>(influence.weight / sum) *
           (binding_.joints[influence.joint].T_world_mesh * p_mesh);
    }
    ModelVertex& vertex = part_.vertices[i];
    vertex.p_rest = {static_cast<float>(p.x()), static_cast<float>(p.y()),
                     static_cast<float>(p.z())};
    if (!is_finite(vertex.p_rest)) return GltfError::BadVertex;
    if (!(length(vertex.p_rest) < kFurthest_m)) return GltfError::NotInMetres;
    quantize(influences_, binding_, vertex);
    if (i == 0) {
      mirrored_ =
          binding_.joints[influences_[0].joint].T_world_mesh.topLeftCorner<3, 3>().determinant() <
          0;
    }
    return std::nullopt;
  }

  Failure read_triangles(int mode) {
    std::vector<std::uint32_t> corners;
    if (primitive_.indices >= 0) {
      const auto indices = Accessor::open(model_, primitive_.indices, TINYGLTF_TYPE_SCALAR);
      if (!indices) return indices.error();
      if (!indices->holds_indices()) return GltfError::BadAccessor;
      corners.resize(indices->count());
      for (std::size_t i = 0; i < corners.size(); ++i) corners[i] = indices->index(i, 0);
    } else {
      corners.resize(part_.vertices.size());
      std::iota(corners.begin(), corners.end(), 0u);
    }
    for (const std::uint32_t corner : corners) {
      if (corner >= part_.vertices.size()) return GltfError::BadVertex;
    }
    const std::size_t step = mode == TINYGLTF_MODE_TRIANGLES ? 3 : 1;
    for (std::size_t i = 0; i + 2 < corners.size(); i += step) {
      const bool fan = mode == TINYGLTF_MODE_TRIANGLE_FAN;
      std::uint32_t a = corners[fan ? 0 : i], b = corners[i + 1], c = corners[i + 2];
      const bool odd = mode == TINYGLTF_MODE_TRIANGLE_STRIP && i % 2 == 1;
      if (odd != mirrored_) std::swap(b, c);
      if (a != b && b != c && a != c) part_.indices.insert(part_.indices.end(), {a, b, c});
    }
    return std::nullopt;
  }

  const tinygltf::Model& model_;
  const tinygltf::Primitive& primitive_;
  const Binding& binding_;
  ModelPart part_;
  Vec3 base_{1, 1, 1};
  std::vector<Accessor> joints_, weights_;
  std::vector<Influence> influences_;
  bool mirrored_ = false;
};

}  // namespace

Expected<ModelPart, GltfError> read_primitive(const tinygltf::Model& model,
                                              const tinygltf::Primitive& primitive,
                                              const Binding& binding, std::size_t& unweighted) {
  return PrimitiveReader(model, primitive, binding).run(unweighted);
}

}  // namespace tactus::avatar
