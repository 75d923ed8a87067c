#include <cmath>

#include "xr_test.h"

namespace tactus::test {
namespace {

constexpr float kTolerance_m = 2e-6f;
constexpr float kHalfTurn = 0.70710678f;  // sine and cosine of 45 degrees

using SpaceTest = XrTest;

TEST_F(SpaceTest, LocatesOneSpaceInAnother) {
  make_running_session();
  const XrPosef turned{{kHalfTurn, 0, 0, kHalfTurn}, {5, 0, 0}};  // 90 degrees about X
  const XrSpace a = make_space(XR_REFERENCE_SPACE_TYPE_VIEW);
  const XrSpace b = make_space(XR_REFERENCE_SPACE_TYPE_VIEW, turned);
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  ASSERT_XR(xrLocateSpace(a, b, now(), &location));
  EXPECT_EQ(location.locationFlags, 15u);
  EXPECT_NEAR(location.pose.position.x, -5, kTolerance_m);
  EXPECT_NEAR(location.pose.orientation.x, -kHalfTurn, kTolerance_m);
  EXPECT_NEAR(location.pose.orientation.w, kHalfTurn, kTolerance_m);
}

TEST_F(SpaceTest, LocalStartsAtTheHeadUpright) {
  make_running_session();
  const XrSpace stage = make_space(XR_REFERENCE_SPACE_TYPE_STAGE);
  const XrSpace local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  ASSERT_XR(xrLocateSpace(local, stage, now(), &location));
  EXPECT_NEAR(location.pose.position.y, 1.6f, 0.02f) << "at the eyes";
  EXPECT_NEAR(location.pose.orientation.x, 0, kTolerance_m);
  EXPECT_NEAR(location.pose.orientation.z, 0, kTolerance_m);
}

TEST_F(SpaceTest, RefusesBadPosesTimesAndTypes) {
  make_running_session();
  XrReferenceSpaceCreateInfo create{XR_TYPE_REFERENCE_SPACE_CREATE_INFO};
  create.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_LOCAL;
  XrSpace made = XR_NULL_HANDLE;
  create.poseInReferenceSpace = {{0, 0, 0, 0.98f}, {0, 0, 0}};
  EXPECT_EQ(xrCreateReferenceSpace(session_, &create, &made), XR_ERROR_POSE_INVALID);
  create.poseInReferenceSpace = {{0, 0, 0, 1}, {NAN, 0, 0}};
  EXPECT_EQ(xrCreateReferenceSpace(session_, &create, &made), XR_ERROR_POSE_INVALID);
  create.poseInReferenceSpace = kIdentity;
  create.referenceSpaceType = XR_REFERENCE_SPACE_TYPE_UNBOUNDED_MSFT;
  EXPECT_EQ(xrCreateReferenceSpace(session_, &create, &made), XR_ERROR_REFERENCE_SPACE_UNSUPPORTED);

  const XrSpace space = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL);
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  location.locationFlags = 99;
  EXPECT_EQ(xrLocateSpace(space, space, 0, &location), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(xrLocateSpace(space, space, -42, &location), XR_ERROR_TIME_INVALID);
  EXPECT_EQ(location.locationFlags, 99u) << "untouched";
  EXPECT_XR(xrLocateSpace(space, space, 1, &location)) << "long past is a time";
}

TEST_F(SpaceTest, OnlyTheStageHasAFloor) {
  make_running_session();
  XrExtent2Df bounds{9, 9};
  EXPECT_EQ(xrGetReferenceSpaceBoundsRect(session_, XR_REFERENCE_SPACE_TYPE_LOCAL, &bounds),
            XR_SPACE_BOUNDS_UNAVAILABLE);
  EXPECT_EQ(bounds.width, 0);
  EXPECT_XR(xrGetReferenceSpaceBoundsRect(session_, XR_REFERENCE_SPACE_TYPE_STAGE, &bounds));
  EXPECT_GT(bounds.width, 0);
}

TEST_F(SpaceTest, EyesLookAheadApartAndOutwards) {
  make_running_session();
  const XrSpace view = make_space(XR_REFERENCE_SPACE_TYPE_VIEW);
  XrViewLocateInfo locate{XR_TYPE_VIEW_LOCATE_INFO};
  locate.viewConfigurationType = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
  locate.displayTime = now();
  locate.space = view;
  XrViewState state{XR_TYPE_VIEW_STATE};
  std::uint32_t count = 0;
  XrView eyes[2]{{XR_TYPE_VIEW}, {XR_TYPE_VIEW}};
  ASSERT_XR(xrLocateViews(session_, &locate, &state, 2, &count, eyes));
  EXPECT_EQ(state.viewStateFlags, 15u);
  EXPECT_NEAR(eyes[1].pose.position.x - eyes[0].pose.position.x, 0.063f, kTolerance_m);
  EXPECT_NEAR(eyes[0].fov.angleLeft, -eyes[1].fov.angleRight, 1e-6f);
  EXPECT_LT(eyes[0].fov.angleLeft, -eyes[0].fov.angleRight) << "the left eye sees more of the left";
  EXPECT_EQ(xrLocateViews(session_, &locate, &state, 1, &count, eyes), XR_ERROR_SIZE_INSUFFICIENT);
  eyes[1].type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(xrLocateViews(session_, &locate, &state, 2, &count, eyes), XR_ERROR_VALIDATION_FAILURE);
  locate.displayTime = 0;
  EXPECT_EQ(xrLocateViews(session_, &locate, &state, 2, &count, eyes), XR_ERROR_TIME_INVALID);
}

}  // namespace
}  // namespace tactus::test
