// XR_MNDX_force_feedback_curl: each "must" of musts.txt, where it holds and where it bites.
#include <cmath>

#include "hand_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kForce = XR_MNDX_FORCE_FEEDBACK_CURL_EXTENSION_NAME;
using Fingers = std::array<float, 5>;

class MNDX_force_feedback_curl : public HandTest {
 protected:
  /// On a runtime that can hold fingers back.
  void begin_with_force() {
    runtime.offered.insert({kHandTracking, kForce});
    begin_with_gloves({kHandTracking, kForce});
    tracker(XR_HAND_LEFT_EXT);
  }
  /// On one that cannot.
  void begin_without_force() {
    runtime.offered.insert(kHandTracking);
    begin_with_gloves({kHandTracking, kForce});
    tracker(XR_HAND_LEFT_EXT);
  }
  XrForceFeedbackCurlApplyLocationsMNDX locations() {
    return {XR_TYPE_FORCE_FEEDBACK_CURL_APPLY_LOCATIONS_MNDX, nullptr,
            static_cast<uint32_t>(held.size()), held.data()};
  }
  XrResult apply(XrHandTrackerEXT to, const XrForceFeedbackCurlApplyLocationsMNDX* what) {
    return get<PFN_xrApplyForceFeedbackCurlMNDX>("xrApplyForceFeedbackCurlMNDX")(to, what);
  }
  XrResult apply() {
    const auto what = locations();
    return apply(made, &what);
  }
  XrBool32 supports() {
    XrSystemForceFeedbackCurlPropertiesMNDX force{
        XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX, nullptr, 99};
    XrSystemProperties system{};
    system.type = XR_TYPE_SYSTEM_PROPERTIES;
    system.next = &force;
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
              XR_SUCCESS);
    return force.supportsForceFeedbackCurl;
  }
  void expect_refused() {
    EXPECT_EQ(apply(), XR_ERROR_VALIDATION_FAILURE);
    EXPECT_EQ(runtime.curl_calls, 0);
  }
  std::vector<XrForceFeedbackCurlApplyLocationMNDX> held = {
      {XR_FORCE_FEEDBACK_CURL_LOCATION_INDEX_CURL_MNDX, 0.5f}};
};

