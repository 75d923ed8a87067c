// A binary glTF of one skinned triangle with one expression, for tests to read and to break.
#pragma once
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

namespace tactus::scene {

/// Two bones ("root" at the origin, "tip" 1 m up), three vertices, one morph named blinkLeft.
inline std::vector<std::byte> tiny_glb() {
  const std::vector<float> numbers = {
      0, 0, 0, 1, 0, 0, 0, 1, 0,                           // positions
      0, 0, 1, 0, 0, 1, 0, 0, 1,                           // normals
      0, 0, 0, 0, 0, 0, 0, 0, 0.5f,                        // what the expression moves
      1, 0, 0, 0, 0, 1, 0, 0, 0,    0, 1, 0, 0, 0,  0, 1,  // inverse bind of root
      1, 0, 0, 0, 0, 1, 0, 0, 0,    0, 1, 0, 0, -1, 0, 1,  // inverse bind of tip
  };
  const unsigned char small[36] = {0,   1, 0, 0, 0,   1,   0, 0, 1,   0, 0, 0,   // joints
                                   255, 0, 0, 0, 128, 127, 0, 0, 255, 0, 0, 0,   // weights
                                   0,   0, 1, 0, 2,   0,   0, 0, 0,   0, 0, 0};  // indices
  std::string json =
      R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0,2]}],)"
      R"("nodes":[{"name":"root","children":[1]},{"name":"tip","translation":[0,1,0]},)"
      R"({"mesh":0,"skin":0}],"skins":[{"joints":[0,1],"inverseBindMatrices":3}],)"
      R"("materials":[{"name":"skin"}],"meshes":[{"name":"face","extras":{"targetNames":["blinkLeft"]},)"
      R"("primitives":[{"attributes":{"POSITION":0,"NORMAL":1,"JOINTS_0":4,"WEIGHTS_0":5},)"
      R"("targets":[{"POSITION":2}],"indices":6,"material":0}]}],)"
      R"("accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3"},)"
      R"({"bufferView":0,"byteOffset":36,"componentType":5126,"count":3,"type":"VEC3"},)"
      R"({"bufferView":0,"byteOffset":72,"componentType":5126,"count":3,"type":"VEC3"},)"
      R"({"bufferView":0,"byteOffset":108,"componentType":5126,"count":2,"type":"MAT4"},)"
      R"({"bufferView":1,"componentType":5121,"count":3,"type":"VEC4"},)"
      R"({"bufferView":1,"byteOffset":12,"componentType":5121,"normalized":true,"count":3,"type":"VEC4"},)"
      R"({"bufferView":1,"byteOffset":24,"componentType":5123,"count":3,"type":"SCALAR"}],)"
      R"("bufferViews":[{"buffer":0,"byteLength":236},{"buffer":0,"byteOffset":236,"byteLength":36}],)"
      R"("buffers":[{"byteLength":272}]})";
  while (json.size() % 4 != 0) json += ' ';
  std::vector<std::byte> file;
  const auto put = [&](const void* bytes, std::size_t count) {
    const auto* from = static_cast<const std::byte*>(bytes);
    file.insert(file.end(), from, from + count);
  };
  const auto put_word = [&](std::size_t word) {
    const auto value = static_cast<unsigned>(word);
    put(&value, 4);
  };
  const std::size_t binary = numbers.size() * 4 + sizeof small;
  put("glTF", 4);
  put_word(2);
  put_word(12 + 8 + json.size() + 8 + binary);
  put_word(json.size());
  put("JSON", 4);
  put(json.data(), json.size());
  put_word(binary);
  put("BIN\0", 4);
  put(numbers.data(), numbers.size() * 4);
  put(small, sizeof small);
  return file;
}

/// The file with the first occurrence of `from` made `to`, of the same length.
inline std::vector<std::byte> with(std::vector<std::byte> file, const std::string& from,
                                   const std::string& to) {
  const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
  const std::size_t at = text.find(from);
  if (at != std::string::npos && from.size() == to.size())
    std::memcpy(file.data() + at, to.data(), to.size());
  return file;
}

}  // namespace tactus::scene
