// XR_EXT_haptic_parametric: each "must" of musts.txt, where it holds and where it bites. What the
// layer tells is played by the service's own code, so what is felt is judged.
#include <cmath>
#include <limits>

#include "haptic_fixture.h"
#include "tactus/service/haptic.h"

namespace tactus::layer_test {
namespace {

constexpr XrDuration kMs = 1'000'000;
constexpr auto kNone = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_NONE_EXT;
constexpr auto kFirst = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_FIRST_FRAME_EXT;
constexpr auto kNext = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_INTERMEDIATE_FRAME_EXT;
constexpr auto kLast = XR_HAPTIC_PARAMETRIC_STREAM_FRAME_TYPE_LAST_FRAME_EXT;
constexpr std::size_t kPalm = 15;
constexpr float kLoud = service::kCurveHeadroom;  ///< where amplitude is 1

class EXT_haptic_parametric : public HapticTest {
 protected:
  using Points = std::vector<XrHapticParametricPointEXT>;

  void begin_gloved() { begin_with_gloves({kParametric}); }
  /// 100 ms of full strength, from `from`.
  void set_steady(XrDuration from, XrHapticParametricStreamFrameTypeEXT type, float value = 1) {
    amplitudes = {{from, value}, {from + 100 * kMs, value}};
    frame_type = type;
  }
  XrHapticParametricVibrationEXT effect() {
    return {XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT,
            nullptr,
            static_cast<uint32_t>(amplitudes.size()),
            amplitudes.data(),
            static_cast<uint32_t>(frequencies.size()),
            frequencies.empty() ? nullptr : frequencies.data(),
            static_cast<uint32_t>(transients.size()),
            transients.empty() ? nullptr : transients.data(),
            least_Hz,
            most_Hz,
            frame_type};
  }
  /// Applies it, and lets the service's code have what was told.
  XrResult say(const char* subaction = nullptr) {
    const XrResult result = apply(effect(), subaction);
    const bool begins = frame_type == kNone || frame_type == kFirst;
    if (result == XR_SUCCESS) {
      expected += 1 + (transients.empty() ? 0 : 1) + (begins || !frequencies.empty() ? 1 : 0);
      hear();
    }
    return result;
  }
  void hear() {
    const std::vector<Told> all = told(expected);
    for (; heard < all.size(); ++heard) {
      service::HapticEffect played{all[heard].said, {}};
      std::copy(all[heard].points.begin(), all[heard].points.end(), played.points.begin());
      ASSERT_TRUE(is_sound(played));
      for (std::size_t hand = 0; hand < kHands; ++hand) {
        if ((played.said.hands >> hand & 1) != 0) service::begin(states[hand], played, now);
      }
    }
  }
  /// The loudest that a hand feels in the next milliseconds.
  float felt(int milliseconds, Hand hand = Hand::Left) {
    float loudest = 0;
    for (int ms = 0; ms < milliseconds; ++ms, now += std::chrono::milliseconds(1)) {
      for (std::size_t h = 0; h < kHands; ++h) {
        TactileFrame frame;
        frame.t = now;
        play(states[h], frame);
        if (h != index(hand)) continue;
        for (const float sample : frame.wave[kPalm]) loudest = std::max(loudest, std::fabs(sample));
        frequency_Hz = frame.frequency_Hz[kPalm];
      }
    }
    return loudest;
  }
  XrResult ask_properties(XrSession of, const XrHapticActionInfo* where,
                          XrHapticParametricPropertiesEXT* out) {
    return get<PFN_xrHapticParametricGetPropertiesEXT>("xrHapticParametricGetPropertiesEXT")(
        of, where, out);
  }
  XrResult ask_properties() {
    const XrHapticActionInfo where = info();
    return ask_properties(session, &where, &properties);
  }
  XrBool32 supports() {
    XrSystemHapticParametricPropertiesEXT curves{XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT,
                                                 nullptr, 99};
    XrSystemProperties system{};
    system.type = XR_TYPE_SYSTEM_PROPERTIES;
    system.next = &curves;
    EXPECT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
              XR_SUCCESS);
    EXPECT_EQ(system.next, &curves);
    return curves.supportsParametricHaptics;
  }
  void begin_without_service() {
    begin({kParametric});
    XrActionSetCreateInfo set_info{};
    ASSERT_EQ(get<PFN_xrCreateActionSet>("xrCreateActionSet")(instance, &set_info, &set),
              XR_SUCCESS);
    buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
  }
  void expect_refused() {
    EXPECT_EQ(apply(effect()), XR_ERROR_VALIDATION_FAILURE);
    EXPECT_TRUE(runtime.applied.empty());
  }

  Points amplitudes = {{0, 1}, {100 * kMs, 1}};
  Points frequencies;
  std::vector<XrHapticParametricTransientEXT> transients;
  float least_Hz = XR_FREQUENCY_UNSPECIFIED, most_Hz = XR_FREQUENCY_UNSPECIFIED;
  XrHapticParametricStreamFrameTypeEXT frame_type = kNone;
  XrHapticParametricPropertiesEXT properties{
      XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT, nullptr, 99, 99, 99, 99};
  std::array<service::HapticState, kHands> states{};
  HostTime now{std::chrono::seconds(1)};
  std::size_t expected = 0, heard = 0;
  float frequency_Hz = 0;
};

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
