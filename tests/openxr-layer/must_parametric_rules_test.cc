// XR_EXT_haptic_parametric, what an effect may be: each "must" of musts.txt, where it holds and where it bites.
#include <limits>

#include "parametric_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(EXT_haptic_parametric, Must_2_1_Positive_TheControllersStrengthAloneFollows) {
  begin_gloved();
  frequencies = {{0, 0}, {100 * kMs, 1}};
  amplitudes = {{0, 0.5f}, {100 * kMs, 0.5f}};
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(runtime.last_vibration.frequency, XR_FREQUENCY_UNSPECIFIED);
  EXPECT_FLOAT_EQ(runtime.last_vibration.amplitude, 0.5f);
  EXPECT_EQ(runtime.last_vibration.duration, 100 * kMs);
}
TEST_F(EXT_haptic_parametric, Must_2_1_Negative_AGloveFollowsTheFrequencyToo) {
  begin_gloved();
  frequencies = {{0, 0}, {50 * kMs, 0}, {50 * kMs, 1}, {100 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(50);
  EXPECT_FLOAT_EQ(frequency_Hz, 30);
  felt(40);
  EXPECT_FLOAT_EQ(frequency_Hz, 500);
}
TEST_F(EXT_haptic_parametric, Must_2_2_Positive) {
  begin_gloved();
  transients = {{50 * kMs, 1, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_LE(felt(50), kLoud);
  EXPECT_GT(felt(5), kLoud + 0.05f);
}
TEST_F(EXT_haptic_parametric, Must_2_2_Negative_NoneIsFeltWhereNoneIs) {
  begin_gloved();
  amplitudes = {{0, 0}, {100 * kMs, 0}};
  transients = {{50 * kMs, 0.5f, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_EQ(felt(50), 0);
  EXPECT_GT(felt(5), 0.2f);
  felt(8);
  EXPECT_EQ(felt(30), 0);
  EXPECT_FLOAT_EQ(runtime.last_vibration.amplitude, 0.5f) << "a controller clicks too";
  EXPECT_EQ(runtime.last_vibration.duration, 20 * kMs);
}
TEST_F(EXT_haptic_parametric, Must_3_1_Positive) {
  begin_without_service();
  EXPECT_EQ(supports(), XR_FALSE);
}
TEST_F(EXT_haptic_parametric, Must_3_1_Negative_NotEnabledItIsTheRuntimesToSay) {
  begin_with_gloves({});
  runtime.refuses_unknown_chains = false;
  EXPECT_EQ(supports(), 99u);
}
TEST_F(EXT_haptic_parametric, Must_3_2_Positive) {
  begin_without_service();
  EXPECT_EQ(ask_properties(), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(properties.idealFrameSubmissionRate, 99);
}
TEST_F(EXT_haptic_parametric, Must_3_2_Negative) {
  begin_gloved();
  EXPECT_EQ(ask_properties(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_3_3_Positive) {
  begin_without_service();
  EXPECT_EQ(apply(effect()), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_TRUE(runtime.applied.empty());
}
TEST_F(EXT_haptic_parametric, Must_3_3_Negative) {
  begin_gloved();
  EXPECT_EQ(apply(effect()), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_3_4_Positive) {
  begin_gloved();
  EXPECT_EQ(supports(), XR_TRUE);
}
TEST_F(EXT_haptic_parametric, Must_3_4_Negative_NotWithoutAService) {
  begin_without_service();
  EXPECT_NE(supports(), XR_TRUE);
}
TEST_F(EXT_haptic_parametric, Must_3_5_Positive_OnPathsOfNoHandToo) {
  begin_gloved();
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/gamepad/output/haptic_left"});
  EXPECT_EQ(apply(effect()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
}
TEST_F(EXT_haptic_parametric, Must_3_5_Negative_OnNoneThatTheRuntimeRefuses) {
  begin_gloved();
  runtime.haptic_result = XR_ERROR_PATH_UNSUPPORTED;
  EXPECT_EQ(apply(effect()), XR_ERROR_PATH_UNSUPPORTED);
  expect_told(0);
}
TEST_F(EXT_haptic_parametric, Must_4_1_Positive) {
  begin_gloved();
  EXPECT_EQ(say(), XR_SUCCESS);
  EXPECT_NEAR(felt(100), kLoud, 0.02f);
  EXPECT_EQ(felt(20), 0);
}
TEST_F(EXT_haptic_parametric, Must_4_1_Negative_FrameTypesThatAreNone) {
  begin_gloved();
  frame_type = static_cast<XrHapticParametricStreamFrameTypeEXT>(4);
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_2_Positive) {
  begin_gloved();
  for (const auto type : {kNone, kFirst}) {
    set_steady(0, type);
    EXPECT_EQ(say(), XR_SUCCESS);
  }
}
TEST_F(EXT_haptic_parametric, Must_4_2_Negative) {
  begin_gloved();
  amplitudes = {{0, 1}};
  for (const auto type : {kNone, kFirst}) {
    frame_type = type;
    expect_refused();
  }
}
TEST_F(EXT_haptic_parametric, Must_4_3_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  amplitudes = {{150 * kMs, 1}};
  for (const auto type : {kNext, kLast}) {
    frame_type = type;
    EXPECT_EQ(say(), XR_SUCCESS);
    EXPECT_EQ(runtime.last_vibration.duration, type == kNext ? 50 * kMs : 20 * kMs);
  }
}
TEST_F(EXT_haptic_parametric, Must_4_3_Negative) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  runtime.applied.clear();
  amplitudes.clear();
  for (const auto type : {kNext, kLast}) {
    frame_type = type;
    expect_refused();
  }
}
TEST_F(EXT_haptic_parametric, Must_4_4_Positive_FiveHundredOfEach) {
  begin_gloved();
  amplitudes.clear();
  for (int i = 0; i < 500; ++i) {
    amplitudes.push_back({i * kMs, 0.5f});
    frequencies.push_back({i * kMs, 0.5f});
    transients.push_back({i * kMs, 0.5f, 0.5f});
  }
  ASSERT_EQ(apply(effect()), XR_SUCCESS);
  const std::vector<Told> all = told(2 + 2 + 3);
  std::size_t floats = 0;
  for (const Told& one : all) {
    EXPECT_EQ(one.said.append, &one == all.data() ? 0u : 1u);
    floats += one.points.size();
  }
  EXPECT_EQ(floats, 500u * (2 + 2 + 3));
}
TEST_F(EXT_haptic_parametric, Must_4_4_Negative) {
  begin_gloved();
  amplitudes.assign(501, {0, 1});
  expect_refused();
  amplitudes = {{0, 1}, {1000 * kMs, 1}};
  frequencies.assign(501, {0, 1});
  expect_refused();
  frequencies.clear();
  for (int i = 0; i < 501; ++i) transients.push_back({i * kMs, 1, 1});
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_5_Positive_ATransientMayBeLater) {
  begin_gloved();
  frequencies = {{0, 1}};
  transients = {{5 * kMs, 1, 1}};
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_5_Negative) {
  begin_gloved();
  amplitudes[0].time = 1;
  expect_refused();
  amplitudes[0].time = 0;
  frequencies = {{1, 1}};
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_6_Positive_AnyLengthWillDo) {
  begin_gloved();
  ASSERT_EQ(ask_properties(), XR_SUCCESS);
  EXPECT_EQ(properties.minimumFirstFrameDuration, 0);
  amplitudes = {{0, 1}, {0, 1}};
  frame_type = kFirst;
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_6_Negative_NotLessThanNothing) {
  begin_gloved();
  amplitudes = {{0, 1}, {-1, 1}};
  frame_type = kFirst;
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_7_Positive_InAStreamTheLastFrameSettlesIt) {
  begin_gloved();
  set_steady(0, kFirst);
  transients = {{150 * kMs, 1, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  transients.clear();
  set_steady(100 * kMs, kLast);
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_7_Negative) {
  begin_gloved();
  transients = {{101 * kMs, 1, 1}};
  expect_refused();
  transients.clear();
  frequencies = {{0, 1}, {101 * kMs, 1}};
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_8_Positive) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  set_steady(100 * kMs, kNext);
  EXPECT_EQ(say(), XR_SUCCESS);
  set_steady(200 * kMs, kLast);
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_8_Negative_NothingRuns) {
  begin_gloved();
  set_steady(0, kNext);
  expect_refused();
  set_steady(0, kLast);
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_9_Positive) {
  begin_gloved();
  for (const auto& [least, most] : {std::pair{1.0f, 1000.0f}, std::pair{100.0f, 100.0f}}) {
    least_Hz = least;
    most_Hz = most;
    EXPECT_EQ(say(), XR_SUCCESS);
  }
}
TEST_F(EXT_haptic_parametric, Must_4_9_Negative) {
  begin_gloved();
  const float nan = std::nanf("");
  for (const auto& [least, most] :
       {std::pair{0.5f, 100.0f}, std::pair{100.0f, 1001.0f}, std::pair{0.0f, 100.0f},
        std::pair{100.0f, 0.0f}, std::pair{nan, nan}, std::pair{100.0f, nan}}) {
    least_Hz = least;
    most_Hz = most;
    expect_refused();
  }
}
TEST_F(EXT_haptic_parametric, Must_4_10_Positive_ZeroAndOneAreTheEndsOfTheRange) {
  begin_gloved();
  least_Hz = 100;
  most_Hz = 200;
  frequencies = {{0, 0}, {50 * kMs, 0}, {50 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(40);
  EXPECT_FLOAT_EQ(frequency_Hz, 100);
  felt(40);
  EXPECT_FLOAT_EQ(frequency_Hz, 200);
}
TEST_F(EXT_haptic_parametric, Must_4_10_Negative) {
  begin_gloved();
  least_Hz = 200;
  most_Hz = 100;
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_11_Positive_TheFirstFramesRangeHolds) {
  begin_gloved();
  least_Hz = 100;
  most_Hz = 200;
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(100);
  least_Hz = most_Hz = XR_FREQUENCY_UNSPECIFIED;
  set_steady(100 * kMs, kLast);
  frequencies = {{100 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(50);
  EXPECT_FLOAT_EQ(frequency_Hz, 200);
}
TEST_F(EXT_haptic_parametric, Must_4_11_Negative) {
  begin_gloved();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  runtime.applied.clear();
  least_Hz = 100;
  most_Hz = 200;
  set_steady(100 * kMs, kNext);
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_12_Positive_TwoAtOneTimeAreAJump) {
  begin_gloved();
  amplitudes = {{0, 0.25f}, {50 * kMs, 0.25f}, {50 * kMs, 1}, {100 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  EXPECT_LE(felt(50), 0.25f * kLoud);
  EXPECT_NEAR(felt(50), kLoud, 0.02f);
}
TEST_F(EXT_haptic_parametric, Must_4_12_Negative) {
  begin_gloved();
  amplitudes = {{0, 1}, {100 * kMs, 1}, {99 * kMs, 1}, {200 * kMs, 1}};
  expect_refused();
  set_steady(0, kNone);
  frequencies = {{0, 1}, {50 * kMs, 1}, {49 * kMs, 1}};
  expect_refused();
  frequencies.clear();
  set_steady(0, kFirst);
  ASSERT_EQ(say(), XR_SUCCESS);
  runtime.applied.clear();
  set_steady(99 * kMs, kNext);
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_13_Positive) {
  begin_gloved();
  transients = {{0, 1, 1}, {1, 1, 1}};
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_13_Negative) {
  begin_gloved();
  transients = {{5, 1, 1}, {5, 1, 1}};
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_14_Positive) {
  begin_gloved();
  amplitudes = {{0, 0}, {100 * kMs, 1}};
  frequencies = {{0, 0}, {100 * kMs, 1}};
  transients = {{0, 0, 1}, {100 * kMs, 1, 0}};
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_14_Negative) {
  begin_gloved();
  for (const float wrong : {-0.01f, 1.01f, std::nanf(""), std::numeric_limits<float>::infinity()}) {
    amplitudes[1].value = wrong;
    expect_refused();
    amplitudes[1].value = 1;
    frequencies = {{0, wrong}};
    expect_refused();
    frequencies.clear();
    transients = {{0, wrong, 1}};
    expect_refused();
    transients = {{0, 1, wrong}};
    expect_refused();
    transients.clear();
  }
}
TEST_F(EXT_haptic_parametric, Must_4_15_Positive) {
  begin_gloved();
  frequencies = {{0, 0}, {10 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(90);
  EXPECT_FLOAT_EQ(frequency_Hz, 500);
}
TEST_F(EXT_haptic_parametric, Must_4_15_Negative_WithoutAnyItIsTheMiddle) {
  begin_gloved();
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(90);
  EXPECT_FLOAT_EQ(frequency_Hz, 265);
}
TEST_F(EXT_haptic_parametric, Must_4_16_Positive_AtTheSameTimeIsRight) {
  begin_gloved();
  frequencies = {{0, 1}, {100 * kMs, 1}};
  EXPECT_EQ(say(), XR_SUCCESS);
}
TEST_F(EXT_haptic_parametric, Must_4_16_Negative_InAStreamToo) {
  begin_gloved();
  set_steady(0, kFirst);
  frequencies = {{0, 1}, {300 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  runtime.applied.clear();
  frequencies.clear();
  set_steady(100 * kMs, kLast);
  expect_refused();
}
TEST_F(EXT_haptic_parametric, Must_4_17_Positive) {
  begin_gloved();
  least_Hz = 1;
  most_Hz = 1000;
  frequencies = {{0, 0}, {50 * kMs, 0}, {50 * kMs, 1}};
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(40);
  EXPECT_FLOAT_EQ(frequency_Hz, 30);
  felt(40);
  EXPECT_FLOAT_EQ(frequency_Hz, 500);
}
TEST_F(EXT_haptic_parametric, Must_4_17_Negative_ARangeWithinIsAsItIs) {
  begin_gloved();
  least_Hz = most_Hz = 321;
  ASSERT_EQ(say(), XR_SUCCESS);
  felt(40);
  EXPECT_FLOAT_EQ(frequency_Hz, 321);
}

}  // namespace
}  // namespace tactus::layer_test
