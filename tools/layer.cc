// `tactus layer`: gloves for all of a user's applications, or only for those that ask.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "options.h"
#include "write_file.h"

namespace tactus::tools {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kManifest = "openxr/1/api_layers/explicit.d/XrApiLayer_tactus_touch.json";
constexpr const char* kEnabled = "openxr/1/api_layers/implicit.d/XrApiLayer_tactus_touch.json";

/// Below $XDG_DATA_HOME, as the loader looks for it; empty when there is no home.
fs::path enabled_path() {
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && data[0] == '/') return fs::path(data) / kEnabled;
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') return {};
  return fs::path(home) / ".local/share" / kEnabled;
}

/// The manifest that was installed, or built, with this program.
std::optional<fs::path> own_manifest() {
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path();
  for (const char* share : {"share", "lib/share"}) {
    const fs::path path = folder / share / kManifest;
    if (fs::exists(path, error)) return path;
  }
  return std::nullopt;
}

std::optional<Json> read_manifest(const fs::path& path) {
  std::ifstream file(path);
  Json json = Json::parse(file, nullptr, false);
  if (!json.is_object() || !json["api_layer"].is_object()) return std::nullopt;
  if (!json["api_layer"]["library_path"].is_string()) return std::nullopt;
  return json;
}

/// Where a manifest's library is; a relative path is relative to the manifest.
fs::path library_of(const fs::path& manifest, const Json& json) {
  const fs::path library = json["api_layer"]["library_path"].get<std::string>();
  std::error_code error;
  return fs::weakly_canonical(manifest.parent_path() / library, error);
}

int enable(const fs::path& place) {
  const auto source = own_manifest();
  auto json = source ? read_manifest(*source) : std::nullopt;
  if (!json) {
    fmt::print(stderr, "tactus: the layer's manifest is not beside this program: install again\n");
    return 1;
  }
  const fs::path library = library_of(*source, *json);
  if (::access(library.c_str(), R_OK) != 0) {
    fmt::print(stderr, "tactus: {} cannot be read: install again\n", library.string());
    return 1;
  }
  (*json)["api_layer"]["library_path"] = library.string();
  (*json)["api_layer"]["disable_environment"] = "TACTUS_LAYER_DISABLE";
  std::error_code error;
  fs::create_directories(place.parent_path(), error);
  if (!write_file(place.string(), json->dump(2) + "\n")) {
    fmt::print(stderr, "tactus: {} cannot be written: check the folder's owner\n", place.string());
    return 1;
  }
  fmt::print("enabled for every application of this user; TACTUS_LAYER_DISABLE=1 spares one\n");
  return 0;
}

int disable(const fs::path& place) {
  std::error_code error;
  fs::remove(place, error);
  if (error) {
    fmt::print(stderr, "tactus: {} cannot be removed: {}\n", place.string(), error.message());
    return 1;
  }
  fmt::print("disabled; XR_ENABLE_API_LAYERS=XR_APILAYER_TACTUS_touch asks for it\n");
  return 0;
}

/// 1 when it is enabled and cannot work.
int print_status(const fs::path& place) {
  std::error_code error;
  if (!fs::exists(place, error)) {
    fmt::print("disabled: applications have gloves only if they ask; `tactus layer enable`\n");
    return 0;
  }
  const auto json = read_manifest(place);
  if (!json) {
    fmt::print(stderr, "tactus: {} is damaged: `tactus layer enable` writes it again\n",
               place.string());
    return 1;
  }
  const fs::path library = library_of(place, *json);
  if (::access(library.c_str(), R_OK) != 0) {
    fmt::print(stderr, "tactus: enabled, but {} is gone: `tactus layer enable`, or disable\n",
               library.string());
    return 1;
  }
  fmt::print(
      "enabled: {}{}\n", library.string(),
      std::getenv("TACTUS_LAYER_DISABLE") == nullptr ? "" : "; off here: TACTUS_LAYER_DISABLE");
  return 0;
}

}  // namespace

int run_layer(Arguments arguments) {
  int exit_code = 0;
  Options options("tactus layer enable|disable|status", {});
  if (!options.parse(arguments, exit_code)) return exit_code;
  const std::string verb = options.words().size() == 1 ? options.words().front() : "";
  if (verb != "enable" && verb != "disable" && verb != "status") {
    fmt::print(stderr, "usage: tactus layer enable|disable|status\n");
    return 2;
  }
  const fs::path place = enabled_path();
  if (place.empty()) {
    fmt::print(stderr, "tactus: no home folder: set HOME\n");
    return 1;
  }
  if (verb == "enable") return enable(place);
  if (verb == "disable") return disable(place);
  return print_status(place);
}

}  // namespace tactus::tools
