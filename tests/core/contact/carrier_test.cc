// A thing in a hand's frame: it lies still in the fingers that carry it, and is felt by all others as it
// moves; against the same thing posed in the world at every tick.
#include "tactus/contact/carrier.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reference.h"
#include "tactus/contact/query.h"
#include "tactus/contact/shown_hand.h"

namespace tactus {
namespace {

constexpr std::uint32_t kPinch =
    1u << index(HandJoint::ThumbTip) | 1u << index(HandJoint::IndexTip);
constexpr Carrier kCarrier{kPinch, Hand::Right};
constexpr float kRod_m = 0.006f;
constexpr std::size_t kIndex = pulp_actuator(Finger::Index), kThumb = pulp_actuator(Finger::Thumb);

/// A hand that moves and turns, its bones of a medium hand's length; where its pulps are is the test's.
HandPose hand_at(double t_s, Hand side, const Pose& T_palm_index, const Pose& T_palm_thumb) {
  const auto place = [](double at_s) {
    const auto s = static_cast<float>(at_s);
    return Pose{axis_angle({0.3f, 1, 0.2f}, 1.5f * std::sin(3 * s)),
                {0.4f * std::sin(5 * s), 0.2f * std::cos(4 * s), 0.3f * s}};
  };
  const Pose T = place(t_s), T_next = place(t_s + 1e-3);
  HandPose pose;
  pose.t = HostTime{std::chrono::duration_cast<Duration>(std::chrono::duration<double>(t_s))};
  pose.hand = side;
  pose.origin = PoseOrigin::Measured;
  Vec3 p{0, 5, 0};
  for (Pose& joint : pose.T_world_joint) joint = T * Pose{{}, p};
  constexpr float kBones_m[] = {0.0646f, 0.0446f, 0.0263f, 0.0214f};
  for (std::size_t k = 0; k < 4; ++k) {
    p.z -= kBones_m[k];
    pose.T_world_joint[index(HandJoint::MiddleMetacarpal) + k + 1] = T * Pose{{}, p};
  }
  pose.T_world_joint[index(HandJoint::Palm)] = T;
  pose.T_world_joint[index(HandJoint::IndexTip)] = T * T_palm_index;
  pose.T_world_joint[index(HandJoint::ThumbTip)] = T * T_palm_thumb;
  const Vec3 omega = 1e3f * log_rotation(T_next.q * conjugate(T.q));
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Vec3 arm = pose.T_world_joint[j].p - T.p;
    pose.omega_world_joint[j] = omega;
    pose.v_world_joint[j] = 1e3f * (T_next.p - T.p) + cross(omega, arm);
  }
  return pose;
}

/// The joint of a pulp that presses `deep_m` into the rod along the frame's Y axis from its side.
Pose pressing(std::size_t actuator, float side, float deep_m) {
  const ActuatorSite& site = kActuatorSites[actuator];
  const Quat q = rotation_between({0, 1, 0}, {side, 0, 0});
  const float out_m = kRod_m + site.radius_m - deep_m;
  return {q, Vec3{side * out_m, 0, 0} - rotate(q, site.p_joint)};
}

class CarrierTest : public ::testing::Test {
 protected:
  CarrierTest() {
    for (DeformedBody* body : {&still, &world_before, &world_after}) *body = DeformedBody(model);
  }
  HandPose carrying(double t_s) const {
    return hand_at(t_s, Hand::Right, pressing(kIndex, 1, 0.002f), pressing(kThumb, -1, 0.002f));
  }
  /// The rod around the frame's Y axis, in the middle of the two joints.
  Pose T_frame_rod(const HandPose& pose) const {
    const Pose T_palm_frame{
        {}, 0.5f * (pressing(kIndex, 1, 0.002f).p + pressing(kThumb, -1, 0.002f).p)};
    static_cast<void>(pose);
    return inverse(T_palm_frame) * Pose{{}, {0, -0.2f, 0}};
  }
  BodyInterval carried(const HandPose& by) {
    const std::vector<Pose> bones = two(T_frame_rod(by));
    EXPECT_TRUE(skin(model, HostTime{}, bones, still));
    BodyInterval body{&model, &still, &still, 1.0f, kCarrier};
    place_carried({&body, 1}, {&by, 1});
    return body;
  }
  static std::vector<Contact> of_pulps(const ContactSet& contacts) {
    std::vector<Contact> pulps;
    for (const Contact& contact : contacts) {
      if (contact.actuator == kIndex || contact.actuator == kThumb) pulps.push_back(contact);
    }
    return pulps;
  }
  std::vector<Pose> two(const Pose& T) const {
    return {T * shape.bones[0].T_rest_bone, T * shape.bones[1].T_rest_bone};
  }

