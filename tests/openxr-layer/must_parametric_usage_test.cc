// XR_EXT_haptic_parametric, valid usage: each "must" of musts.txt, where it holds and where it bites.
#include "parametric_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(EXT_haptic_parametric, Must_6_1_Positive_BothHandsHaveTheSame) {
  begin_gloved();
  ASSERT_EQ(ask_properties(), XR_SUCCESS);
  EXPECT_EQ(properties.minFrequencyHz, 30);
  EXPECT_EQ(properties.maxFrequencyHz, 500);
}
TEST_F(EXT_haptic_parametric, Must_6_1_Negative_ThatOfTheHandThatIsMeant) {
  begin_gloved();
  service->beat(host(1'000'000'000), true, false);
  const XrHapticActionInfo right = info("/user/hand/right");
  ASSERT_EQ(ask_properties(session, &right, &properties), XR_SUCCESS);
  EXPECT_EQ(properties.maxFrequencyHz, XR_FREQUENCY_UNSPECIFIED) << "a controller's is not known";
}
TEST_F(EXT_haptic_parametric, Must_6_2_Positive) {
  begin_gloved();
  ASSERT_EQ(ask_properties(), XR_SUCCESS);
  EXPECT_GE(properties.maxFrequencyHz, properties.minFrequencyHz);
  EXPECT_GE(properties.minFrequencyHz, XR_HAPTIC_PARAMETRIC_FREQUENCY_MIN_HZ_EXT);
  EXPECT_LE(properties.maxFrequencyHz, XR_HAPTIC_PARAMETRIC_FREQUENCY_MAX_HZ_EXT);
}
TEST_F(EXT_haptic_parametric, Must_6_2_Negative_OrBothAreUnspecified) {
  begin_gloved();
  service->beat(host(1'000'000'000), false, false);
  ASSERT_EQ(ask_properties(), XR_SUCCESS);
  EXPECT_EQ(properties.minFrequencyHz, XR_FREQUENCY_UNSPECIFIED);
  EXPECT_EQ(properties.maxFrequencyHz, XR_FREQUENCY_UNSPECIFIED);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_1_Positive) {
  begin_gloved();
  EXPECT_EQ(ask(instance, "xrHapticParametricGetPropertiesEXT"), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_1_Negative) {
  begin_with_gloves({});
  EXPECT_EQ(ask(instance, "xrHapticParametricGetPropertiesEXT"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_2_Positive) {
  begin_gloved();
  EXPECT_EQ(ask_properties(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_2_Negative) {
  begin_gloved();
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_properties(reinterpret_cast<XrSession>(0xbad), &where, &properties),
            XR_ERROR_HANDLE_INVALID);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_3_Positive) {
  begin_gloved();
  const XrHapticActionInfo where = info("/user/hand/left");
  EXPECT_EQ(ask_properties(session, &where, &properties), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_3_Negative) {
  begin_gloved();
  EXPECT_EQ(ask_properties(session, nullptr, &properties), XR_ERROR_VALIDATION_FAILURE);
  XrHapticActionInfo where = info();
  where.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(ask_properties(session, &where, &properties), XR_ERROR_VALIDATION_FAILURE);
  where = info();
  where.action = reinterpret_cast<XrAction>(0xbad);
  EXPECT_EQ(ask_properties(session, &where, &properties), XR_ERROR_HANDLE_INVALID);
  buzz = make_action(XR_ACTION_TYPE_BOOLEAN_INPUT, {"/user/hand/left/input/select/click"});
  EXPECT_EQ(ask_properties(), XR_ERROR_ACTION_TYPE_MISMATCH);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_4_Positive) {
  begin_gloved();
  ASSERT_EQ(ask_properties(), XR_SUCCESS);
  EXPECT_EQ(properties.idealFrameSubmissionRate, 0);
}
TEST_F(EXT_haptic_parametric, Must_xrHapticParametricGetPropertiesEXT_4_Negative) {
  begin_gloved();
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_properties(session, &where, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_haptic_parametric, Must_XrHapticParametricPropertiesEXT_2_Positive) {
  begin_gloved();
  ASSERT_EQ(ask_properties(), XR_SUCCESS);
  EXPECT_EQ(properties.type, XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT);
}
TEST_F(EXT_haptic_parametric, Must_XrHapticParametricPropertiesEXT_2_Negative) {
  begin_gloved();
  properties.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(ask_properties(), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(properties.maxFrequencyHz, 99);
}
TEST_F(EXT_haptic_parametric, Must_XrHapticParametricVibrationEXT_1_Positive) {
  begin_gloved();
  EXPECT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
}
TEST_F(EXT_haptic_parametric,
       Must_XrHapticParametricVibrationEXT_1_Negative_NotEnabledItIsTheRuntimesToJudge) {
  begin_with_gloves({});
  runtime.haptic_result = XR_ERROR_VALIDATION_FAILURE;
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT});
}
TEST_F(EXT_haptic_parametric, Must_XrHapticParametricVibrationEXT_amplitudePoints_Positive) {
  begin_gloved();
  amplitudes = {{0, 0.5f}, {30 * kMs, 1}, {60 * kMs, 0}};
  EXPECT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(told(2)[0].points, (std::vector<float>{0, 0.5f, 0.03f, 1, 0.06f, 0}));
}
TEST_F(EXT_haptic_parametric, Must_XrHapticParametricVibrationEXT_amplitudePoints_Negative) {
  begin_gloved();
  XrHapticParametricVibrationEXT wrong = effect();
  wrong.amplitudePoints = nullptr;
  EXPECT_EQ(apply(wrong), XR_ERROR_VALIDATION_FAILURE);
}

}  // namespace
}  // namespace tactus::layer_test
