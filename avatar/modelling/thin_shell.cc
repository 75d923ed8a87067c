#include "thin_shell.h"

#include <cmath>

namespace tactus::modelling {
namespace {

class Shell {
 public:
  explicit Shell(const Sheet& sheet) : sheet_(sheet) {}

  Mesh run() {
    const std::uint32_t front = add_side(0.5f * sheet_.thick_m);
    const std::uint32_t back = add_side(-0.5f * sheet_.thick_m);
    for (std::uint32_t j = 0; j < sheet_.along; ++j) {
      for (std::uint32_t i = 0; i < sheet_.across; ++i) {
        const std::uint32_t a = at(i, j), b = at(i + 1, j), c = at(i, j + 1), d = at(i + 1, j + 1);
        add_quad(mesh_, front + c, front + d, front + a, front + b);
        add_quad(mesh_, back + c, back + d, back + a, back + b, true);
      }
    }
    add_rim(front, back);
    compute_normals(mesh_);
    return std::move(mesh_);
  }

 private:
  [[nodiscard]] std::uint32_t at(std::uint32_t i, std::uint32_t j) const {
    return j * (sheet_.across + 1) + i;
  }
  [[nodiscard]] float u(float i) const { return i / static_cast<float>(sheet_.across); }
  [[nodiscard]] float v(float j) const { return j / static_cast<float>(sheet_.along); }

  /// Directions of the middle surface in u and v, unit length.
  struct Tangents {
    Vec3 u, v;
  };
  [[nodiscard]] Tangents tangents(float u, float v) const {
    constexpr float kStep = 0.002f;
    return {normalized(sheet_.middle(u + kStep, v) - sheet_.middle(u - kStep, v)),
            normalized(sheet_.middle(u, v + kStep) - sheet_.middle(u, v - kStep))};
  }

  std::uint32_t add_side(float offset_m) {
    const auto first = static_cast<std::uint32_t>(mesh_.vertices.size());
    for (std::uint32_t j = 0; j <= sheet_.along; ++j) {
      for (std::uint32_t i = 0; i <= sheet_.across; ++i) {
        const float s = u(static_cast<float>(i)), t = v(static_cast<float>(j));
        const Tangents to = tangents(s, t);
        const Vec3 n = normalized(cross(to.u, to.v));
        mesh_.vertices.push_back({.p = sheet_.middle(s, t) + offset_m * n});
      }
    }
    return first;
  }

  /// The grid's border, counter-clockwise seen from the front.
  [[nodiscard]] std::vector<std::array<std::uint32_t, 2>> border() const {
    std::vector<std::array<std::uint32_t, 2>> loop;
    for (std::uint32_t i = 0; i < sheet_.across; ++i) loop.push_back({i, 0});
    for (std::uint32_t j = 0; j < sheet_.along; ++j) loop.push_back({sheet_.across, j});
    for (std::uint32_t i = sheet_.across; i > 0; --i) loop.push_back({i, sheet_.along});
    for (std::uint32_t j = sheet_.along; j > 0; --j) loop.push_back({0, j});
    return loop;
  }

  /// A ring of vertices half the thickness beyond the border, between front and back.
  void add_rim(std::uint32_t front, std::uint32_t back) {
    const auto loop = border();
    const auto ring = static_cast<std::uint32_t>(mesh_.vertices.size());
    for (const auto& [i, j] : loop) {
      const float s = u(static_cast<float>(i)), t = v(static_cast<float>(j));
      const Tangents to = tangents(s, t);
      const float out_u = i == 0 ? -1.0f : i == sheet_.across ? 1.0f : 0.0f;
      const float out_v = j == 0 ? -1.0f : j == sheet_.along ? 1.0f : 0.0f;
      const Vec3 out = normalized(out_u * to.u + out_v * to.v);
      mesh_.vertices.push_back({.p = sheet_.middle(s, t) + 0.5f * sheet_.thick_m * out});
    }
    const auto count = static_cast<std::uint32_t>(loop.size());
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t next = (k + 1) % count;
      const std::uint32_t a = at(loop[k][0], loop[k][1]), b = at(loop[next][0], loop[next][1]);
      add_quad(mesh_, front + a, front + b, ring + k, ring + next);
      add_quad(mesh_, ring + k, ring + next, back + a, back + b);
    }
  }

  const Sheet& sheet_;
  Mesh mesh_;
};

}  // namespace

Mesh thin_shell(const Sheet& sheet) { return Shell(sheet).run(); }

}  // namespace tactus::modelling
