// The one translation unit with the parser in it, and the guards that a stranger's file needs
// before the parser may see it.
#define TINYGLTF_IMPLEMENTATION
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "decompress.h"
#include "gltf_document.h"

namespace tactus::avatar {
namespace {

constexpr std::size_t kGlbHeader = 20;  // magic, version, length, chunk length, chunk type
constexpr int kDeepestJson = 64;        // the parser recurses; real files stay below 12

/// The JSON in the file: all of a .gltf, the first chunk of a .glb.
std::span<const char> json_text(std::span<const std::byte> bytes) {
  const std::span<const char> all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (bytes.size() < kGlbHeader || std::string_view(all.data(), 4) != "glTF") return all;
  std::uint32_t length = 0;
  std::memcpy(&length, all.data() + 12, sizeof(length));
  return all.subspan(kGlbHeader, std::min<std::size_t>(length, all.size() - kGlbHeader));
}

/// The same file, so that the parser takes it though parts are packed.
std::vector<std::byte> made_parsable(std::span<const std::byte> bytes) {
  std::vector<std::byte> file(bytes.begin(), bytes.end());
  const std::span<const char> text = json_text(bytes);
  std::string json(text.begin(), text.end());
  if (json.find("_compression") == std::string::npos || !make_parsable(json)) return file;
  const bool is_binary = text.size() < bytes.size();
  const std::size_t begin = is_binary ? kGlbHeader : 0;
  if (is_binary) json.resize((json.size() + 3) / 4 * 4, ' ');
  const auto* from = reinterpret_cast<const std::byte*>(json.data());
  const auto json_at = file.begin() + static_cast<std::ptrdiff_t>(begin);
  file.erase(json_at, json_at + static_cast<std::ptrdiff_t>(text.size()));
  file.insert(file.begin() + static_cast<std::ptrdiff_t>(begin), from, from + json.size());
  if (is_binary) {
    const auto total = static_cast<std::uint32_t>(file.size());
    const auto length = static_cast<std::uint32_t>(json.size());
    std::memcpy(file.data() + 8, &total, sizeof(total));
    std::memcpy(file.data() + 12, &length, sizeof(length));
  }
  return file;
}

bool is_shallow(std::span<const char> text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepestJson) return false;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return true;
}

/// Only plain names beside the file: nothing absolute, nothing upwards.
bool is_beside(const std::string& path, const std::string& folder) {
  const std::filesystem::path relative =
      std::filesystem::path(path).lexically_relative(std::filesystem::path(folder));
  return !relative.empty() && *relative.begin() != ".." && *relative.begin() != ".";
}

bool file_exists(const std::string& path, void* folder) {
  const auto& beside = *static_cast<const std::string*>(folder);
  std::error_code ignored;
  return !beside.empty() && is_beside(path, beside) &&
         std::filesystem::is_regular_file(path, ignored);
}

bool read_whole_file(std::vector<unsigned char>* out, std::string*, const std::string& path,
                     void* folder) {
  if (!file_exists(path, folder)) return false;
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed || size == 0 || size > kMaxGltfBytes) return false;
  std::ifstream file(path, std::ios::binary);
  out->resize(size);
  file.read(reinterpret_cast<char*>(out->data()), static_cast<std::streamsize>(size));
  return file.gcount() == static_cast<std::streamsize>(size);
}

bool skip_image(tinygltf::Image*, const int, std::string*, std::string*, int, int,
                const unsigned char*, int, void*) {
  return true;
}

/// Extensions that change nothing about where the surface is, or that are read.
bool is_harmless(const std::string& extension) {
  return extension.starts_with("KHR_materials_") || extension.starts_with("VRM") ||
         extension == "KHR_texture_transform" || extension == "KHR_mesh_quantization" ||
         extension == "KHR_lights_punctual" || extension == "KHR_texture_basisu" ||
         extension == "EXT_texture_webp" || extension == "KHR_draco_mesh_compression" ||
         extension == "EXT_meshopt_compression";
}

}  // namespace

Expected<tinygltf::Model, GltfError> parse_gltf(std::span<const std::byte> bytes,
                                                const std::string& folder) {
  if (bytes.size() > kMaxGltfBytes) return Unexpected{GltfError::TooLarge};
  if (bytes.size() < kGlbHeader || !is_shallow(json_text(bytes))) {
    return Unexpected{GltfError::NotGltf};
  }
  std::string beside = folder;
  tinygltf::TinyGLTF parser;
  parser.SetImageLoader(skip_image, nullptr);
  parser.SetFsCallbacks({file_exists, [](const std::string& path, void*) { return path; },
                         read_whole_file, nullptr, &beside});
  tinygltf::Model model;
  std::string error, warning;
  bool parsed = false;
  try {
    const std::vector<std::byte> file = made_parsable(bytes);
    const auto length = static_cast<unsigned int>(file.size());
    const auto* text = reinterpret_cast<const char*>(file.data());
    parsed = std::string_view(text, 4) == "glTF"
                 ? parser.LoadBinaryFromMemory(&model, &error, &warning,
                                               reinterpret_cast<const unsigned char*>(text), length,
                                               folder)
                 : parser.LoadASCIIFromString(&model, &error, &warning, text, length, folder);
  } catch (const std::exception&) {  // the JSON library throws on numbers that do not fit
    return Unexpected{GltfError::NotGltf};
  }
  for (const std::string& extension : model.extensionsRequired) {
    if (!is_harmless(extension)) return Unexpected{GltfError::NeedsExtension};
  }
  if (!parsed) return Unexpected{GltfError::NotGltf};
  const auto decompressed = decompress(model);
  if (!decompressed) return Unexpected{decompressed.error()};
  return model;
}

}  // namespace tactus::avatar
