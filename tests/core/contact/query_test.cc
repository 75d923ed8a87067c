// Contacts against the exact distance, and what they must and must not do in time.
#include "tactus/contact/query.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "reference.h"
#include "support/alloc_guard.h"

namespace tactus {
namespace {

using testing::Shape;

constexpr std::size_t kPulp = pulp_actuator(Finger::Index);
constexpr float kPulpRadius_m = kActuatorSites[kPulp].radius_m;
constexpr Duration kTick = 1ms;

/// A medium hand far away but for its index fingertip, whose pulp's centre is at `p_world` with the
/// back of the finger towards `up`.
HandPose fingertip_at(Vec3 p_world, Vec3 up, Vec3 v_world = {}, Hand hand = Hand::Right) {
  HandPose pose;
  pose.hand = hand;
  pose.origin = PoseOrigin::Measured;
  const Vec3 away = {0, 9, 0};
  for (Pose& T : pose.T_world_joint) T.p = away;
  constexpr float kBones_m[] = {0.0646f, 0.0446f, 0.0263f, 0.0214f};
  Vec3 p = away;
  for (std::size_t k = 0; k < 4; ++k) {
    p.z -= kBones_m[k];
    pose.T_world_joint[index(HandJoint::MiddleMetacarpal) + k + 1].p = p;
  }
  Pose& tip = pose.T_world_joint[index(HandJoint::IndexTip)];
  tip.q = rotation_between({0, 1, 0}, up);
  tip.p = p_world - rotate(tip.q, kActuatorSites[kPulp].p_joint);
  pose.v_world_joint[index(HandJoint::IndexTip)] = v_world;
  return pose;
}

/// A body shown at one pose, or moving between two frames 10 ms apart.
struct Stage {
  explicit Stage(Shape s)
      : shape(std::move(s)), model(build_model(shape.view())), before(model), after(model) {
    show(std::vector<Pose>(shape.bones.size()), std::vector<Pose>(shape.bones.size()));
  }
  void show(const std::vector<Pose>& T_before, const std::vector<Pose>& T_after,
            HostTime t = HostTime{}) {
    ASSERT_TRUE(skin(model, t, T_before, before));
    ASSERT_TRUE(skin(model, t + 10ms, T_after, after));
  }
  [[nodiscard]] BodyInterval interval() const { return {&model, &before, &after, 1.0f}; }

