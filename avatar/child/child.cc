#include "child.h"

#include "anatomy.h"
#include "colors.h"
#include "decals.h"
#include "face.h"
#include "parallel.h"
#include "surface_nets.h"

namespace tactus::modelling {
namespace {

using Allow = std::function<bool(std::string_view)>;

/// One piece of the sculpture: its shape, how fine it is cut and how it is painted.
struct Sculpt {
  const char* name;
  Look look;
  Field field;
  Box box;
  float grid_m;
  std::size_t triangles;
  Paint paint;
};

Paint plain(int hex) {
  return [color = srgb(hex)](Vec3, Vec3) { return color; };
}

/// How much of the sky each vertex sees: six steps out along its normal (after A. Evans,
/// "Fast approximations for global illumination on dynamic scenes", SIGGRAPH 2006).
void bake_openness(Mesh& mesh) {
  for_each_index(mesh.vertices.size(), [&](std::size_t i) {
    Vertex& vertex = mesh.vertices[i];
    float hidden = 0, sum = 0, weight = 1;
    for (int step = 1; step <= 6; ++step) {
      const float h = 0.0033f * square(static_cast<float>(step)) + 0.003f;
      hidden += weight * std::max(0.0f, h - child_distance(vertex.p + h * vertex.n)) / h;
      sum += weight;
      weight *= 0.8f;
    }
    vertex.openness = clamp01(1 - 0.95f * hidden / sum);
  });
}

Part sculpt(const Sculpt& plan) {
  Mesh mesh = surface_nets(plan.field, plan.box, plan.grid_m);
  simplify(mesh, plan.triangles);
  bake_openness(mesh);
  paint(mesh, plan.paint);
  return {plan.name, plan.look, std::move(mesh), {}};
}

Allow any_of(std::vector<std::string_view> endings) {
  return [endings = std::move(endings)](std::string_view name) {
    for (const std::string_view ending : endings) {
      if (name.ends_with(ending)) return true;
    }
    return false;
  };
}

class Sculptor {
 public:
  explicit Sculptor(const Skeleton& skeleton) : skeleton_(skeleton) {}

  std::vector<Part> run() {
    head();
    clothes();
    arms();
    legs();
    face();
    return std::move(parts_);
  }

 private:
  Mesh& add(Part part) {
    parts_.push_back(std::move(part));
    return parts_.back().mesh;
  }

  void head() {
    const int head_bone = skeleton_.find("head");
    bind_softly(add(sculpt({"head",
                            Look::Skin,
                            head_distance,
                            {{-0.13f, 0.79f, -0.13f}, {0.13f, 1.15f, 0.14f}},
                            0.0036f,
                            3800,
                            paint_head})),
                skeleton_, 0.022f, any_of({"head", "neck", "chest"}));
    bind_rigidly(add(sculpt({"hair",
                             Look::Hair,
                             hair_distance,
                             {{-0.17f, 0.86f, -0.18f}, {0.17f, 1.19f, 0.16f}},
                             0.0036f,
                             4600,
                             paint_hair})),
                 head_bone);
    bind_rigidly(add(sculpt({"bow",
                             Look::Cloth,
                             bow_distance,
                             {{0.03f, 1.02f, 0.01f}, {0.17f, 1.15f, 0.15f}},
                             0.003f,
                             400,
                             plain(kYellowHex)})),
                 head_bone);
  }

  void clothes() {
    const Allow trunk = any_of({"hips", "spine", "chest", "Shoulder", "UpperArm", "UpperLeg"});
    const Box whole{{-0.23f, 0.35f, -0.23f}, {0.23f, 0.87f, 0.23f}};
    bind_softly(
        add(sculpt({"dress", Look::Cloth, dress_distance, whole, 0.0050f, 3800, plain(kDressHex)})),
        skeleton_, 0.030f, trunk);
    bind_softly(add(sculpt({"trim", Look::Cloth, trim_distance, whole, 0.0040f, 1700, paint_trim})),
                skeleton_, 0.030f, trunk);
    bind_softly(add({"daisies", Look::Cloth, daisies(), {}}), skeleton_, 0.030f, trunk);
    bind_rigidly(add(sculpt({"collar",
                             Look::Cloth,
                             collar_distance,
                             {{-0.1f, 0.76f, -0.1f}, {0.1f, 0.88f, 0.1f}},
                             0.0034f,
                             600,
                             plain(kLinenHex)})),
                 skeleton_.find("chest"));
  }

