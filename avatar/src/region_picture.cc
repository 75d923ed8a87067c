#include "tactus/avatar/bake.h"
#include "three_views.h"

namespace tactus::avatar {

bool write_region_picture(const BodyView& body, const std::string& path) {
  std::vector<Vec3> colors;
  for (const BodyTriangle& triangle : body.triangles) colors.push_back(color_of(triangle.region));
  return write_three_views(body, colors, path);
}

}  // namespace tactus::avatar