  const testing::Shape shape = testing::make_tube(0.4f, kRod_m, 80, 60);
  const BodyModel model = build_model(shape.view());
  DeformedBody still, world_before, world_after;
};

TEST_F(CarrierTest, BitsGoThereAndBack) {
  for (const Carrier& carrier : {kCarrier, Carrier{kPinch, Hand::Left}, Carrier{}}) {
    EXPECT_TRUE(is_carrier(to_bits(carrier)));
    EXPECT_EQ(carrier_of(to_bits(carrier)), carrier);
  }
  EXPECT_FALSE(is_carrier(1u << 31)) << "a hand without a joint";
  EXPECT_FALSE(is_carrier(1u << kHandJoints));
  EXPECT_EQ(to_bits({0, Hand::Right}), 0u);
}

TEST_F(CarrierTest, WhatIsCarriedIsFeltAlikeHoweverTheHandMoves) {
  ContactState state;
  std::array<float, kActuators> first_N{};
  for (int ms = 0; ms < 1000; ++ms) {
    const HandPose hand = carrying(1e-3 * ms);
    const BodyInterval body = carried(hand);
    const std::vector<Contact> contacts =
        of_pulps(query(state, {}, {&hand, 1}, {&body, 1}, hand.t));
    ASSERT_EQ(contacts.size(), 2u) << ms;
    const Vec3 apart = contacts[0].p_world - contacts[1].p_world;
    EXPECT_NEAR(length(apart), 2 * kRod_m, 1e-5f);
    EXPECT_LT(dot(contacts[0].n_world, contacts[1].n_world), -0.99f);
    for (const Contact& contact : contacts) {
      float& alike_N = first_N[contact.actuator];
      if (alike_N == 0) alike_N = contact.force_N;
      EXPECT_NEAR(contact.force_N, alike_N, 2e-3f) << ms;
      EXPECT_TRUE(contact.sticks) << ms;
      EXPECT_EQ(length(contact.v_slip_world), 0) << ms;
      const Probe probe = place_probe(hand, contact.actuator, hand_scale(hand));
      EXPECT_NEAR(length(probe.p_world - contact.p_world), probe.radius_m - 0.002f, 2e-5f) << ms;
    }
  }
}

TEST_F(CarrierTest, AnotherHandFeelsItMove) {
  ContactState in_frame, in_world;
  int felt = 0;
  for (int ms = 0; ms < 60; ++ms) {
    const HandPose by = carrying(1e-3 * ms), next = carrying(1e-3 * (ms + 1));
    const BodyInterval body = carried(by);
    const auto T_world_rod = [&](const HandPose& hand) {
      return frame_of(kCarrier, hand).T_world_frame * T_frame_rod(hand);
    };
    // The other hand stands still, its index in the way of the rod as it was at 30 ms.
    HandPose other = carrying(0.030);
    other.hand = Hand::Left;
    other.t = by.t;
    for (Vec3& v : other.v_world_joint) v = {};
    for (Vec3& omega : other.omega_world_joint) omega = {};
    ASSERT_TRUE(skin(model, by.t, two(T_world_rod(by)), world_before));
    ASSERT_TRUE(skin(model, next.t, two(T_world_rod(next)), world_after));
    const BodyInterval posed{&model, &world_before, &world_after, 1.0f};
    const ContactSet a = query(in_frame, {}, {&other, 1}, {&body, 1}, by.t);
    const ContactSet b = query(in_world, {}, {&other, 1}, {&posed, 1}, by.t);
    ASSERT_EQ(a.size(), b.size()) << ms;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].depth_m > 0.006f) continue;  // far in it depends on the way where it was nearest
      ++felt;
      EXPECT_NEAR(length(a[i].p_world - b[i].p_world), 0, 5e-5f);
      EXPECT_GT(dot(a[i].n_world, b[i].n_world), 0.999f);
      if (!a[i].sticks && !b[i].sticks) {
        EXPECT_LT(length(a[i].v_slip_world - b[i].v_slip_world),
                  0.05f + 0.1f * length(b[i].v_slip_world));
      }
      EXPECT_NEAR(a[i].depth_m, b[i].depth_m, 5e-5f);
    }
  }
  EXPECT_GT(felt, 5);
}

TEST_F(CarrierTest, TakenUpItGoesOnBeingTouchedAndWithoutTheHandItCannotBe) {
  ContactState state;
  const HandPose hand = carrying(0.2);
  const Pose T_world_rod = frame_of(kCarrier, hand).T_world_frame * T_frame_rod(hand);
  ASSERT_TRUE(skin(model, hand.t, two(T_world_rod), world_before));
  const BodyInterval lying{&model, &world_before, &world_before, 1.0f};
  EXPECT_EQ(of_pulps(query(state, {}, {&hand, 1}, {&lying, 1}, hand.t)).size(), 2u);
  const BodyInterval body = carried(hand);
  EXPECT_EQ(of_pulps(query(state, {}, {&hand, 1}, {&body, 1}, hand.t + 1ms)).size(), 2u);
  BodyInterval lost = body;
  HandPose unseen = hand;
  unseen.origin = PoseOrigin::None;
  place_carried({&lost, 1}, {&unseen, 1});
  EXPECT_EQ(lost.model, nullptr);
  EXPECT_EQ(query(state, {}, {&hand, 1}, {&lost, 1}, hand.t + 2ms).size(), 0u);
}

TEST_F(CarrierTest, TheDrawnHandRestsAlikeOnWhatItCarriesWhereverItGoes) {
  ShownHandState state;
  std::array<Vec3, 2> settled{};
  for (int frame = 0; frame < 60; ++frame) {
    const HandPose hand = carrying(0.011 * frame);
    const BodyInterval body = carried(hand);
    const HandPose shown = rest_on_skin(state, {}, hand, {&body, 1});
    for (const std::size_t a : {kIndex, kThumb}) {
      const Probe probe = place_probe(shown, a, hand_scale(shown));
      const Vec3 p_frame = inverse(body.frame.T_world_frame) * probe.p_world;
      const Vec3 p_rod = inverse(T_frame_rod(hand)) * p_frame;
      EXPECT_GT(std::hypot(p_rod.x, p_rod.z) - kRod_m - probe.radius_m, -0.0005f) << frame;
      Vec3& alike = settled[a == kIndex ? 0 : 1];
      if (frame == 40) alike = p_frame;
      if (frame > 40) {
        EXPECT_LT(length(p_frame - alike), 0.0015f) << frame;
      }
    }
  }
}

}  // namespace
}  // namespace tactus