  Shape shape;
  BodyModel model;
  DeformedBody before, after;
};

const Contact* pulp_contact(const ContactSet& contacts) {
  for (const Contact& contact : contacts) {
    if (contact.actuator == kPulp) return &contact;
  }
  return nullptr;
}

/// One query with one hand and one body.
ContactSet query_one(ContactState& state, const HandPose& pose, const BodyInterval& body,
                     HostTime t) {
  return query(state, {}, std::span(&pose, 1), std::span(&body, 1), t);
}

Stage cheek() { return Stage(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 60, 60)); }
/// Three millimetres thick, closed: an ear.
Stage ear() { return Stage(testing::make_ellipsoid({0.03f, 0.04f, 0.0015f}, 40, 40)); }

TEST(Query, TimeToTouchIsTheGapByTheSpeedOfApproach) {
  Stage stage = cheek();
  const auto time_from = [&](float gap_m, float speed_m_per_s) {
    ContactState state;
    const HandPose pose =
        fingertip_at({0, 0.1f + kPulpRadius_m + gap_m, 0}, {0, 1, 0}, {0, -speed_m_per_s, 0});
    static_cast<void>(query_one(state, pose, stage.interval(), HostTime{5ms}));
    return time_to_touch(state, Hand::Right)[kPulp];
  };
  EXPECT_NEAR(time_from(0.006f, 0.3f), 0.02f, 0.001f);
  EXPECT_EQ(time_from(-0.001f, 0.3f), 0);
  EXPECT_EQ(time_from(0.006f, -0.3f), kNeverTouches[kPulp]) << "it goes away";
  EXPECT_EQ(time_from(0.1f, 0.3f), kNeverTouches[kPulp]) << "beyond the band";
  ContactState state;
  EXPECT_EQ(time_to_touch(state, Hand::Right), kNeverTouches);
}

TEST(Query, DepthIsTheSphereLessTheExactDistance) {
  Stage stage(testing::make_tube(0.4f, 0.04f, 32, 20));
  std::mt19937 random(1);
  std::uniform_real_distribution<float> offset(-0.004f, 0.011f), bend(0.0f, 0.9f);
  double worst_m = 0;
  int touched = 0;
  for (int i = 0; i < 400; ++i) {
    const std::vector<Pose> T_before{{}, {axis_angle({1, 0, 0}, bend(random)), {0, 0.2f, 0}}};
    std::vector<Pose> T_after = T_before;
    T_after[0].p.x += 0.003f;
    T_after[1].p.x += 0.003f;
    stage.show(T_before, T_after);
    const auto exact = testing::blend(testing::skin_exactly(stage.shape, T_before),
                                      testing::skin_exactly(stage.shape, T_after), 0.5);
    const Surface surface = surface_at(stage.model, stage.before, stage.after, HostTime{5ms});
    const auto t = static_cast<std::uint32_t>(random() % stage.model.triangles.size());
    const Vec3 n = surface.face_normal(t);
    const Vec3 p_world =
        surface.to_world(surface.vertex(stage.model.triangles[t].vertex[0])) + offset(random) * n;
    const auto p_exact = testing::to_point(fingertip_at(p_world, n).T_world_joint[10] *
                                           kActuatorSites[kPulp].p_joint);
    const double distance_m = testing::distance_exactly(stage.shape, exact, p_exact);
    const bool inside = testing::is_inside(stage.shape, exact, p_exact);
    const double depth_m = kPulpRadius_m - (inside ? -distance_m : distance_m);
    ContactState state;
    const Contact* contact = nullptr;
    const ContactSet contacts =
        query_one(state, fingertip_at(p_world, n), stage.interval(), HostTime{5ms});
    contact = pulp_contact(contacts);
    if (std::fabs(depth_m) < 0.00035) continue;  // entering needs 0.3 mm at once
    ASSERT_EQ(contact != nullptr, depth_m > 0) << i << " depth_m " << depth_m;
    if (contact == nullptr) continue;
    ++touched;
    worst_m = std::max(worst_m, std::fabs(contact->depth_m - depth_m));
    EXPECT_EQ(contact->region, Region::CheekLeft);
    EXPECT_EQ(contact->hand, Hand::Right);
    // The triangle it names, in the file's order, is the one it lies on.
    Shape named = stage.shape;
    named.triangles = {stage.shape.triangles.at(contact->triangle)};
    EXPECT_LT(testing::distance_exactly(named, exact, testing::to_point(contact->p_world)), 1e-6);
  }
  EXPECT_GT(touched, 150);
  EXPECT_LT(worst_m, 1e-5);
}

TEST(Query, EveryPatchOfBothHandsReportsItselfAlone) {
  Stage stage(testing::make_ellipsoid({0.001f, 0.001f, 0.001f}, 8, 8));
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    for (std::size_t a = 0; a < kPatches; ++a) {
      HandPose pose = fingertip_at({5, 5, 5}, {0, 1, 0}, {}, hand);
      const Probe probe = place_probe(pose, a, hand_scale(pose));
      // A grain of sand just inside this patch's skin, on the palm's side.
      const Vec3 p_grain = probe.p_world - Vec3{0, probe.radius_m - 0.0015f, 0};
      const std::vector<Pose> T(1, Pose{{}, p_grain});
      stage.show(T, T);
      ContactState state;
      const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{5ms});
      bool felt = false;
      for (const Contact& contact : contacts) {
        EXPECT_EQ(contact.hand, hand);
        felt = felt || contact.actuator == a;
        const Probe other = place_probe(pose, contact.actuator, hand_scale(pose));
        EXPECT_LT(length(other.p_world - p_grain), other.radius_m + 0.001f);
      }
      EXPECT_TRUE(felt) << a;
    }
  }
}

