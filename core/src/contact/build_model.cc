// A BodyModel from a checked view: seams welded, a median-split tree, rings, solid shells. Runs
// once a body; everything else reads it.
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <unordered_map>

#include "tactus/base/hash.h"
#include "tactus/contact/deform.h"

namespace tactus {
namespace {

float axis(Vec3 v, int a) { return a == 0 ? v.x : a == 1 ? v.y : v.z; }

/// A vertex as words: alike in every bit or not.
using VertexBits = std::array<std::uint32_t, sizeof(BodyVertex) / 4>;
struct BitsHash {
  std::size_t operator()(const VertexBits& bits) const noexcept {
    return hash(std::as_bytes(std::span(bits)));
  }
};

/// Makes every triangle name the first of the vertices that are alike in place and weights.
void weld(BodyModel& model) {
  std::unordered_map<VertexBits, std::uint32_t, BitsHash> first;
  first.reserve(model.vertices.size());
  std::vector<std::uint32_t> welded(model.vertices.size());
  for (std::uint32_t i = 0; i < welded.size(); ++i) {
    welded[i] = first.emplace(std::bit_cast<VertexBits>(model.vertices[i]), i).first->second;
  }
  for (BodyTriangle& triangle : model.triangles) {
    for (std::uint32_t& v : triangle.vertex) v = welded[v];
  }
}

/// Splits at the median centroid along the longest axis, four times over for sixteen children:
/// balanced whatever the triangles look like, so the depth is known.
class TreeBuilder {
 public:
  explicit TreeBuilder(BodyModel& model)
      : model_(model), order_(model.triangles.size()), centroid_(model.triangles.size()) {
    std::iota(order_.begin(), order_.end(), 0u);
    for (std::size_t i = 0; i < centroid_.size(); ++i) {
      for (const std::uint32_t v : model.triangles[i].vertex) {
        centroid_[i] += model.vertices[v].p_rest;
      }
    }
  }

  void build() {
    model_.nodes.reserve(model_.triangles.size());
    add_node({0, static_cast<std::uint32_t>(order_.size())});
    std::vector<BodyTriangle> sorted;
    sorted.reserve(order_.size());
    for (const std::uint32_t i : order_) sorted.push_back(model_.triangles[i]);
    model_.triangles = std::move(sorted);
    model_.source = std::move(order_);
  }

 private:
  struct Range {
    std::uint32_t begin, end;
    [[nodiscard]] std::uint32_t size() const { return end - begin; }
  };

  int longest_axis(Range range) const {
    Vec3 low = centroid_[order_[range.begin]], high = low;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Vec3 c = centroid_[order_[i]];
      low = {std::min(low.x, c.x), std::min(low.y, c.y), std::min(low.z, c.z)};
      high = {std::max(high.x, c.x), std::max(high.y, c.y), std::max(high.z, c.z)};
    }
    const Vec3 size = high - low;
    if (size.x >= size.y && size.x >= size.z) return 0;
    return size.y >= size.z ? 1 : 2;
  }

  /// The first half by place along the longest axis, whole units; `range` keeps the second.
  Range halve(Range& range, std::uint32_t unit) {
    const int a = longest_axis(range);
    const std::uint32_t units = (range.size() + unit - 1) / unit;
    const std::uint32_t middle = range.begin + (units + 1) / 2 * unit;
    std::nth_element(order_.begin() + range.begin, order_.begin() + middle,
                     order_.begin() + range.end, [&](std::uint32_t i, std::uint32_t j) {
                       const float x = axis(centroid_[i], a), y = axis(centroid_[j], a);
                       return x != y ? x < y : i < j;
                     });
    const Range first{range.begin, middle};
    range.begin = middle;
    return first;
  }

  std::uint32_t add_node(Range all) {
    // Children are full, but for the last: fewer nodes to open.
    std::uint32_t unit = kLeafTriangles;
    while (unit * kTreeWidth < all.size()) unit *= kTreeWidth;
    std::array<Range, kTreeWidth> parts{all};
    std::size_t width = 1;
    while (width < kTreeWidth) {
      Range& largest =
          *std::max_element(parts.begin(), parts.begin() + width,
                            [](const Range& a, const Range& b) { return a.size() < b.size(); });
      if (largest.size() <= unit) break;
      parts[width++] = halve(largest, unit);
    }
    const auto i = static_cast<std::uint32_t>(model_.nodes.size());
    model_.nodes.emplace_back().width = static_cast<std::uint8_t>(width);
    for (std::size_t k = 0; k < width; ++k) {
      const bool leaf = parts[k].size() <= kLeafTriangles;
      const std::uint32_t child = leaf ? parts[k].begin / kLeafTriangles : add_node(parts[k]);
      model_.nodes[i].child[k] = child;
      model_.nodes[i].leaves |= static_cast<std::uint16_t>((leaf ? 1u : 0u) << k);
    }
    return i;
  }

