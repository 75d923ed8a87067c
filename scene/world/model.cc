#include "scene/world/model.h"

#include <tiny_gltf.h>

#include <cmath>
#include <fstream>
#include <map>

#include "scene/world/accessor.h"

namespace tactus::scene {
namespace {

constexpr std::size_t kMaxFileBytes = 256u << 20;

Surface surface_of(const tinygltf::Model& file, int material) {
  if (material < 0 || material >= static_cast<int>(file.materials.size())) return Surface::Cloth;
  static const std::map<std::string, Surface> kByName = {{"skin", Surface::Skin},
                                                         {"cloth", Surface::Cloth},
                                                         {"hair", Surface::Hair},
                                                         {"eye", Surface::Eye},
                                                         {"emissive", Surface::Glow}};
  const auto found = kByName.find(file.materials[material].name);
  return found == kByName.end() ? Surface::Cloth : found->second;
}

std::uint16_t packed_unit(float value) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0f, 1.0f) * 65535.0f));
}

int attribute(const tinygltf::Primitive& primitive, const char* name) {
  const auto found = primitive.attributes.find(name);
  return found == primitive.attributes.end() ? -1 : found->second;
}

// Parents of all nodes; a file whose nodes form a loop or share a child is refused.
std::vector<int> node_parents(const tinygltf::Model& file) {
  std::vector<int> parent(file.nodes.size(), -1);
  for (std::size_t i = 0; i < file.nodes.size(); ++i)
    for (const int child : file.nodes[i].children) {
      if (child < 0 || child >= static_cast<int>(parent.size()) || parent[child] != -1)
        throw SceneError("the nodes do not form a tree");
      parent[child] = static_cast<int>(i);
    }
  for (std::size_t i = 0; i < parent.size(); ++i) {
    std::size_t steps = 0;
    for (int at = static_cast<int>(i); at != -1; at = parent[at])
      if (++steps > parent.size()) throw SceneError("the nodes do not form a tree");
  }
  return parent;
}

Pose bind_pose(const float* inverse_bind) {
  const Mat4 m = Eigen::Map<const Mat4>(inverse_bind);
  const Mat3 R = m.topLeftCorner<3, 3>();
  if (std::fabs(R.determinant() - 1.0f) > 0.01f || !(R * R.transpose()).isIdentity(0.01f))
    throw SceneError("a bone is scaled or sheared at rest");
  return inverse(Pose{Quat(R).normalized(), m.topRightCorner<3, 1>()});
}

Skeleton read_skeleton(const tinygltf::Model& file) {
  Skeleton skeleton;
  if (file.skins.empty()) return skeleton;
  const tinygltf::Skin& skin = file.skins.front();
  if (skin.joints.empty() || skin.joints.size() > kMaxBones)
    throw SceneError("a skin has no bones, or more than 128");
  const Table inverse_bind = read_table(file, skin.inverseBindMatrices);
  if (inverse_bind.width != 16 || inverse_bind.count != skin.joints.size())
    throw SceneError("the skin's bind matrices do not fit its bones");
  const std::vector<int> node_parent = node_parents(file);
  std::map<int, int> bone_of_node;
  for (std::size_t i = 0; i < skin.joints.size(); ++i) {
    const int node = skin.joints[i];
    if (node < 0 || node >= static_cast<int>(file.nodes.size()))
      throw SceneError("a bone is no node");
    int at = node_parent[node];
    while (at != -1 && !bone_of_node.contains(at)) at = node_parent[at];
    skeleton.name.push_back(file.nodes[node].name);
    skeleton.parent.push_back(at == -1 ? kNoBone : bone_of_node[at]);
    skeleton.T_model_rest.push_back(bind_pose(inverse_bind.row(i)));
    bone_of_node[node] = static_cast<int>(i);
  }
  return skeleton;
}

void read_skin(const tinygltf::Model& file, const tinygltf::Primitive& primitive,
               std::size_t bone_count, std::vector<Vertex>& vertices) {
  const int joints_at = attribute(primitive, "JOINTS_0");
  const int weights_at = attribute(primitive, "WEIGHTS_0");
  if (joints_at < 0 || weights_at < 0) return;
  const Table joints = read_table(file, joints_at);
  const Table weights = read_table(file, weights_at);
  if (joints.width != 4 || weights.width != 4 || joints.count != vertices.size() ||
      weights.count != vertices.size())
    throw SceneError("the skin does not fit its mesh");
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    int left = 255;
    for (std::size_t k = 4; k-- > 0;) {
      const float bone = joints.row(i)[k];
      const float weight = weights.row(i)[k];
      if (!(bone >= 0 && bone < static_cast<float>(bone_count)) || !(weight >= 0 && weight < 1.01f))
        throw SceneError("a vertex hangs on a bone that is not there");
      const int share = k == 0 ? left : std::min(left, static_cast<int>(std::lround(weight * 255)));
      left -= share;
      vertices[i].bone[k] = static_cast<std::uint8_t>(bone);
      vertices[i].weight[k] = static_cast<std::uint8_t>(share);
    }
  }
}

