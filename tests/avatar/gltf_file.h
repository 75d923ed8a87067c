// Makes small glTF files for tests: a file is a JSON that the test may still bend, and a buffer.
//
//   Frames   glTF's: +Y up.
//   Units    as the test says.
//   Errors   none.
//   Threads  plain values.
//   Proof    itself: what it writes, tests read.
#pragma once
#include <Eigen/Geometry>
#include <cstddef>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "tactus/avatar/skinned_model.h"
#include "tactus/base/geometry.h"

namespace tactus::avatar {

struct GltfFile {
  nlohmann::json root = {{"asset", {{"version", "2.0"}}}};
  std::vector<std::uint8_t> binary;

  /// Returns the accessor's number. `component`: 5121 u8, 5123 u16, 5125 u32, 5126 float.
  template <class T>
  int add(const std::vector<T>& values, const char* type, int component, std::size_t per_element,
          bool is_normalized = false) {
    return add_bytes(values.data(), values.size() * sizeof(T), values.size() / per_element, type,
                     component, is_normalized);
  }

  [[nodiscard]] std::vector<std::byte> glb() const;

 private:
  int add_bytes(const void* bytes, std::size_t size, std::size_t count, const char* type,
                int component, bool is_normalized);
};

/// A box of 8 corners and 12 triangles, wound outwards.
struct BoxShape {
  std::vector<float> positions;
  std::vector<std::uint16_t> indices;
};
[[nodiscard]] BoxShape make_box(Vec3 centre, float half);

/// A person of two bones as a modelling program exports them: nodes in centimetres below a
/// node of scale 0.01, the head turned by 90 degrees about +Y. "body" (mesh in centimetres) hangs
/// on the first skin (hips at y = 1 m, head at 1.5 m), "face" (mesh in metres, its bind matrix
/// carries the scale) on a second skin of the head alone.
[[nodiscard]] GltfFile two_bone_person();

/// One box in metres without any skin, at the origin.
[[nodiscard]] GltfFile plain_box(float half_m);

}  // namespace tactus::avatar