  void arms() {
    const Allow left_arm = [](std::string_view name) {
      return name.starts_with("left") && !name.ends_with("Leg") && !name.ends_with("Foot") &&
             !name.ends_with("Eye");
    };
    Mesh& skin = add(sculpt({"armsHands",
                             Look::Skin,
                             arms_distance,
                             {{0.06f, 0.74f, -0.06f}, {0.48f, 0.84f, 0.07f}},
                             0.0021f,
                             2600,
                             paint_hand}));
    bind_softly(skin, skeleton_, 0.0052f, left_arm);
    append(skin, mirror(skin, skeleton_));
    Mesh& tips = add({"nails", Look::Skin, nails(), {}});
    bind_softly(tips, skeleton_, 0.0052f, left_arm);
    append(tips, mirror(tips, skeleton_));
  }

  void legs() {
    bind_softly(add(sculpt({"legs",
                            Look::Skin,
                            legs_distance,
                            {{-0.12f, 0.03f, -0.08f}, {0.12f, 0.57f, 0.08f}},
                            0.0055f,
                            700,
                            plain(kSkinHex)})),
                skeleton_, 0.02f, any_of({"Leg", "hips"}));
    bind_softly(add(sculpt({"socks",
                            Look::Cloth,
                            socks_distance,
                            {{-0.11f, 0.02f, -0.07f}, {0.11f, 0.17f, 0.07f}},
                            0.0042f,
                            600,
                            plain(kLinenHex)})),
                skeleton_, 0.015f, any_of({"LowerLeg", "Foot"}));
    bind_softly(add(sculpt({"shoes",
                            Look::Cloth,
                            shoes_distance,
                            {{-0.11f, -0.02f, -0.08f}, {0.11f, 0.11f, 0.12f}},
                            0.0042f,
                            900,
                            paint_shoe})),
                skeleton_, 0.01f, any_of({"Foot"}));
  }

  using Shape = std::function<Mesh(const Expression&)>;

  void feature(const char* name, Look look, const Shape& shape) {
    constexpr float kUnmoved_m = 1e-6f;
    Part part{name, look, shape(resting_expression()), {}};
    for (const NamedExpression& named : expressions()) {
      Mesh mesh = shape(named.expression);
      float moved_m = 0;
      for (std::size_t i = 0; i < mesh.vertices.size(); ++i) {
        moved_m = std::max(moved_m, length(mesh.vertices[i].p - part.mesh.vertices[i].p));
      }
      if (moved_m > kUnmoved_m) part.morphs.push_back({named.name, std::move(mesh)});
    }
    bind_rigidly(part.mesh, skeleton_.find("head"));
    add(std::move(part));
  }

  void face() {
    feature("mouth", Look::Eye, mouth_mesh);
    for (const Side side : {Side::Left, Side::Right}) {
      const std::string s = side == Side::Left ? "Left" : "Right";
      feature(("lidUpper" + s).c_str(), Look::Skin,
              [side](const Expression& e) { return lid_mesh(e, side, Lid::Upper); });
      feature(("lidLower" + s).c_str(), Look::Skin,
              [side](const Expression& e) { return lid_mesh(e, side, Lid::Lower); });
      feature(("brow" + s).c_str(), Look::Hair,
              [side](const Expression& e) { return brow_mesh(e, side); });
      bind_rigidly(add({"eye" + s, Look::Eye, eye_mesh(side), {}}),
                   skeleton_.find(side == Side::Left ? "leftEye" : "rightEye"));
    }
  }

  const Skeleton& skeleton_;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<Part> build_child(const Skeleton& skeleton) { return Sculptor(skeleton).run(); }

}  // namespace tactus::modelling
