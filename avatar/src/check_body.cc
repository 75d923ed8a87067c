#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "bone_parts.h"
#include "crossings.h"
#include "limit_bones.h"
#include "tactus/avatar/bake.h"

namespace tactus::avatar {
namespace {

struct EdgeUse {
  std::size_t forward = 0, backward = 0;
};

/// Places are compared, not vertices: seams of normals and textures are no holes.
std::vector<std::uint32_t> weld_places(const ModelPart& part, std::vector<Vec3>& p_rest) {
  std::map<std::tuple<float, float, float>, std::uint32_t> places;
  std::vector<std::uint32_t> place_of(part.vertices.size());
  for (std::size_t i = 0; i < part.vertices.size(); ++i) {
    const Vec3 p = part.vertices[i].p_rest;
    place_of[i] =
        places.emplace(std::tuple{p.x, p.y, p.z}, static_cast<std::uint32_t>(places.size()))
            .first->second;
    if (place_of[i] == p_rest.size()) p_rest.push_back(p);
  }
  return place_of;
}

PartReport check_part(const ModelPart& part) {
  PartReport report{part.mesh, part.material, part.indices.size() / 3};
  std::vector<Vec3> places;
  const std::vector<std::uint32_t> place_of = weld_places(part, places);
  std::map<std::pair<std::uint32_t, std::uint32_t>, EdgeUse> edges;
  double volume = 0;
  for (std::size_t i = 0; i < part.indices.size(); i += 3) {
    const std::array<std::uint32_t, 3> corner = {
        place_of[part.indices[i]], place_of[part.indices[i + 1]], place_of[part.indices[i + 2]]};
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint32_t from = corner[k], to = corner[(k + 1) % 3];
      EdgeUse& use = edges[std::minmax(from, to)];
      ++(from < to ? use.forward : use.backward);
    }
    const Vec3 a = part.vertices[part.indices[i]].p_rest;
    const Vec3 b = part.vertices[part.indices[i + 1]].p_rest;
    const Vec3 c = part.vertices[part.indices[i + 2]].p_rest;
    volume += static_cast<double>(dot(a, cross(b, c))) / 6.0;
  }
  for (const auto& [edge, use] : edges) {
    const std::size_t uses = use.forward + use.backward;
    if (uses == 1) ++report.open_edges;
    if (uses == 2 && use.forward != 1) ++report.wound_against;
    if (uses > 2) ++report.shared_by_many;
  }
  report.volume_m3 = static_cast<float>(volume);
  std::vector<std::uint32_t> corners;
  for (const std::uint32_t index : part.indices) corners.push_back(place_of[index]);
  const Crossings crossings = find_crossings(places, corners);
  report.crossing_pairs = crossings.pairs;
  report.p_crossing = crossings.p_first;
  return report;
}

/// The bones that VRM 1.0 requires, as parts and sides.
std::vector<std::string> find_missing_bones(std::span<const ModelBone> bones) {
  struct Wanted {
    const char* name;
    BonePart part;
    BodySide side;
  };
  constexpr Wanted kWanted[] = {{"hips", BonePart::Hips, BodySide::Middle},
                                {"spine", BonePart::Chest, BodySide::Middle},
                                {"head", BonePart::Head, BodySide::Middle},
                                {"leftUpperLeg", BonePart::UpperLeg, BodySide::Left},
                                {"leftLowerLeg", BonePart::LowerLeg, BodySide::Left},
                                {"leftFoot", BonePart::Foot, BodySide::Left},
                                {"leftUpperArm", BonePart::UpperArm, BodySide::Left},
                                {"leftLowerArm", BonePart::LowerArm, BodySide::Left},
                                {"leftHand", BonePart::Hand, BodySide::Left},
                                {"rightUpperLeg", BonePart::UpperLeg, BodySide::Right},
                                {"rightLowerLeg", BonePart::LowerLeg, BodySide::Right},
                                {"rightFoot", BonePart::Foot, BodySide::Right},
                                {"rightUpperArm", BonePart::UpperArm, BodySide::Right},
                                {"rightLowerArm", BonePart::LowerArm, BodySide::Right},
                                {"rightHand", BonePart::Hand, BodySide::Right}};
  const std::vector<NamedBone> names = name_bones(bones);
  std::vector<std::string> missing;
  for (const Wanted& wanted : kWanted) {
    const bool there = std::any_of(names.begin(), names.end(), [&](const NamedBone& named) {
      return named.part == wanted.part &&
             (wanted.side == BodySide::Middle || named.side == wanted.side);
    });
    if (!there) missing.emplace_back(wanted.name);
  }
  return missing;
}

/// Of the box around the model, along each axis.
Vec3 size_of(const SkinnedModel& model) {
  Vec3 lo{1e9f, 1e9f, 1e9f}, hi{-1e9f, -1e9f, -1e9f};
  for (const ModelPart& part : model.parts) {
    for (const std::uint32_t index : part.indices) {
      const Vec3 p = part.vertices[index].p_rest;
      lo = {std::min(lo.x, p.x), std::min(lo.y, p.y), std::min(lo.z, p.z)};
      hi = {std::max(hi.x, p.x), std::max(hi.y, p.y), std::max(hi.z, p.z)};
    }
  }
  return {std::max(hi.x - lo.x, 0.0f), std::max(hi.y - lo.y, 0.0f), std::max(hi.z - lo.z, 0.0f)};
}

std::string describe_size(const BodyReport& report) {
  constexpr float kShortest_m = 0.4f, kTallest_m = 2.6f;    // of a person
  constexpr float kSmallest_m = 0.005f, kLargest_m = 3.0f;  // of what a hand can make out, and hold
  const float longest_m = std::max({report.size_m.x, report.size_m.y, report.size_m.z});
  if (report.is_thing) {
    if (longest_m >= kSmallest_m && longest_m <= kLargest_m) return {};
    return fmt::format("! {:.3f} m is no size of a thing to hold: export in metres\n",
                       static_cast<double>(longest_m));
  }
  if (report.size_m.y >= kShortest_m && report.size_m.y <= kTallest_m) return {};
  return fmt::format("! {:.2f} m is no person's height: export in metres\n",
                     static_cast<double>(report.size_m.y));
}

std::string describe_part(const PartReport& part) {
  std::string line = fmt::format(
      "  {:<16} {:<10} {:>7} triangles, {}", part.mesh, part.material, part.triangles,
      part.closed() ? std::string("closed") : fmt::format("{} open edges", part.open_edges));
  if (part.shared_by_many > 0) {
    line += fmt::format(", {} edges of more than two triangles", part.shared_by_many);
  }
  line += "\n";
  if (part.inside_out()) {
    line += fmt::format("! {} is inside out: flip its normals, or it is never felt\n", part.mesh);
  }
  if (part.wound_against > 0) {
    line += fmt::format(
        "! {}: {} edges between triangles wound against each other: recalculate "
        "its normals\n",
        part.mesh, part.wound_against);
  }
  if (part.crossing_pairs > 0) {
    line += fmt::format(
        "! {}: {} pairs of triangles pass through each other, one near ({:.3f}, {:.3f}, {:.3f}): "
        "part them at rest, or expect to feel both\n",
        part.mesh, part.crossing_pairs, part.p_crossing.x, part.p_crossing.y, part.p_crossing.z);
  }
  return line;
}

}  // namespace