TEST(Query, ALargerHandHasLargerPatchesFurtherOut) {
  HandPose pose = fingertip_at({}, {0, 1, 0});
  EXPECT_NEAR(hand_scale(pose), 1.0f, 1e-4f);
  for (Pose& T : pose.T_world_joint) T.p = 1.2f * T.p;
  EXPECT_NEAR(hand_scale(pose), 1.2f, 1e-4f);
  EXPECT_NEAR(place_probe(pose, kPulp, 1.2f).radius_m, 1.2f * kPulpRadius_m, 1e-6f);
  EXPECT_EQ(hand_scale(HandPose{}), 1.0f);
}

TEST(Query, AFingerPushedThroughAnEarKeepsItsSide) {
  const Stage stage = ear();
  ContactState state;
  float depth_m = 0, released_at_m = 0;
  bool touched = false;
  for (int tick = 0; tick < 600; ++tick) {
    const float z = 0.015f - 0.00005f * static_cast<float>(tick);  // 0.05 m/s
    const HandPose pose = fingertip_at({0, 0.002f, z}, {0, 0, 1}, {0, 0, -0.05f});
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    const Contact* contact = pulp_contact(contacts);
    if (contact == nullptr) {
      if (touched && released_at_m == 0) released_at_m = z;
      continue;
    }
    ASSERT_EQ(released_at_m, 0) << "touched again at " << z;
    touched = true;
    EXPECT_GT(contact->n_world.z, 0.9f) << "flipped at z " << z;
    EXPECT_GT(contact->depth_m, depth_m - 2e-5f) << z;
    depth_m = contact->depth_m;
  }
  ASSERT_TRUE(touched);
  // Let go behind the ear, within a millimetre of leaving it.
  EXPECT_LT(released_at_m, -(0.0015f + kPulpRadius_m));
  EXPECT_GT(released_at_m, -(0.0015f + kPulpRadius_m + 0.0012f));
  EXPECT_GT(depth_m, 2 * kPulpRadius_m);
}

TEST(Query, ASheetIsTouchedFromEitherSideAndHasNoInside) {
  const Stage stage(testing::make_sheet(0.2f, 20));
  for (const float side : {1.0f, -1.0f}) {
    ContactState state;
    for (int tick = 0; tick < 400; ++tick) {
      const float z = side * (0.012f - 0.00006f * static_cast<float>(tick));
      const HandPose pose = fingertip_at({0.003f, 0.001f, z}, {0, 0, side});
      const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
      const Contact* contact = pulp_contact(contacts);
      const float distance_m = std::fabs(z);
      if (distance_m < kPulpRadius_m - 0.0003f) {
        ASSERT_NE(contact, nullptr) << z;
        EXPECT_GT(side * contact->n_world.z, 0.99f) << z;
        EXPECT_NEAR(contact->depth_m, kPulpRadius_m - side * z, 1e-5f);
      } else if (distance_m > kPulpRadius_m + 0.001f) {
        EXPECT_EQ(contact, nullptr) << z;
      }
    }
  }
}

TEST(Query, AFingerDeepInsideIsStillTouching) {
  const Stage stage = cheek();
  ContactState state;
  for (int tick = 0; tick < 550; ++tick) {  // to 90 mm under the skin
    const float z = 0.12f - 0.0002f * static_cast<float>(tick);
    const HandPose pose = fingertip_at({0.001f, 0, z}, {0, 0, 1});
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    if (z > 0.1f + kPulpRadius_m - 0.0007f) continue;
    const Contact* contact = pulp_contact(contacts);
    ASSERT_NE(contact, nullptr) << z;
    EXPECT_NEAR(contact->depth_m, 0.1f + kPulpRadius_m - z, 0.0005f) << z;
    EXPECT_GT(contact->n_world.z, 0.9f) << z;
  }
}

