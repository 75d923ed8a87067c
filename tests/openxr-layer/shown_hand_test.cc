// The hand that an application draws: what the service says it gives way by, in the three modes.
#include <cmath>
#include <limits>

#include "hand_fixture.h"
#include "tactus/XR_TACTUSX_touch_preview.h"

namespace tactus::layer_test {
namespace {

constexpr Vec3 kMove{0.01f, 0.02f, -0.03f};

class ShownHand : public HandTest {
 protected:
  void begin_touching() {
    begin_with_gloves({kHandTracking, XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME});
    publish_move(kMove);
    made = tracker(XR_HAND_LEFT_EXT);
  }
  void publish_move(Vec3 move) {
    ipc::ShownYield said;
    said.t = said.t_before = left.t;
    said.yield.move_world = said.yield_before.move_world = move;
    service->published().yields[index(Hand::Left)].write(said);
  }
  XrResult locate_shown(const void* next) {
    const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, next, stage, kNow};
    return get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(made, &info, &joints.locations);
  }
  void expect_moved(Vec3 move) {
    ASSERT_EQ(joints.locations.isActive, XR_TRUE);
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const Vec3 p = vec(joints.location[j].pose.position);
      EXPECT_LT(length(p - left.T_world_joint[j].p - move), kTolerance_m) << j;
    }
  }
  XrTouchShownHandTACTUSX shown{XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX, nullptr,
                                XR_TOUCH_SHOWN_MODE_OUTER_TACTUSX, 0};
  Joints joints;
};

TEST_F(ShownHand, RestsOnTheSkinUnlessAsked) {
  begin_touching();
  ASSERT_EQ(locate_shown(nullptr), XR_SUCCESS);
  expect_moved(kMove);
  ASSERT_EQ(locate_shown(&shown), XR_SUCCESS);
  expect_moved(kMove);
}

TEST_F(ShownHand, IsWhereItIsTrackedOrPartOfTheWay) {
  begin_touching();
  shown.mode = XR_TOUCH_SHOWN_MODE_TRACKED_TACTUSX;
  ASSERT_EQ(locate_shown(&shown), XR_SUCCESS);
  expect_moved({});
  shown.mode = XR_TOUCH_SHOWN_MODE_BLENDED_TACTUSX;
  shown.share = 0.25f;
  ASSERT_EQ(locate_shown(&shown), XR_SUCCESS);
  expect_moved(0.25f * kMove);
}

TEST_F(ShownHand, WrongModesAndSharesAreRefused) {
  begin_touching();
  shown.mode = XR_TOUCH_SHOWN_MODE_BLENDED_TACTUSX;
  for (const float share : {-0.1f, 1.1f, std::numeric_limits<float>::quiet_NaN()}) {
    shown.share = share;
    EXPECT_EQ(locate_shown(&shown), XR_ERROR_VALIDATION_FAILURE);
  }
  shown.mode = static_cast<XrTouchShownModeTACTUSX>(3);
  EXPECT_EQ(locate_shown(&shown), XR_ERROR_VALIDATION_FAILURE);
}

TEST_F(ShownHand, WhatIsUnsoundIsNotDrawn) {
  begin_touching();
  publish_move({std::nanf(""), 0, 0});
  ASSERT_EQ(locate_shown(nullptr), XR_SUCCESS);
  expect_moved({});
}

TEST_F(ShownHand, AnApplicationWithoutTouchSeesTheTrackedHand) {
  begin_with_gloves();
  publish_move(kMove);
  made = tracker(XR_HAND_LEFT_EXT);
  ASSERT_EQ(locate_shown(nullptr), XR_SUCCESS);
  expect_moved({});
}

}  // namespace
}  // namespace tactus::layer_test
