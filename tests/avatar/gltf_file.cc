#include "gltf_file.h"

namespace tactus::avatar {
namespace {

using Json = nlohmann::json;
using Eigen::Affine3f;
using Eigen::Vector3f;

const Eigen::Quaternionf kQuarterTurn(Eigen::AngleAxisf(0.5f * kPi, Vector3f::UnitY()));

std::vector<float> columns(const Affine3f& T) {
  const Eigen::Matrix4f m = T.matrix();
  return {m.data(), m.data() + 16};
}

Json triangles(GltfFile& file, const BoxShape& box, const std::vector<std::uint8_t>& joint,
               std::vector<float> weight) {
  Json attributes = {{"POSITION", file.add(box.positions, "VEC3", 5126, 3)}};
  if (!joint.empty()) {
    attributes["JOINTS_0"] = file.add(joint, "VEC4", 5121, 4);
    attributes["WEIGHTS_0"] = file.add(weight, "VEC4", 5126, 4);
  }
  return {{"attributes", attributes}, {"indices", file.add(box.indices, "SCALAR", 5123, 1)}};
}

}  // namespace

int GltfFile::add_bytes(const void* bytes, std::size_t size, std::size_t count, const char* type,
                        int component, bool is_normalized) {
  binary.resize((binary.size() + 3) / 4 * 4);
  const std::size_t offset = binary.size();
  binary.resize(offset + size);
  std::memcpy(binary.data() + offset, bytes, size);
  root["bufferViews"].push_back({{"buffer", 0}, {"byteOffset", offset}, {"byteLength", size}});
  Json accessor = {{"bufferView", root["bufferViews"].size() - 1},
                   {"componentType", component},
                   {"count", count},
                   {"type", type}};
  if (is_normalized) accessor["normalized"] = true;
  root["accessors"].push_back(accessor);
  return static_cast<int>(root["accessors"].size()) - 1;
}

std::vector<std::byte> GltfFile::glb() const {
  Json whole = root;
  std::vector<std::uint8_t> padded = binary;
  padded.resize((padded.size() + 3) / 4 * 4);
  if (!whole.contains("buffers")) whole["buffers"] = {{{"byteLength", padded.size()}}};
  std::string text = whole.dump();
  text.resize((text.size() + 3) / 4 * 4, ' ');
  std::vector<std::byte> file;
  const auto put = [&](const void* bytes, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(bytes);
    file.insert(file.end(), first, first + size);
  };
  const auto text_size = static_cast<std::uint32_t>(text.size());
  const auto binary_size = static_cast<std::uint32_t>(padded.size());
  const std::uint32_t head[5] = {0x46546C67, 2, 28 + text_size + binary_size, text_size,
                                 0x4E4F534A};
  put(head, sizeof(head));
  put(text.data(), text.size());
  const std::uint32_t chunk[2] = {binary_size, 0x004E4942};
  put(chunk, sizeof(chunk));
  put(padded.data(), padded.size());
  return file;
}

BoxShape make_box(Vec3 centre, float half) {
  BoxShape box;
  for (int i = 0; i < 8; ++i) {
    const auto at = [&](int bit) { return (i >> bit & 1) != 0 ? half : -half; };
    for (const float x : {centre.x + at(0), centre.y + at(1), centre.z + at(2)}) {
      box.positions.push_back(x);
    }
  }
  box.indices = {0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4,
                 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5};
  return box;
}

GltfFile two_bone_person() {
  GltfFile file;
  const Affine3f T_cm_hips(Eigen::Translation3f(0, 100, 0));
  const Affine3f T_cm_head = T_cm_hips * Eigen::Translation3f(0, 50, 0) * kQuarterTurn;
  const Affine3f T_world_cm(Eigen::Scaling(0.01f));
  file.root["nodes"] = {
      {{"name", "armature"}, {"scale", {0.01, 0.01, 0.01}}, {"children", {1}}},
      {{"name", "hips"}, {"translation", {0, 100, 0}}, {"children", {2}}},
      {{"name", "head"},
       {"translation", {0, 50, 0}},
       {"rotation", {kQuarterTurn.x(), kQuarterTurn.y(), kQuarterTurn.z(), kQuarterTurn.w()}}},
      {{"name", "bodyNode"}, {"mesh", 0}, {"skin", 0}, {"translation", {7, 7, 7}}},
      {{"name", "faceNode"}, {"mesh", 1}, {"skin", 1}}};
  file.root["scenes"] = {{{"nodes", {0, 3, 4}}}};
  file.root["scene"] = 0;
  file.root["materials"] = {{{"name", "cloth"}}, {{"name", "skin"}}};

  std::vector<std::uint8_t> joints(32, 0), head_joints(32, 0);
  std::vector<float> weights(32, 0), head_weights(32, 0);
  for (std::size_t i = 0; i < 8; ++i) {
    joints[4 * i + 1] = 1;
    weights[4 * i] = 0.75f;
    weights[4 * i + 1] = 0.25f;
    head_weights[4 * i] = 1.0f;
  }
  Json body = triangles(file, make_box({0, 100, 0}, 10), joints, weights);
  Json face = triangles(file, make_box({0, 1.5f, 0}, 0.1f), head_joints, head_weights);
  body["material"] = 0;
  face["material"] = 1;
  file.root["meshes"] = {{{"name", "body"}, {"primitives", {body}}},
                         {{"name", "face"}, {"primitives", {face}}}};

  std::vector<float> both = columns(T_cm_hips.inverse());
  const std::vector<float> second = columns(T_cm_head.inverse());
  both.insert(both.end(), second.begin(), second.end());
  const int first_bind = file.add(both, "MAT4", 5126, 16);
  const int second_bind = file.add(columns((T_world_cm * T_cm_head).inverse()), "MAT4", 5126, 16);
  file.root["skins"] = {{{"joints", {1, 2}}, {"inverseBindMatrices", first_bind}},
                        {{"joints", {2}}, {"inverseBindMatrices", second_bind}}};
  return file;
}

GltfFile plain_box(float half_m) {
  GltfFile file;
  file.root["meshes"] = {
      {{"name", "box"}, {"primitives", {triangles(file, make_box({}, half_m), {}, {})}}}};
  file.root["nodes"] = {{{"name", "node"}, {"mesh", 0}}};
  file.root["scenes"] = {{{"nodes", {0}}}};
  return file;
}

}  // namespace tactus::avatar