TEST(Query, AFingerDeepUnderHairAndPatchesIsStillTouching) {
  // A cap of hair around a head, and an open patch (closed lips) a millimetre before it: pressed
  // through both, the nearest surface is not the one that was touched.
  Shape shape = testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 40, 40);
  const auto add = [&shape](const Shape& part, Vec3 p_part) {
    const auto first = static_cast<std::uint32_t>(shape.vertices.size());
    for (BodyVertex vertex : part.vertices) {
      vertex.p_rest += p_part;
      shape.vertices.push_back(vertex);
    }
    for (BodyTriangle triangle : part.triangles) {
      for (std::uint32_t& v : triangle.vertex) v += first;
      shape.triangles.push_back(triangle);
    }
  };
  add(testing::make_ellipsoid({0.08f, 0.05f, 0.025f}, 30, 30), {0, 0, 0.092f});
  add(testing::make_sheet(0.03f, 6), {0, 0, 0.118f});
  const Stage stage(shape);
  ContactState state;
  bool touched = false;
  for (int tick = 0; tick < 400; ++tick) {
    const float z = 0.13f - 0.0002f * static_cast<float>(tick);  // to 68 mm under the patch
    const HandPose pose = fingertip_at({0.002f, 0.001f, z}, {0, 0, 1});
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    const Contact* contact = pulp_contact(contacts);
    if (z > 0.118f + kPulpRadius_m - 0.0005f) continue;
    ASSERT_NE(contact, nullptr) << z;
    EXPECT_GT(contact->n_world.z, 0.8f) << z;
    touched = true;
  }
  EXPECT_TRUE(touched);
}

TEST(Query, ASlidingFingerAgreesWithTheTruthAtEveryTick) {
  // A fingertip wanders over a bent tube, in and out, for 20 s: contact is exactly what geometry
  // says, but for the hysteresis.
  Stage stage(testing::make_tube(0.4f, 0.04f, 16, 12));
  const std::vector<Pose> T{{}, {axis_angle({1, 0, 0}, 1.2f), {0, 0.2f, 0}}};
  stage.show(T, T);
  const auto exact = testing::skin_exactly(stage.shape, T);
  ContactState state;
  int touched = 0, free = 0;
  for (int tick = 0; tick < 20000; ++tick) {
    const float s = 0.001f * static_cast<float>(tick);
    const float angle = 0.9f * s, y = 0.2f + 0.15f * std::sin(0.37f * s);
    const float r = 0.0465f + 0.006f * std::sin(2.3f * s);
    const Vec3 p{r * std::sin(angle), y, r * std::cos(angle)};
    const HandPose pose = fingertip_at(p, normalized(Vec3{p.x, 0, p.z}));
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    if (tick % 10 != 0) continue;
    const auto p_exact = testing::to_point(pose.T_world_joint[10] * kActuatorSites[kPulp].p_joint);
    const double distance_m = testing::distance_exactly(stage.shape, exact, p_exact);
    const bool inside = testing::is_inside(stage.shape, exact, p_exact);
    const double depth_m = kPulpRadius_m - (inside ? -distance_m : distance_m);
    const bool touching = pulp_contact(contacts) != nullptr;
    if (depth_m > 0.0003) {
      ASSERT_TRUE(touching) << tick << " depth_m " << depth_m;
      ++touched;
    } else if (depth_m < -0.001) {
      ASSERT_FALSE(touching) << tick << " depth_m " << depth_m;
      ++free;
    }
  }
  EXPECT_GT(touched, 500);
  EXPECT_GT(free, 500);
}

TEST(Query, ASlapThroughAnEarIsNotMissed) {
  const Stage stage = ear();
  for (int phase = 0; phase < 10; ++phase) {
    ContactState state;
    int touches = 0;
    for (int tick = 0; tick < 20; ++tick) {
      const float z =
          0.05f - 0.005f * (static_cast<float>(tick) + 0.1f * static_cast<float>(phase));
      const HandPose pose = fingertip_at({0, 0, z}, {0, 0, 1}, {0, 0, -5});
      const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
      if (const Contact* contact = pulp_contact(contacts)) {
        ++touches;
        EXPECT_NEAR(contact->approach_m_per_s, 5.0f, 0.01f);
        EXPECT_GT(contact->n_world.z, 0.9f);
      }
    }
    EXPECT_GE(touches, 3) << phase;
    EXPECT_LE(touches, 6) << phase;
  }
}

