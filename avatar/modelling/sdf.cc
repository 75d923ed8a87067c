#include "sdf.h"

namespace tactus::modelling {

float value_noise(Vec3 p) {
  const int x = static_cast<int>(std::floor(p.x));
  const int y = static_cast<int>(std::floor(p.y));
  const int z = static_cast<int>(std::floor(p.z));
  const auto ease = [](float s) { return s * s * (3.0f - 2.0f * s); };
  const float sx = ease(p.x - static_cast<float>(x));
  const float sy = ease(p.y - static_cast<float>(y));
  const float sz = ease(p.z - static_cast<float>(z));
  const auto row = [&](int j, int k) {
    return mix(hash01(x, y + j, z + k), hash01(x + 1, y + j, z + k), sx);
  };
  return mix(mix(row(0, 0), row(1, 0), sy), mix(row(0, 1), row(1, 1), sy), sz);
}

Vec3 field_normal(const Field& field, Vec3 p, float step_m) {
  const float h = step_m;
  return normalized(Vec3{field({p.x + h, p.y, p.z}) - field({p.x - h, p.y, p.z}),
                         field({p.x, p.y + h, p.z}) - field({p.x, p.y - h, p.z}),
                         field({p.x, p.y, p.z + h}) - field({p.x, p.y, p.z - h})});
}

}  // namespace tactus::modelling
