// A focused session with both gloves on, for tests of hands and of touch.
//
//   Clocks   XrTime kNow is the instant of the published hands and of the heartbeat.
//   Frames   stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "layer_fixture.h"

namespace tactus::layer_test {

inline constexpr float kTolerance_m = 2e-5f;  ///< of a joint that was only carried over

/// Replaces the hand's history: 100 ms of its constant velocities, to 20 ms past what is given.
inline void publish_motion(ipc::Published& published, const HandPose& hand) {
  for (int ms = -80; ms <= 20; ++ms) {
    const auto dt = static_cast<float>(ms) * 1e-3f;
    HandPose pose = hand;
    pose.t += std::chrono::milliseconds(ms);
    for (std::size_t j = 0; j < tactus::kHandJoints; ++j) {
      Pose& T = pose.T_world_joint[j];
      T.p += dt * pose.v_world_joint[j];
      T.q = exp_rotation(dt * pose.omega_world_joint[j]) * T.q;
    }
    ipc::publish(published, pose);
  }
}

class HandTest : public LayerTest {
 public:
  static constexpr XrTime kNow = 2'000'000'000;

 protected:
  void begin_with_gloves(const std::vector<const char*>& extensions = {kHandTracking}) {
    start_service();
    begin(extensions);
    left = some_hand(Hand::Left, host(kNow));
    right = some_hand(Hand::Right, host(kNow));
    right.T_world_joint[0].p.x += 0.5f;
    service->beat(host(kNow), true, true);
    ipc::publish(service->published(), left);
    ipc::publish(service->published(), right);
    stage = runtime.add_space({});
  }

  void publish_motion() { layer_test::publish_motion(service->published(), left); }

  /// An application's own space, made through the layer.
  XrSpace make_space(XrReferenceSpaceType type, const Pose& T_reference_space) {
    const Quat q = T_reference_space.q;
    const Vec3 p = T_reference_space.p;
    const XrReferenceSpaceCreateInfo info{XR_TYPE_REFERENCE_SPACE_CREATE_INFO,
                                          nullptr,
                                          type,
                                          {{q.x, q.y, q.z, q.w}, {p.x, p.y, p.z}}};
    XrSpace space = XR_NULL_HANDLE;
    EXPECT_EQ(get<PFN_xrCreateReferenceSpace>("xrCreateReferenceSpace")(session, &info, &space),
              XR_SUCCESS);
    return space;
  }

  XrResult try_create(XrHandEXT hand, XrHandJointSetEXT set = XR_HAND_JOINT_SET_DEFAULT_EXT) {
    XrHandTrackerCreateInfoEXT info{};
    info.type = XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT;
    info.hand = hand;
    info.handJointSet = set;
    return get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT")(session, &info, &made);
  }
  XrHandTrackerEXT tracker(XrHandEXT hand) {
    EXPECT_EQ(try_create(hand), XR_SUCCESS);
    return made;
  }
  XrResult destroy(XrHandTrackerEXT tracker) {
    return get<PFN_xrDestroyHandTrackerEXT>("xrDestroyHandTrackerEXT")(tracker);
  }
  XrResult locate(XrHandTrackerEXT tracker, XrSpace base, Joints& joints, XrTime time = kNow) {
    XrHandJointsLocateInfoEXT info{};
    info.type = XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT;
    info.baseSpace = base;
    info.time = time;
    return get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(tracker, &info,
                                                                   &joints.locations);
  }
  void wait_frame() {
    XrFrameState state{};
    state.type = XR_TYPE_FRAME_STATE;
    EXPECT_EQ(get<PFN_xrWaitFrame>("xrWaitFrame")(session, nullptr, &state), XR_SUCCESS);
  }
  static void expect_inactive(const Joints& joints) {
    EXPECT_EQ(joints.locations.isActive, XR_FALSE);
    for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags, 0u);
    for (const auto& joint : joints.velocity) EXPECT_EQ(joint.velocityFlags, 0u);
  }

  HandPose left, right;
  XrSpace stage = XR_NULL_HANDLE;
  XrHandTrackerEXT made = XR_NULL_HANDLE;
};

}  // namespace tactus::layer_test