TEST(Query, AThinPlateAtTenMetresPerSecondIsFeltOnTheSideItCameFrom) {
  // 2 mm thin, closed and, one triangle thin, open; a tick is 10 mm.
  const Stage plate(testing::make_ellipsoid({0.05f, 0.05f, 0.001f}, 60, 60));
  const Stage sheet(testing::make_sheet(0.1f, 20));
  for (const Stage* stage : {&plate, &sheet}) {
    for (int phase = 0; phase < 20; ++phase) {
      ContactState state;
      int touches = 0;
      for (int tick = 0; tick < 16; ++tick) {
        const float z =
            0.07f - 0.01f * (static_cast<float>(tick) + 0.05f * static_cast<float>(phase));
        const HandPose pose = fingertip_at({0.003f, 0.001f, z}, {0, 0, 1}, {0, 0, -10});
        const ContactSet contacts =
            query_one(state, pose, stage->interval(), HostTime{kTick * tick});
        const Contact* contact = pulp_contact(contacts);
        if (contact == nullptr) continue;
        if (touches++ > 0) continue;
        EXPECT_GT(contact->n_world.z, 0.9f) << phase;
        EXPECT_NEAR(contact->approach_m_per_s, 10.0f, 0.1f);
        EXPECT_NEAR(contact->depth_m, kPulpRadius_m - z, 0.0012f) << phase;
      }
      EXPECT_GE(touches, 1) << phase;
    }
  }
}

TEST(Query, AFingerHeldStillIsNotLostWhenTheFaceMovesIntoIt) {
  // 20 mm at 0.2 to 5 m/s, in frames of 11 ms: the place stays on the skin that came.
  for (const float speed_m_per_s : {0.2f, 1.0f, 2.0f, 5.0f}) {
    Stage stage = cheek();
    const Vec3 p{0.004f, 0.002f, 0.1f + kPulpRadius_m + 0.002f};
    const auto at = [&](int ms) {
      const float way_m = std::min(0.001f * static_cast<float>(ms) * speed_m_per_s, 0.022f);
      return std::vector<Pose>{Pose{axis_angle({1, 0, 0}, 2 * way_m), {0, 0, way_m}}};
    };
    ContactState state;
    for (int tick = 0; tick < 150; ++tick) {
      stage.show(at(tick / 10 * 10), at(tick / 10 * 10 + 10), HostTime{10ms * (tick / 10)});
      const ContactSet contacts =
          query_one(state, fingertip_at(p, {0, 0, 1}), stage.interval(), HostTime{kTick * tick});
      const Contact* contact = pulp_contact(contacts);
      if (0.001f * static_cast<float>(tick - 10) * speed_m_per_s < 0.003f) continue;
      ASSERT_NE(contact, nullptr) << speed_m_per_s << " m/s, " << tick << " ms";
      EXPECT_GT(contact->n_world.z, 0.9f);
      if (tick == 149) {
        EXPECT_NEAR(contact->depth_m, 0.020f, 0.0005f);
      }
    }
  }
}

TEST(Query, ABodyAHundredMetresAwayFeelsTheSame) {
  // The same stroke here and there: as alike as floats at 100 m can say (7.6 um).
  constexpr float kUlp_m = 7.7e-6f;
  std::vector<Contact> felt[2];
  const Vec3 places[2] = {{0, 0, 0}, {80, 2, -60}};
  for (std::size_t k = 0; k < 2; ++k) {
    Stage stage(testing::make_tube(0.4f, 0.04f, 40, 30));
    ContactState state;
    for (int tick = 0; tick < 200; ++tick) {
      const auto bones = [&](int frame) {
        const float bend = 0.05f * static_cast<float>(frame);
        return std::vector<Pose>{{{}, places[k]},
                                 {axis_angle({1, 0, 0}, bend), places[k] + Vec3{0, 0.2f, 0}}};
      };
      stage.show(bones(tick / 10), bones(tick / 10 + 1), HostTime{10ms * (tick / 10)});
      const float s = 0.001f * static_cast<float>(tick);
      const Vec3 p{0.0f, 0.1f + 0.1f * s, 0.0445f};
      const HandPose pose = fingertip_at(places[k] + p, {0, 0, 1}, {0, 0.1f, 0});
      const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
      ASSERT_NE(pulp_contact(contacts), nullptr) << tick;
      felt[k].push_back(*pulp_contact(contacts));
    }
  }
  for (std::size_t i = 0; i < felt[0].size(); ++i) {
    EXPECT_NEAR(felt[0][i].depth_m, felt[1][i].depth_m, 2 * kUlp_m) << i;
    EXPECT_LT(length(felt[0][i].n_world - felt[1][i].n_world), 0.005f);
    EXPECT_EQ(felt[0][i].sticks, felt[1][i].sticks) << i;
    EXPECT_LT(length(felt[0][i].v_slip_world - felt[1][i].v_slip_world), 0.002f) << i;
  }
}

