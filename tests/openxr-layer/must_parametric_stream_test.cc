// XR_EXT_haptic_parametric, one after another: each "must" of musts.txt, where it holds and where it bites.
#include "parametric_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(EXT_haptic_parametric, Must_4_18_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(0, kNone, 0.25f);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_LE(felt(100), 0.25f * kLoud);
  EXPECT_EQ(felt(50), 0) << "what it replaced would still hold";
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_haptic_parametric, Must_4_18_Negative_OtherEffectsEndStreams) {
  begin_gloved();
  const std::function<XrResult()> others[] = {[&] { return apply(vibration()); },
                                              [&] { return stop(); }};
  for (const auto& other : others) {
    set_steady(0, kFirst);
    ASSERT_EQ(say(), XR_SUCCESS);
    ASSERT_EQ(other(), XR_SUCCESS);
    ++expected;
    set_steady(100 * kMs, kNext);
    EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
  }
}
TEST_F(EXT_haptic_parametric, Must_4_19_Positive) {
  begin_gloved();
  set_steady(0, kFirst, 0.25f);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(0, kNone);
  amplitudes[1].value = 2;
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_LE(felt(150), 0.25f * kLoud);
  expect_told(expected);
}
TEST_F(EXT_haptic_parametric, Must_4_19_Negative_TheRuntimesErrorsToo) {
  begin_gloved();
  for (const XrResult wrong : {XR_ERROR_SESSION_LOST, XR_SESSION_NOT_FOCUSED}) {
    runtime.haptic_result = wrong;
    EXPECT_EQ(apply(effect()), wrong);
  }
  expect_told(0);
}
TEST_F(EXT_haptic_parametric, Must_4_20_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  frame_type = kNone;
  amplitudes[1].value = 2;
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(say(), XR_SUCCESS) << "it still runs";
}
TEST_F(EXT_haptic_parametric, Must_4_20_Negative_NorDoesARuntimesErrorEndIt) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  runtime.haptic_result = XR_ERROR_RUNTIME_FAILURE;
  set_steady(100 * kMs, kLast);
  EXPECT_EQ(apply(effect()), XR_ERROR_RUNTIME_FAILURE);
  runtime.haptic_result = XR_SUCCESS;
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_21_Positive) {
  begin_gloved();
  amplitudes[1].value = 2;
  expect_refused();
  expect_told(0);
}
TEST_F(EXT_haptic_parametric, Must_4_21_Negative_ARefusedStreamHasNotBegun) {
  begin_gloved();
  set_steady(0, kFirst);
  runtime.haptic_result = XR_ERROR_RUNTIME_FAILURE;
  EXPECT_EQ(apply(effect()), XR_ERROR_RUNTIME_FAILURE);
  runtime.haptic_result = XR_SUCCESS;
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_haptic_parametric, Must_5_1_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say("/user/hand/left"), XR_SUCCESS);
  set_steady(0, kFirst, 0.25f);
  ASSERT_EQ(say("/user/hand/right"), XR_SUCCESS);
  EXPECT_NEAR(felt(50, Hand::Left), kLoud, 0.02f);
  EXPECT_NEAR(felt(40, Hand::Right), 0.25f * kLoud, 0.02f);
  set_steady(100 * kMs, kLast);
  EXPECT_EQ(say("/user/hand/left"), XR_SUCCESS);
  EXPECT_EQ(say("/user/hand/right"), XR_SUCCESS) << "that ran on";
}
TEST_F(EXT_haptic_parametric, Must_5_1_Negative_AStreamOfOneHandIsNotTheOthers) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say("/user/hand/left"), XR_SUCCESS);
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(apply(effect(), "/user/hand/right"), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_haptic_parametric, Must_5_2_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_5_2_Negative_WholeEffectsAndEndedStreamsCannotBe) {
  begin_gloved();
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(100 * kMs, kLast);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(200 * kMs, kNext);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
  enter(XR_SESSION_STATE_VISIBLE);
  enter(XR_SESSION_STATE_FOCUSED);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE) << "focus ends them";
}
TEST_F(EXT_haptic_parametric, Must_5_3_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(105);
  EXPECT_NEAR(felt(44), kLoud, 0.02f);
}
TEST_F(EXT_haptic_parametric, Must_5_3_Negative_AnEffectThatIsWholeEnds) {
  begin_gloved();
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(100);
  EXPECT_EQ(felt(50), 0);
}
TEST_F(EXT_haptic_parametric, Must_5_4_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(120);
  set_steady(100 * kMs, kNext, 0.25f);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_LE(felt(50), 0.25f * kLoud);
}
TEST_F(EXT_haptic_parametric, Must_5_4_Negative_InTimeItWaitsForItsTurn) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(50);
  set_steady(100 * kMs, kNext, 0.25f);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_NEAR(felt(49), kLoud, 0.02f);
  felt(2);
  EXPECT_LE(felt(50), 0.25f * kLoud);
}
TEST_F(EXT_haptic_parametric, Must_5_5_Positive) {
  begin_gloved();
  set_steady(0, kFirst, 0);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(200);
  transients = {{120 * kMs, 1, 1}};
  amplitudes = {{150 * kMs, 1}, {180 * kMs, 0}, {300 * kMs, 0}};
  frame_type = kNext;
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(felt(90), 0);
}
TEST_F(EXT_haptic_parametric, Must_5_5_Negative_WhatIsToComeIsFelt) {
  begin_gloved();
  set_steady(0, kFirst, 0);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(200);
  transients = {{250 * kMs, 1, 1}};
  set_steady(200 * kMs, kNext, 0);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_GT(felt(60), 0.8f);
}
TEST_F(EXT_haptic_parametric, Must_5_6_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(150);
  EXPECT_EQ(felt(500), 0);
}
TEST_F(EXT_haptic_parametric, Must_5_6_Negative_WhoIsContinuedDoesNotStop) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  for (int i = 1; i < 8; ++i) {
    EXPECT_NEAR(felt(100), kLoud, 0.02f);
    set_steady(i * 100 * kMs, kNext);
    ASSERT_EQ(say(), XR_SUCCESS);
  }
}
TEST_F(EXT_haptic_parametric, Must_5_7_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(1000);
  set_steady(1000 * kMs, kNext);
  EXPECT_EQ(say(), XR_SUCCESS);
  set_steady(1100 * kMs, kLast);
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_5_7_Negative_AfterTheLastNoMore) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(100 * kMs, kLast);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_haptic_parametric, Must_5_8_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(1000);
  set_steady(1000 * kMs, kNext, 0.5f);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_NEAR(felt(100), 0.5f * kLoud, 0.02f);
}
TEST_F(EXT_haptic_parametric, Must_5_8_Negative_NotWithAFrameThatIsOver) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(1000);
  set_steady(100 * kMs, kNext);
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(felt(100), 0);
}

}  // namespace
}  // namespace tactus::layer_test
