#include "manifests.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "ask_loader.h"

namespace tactus::tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string variable(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr || value[0] == '\0' ? otherwise : value;
}

void add_each(const std::string& list, std::vector<fs::path>& folders) {
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(':', begin), list.size());
    if (end > begin) folders.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

fs::path home_folder(const char* xdg, const char* below_home) {
  const std::string home = variable("HOME", "");
  return variable(xdg, home.empty() ? "" : home + below_home);
}

/// Configuration before data, system before user, as loader 1.0.20 does.
std::vector<fs::path> layer_folders(const char* kind) {
  std::vector<fs::path> folders;
  add_each(variable("XDG_CONFIG_DIRS", "/etc/xdg"), folders);
  folders.emplace_back("/etc");
  add_each(variable("XDG_DATA_DIRS", "/usr/local/share:/usr/share"), folders);
  folders.push_back(home_folder("XDG_DATA_HOME", "/.local/share"));
  for (fs::path& folder : folders) folder /= fs::path("openxr/1/api_layers") / kind;
  return folders;
}

/// nullopt: of another layer.
std::optional<Manifest> read(const fs::path& path, bool is_implicit) {
  Manifest found{path.string(), is_implicit, "", ""};
  const bool is_named_ours = path.filename() == "XrApiLayer_tactus_touch.json";
  std::ifstream file(path);
  const Json json = Json::parse(file, nullptr, false);
  const auto layer = json.is_object() ? json.find("api_layer") : json.end();
  if (!json.is_object() || layer == json.end() || !layer->is_object() ||
      !layer->value("name", Json()).is_string() ||
      !layer->value("library_path", Json()).is_string()) {
    found.error = "it is not a layer's manifest";
    return is_named_ours ? std::optional(found) : std::nullopt;
  }
  if ((*layer)["name"] != kLayerName) return std::nullopt;
  const std::string library = (*layer)["library_path"];
  const bool is_bare = library.find('/') == std::string::npos;
  found.library = is_bare ? library : (path.parent_path() / library).lexically_normal().string();
  return found;
}

void add_folder(const fs::path& folder, bool is_implicit, std::vector<Manifest>& found) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".json") continue;
    if (auto manifest = read(entry.path(), is_implicit)) found.push_back(*std::move(manifest));
  }
}

}  // namespace

std::vector<Manifest> find_layer_manifests() {
  std::vector<Manifest> found;
  for (const fs::path& folder : layer_folders("implicit.d")) add_folder(folder, true, found);
  std::vector<fs::path> folders;
  add_each(variable("XR_API_LAYER_PATH", ""), folders);
  if (folders.empty()) folders = layer_folders("explicit.d");
  for (const fs::path& folder : folders) add_folder(folder, false, found);
  return found;
}

std::string find_runtime_manifest() {
  std::string said = variable("XR_RUNTIME_JSON", "");
  if (!said.empty()) return said;
  std::vector<fs::path> folders{home_folder("XDG_CONFIG_HOME", "/.config")};
  add_each(variable("XDG_CONFIG_DIRS", "/etc/xdg"), folders);
  folders.emplace_back("/etc");
  std::error_code error;
  for (const fs::path& folder : folders) {
    const fs::path path = folder / "openxr/1/active_runtime.json";
    if (fs::exists(path, error)) return path.string();
  }
  return "";
}

void try_libraries(std::vector<Manifest>& manifests) {
  for (Manifest& manifest : manifests) {
    if (!manifest.error.empty()) continue;
    void* library = ::dlopen(manifest.library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      manifest.error = ::dlerror();
    } else {
      ::dlclose(library);
    }
  }
}

}  // namespace tactus::tools