void read_colours(const tinygltf::Model& file, const tinygltf::Primitive& primitive,
                  std::vector<Vertex>& vertices) {
  const int at = attribute(primitive, "COLOR_0");
  for (Vertex& vertex : vertices) vertex.colour.fill(65535);
  if (at < 0) return;
  const Table colour = read_table(file, at);
  if (colour.count != vertices.size() || colour.width < 3 || colour.width > 4)
    throw SceneError("the colours do not fit their mesh");
  for (std::size_t i = 0; i < vertices.size(); ++i)
    for (std::size_t k = 0; k < colour.width; ++k)
      vertices[i].colour[k] = packed_unit(colour.row(i)[k]);
}

std::vector<Vec3> read_vectors(const tinygltf::Model& file, int accessor, std::size_t count) {
  const Table table = read_table(file, accessor);
  if (table.width != 3 || table.count != count) throw SceneError("positions do not fit their mesh");
  std::vector<Vec3> vectors(count);
  for (std::size_t i = 0; i < count; ++i) vectors[i] = Eigen::Map<const Vec3>(table.row(i));
  return vectors;
}

// Names of morph targets stand in the mesh's extras, by a custom that all exporters follow.
std::vector<Morph> read_morphs(const tinygltf::Model& file, const tinygltf::Mesh& source,
                               const tinygltf::Primitive& primitive, std::size_t count) {
  std::vector<Morph> morphs;
  const tinygltf::Value names =
      source.extras.IsObject() ? source.extras.Get("targetNames") : tinygltf::Value();
  for (std::size_t i = 0; i < primitive.targets.size(); ++i) {
    Morph morph;
    const tinygltf::Value name = names.IsArray() && i < names.ArrayLen()
                                     ? names.Get(static_cast<int>(i))
                                     : tinygltf::Value();
    if (name.IsString()) morph.name = name.Get<std::string>();
    const auto p = primitive.targets[i].find("POSITION");
    const auto n = primitive.targets[i].find("NORMAL");
    const std::vector<Vec3> none(count, Vec3::Zero());
    morph.p_offset = p == primitive.targets[i].end() ? none : read_vectors(file, p->second, count);
    morph.n_offset = n == primitive.targets[i].end() ? none : read_vectors(file, n->second, count);
    morphs.push_back(std::move(morph));
  }
  return morphs;
}

Mesh read_primitive(const tinygltf::Model& file, const tinygltf::Mesh& source,
                    const tinygltf::Primitive& primitive, std::size_t bone_count) {
  if (primitive.mode != TINYGLTF_MODE_TRIANGLES) throw SceneError("a mesh is not of triangles");
  const Table positions = read_table(file, attribute(primitive, "POSITION"));
  if (positions.width != 3) throw SceneError("positions are not in space");
  const std::vector<Vec3> normals =
      read_vectors(file, attribute(primitive, "NORMAL"), positions.count);
  Mesh mesh;
  mesh.name = source.name;
  mesh.surface = surface_of(file, primitive.material);
  mesh.vertices.resize(positions.count);
  mesh.p_low = mesh.p_high = Eigen::Map<const Vec3>(positions.row(0));
  for (std::size_t i = 0; i < positions.count; ++i) {
    const Vec3 p = Eigen::Map<const Vec3>(positions.row(i));
    mesh.vertices[i].p = {p.x(), p.y(), p.z()};
    mesh.vertices[i].n = packed_normal(normals[i]);
    mesh.p_low = mesh.p_low.cwiseMin(p);
    mesh.p_high = mesh.p_high.cwiseMax(p);
  }
  read_colours(file, primitive, mesh.vertices);
  read_skin(file, primitive, bone_count, mesh.vertices);
  mesh.morphs = read_morphs(file, source, primitive, positions.count);
  mesh.indices = read_indices(file, primitive.indices, positions.count);
  return mesh;
}

}  // namespace

std::array<std::int16_t, 4> packed_normal(const Vec3& n) {
  const Vec3 unit = direction(n, Vec3::UnitY());
  const auto pack = [](float v) { return static_cast<std::int16_t>(std::lround(v * 32767.0f)); };
  return {pack(unit.x()), pack(unit.y()), pack(unit.z()), 0};
}

Model read_model(std::span<const std::byte> bytes, const std::string& name) {
  tinygltf::TinyGLTF loader;
  tinygltf::Model file;
  std::string error, warning;
  if (bytes.size() > kMaxFileBytes) throw SceneError(name + ": larger than any model of ours");
  if (!loader.LoadBinaryFromMemory(&file, &error, &warning,
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<unsigned>(bytes.size())))
    throw SceneError(name + ": not a binary glTF: " + error);
  try {
    Model model;
    model.skeleton = read_skeleton(file);
    for (const tinygltf::Mesh& mesh : file.meshes)
      for (const tinygltf::Primitive& primitive : mesh.primitives)
        model.meshes.push_back(read_primitive(file, mesh, primitive, model.skeleton.size()));
    return model;
  } catch (const SceneError& cause) {
    throw SceneError(name + ": " + cause.what() + "; export it again");
  }
}

Model load_model(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw SceneError(path + ": cannot be opened; is --assets right?");
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  return read_model(std::as_bytes(std::span(bytes)), path);
}

}  // namespace tactus::scene
