// Makes a touchable body of a model: the bytes of a .tbody file, and a report of what was found.
//
// Vertices are welded, triangles decimated where nobody feels the difference (hands and face
// last), and each triangle is told which part of a person it is and what it is made of.
//
//   Frames   as core/include/tactus/contact/body.h: rest, +Y up, metres; bones rigid.
//   Units    metres, square metres.
//   Errors   a model always bakes unless nothing is left of it, or it exceeds the format's caps
//            even decimated: BakeError. What is doubtful stands in the report.
//   Threads  pure; the same model and options give the same bytes.
//   Proof    tests/avatar/bake_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "tactus/avatar/regions.h"
#include "tactus/avatar/skinned_model.h"
#include "tactus/contact/body.h"

namespace tactus::avatar {

struct BakeOptions {
  /// In all. More is felt by nobody: a fingertip pad is a centimetre wide. Hands and face keep
  /// their shape within 1.5 mm even where that leaves more.
  std::size_t triangles = 12000;
  bool is_thing = false;          ///< of no person, whatever its bones are called
  std::vector<RegionRule> rules;  ///< later ones win
};

enum class BakeError : std::uint8_t {
  NothingLeft,  ///< every triangle is degenerate or skipped: check rules and mesh
  TooLarge,     ///< over the caps of body.h even decimated: ask for fewer triangles
};

/// One line that names cause and remedy.
[[nodiscard]] const char* describe(BakeError error) noexcept;

/// The .tbody bytes. view_body accepts them, given that they are 4-byte aligned.
[[nodiscard]] Expected<std::vector<std::byte>, BakeError> bake(const SkinnedModel& model,
                                                               const BakeOptions& options = {});

/// What a mesh is like before anything is done to it.
struct PartReport {
  std::string mesh, material;
  std::size_t triangles = 0;
  std::size_t open_edges = 0;      ///< edges with one triangle: 0 is closed
  std::size_t wound_against = 0;   ///< edges whose two triangles run the same way round
  std::size_t shared_by_many = 0;  ///< edges with more than two triangles
  std::size_t crossing_pairs = 0;  ///< triangles that pass through each other
  Vec3 p_crossing;                 ///< where one of them is
  float volume_m3 = 0;             ///< signed; negative where a closed mesh is inside out
  [[nodiscard]] bool closed() const { return open_edges == 0 && triangles > 0; }
  [[nodiscard]] bool inside_out() const { return closed() && volume_m3 < 0; }
};

struct BodyReport {
  std::vector<PartReport> parts;
  std::vector<std::string> missing_bones;  ///< of those VRM 1.0 requires of a person
  bool is_thing = false;                   ///< all that is baked is Region::Thing
  Vec3 size_m;                             ///< of the box around it at rest
  std::size_t triangles_in = 0, triangles_out = 0, vertices_out = 0, bones_out = 0;
  std::array<float, kRegions> area_m2{};
  std::size_t unweighted_vertices = 0, rigid_parts = 0, bones_folded = 0;
};

/// Looks at the model and at what was baked of it.
[[nodiscard]] BodyReport check_body(const SkinnedModel& model, const BodyView& baked);

/// The report as lines of text; what needs a person's attention begins with "! ".
[[nodiscard]] std::string describe(const BodyReport& report);

/// Front, side and back, each triangle in the colour of its region. False: cannot write.
[[nodiscard]] bool write_region_picture(const BodyView& body, const std::string& path);

/// How far it is from the middle of each triangle straight in to where the body ends, metres; 0
/// where it does not: an open mesh.
[[nodiscard]] std::vector<float> find_thickness(const BodyView& body);

/// The same views by thickness: red 2 mm and less, through yellow, to white 200 mm and more; black
/// where the body is open. False: cannot write.
[[nodiscard]] bool write_thickness_picture(const BodyView& body, const std::string& path);

}  // namespace tactus::avatar
