#include "vrm_humanoid.h"

namespace tactus::avatar {
namespace {

using tinygltf::Value;

/// The member, or nothing where there is none.
const Value& member(const Value& object, const char* key) {
  static const Value kNothing;
  return object.IsObject() ? object.Get(key) : kNothing;
}

class Names {
 public:
  explicit Names(std::size_t nodes) : names_(nodes) {}

  void say(const Value& node, const std::string& name) {
    if (!node.IsInt()) return;
    const int index = node.Get<int>();
    if (index >= 0 && static_cast<std::size_t>(index) < names_.size()) names_[index] = name;
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
};

const Value& human_bones(const tinygltf::Model& model, const char* extension) {
  static const Value kNothing;
  const auto found = model.extensions.find(extension);
  if (found == model.extensions.end()) return kNothing;
  return member(member(found->second, "humanoid"), "humanBones");
}

}  // namespace

std::vector<std::string> read_vrm_humanoid(const tinygltf::Model& model) {
  Names names(model.nodes.size());
  const Value& listed = human_bones(model, "VRM");  // 0.x: [{"bone": name, "node": index}]
  for (std::size_t i = 0; listed.IsArray() && i < listed.ArrayLen(); ++i) {
    const Value& bone = listed.Get(static_cast<int>(i));
    const Value& name = member(bone, "bone");
    if (name.IsString()) names.say(member(bone, "node"), name.Get<std::string>());
  }
  const Value& named = human_bones(model, "VRMC_vrm");  // 1.0: {name: {"node": index}}
  if (named.IsObject()) {
    for (const std::string& name : named.Keys()) names.say(member(named.Get(name), "node"), name);
  }
  return names.take();
}

}  // namespace tactus::avatar
