// A focused session with a wearer whose body is known, for tests of bodies.
//
//   Clocks   XrTime kNow is the newest body's instant but 20 ms; 80 ms before it are history.
//   Frames   stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "hand_fixture.h"
#include "newer_openxr.h"
#include "tactus/pose/body_joint_sets.h"

namespace tactus::layer_test {

inline constexpr const char* kBodyFb = XR_FB_BODY_TRACKING_EXTENSION_NAME;
inline constexpr const char* kBodyBd = XR_BD_BODY_TRACKING_EXTENSION_NAME;
inline constexpr float kSamePlace_m = 1e-5f;
inline constexpr XrSpaceLocationFlags kValidFlags = 0x3, kTrackedFlags = 0xF;

class BodyTest : public HandTest {
 protected:
  void begin_with_body(const std::vector<const char*>& extensions) {
    begin_with_gloves(extensions);
    service->published().proportions.write(proportions);
    publish_motion();
    publish_bodies();
    wait_frame();
  }

  /// Every joint in a place of its own, turned its own way, going on at 1 m/s; legs are guessed.
  static BodyPose body_at(HostTime t) {
    BodyPose pose;
    pose.t = t;
    const auto dt_s = static_cast<float>(seconds(t - HostTime(7s)));
    for (std::size_t j = 0; j < kBodyJoints; ++j) {
      const auto n = static_cast<float>(j);
      pose.T_world_joint[j] = {axis_angle({1, n, 2}, 0.1f * n),
                               {0.1f * n + dt_s, 1 + 0.05f * n, -0.02f * n}};
      const bool is_leg = j >= index(BodyJoint::LeftHip);
      pose.origin[j] = is_leg ? PoseOrigin::Filled : PoseOrigin::Measured;
      pose.joint_confidence[j] = is_leg ? 0.3f : 1.0f;
    }
    pose.confidence = 0.75f;
    return pose;
  }
  void publish_bodies(const std::function<void(BodyPose&)>& change = [](BodyPose&) {}) {
    for (int ms = -80; ms <= 20; ms += 4) {
      BodyPose pose = body_at(host(kNow) + std::chrono::milliseconds(ms));
      change(pose);
      ipc::publish(service->published(), pose);
    }
  }
  /// As one who wears trackers on the legs too.
  void publish_whole_bodies() {
    publish_bodies([](BodyPose& pose) { pose.joint_confidence.fill(1); });
  }
  /// Both gloves are taken off.
  void take_off() { service->beat(host(kNow), false, false); }

  const BodyProportions proportions = proportions_of_height(1.8f);
  /// Of an extension that nobody enabled.
  XrBaseOutStructure unknown{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr};
};

}  // namespace tactus::layer_test