TEST(Query, AFingerSticksThenSlips) {
  const Stage stage = cheek();
  ContactState state;
  int stuck = 0;
  for (int tick = 0; tick < 100; ++tick) {
    const float y = 0.00003f * static_cast<float>(tick);
    const HandPose pose =
        fingertip_at({0, y, 0.1f + kPulpRadius_m - 0.002f}, {0, 0, 1}, {0, 0.03f, 0});
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    const Contact* contact = pulp_contact(contacts);
    ASSERT_NE(contact, nullptr);
    stuck += contact->sticks ? 1 : 0;
    EXPECT_EQ(contact->sticks, length(contact->v_slip_world) == 0.0f);
    EXPECT_LE(contact->drag_world_N.y, 0.0f);
    if (tick == 99) {
      EXPECT_NEAR(contact->v_slip_world.y, 0.03f, 0.001f);
    }
  }
  // 0.31 N and a grip of 0.9 hold 0.28 mm of shear: nine milliseconds.
  EXPECT_NEAR(stuck, 9, 3);
}

TEST(Query, ANoisyTrackerDoesNotRattle) {
  // 0.1 mm rms white noise on a hand held still at every gap around the threshold, 4 s each.
  const Stage stage = cheek();
  std::mt19937 random(2);
  std::normal_distribution<float> noise(0.0f, 0.0001f);
  for (int step = -12; step <= 12; ++step) {
    const float z = 0.1f + kPulpRadius_m + 0.00005f * static_cast<float>(step);
    ContactState state;
    int toggles = 0;
    bool was = false;
    for (int tick = 0; tick < 4000; ++tick) {
      const HandPose pose = fingertip_at({0, 0, z + noise(random)}, {0, 0, 1});
      const bool is =
          pulp_contact(query_one(state, pose, stage.interval(), HostTime{kTick * tick})) != nullptr;
      toggles += is != was ? 1 : 0;
      was = is;
    }
    EXPECT_LE(toggles, 1) << "at a gap of " << 0.05 * step << " mm";
  }
}

TEST(Query, ASlowTouchBeginsWithinItsDwellAndAFastOneAtOnce) {
  const Stage stage = cheek();
  for (const float speed_m_per_s : {0.02f, 1.0f}) {
    ContactState state;
    float begun_m = 0;
    for (int tick = 0; tick < 200 && begun_m == 0; ++tick) {
      const float gap_m = 0.002f - speed_m_per_s * 0.001f * static_cast<float>(tick);
      const HandPose pose =
          fingertip_at({0, 0, 0.1f + kPulpRadius_m + gap_m}, {0, 0, 1}, {0, 0, -speed_m_per_s});
      const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
      if (const Contact* contact = pulp_contact(contacts)) {
        begun_m = gap_m;
        EXPECT_EQ(contact->t_since, HostTime{kTick * tick});
        EXPECT_NEAR(contact->approach_m_per_s, speed_m_per_s, 0.01f * speed_m_per_s);
      }
    }
    EXPECT_LT(begun_m, 0);
    EXPECT_GT(begun_m, -speed_m_per_s * 0.0042f);
  }
}