TEST_F(MNDX_force_feedback_curl, Must_1_1_Positive_GlovesThatOnlyVibrateHoldNothingBack) {
  begin_without_force();
  EXPECT_EQ(supports(), XR_FALSE);
  EXPECT_EQ(apply(), XR_ERROR_FEATURE_UNSUPPORTED);
}
TEST_F(MNDX_force_feedback_curl, Must_1_1_Negative) {
  begin_with_force();
  EXPECT_EQ(supports(), XR_TRUE);
  EXPECT_EQ(apply(), XR_SUCCESS);
}
TEST_F(MNDX_force_feedback_curl, Must_1_2_Positive_TheLimitReachesTheDevice) {
  begin_with_force();
  for (const float limit : {0.0f, 0.5f, 1.0f}) {
    held[0].value = limit;
    ASSERT_EQ(apply(), XR_SUCCESS);
    EXPECT_EQ(runtime.curl, (Fingers{0, limit, 0, 0, 0}));
  }
}
TEST_F(MNDX_force_feedback_curl, Must_1_2_Negative_WhatIsNoLimitIsRefused) {
  begin_with_force();
  for (const float wrong : {-0.1f, 1.1f, std::nanf("")}) {
    held[0].value = wrong;
    expect_refused();
  }
}
TEST_F(MNDX_force_feedback_curl, Must_1_3_Positive) {
  begin_with_force();
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_EQ(apply(), XR_SESSION_NOT_FOCUSED);
  EXPECT_EQ(runtime.curl_calls, 0);
}
TEST_F(MNDX_force_feedback_curl, Must_1_3_Negative_WhoLosesFocusLetsGo) {
  begin_with_force();
  ASSERT_EQ(apply(), XR_SUCCESS);
  EXPECT_EQ(runtime.curl, (Fingers{0, 0.5f, 0, 0, 0}));
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_EQ(runtime.curl, Fingers{});
  enter(XR_SESSION_STATE_FOCUSED);
  ASSERT_EQ(apply(), XR_SUCCESS);
  ASSERT_EQ(destroy(made), XR_SUCCESS);
  EXPECT_EQ(runtime.curl, Fingers{}) << "so does a tracker that goes";
}
TEST_F(MNDX_force_feedback_curl, Must_1_4_Positive) {
  begin_with_force();
  held = {{XR_FORCE_FEEDBACK_CURL_LOCATION_THUMB_CURL_MNDX, 1},
          {XR_FORCE_FEEDBACK_CURL_LOCATION_LITTLE_CURL_MNDX, 0.25f}};
  ASSERT_EQ(apply(), XR_SUCCESS);
  EXPECT_EQ(runtime.curl, (Fingers{1, 0, 0, 0, 0.25f}));
}
TEST_F(MNDX_force_feedback_curl, Must_1_4_Negative_LocationsThatAreNoneAreRefused) {
  begin_with_force();
  held[0].location = static_cast<XrForceFeedbackCurlLocationMNDX>(5);
  expect_refused();
  held[0].location = XR_FORCE_FEEDBACK_CURL_LOCATION_MAX_ENUM_MNDX;
  expect_refused();
}
TEST_F(MNDX_force_feedback_curl, Must_1_5_Positive) {
  begin_with_force();
  ASSERT_EQ(apply(), XR_SUCCESS);
  held[0].location = XR_FORCE_FEEDBACK_CURL_LOCATION_RING_CURL_MNDX;
  ASSERT_EQ(apply(), XR_SUCCESS);
  EXPECT_EQ(runtime.curl, (Fingers{0, 0, 0, 0.5f, 0}));
}
TEST_F(MNDX_force_feedback_curl, Must_1_5_Negative_MoreThanTheHandHasEndsWithTheLastOfEach) {
  begin_with_force();
  held.assign(500, held[0]);
  held.back().value = 0.75f;
  ASSERT_EQ(apply(), XR_SUCCESS);
  EXPECT_EQ(runtime.curl, (Fingers{0, 0.75f, 0, 0, 0}));
}
TEST_F(MNDX_force_feedback_curl, Must_xrApplyForceFeedbackCurlMNDX_1_Positive) {
  begin_without_force();
  EXPECT_EQ(ask(instance, "xrApplyForceFeedbackCurlMNDX"), XR_SUCCESS);
}
TEST_F(MNDX_force_feedback_curl, Must_xrApplyForceFeedbackCurlMNDX_1_Negative) {
  begin_with_gloves({kHandTracking});
  EXPECT_EQ(ask(instance, "xrApplyForceFeedbackCurlMNDX"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(MNDX_force_feedback_curl, Must_xrApplyForceFeedbackCurlMNDX_2_Positive) {
  begin_with_force();
  EXPECT_EQ(apply(), XR_SUCCESS);
}
TEST_F(MNDX_force_feedback_curl, Must_xrApplyForceFeedbackCurlMNDX_2_Negative) {
  begin_with_force();
  const auto what = locations();
  EXPECT_EQ(apply(XR_NULL_HANDLE, &what), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(apply(reinterpret_cast<XrHandTrackerEXT>(0xbad), &what), XR_ERROR_HANDLE_INVALID);
  ASSERT_EQ(destroy(made), XR_SUCCESS);
  EXPECT_EQ(apply(made, &what), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(runtime.curl_calls, 0);
}
TEST_F(MNDX_force_feedback_curl, Must_xrApplyForceFeedbackCurlMNDX_3_Positive) {
  begin_with_force();
  EXPECT_EQ(apply(), XR_SUCCESS);
  EXPECT_EQ(runtime.curl_calls, 1);
}
TEST_F(MNDX_force_feedback_curl, Must_xrApplyForceFeedbackCurlMNDX_3_Negative) {
  begin_with_force();
  EXPECT_EQ(apply(made, nullptr), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(runtime.curl_calls, 0);
}
TEST_F(MNDX_force_feedback_curl, Must_XrForceFeedbackCurlApplyLocationsMNDX_2_Positive) {
  begin_with_force();
  EXPECT_EQ(apply(), XR_SUCCESS);
}
TEST_F(MNDX_force_feedback_curl, Must_XrForceFeedbackCurlApplyLocationsMNDX_2_Negative) {
  begin_with_force();
  auto what = locations();
  what.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(apply(made, &what), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(MNDX_force_feedback_curl, Must_XrForceFeedbackCurlApplyLocationsMNDX_4_Positive) {
  begin_with_force();
  held.assign(1, held[0]);
  EXPECT_EQ(apply(), XR_SUCCESS);
}
TEST_F(MNDX_force_feedback_curl, Must_XrForceFeedbackCurlApplyLocationsMNDX_4_Negative) {
  begin_with_force();
  auto what = locations();
  what.locations = nullptr;
  EXPECT_EQ(apply(made, &what), XR_ERROR_VALIDATION_FAILURE);
  held.clear();
  expect_refused();
}
TEST_F(MNDX_force_feedback_curl, Must_XrSystemForceFeedbackCurlPropertiesMNDX_2_Positive) {
  begin_without_force();
  EXPECT_EQ(supports(), XR_FALSE) << "the runtime, which lacks it, did not see the struct";
}
TEST_F(MNDX_force_feedback_curl, Must_XrSystemForceFeedbackCurlPropertiesMNDX_2_Negative) {
  begin_with_gloves({kHandTracking});
  runtime.refuses_unknown_chains = false;
  EXPECT_EQ(supports(), 99u) << "not enabled it is the runtime's to fill in";
}

}  // namespace
}  // namespace tactus::layer_test
