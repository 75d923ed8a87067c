#include "surface_nets.h"

#include <limits>

#include "parallel.h"

namespace tactus::modelling {
namespace {

constexpr int kBlock = 8;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Ellipsoids and blends are bounds, not distances: how much nearer the surface may be than told.
constexpr float kBoundSlack = 2.2f;

class Net {
 public:
  Net(const Field& field, const Box& box, float grid_m)
      : field_(field), lo_(box.lo), grid_m_(grid_m) {
    const auto cells = [&](float lo, float hi) {
      return static_cast<int>(std::ceil((hi - lo) / grid_m)) + 1;
    };
    nx_ = cells(box.lo.x, box.hi.x);
    ny_ = cells(box.lo.y, box.hi.y);
    nz_ = cells(box.lo.z, box.hi.z);
    const std::size_t count = static_cast<std::size_t>(nx_) * ny_ * nz_;
    value_.resize(count);
    cell_.assign(count, kNone);
  }

  Mesh run() {
    const auto slabs = static_cast<std::size_t>((nz_ + kBlock - 1) / kBlock);
    for_each_index(slabs, [&](std::size_t slab) { sample(static_cast<int>(slab) * kBlock); });
    for (int z = 1; z < nz_ - 1; ++z) {
      for (int y = 1; y < ny_ - 1; ++y) {
        for (int x = 1; x < nx_ - 1; ++x) cross_edges(x, y, z);
      }
    }
    for_each_index(mesh_.vertices.size(), [&](std::size_t i) { settle(mesh_.vertices[i]); });
    split_quads();
    return std::move(mesh_);
  }

 private:
  [[nodiscard]] std::size_t at(int x, int y, int z) const {
    return (static_cast<std::size_t>(z) * ny_ + y) * nx_ + x;
  }
  [[nodiscard]] Vec3 point(float x, float y, float z) const {
    return lo_ + grid_m_ * Vec3{x, y, z};
  }

  /// Fills a slab of the grid; blocks far from the surface are answered by their centre alone.
  void sample(int z0) {
    for (int y0 = 0; y0 < ny_; y0 += kBlock) {
      for (int x0 = 0; x0 < nx_; x0 += kBlock) {
        const float half = 0.5f * kBlock;
        const float centre =
            field_(point(static_cast<float>(x0) + half, static_cast<float>(y0) + half,
                         static_cast<float>(z0) + half));
        const bool far = std::fabs(centre) > half * grid_m_ * std::sqrt(3.0f) * kBoundSlack;
        for (int z = z0; z < std::min(z0 + kBlock, nz_); ++z) {
          for (int y = y0; y < std::min(y0 + kBlock, ny_); ++y) {
            for (int x = x0; x < std::min(x0 + kBlock, nx_); ++x) {
              value_[at(x, y, z)] = far ? centre
                                        : field_(point(static_cast<float>(x), static_cast<float>(y),
                                                       static_cast<float>(z)));
            }
          }
        }
      }
    }
  }

  /// The mean of the crossings on the twelve edges of a cell.
  std::uint32_t vertex(int x, int y, int z) {
    std::uint32_t& index = cell_[at(x, y, z)];
    if (index != kNone) return index;
    Vec3 sum;
    int crossings = 0;
    for (int a = 0; a < 8; ++a) {
      for (int axis = 0; axis < 3; ++axis) {
        if ((a >> axis & 1) != 0) continue;
        const int b = a | 1 << axis;
        const float da = value_[at(x + (a & 1), y + (a >> 1 & 1), z + (a >> 2))];
        const float db = value_[at(x + (b & 1), y + (b >> 1 & 1), z + (b >> 2))];
        if ((da < 0) == (db < 0)) continue;
        const float s = da / (da - db);
        Vec3 p{static_cast<float>(x + (a & 1)), static_cast<float>(y + (a >> 1 & 1)),
               static_cast<float>(z + (a >> 2))};
        (axis == 0 ? p.x : axis == 1 ? p.y : p.z) += s;
        sum += p;
        ++crossings;
      }
    }
    const Vec3 mean = (1.0f / static_cast<float>(std::max(crossings, 1))) * sum;
    mesh_.vertices.push_back({.p = point(mean.x, mean.y, mean.z)});
    index = static_cast<std::uint32_t>(mesh_.vertices.size() - 1);
    return index;
  }

  void quad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, bool flip) {
    if (flip) std::swap(b, d);
    quads_.push_back({a, b, c, d});
  }

  /// A quad for each of the three edges that leave this grid point and cross the surface.
  void cross_edges(int x, int y, int z) {
    const bool inside = value_[at(x, y, z)] < 0;
    if (inside != (value_[at(x + 1, y, z)] < 0)) {
      quad(vertex(x, y - 1, z - 1), vertex(x, y, z - 1), vertex(x, y, z), vertex(x, y - 1, z),
           !inside);
    }
    if (inside != (value_[at(x, y + 1, z)] < 0)) {
      quad(vertex(x - 1, y, z - 1), vertex(x - 1, y, z), vertex(x, y, z), vertex(x, y, z - 1),
           !inside);
    }
    if (inside != (value_[at(x, y, z + 1)] < 0)) {
      quad(vertex(x - 1, y - 1, z), vertex(x, y - 1, z), vertex(x, y, z), vertex(x - 1, y, z),
           !inside);
    }
  }

  /// Two Newton steps onto the surface, never more than half a cell each.
  void settle(Vertex& vertex) const {
    for (int step = 0; step < 2; ++step) {
      const Vec3 n = field_normal(field_, vertex.p);
      vertex.p -= std::clamp(field_(vertex.p), -0.5f * grid_m_, 0.5f * grid_m_) * n;
    }
    vertex.n = field_normal(field_, vertex.p);
  }

  /// Along the shorter diagonal.
  void split_quads() {
    for (const auto& [a, b, c, d] : quads_) {
      const auto span = [&](std::uint32_t i, std::uint32_t j) {
        return length(mesh_.vertices[i].p - mesh_.vertices[j].p);
      };
      if (span(a, c) <= span(b, d)) {
        mesh_.indices.insert(mesh_.indices.end(), {a, b, c, a, c, d});
      } else {
        mesh_.indices.insert(mesh_.indices.end(), {a, b, d, b, c, d});
      }
    }
  }

  const Field& field_;
  Vec3 lo_;
  float grid_m_;
  int nx_ = 0, ny_ = 0, nz_ = 0;
  std::vector<float> value_;
  std::vector<std::uint32_t> cell_;  ///< the vertex of each cell
  std::vector<std::array<std::uint32_t, 4>> quads_;
  Mesh mesh_;
};

}  // namespace

Mesh surface_nets(const Field& field, const Box& box, float grid_m) {
  return Net(field, box, grid_m).run();
}

}  // namespace tactus::modelling
