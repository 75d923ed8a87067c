#include "scene/world/surface_nets.h"

#include <array>

namespace tactus::scene {
namespace {

constexpr std::uint32_t kNoVertex = ~0u;

/// The field's values at the corners of the cells.
struct Grid {
  Eigen::Vector3i size;
  Vec3 low;
  float cell_m;
  std::vector<float> value;

  [[nodiscard]] std::size_t at(const Eigen::Vector3i& i) const {
    const auto x = static_cast<std::size_t>(i.x()), y = static_cast<std::size_t>(i.y());
    const auto z = static_cast<std::size_t>(i.z());
    return (z * static_cast<std::size_t>(size.y()) + y) * static_cast<std::size_t>(size.x()) + x;
  }
  [[nodiscard]] Vec3 point(const Eigen::Vector3i& i) const {
    return low + cell_m * i.cast<float>();
  }
};

Grid sample(const DistanceField& field, const Vec3& low, const Vec3& high, float cell_m) {
  Grid grid{((high - low) / cell_m).cast<int>() + Eigen::Vector3i::Constant(2), low, cell_m, {}};
  grid.value.resize(static_cast<std::size_t>(grid.size.prod()));
  for (Eigen::Vector3i i(0, 0, 0); i.z() < grid.size.z(); ++i.z())
    for (i.y() = 0; i.y() < grid.size.y(); ++i.y())
      for (i.x() = 0; i.x() < grid.size.x(); ++i.x()) grid.value[grid.at(i)] = field(grid.point(i));
  return grid;
}

Eigen::Vector3i corner(int k) { return {k & 1, k >> 1 & 1, k >> 2 & 1}; }

// The mean of the crossings of a cell's twelve edges; false when the surface is elsewhere.
bool crossing(const Grid& grid, const Eigen::Vector3i& cell, Vec3& p) {
  Vec3 sum = Vec3::Zero();
  int count = 0;
  for (int a = 0; a < 8; ++a)
    for (const int bit : {1, 2, 4}) {
      if (a & bit) continue;
      const Eigen::Vector3i ia = cell + corner(a), ib = cell + corner(a | bit);
      const float va = grid.value[grid.at(ia)], vb = grid.value[grid.at(ib)];
      if ((va < 0) == (vb < 0)) continue;
      sum += grid.point(ia) + va / (va - vb) * (grid.point(ib) - grid.point(ia));
      ++count;
    }
  if (count > 0) p = sum / static_cast<float>(count);
  return count > 0;
}

// Joins the four cells around each edge that the surface crosses.
void add_faces(const Grid& grid, const std::vector<std::uint32_t>& vertex_of_cell,
               const Eigen::Vector3i& i, NetMesh& mesh) {
  for (int axis = 0; axis < 3; ++axis) {
    const Eigen::Vector3i along = Eigen::Vector3i::Unit(axis);
    const Eigen::Vector3i u = Eigen::Vector3i::Unit((axis + 1) % 3);
    const Eigen::Vector3i v = Eigen::Vector3i::Unit((axis + 2) % 3);
    if (i[axis] + 1 >= grid.size[axis] || (i - u - v).minCoeff() < 0) continue;
    const bool inside = grid.value[grid.at(i)] < 0;
    if (inside == (grid.value[grid.at(i + along)] < 0)) continue;
    std::array<std::uint32_t, 4> c = {vertex_of_cell[grid.at(i)], vertex_of_cell[grid.at(i - u)],
                                      vertex_of_cell[grid.at(i - u - v)],
                                      vertex_of_cell[grid.at(i - v)]};
    if (c[0] == kNoVertex || c[1] == kNoVertex || c[2] == kNoVertex || c[3] == kNoVertex) continue;
    if (!inside) std::swap(c[1], c[3]);
    mesh.indices.insert(mesh.indices.end(), {c[0], c[1], c[2], c[0], c[2], c[3]});
  }
}

}  // namespace

Vec3 gradient(const DistanceField& field, const Vec3& p) {
  constexpr float kStep_m = 5e-4f;
  Vec3 slope;
  for (int k = 0; k < 3; ++k) {
    const Vec3 step = kStep_m * Vec3::Unit(k);
    slope[k] = field(p + step) - field(p - step);
  }
  return direction(slope, Vec3::UnitY());
}

NetMesh surface_nets(const DistanceField& field, const Vec3& low, const Vec3& high, float cell_m) {
  const Grid grid = sample(field, low, high, cell_m);
  std::vector<std::uint32_t> vertex_of_cell(grid.value.size(), kNoVertex);
  NetMesh mesh;
  Eigen::Vector3i i;
  for (i.z() = 0; i.z() + 1 < grid.size.z(); ++i.z())
    for (i.y() = 0; i.y() + 1 < grid.size.y(); ++i.y())
      for (i.x() = 0; i.x() + 1 < grid.size.x(); ++i.x()) {
        Vec3 p;
        if (!crossing(grid, i, p)) continue;
        for (int step = 0; step < 2; ++step) p -= field(p) * gradient(field, p);
        vertex_of_cell[grid.at(i)] = static_cast<std::uint32_t>(mesh.p.size());
        mesh.p.push_back(p);
        mesh.n.push_back(gradient(field, p));
      }
  for (i.z() = 0; i.z() < grid.size.z(); ++i.z())
    for (i.y() = 0; i.y() < grid.size.y(); ++i.y())
      for (i.x() = 0; i.x() < grid.size.x(); ++i.x()) add_faces(grid, vertex_of_cell, i, mesh);
  return mesh;
}

}  // namespace tactus::scene