TEST(Query, AHandMovingWithTheBodyDoesNotSlip) {
  // The body turns and drifts; the fingertip is carried along rigidly.
  Stage stage = cheek();
  const Vec3 omega{0, 1.5f, 0}, v{0.3f, 0.1f, 0};
  const auto at = [&](float t_s) { return Pose{exp_rotation(t_s * omega), t_s * v}; };
  const Vec3 p_body{0, 0, 0.1f + kPulpRadius_m - 0.002f};
  ContactState state;
  int touched = 0;
  for (int tick = 0; tick < 300; ++tick) {
    const float t_s = 0.001f * static_cast<float>(tick);
    const int frame = tick / 10;
    const float frame_s = 0.01f * static_cast<float>(frame);
    stage.show({at(frame_s)}, {at(frame_s + 0.01f)}, HostTime{10ms * frame});
    const Pose T_world_body = at(t_s);
    HandPose pose = fingertip_at(T_world_body * p_body, rotate(T_world_body.q, {0, 0, 1}));
    const std::size_t tip = index(HandJoint::IndexTip);
    pose.omega_world_joint[tip] = omega;
    pose.v_world_joint[tip] = v + cross(omega, pose.T_world_joint[tip].p - T_world_body.p);
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    const Contact* contact = pulp_contact(contacts);
    ASSERT_NE(contact, nullptr) << tick;
    EXPECT_LT(length(contact->v_slip_world), 0.002f) << tick;
    ++touched;
  }
  EXPECT_EQ(touched, 300);
}

TEST(Query, SlipIsTangentialAndRelativeToTheSkin) {
  Stage stage = cheek();
  const float z = 0.1f + kPulpRadius_m - 0.002f;
  stage.show({Pose{}}, {Pose{{}, {0.001f, 0, 0}}});  // 0.1 m/s along +X
  ContactState state;
  Contact last;
  for (int tick = 0; tick < 10; ++tick) {
    // The hand moves against it, and inwards.
    const HandPose pose = fingertip_at({0, 0, z}, {0, 0, 1}, {-0.1f, 0, -0.05f});
    const ContactSet contacts = query_one(state, pose, stage.interval(), HostTime{kTick * tick});
    ASSERT_NE(pulp_contact(contacts), nullptr);
    last = *pulp_contact(contacts);
  }
  EXPECT_NEAR(last.v_slip_world.x, -0.2f, 0.004f);
  EXPECT_NEAR(dot(last.v_slip_world, last.n_world), 0.0f, 1e-3f);
  EXPECT_NEAR(last.approach_m_per_s, 0.05f, 0.003f);
}

TEST(Query, OfTwoBodiesTheDeeperIsReportedAndAbsentOnesAreNotThere) {
  const Stage near = cheek();
  Stage far = cheek();
  const std::vector<Pose> T(1, Pose{{}, {0, 0, -0.002f}});
  far.show(T, T);
  const HandPose pose = fingertip_at({0, 0, 0.1f + kPulpRadius_m - 0.004f}, {0, 0, 1});
  std::vector<BodyInterval> bodies{far.interval(), near.interval()};
  bodies[1].presence = 0.4f;
  ContactState state;
  const auto touched_m = [&](HostTime t) {
    const ContactSet contacts = query(state, {}, std::span(&pose, 1), bodies, t);
    const Contact* contact = pulp_contact(contacts);
    return contact != nullptr ? std::pair(contact->depth_m, contact->presence)
                              : std::pair(0.0f, 0.0f);
  };
  EXPECT_NEAR(touched_m(HostTime{1ms}).first, 0.004f, 2e-5f);
  EXPECT_EQ(touched_m(HostTime{2ms}).second, 0.4f);
  bodies[1].presence = 0;
  EXPECT_NEAR(touched_m(HostTime{3ms}).first, 0.002f, 2e-5f);
  bodies[0] = {};
  EXPECT_EQ(touched_m(HostTime{4ms}).first, 0);
  bodies.resize(kMaxBodies + 3,
                near.interval());  // more than there are slots: the rest is not felt
  EXPECT_NEAR(touched_m(HostTime{5ms}).first, 0.004f, 2e-5f);
}

