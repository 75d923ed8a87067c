// The touchable person as independent truth: own reader, own skinning, brute-force distance.
//
// What the engine says about contact is judged against this. It shares the file format and the
// region numbers with the engine and no code: double precision throughout, every triangle is asked,
// inside is decided by rays and the winding number, so an open seam or overlapping parts cannot
// flip a sign.
//
//   Clocks   seconds of the stage's virtual clock.
//   Frames   world = stage; bones as the baked file defines them.
//   Units    metres.
//   Errors   read_true_body says in words what is wrong with the bytes.
//   Threads  one owner each; a TrueBody may be shared read-only.
//   Proof    tests/simulator/truth/true_body_test.cc; tests/fuzz/true_body_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/base/geometry.h"
#include "tactus/contact/contact.h"
#include "tactus/simulator/math3d.h"

namespace tactus::simulator {

struct TrueBody {
  struct Bone {
    std::string name;
    int parent = -1;
    Pose3d T_rest_bone;
  };
  struct Vertex {
    V3d p_rest;
    std::array<std::uint8_t, 4> bone{};
    std::array<double, 4> weight{};  ///< sums to 1
  };
  struct Triangle {
    std::array<std::uint32_t, 3> vertex{};
    Region region = Region::None;
  };
  std::vector<Bone> bones;
  std::vector<Vertex> vertices;
  std::vector<Triangle> triangles;

  /// Triangles that move together and lie together: those of one bone and region.
  struct Part {
    std::vector<std::uint32_t> triangles;
  };
  std::vector<Part> parts;

  /// The bone of this name, or -1.
  [[nodiscard]] int bone(std::string_view name) const;
};

/// Makes the parts anew from the triangles. A reader's last step, and a hand-made body's.
void divide(TrueBody& body);

/// Reads the bytes of a .tbody file (layout: core/contact/body.h, read here field by field).
[[nodiscard]] Expected<TrueBody, std::string> read_true_body(std::span<const std::byte> bytes);

/// What was shown, and when: the application's bone poses, interpolated between display times.
class BodyTrack {
 public:
  static constexpr double kKept_s = 2.0;

  /// Adds the frame shown at `t_s`; one that is not newer than the last is ignored.
  void push(double t_s, std::span<const Pose> T_world_bone);

  /// Bone poses at `t_s`: slerp and lerp between neighbours, the nearest frame outside. Empty span
  /// when nothing was pushed. Valid until the next call.
  [[nodiscard]] std::span<const Pose3d> at(double t_s) const;

 private:
  struct Frame {
    double t_s;
    std::vector<Pose3d> T_world_bone;
  };
  std::deque<Frame> frames_;
  mutable std::vector<Pose3d> interpolated_;
};

/// The nearest place of the skin to a point.
struct ClosestSkin {
  double distance_m = 0;  ///< signed, negative inside; the reach asked for when nothing is nearer
  V3d p_world;
  V3d n_world;  ///< of the triangle
  std::uint32_t triangle = 0;
  Region region = Region::None;
  bool found = false;
};

/// The skin at one instant.
class PosedBody {
 public:
  /// `T_world_bone` in the order of the body's bones; missing ones stay at rest.
  void pose(const TrueBody& body, std::span<const Pose3d> T_world_bone);

  /// The same with every vertex on the straight line between two such poses, `s` of the way.
  void pose_between(const TrueBody& body, std::span<const Pose3d> T_world_before,
                    std::span<const Pose3d> T_world_after, double s);

  /// The nearest skin within `reach_m` of the point.
  [[nodiscard]] ClosestSkin closest(V3d p_world, double reach_m) const;

  /// Inside the skin: rays along three skew directions agree, or the winding number decides.
  [[nodiscard]] bool is_inside(V3d p_world) const;

  /// Generalised winding number of the skin around the point: above a half is inside
  /// (Jacobson et al. 2013, doi 10.1145/2461912.2461916; solid angles by Van Oosterom & Strackee
  /// 1983, doi 10.1109/TBME.1983.325207).
  [[nodiscard]] double winding(V3d p_world) const;

  /// The point is within `margin_m` of the box around the skin.
  [[nodiscard]] bool is_near(V3d p_world, double margin_m) const;

  [[nodiscard]] const TrueBody& body() const { return *body_; }
  [[nodiscard]] std::span<const V3d> vertices() const { return p_world_; }
  [[nodiscard]] std::span<const Pose3d> bones() const { return bones_; }

 private:
  struct Box {
    V3d low, high;
    void include(V3d p);
    [[nodiscard]] double distance(V3d p) const;
  };
  struct Ball {
    V3d centre;
    double radius_m;
  };
  [[nodiscard]] std::vector<V3d> skinned(std::span<const Pose3d> T_world_bone);
  void bound();

  const TrueBody* body_ = nullptr;
  std::vector<Pose3d> bones_;
  std::vector<V3d> p_world_;
  std::vector<V3d> p_skew_;  ///< the vertices in axes that no edge is parallel to
  std::vector<Ball> balls_;  ///< around each triangle, in world
  std::vector<Box> parts_;   ///< around each part, in world …
  std::vector<Box> skewed_;  ///< … and in the skew axes
  Box all_;
};

}  // namespace tactus::simulator