  BodyModel& model_;
  std::vector<std::uint32_t> order_;
  std::vector<Vec3> centroid_;  ///< three times it: only compared
};

void find_rings(BodyModel& model) {
  model.ring_begin.assign(model.vertices.size() + 1, 0);
  for (const BodyTriangle& triangle : model.triangles) {
    for (const std::uint32_t v : triangle.vertex) {
      std::uint32_t& size = model.ring_begin[v + 1];
      size = std::min(size + 1, kMaxRing);
    }
  }
  std::partial_sum(model.ring_begin.begin(), model.ring_begin.end(), model.ring_begin.begin());
  model.ring.resize(model.ring_begin.back());
  std::vector<std::uint32_t> next(model.ring_begin.begin(), model.ring_begin.end() - 1);
  for (std::uint32_t t = 0; t < model.triangles.size(); ++t) {
    for (const std::uint32_t v : model.triangles[t].vertex) {
      if (next[v] < model.ring_begin[v + 1]) model.ring[next[v]++] = t;
    }
  }
}

/// Triangles other than `triangle` that have both corners.
int others_at_edge(const BodyModel& model, std::uint32_t triangle, std::uint32_t v,
                   std::uint32_t w) {
  int others = 0;
  for (std::uint32_t i = model.ring_begin[v]; i < model.ring_begin[v + 1]; ++i) {
    const std::uint32_t other = model.ring[i];
    const auto& corners = model.triangles[other].vertex;
    if (other != triangle && std::find(corners.begin(), corners.end(), w) != corners.end()) {
      ++others;
    }
  }
  return others;
}

/// Tells shells apart, and marks those whose open rim is short against their area.
void find_shells(BodyModel& model) {
  constexpr std::uint32_t kNone = ~0u;
  const auto count = static_cast<std::uint32_t>(model.triangles.size());
  model.solid.assign(count, 0);
  std::vector<std::uint32_t> shell;
  std::vector<std::uint32_t>& shell_of = model.shell;
  shell_of.assign(count, kNone);
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    if (shell_of[seed] != kNone) continue;
    shell.assign(1, seed);
    shell_of[seed] = seed;
    float rim_m = 0, area_m2 = 0;
    for (std::size_t next = 0; next < shell.size(); ++next) {
      const auto& v = model.triangles[shell[next]].vertex;
      const Vec3 p[3] = {model.vertices[v[0]].p_rest, model.vertices[v[1]].p_rest,
                         model.vertices[v[2]].p_rest};
      area_m2 += 0.5f * length(cross(p[1] - p[0], p[2] - p[0]));
      for (std::size_t k = 0; k < 3; ++k) {
        const std::size_t l = (k + 1) % 3;
        if (others_at_edge(model, shell[next], v[k], v[l]) == 0) rim_m += length(p[l] - p[k]);
        for (std::uint32_t i = model.ring_begin[v[k]]; i < model.ring_begin[v[k] + 1]; ++i) {
          if (shell_of[model.ring[i]] != kNone) continue;
          shell_of[model.ring[i]] = seed;
          shell.push_back(model.ring[i]);
        }
      }
    }
    if (rim_m * rim_m < area_m2) {
      for (const std::uint32_t t : shell) model.solid[t] = 1;
    }
  }
}

}  // namespace

BodyModel build_model(const BodyView& view) {
  BodyModel model;
  model.identity = hash(std::as_bytes(view.bones),
                        hash(std::as_bytes(view.vertices), hash(std::as_bytes(view.triangles))));
  for (const BodyBone& bone : view.bones) {
    Pose T_rest_bone = bone.T_rest_bone;
    T_rest_bone.q = normalized(T_rest_bone.q);
    model.T_bone_rest.push_back(inverse(T_rest_bone));
  }
  model.vertices.assign(view.vertices.begin(), view.vertices.end());
  model.triangles.assign(view.triangles.begin(), view.triangles.end());
  weld(model);
  TreeBuilder(model).build();
  find_rings(model);
  find_shells(model);
  return model;
}

}  // namespace tactus