BodyReport check_body(const SkinnedModel& model, const BodyView& baked) {
  BodyReport report;
  for (const ModelPart& part : model.parts) {
    report.parts.push_back(check_part(part));
    report.triangles_in += part.indices.size() / 3;
  }
  report.is_thing = std::ranges::all_of(baked.triangles, [](const BodyTriangle& triangle) {
    return triangle.region == Region::Thing;
  });
  if (!report.is_thing) report.missing_bones = find_missing_bones(model.bones);
  report.size_m = size_of(model);
  report.triangles_out = baked.triangles.size();
  report.vertices_out = baked.vertices.size();
  report.bones_out = baked.bones.size();
  for (const BodyTriangle& triangle : baked.triangles) {
    const Vec3 a = baked.vertices[triangle.vertex[0]].p_rest;
    const Vec3 b = baked.vertices[triangle.vertex[1]].p_rest;
    const Vec3 c = baked.vertices[triangle.vertex[2]].p_rest;
    report.area_m2[static_cast<std::size_t>(triangle.region)] += 0.5f * length(cross(b - a, c - a));
  }
  report.unweighted_vertices = model.unweighted_vertices;
  report.rigid_parts = model.rigid_parts;
  report.bones_folded = model.bones.size() - baked.bones.size();
  return report;
}

std::string describe(const BodyReport& report) {
  std::string text = fmt::format("{} triangles -> {}, {} vertices, {} bones, {:.2f} m tall\n",
                                 report.triangles_in, report.triangles_out, report.vertices_out,
                                 report.bones_out, static_cast<double>(report.size_m.y));
  if (report.is_thing) text += "  a thing, of no person\n";
  for (const PartReport& part : report.parts) text += describe_part(part);
  text += "  regions, cm2:";
  for (std::size_t i = 0; i < kRegions; ++i) {
    if (report.area_m2[i] <= 0) continue;
    text += fmt::format(" {} {:.0f}", name_of(static_cast<Region>(i)),
                        static_cast<double>(1e4f * report.area_m2[i]));
  }
  text += "\n";
  text += describe_size(report);
  if (!report.missing_bones.empty()) {
    text += "! bones not found:";
    for (const std::string& name : report.missing_bones) text += " " + name;
    text += " (name them as VRM 1.0 does, or write rules)\n";
  }
  if (report.unweighted_vertices > 0) {
    text += fmt::format("! {} vertices without weights follow their skin's first joint\n",
                        report.unweighted_vertices);
  }
  if (report.rigid_parts > 0) {
    text +=
        fmt::format("  {} parts without a skin follow the bone they hang on\n", report.rigid_parts);
  }
  if (report.bones_folded > 0) {
    text += fmt::format("  {} bones that move least were folded into their parents\n",
                        report.bones_folded);
  }
  return text;
}

}  // namespace tactus::avatar