TEST(Query, AnotherBodyInTheSlotIsNotSearchedWithTheOldMemory) {
  const Stage big = cheek();
  const Stage small(testing::make_sheet(0.2f, 1));
  const HandPose pose = fingertip_at({0.05f, 0, 0.1f + kPulpRadius_m - 0.02f}, {0, 0, 1});
  ContactState state;
  for (int tick = 0; tick < 20; ++tick) {
    const ContactSet contacts = query_one(
        state, pose, tick % 2 == 0 ? big.interval() : small.interval(), HostTime{kTick * tick});
    for (const Contact& contact : contacts) EXPECT_TRUE(is_finite(contact.p_world));
  }
}

TEST(Query, HandsThatAreNotThereTouchNothing) {
  const Stage stage = cheek();
  const Vec3 p{0, 0, 0.1f};
  const auto touches = [&](const HandPose& pose) {
    ContactState state;
    return !query_one(state, pose, stage.interval(), HostTime{1ms}).empty();
  };
  EXPECT_TRUE(touches(fingertip_at(p, {0, 0, 1})));
  HandPose unseen = fingertip_at(p, {0, 0, 1});
  unseen.origin = PoseOrigin::None;
  EXPECT_FALSE(touches(unseen));
  HandPose broken = fingertip_at(p, {0, 0, 1});
  broken.T_world_joint[3].p.y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(touches(broken));
  broken = fingertip_at(p, {0, 0, 1});
  broken.v_world_joint[10].x = std::numeric_limits<float>::infinity();
  EXPECT_FALSE(touches(broken));
  broken = fingertip_at(p, {0, 0, 1});
  broken.hand = static_cast<Hand>(7);
  EXPECT_FALSE(touches(broken));
}

TEST(Query, ALongPauseOrTimeTurningBackForgets) {
  const Stage stage = cheek();
  const HandPose pose = fingertip_at({0, 0, 0.1f}, {0, 0, 1});
  for (const HostTime later : {HostTime{900ms}, HostTime{400ms}}) {
    ContactState state;
    static_cast<void>(query_one(state, pose, stage.interval(), HostTime{500ms}));
    const ContactSet contacts = query_one(state, pose, stage.interval(), later);
    ASSERT_NE(pulp_contact(contacts), nullptr);
    EXPECT_EQ(pulp_contact(contacts)->t_since, later);
  }
}

TEST(Query, ForceIsHertzAndBounded) {
  const ContactParams params;
  EXPECT_EQ(pad_force(params, Material::Skin, 0.008f, 0.0f), 0.0f);
  EXPECT_EQ(pad_force(params, Material::Skin, 0.008f, -0.001f), 0.0f);
  // E* 30 kPa, R 8 mm: 0.1, 0.5 and 1 N at 0.92, 2.69 and 4.27 mm.
  EXPECT_NEAR(pad_force(params, Material::Skin, 0.008f, 0.00092f), 0.1f, 0.002f);
  EXPECT_NEAR(pad_force(params, Material::Skin, 0.008f, 0.00269f), 0.5f, 0.005f);
  EXPECT_NEAR(pad_force(params, Material::Skin, 0.008f, 0.00427f), 1.0f, 0.005f);
  EXPECT_LT(pad_force(params, Material::Hair, 0.008f, 0.002f),
            pad_force(params, Material::Skin, 0.008f, 0.002f));
  EXPECT_GT(pad_force(params, Material::Hard, 0.008f, 0.002f),
            pad_force(params, Material::Skin, 0.008f, 0.002f));
  EXPECT_EQ(pad_force(params, Material::Hard, 0.008f, 1.0f), params.most_force_N);
}

TEST(Query, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "the sanitizer owns malloc";
  const Stage stage = cheek();
  ContactState state;
  std::size_t touched = 0;
  const testing::AllocGuard guard;
  for (int tick = 0; tick < 100; ++tick) {
    const float z = 0.12f - 0.0003f * static_cast<float>(tick);
    touched += query_one(state, fingertip_at({0, 0, z}, {0, 0, 1}), stage.interval(),
                         HostTime{kTick * tick})
                   .size();
  }
  EXPECT_EQ(guard.calls(), 0u);
  EXPECT_GT(touched, 0u);
}

}  // namespace
}  // namespace tactus
