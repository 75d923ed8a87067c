// Haptics on the gloves: core vibration, samples, envelopes. The "must"s of musts.txt, and which
// hand feels what.
#include <algorithm>
#include <cmath>

#include "layer_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kPcm = XR_FB_HAPTIC_PCM_EXTENSION_NAME;
constexpr const char* kEnvelope = XR_FB_HAPTIC_AMPLITUDE_ENVELOPE_EXTENSION_NAME;

/// What the service was told, and the floats behind it.
struct Told {
  ipc::Haptic said;
  std::vector<float> points;
};

class HapticTest : public LayerTest {
 protected:
  void begin_with_gloves(const std::vector<const char*>& extensions) {
    start_service();
    begin(extensions);
    service->beat(host(1'000'000'000), true, true);
    XrActionSetCreateInfo set_info{};
    set_info.type = XR_TYPE_ACTION_SET_CREATE_INFO;
    ASSERT_EQ(get<PFN_xrCreateActionSet>("xrCreateActionSet")(instance, &set_info, &set),
              XR_SUCCESS);
    buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT,
                       {"/user/hand/left/output/haptic", "/user/hand/right/output/haptic"});
  }
  XrPath path(const char* text) {
    XrPath path = XR_NULL_PATH;
    EXPECT_EQ(get<PFN_xrStringToPath>("xrStringToPath")(instance, text, &path), XR_SUCCESS);
    return path;
  }
  XrAction make_action(XrActionType type, const std::vector<const char*>& bindings) {
    XrActionCreateInfo info{};
    info.type = XR_TYPE_ACTION_CREATE_INFO;
    info.actionType = type;
    XrAction action = XR_NULL_HANDLE;
    EXPECT_EQ(get<PFN_xrCreateAction>("xrCreateAction")(set, &info, &action), XR_SUCCESS);
    std::vector<XrActionSuggestedBinding> suggested;
    for (const char* binding : bindings) suggested.push_back({action, path(binding)});
    const XrInteractionProfileSuggestedBinding all{
        XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, nullptr,
        path("/interaction_profiles/khr/simple_controller"),
        static_cast<uint32_t>(suggested.size()), suggested.data()};
    EXPECT_EQ(get<PFN_xrSuggestInteractionProfileBindings>("xrSuggestInteractionProfileBindings")(
                  instance, &all),
              XR_SUCCESS);
    return action;
  }
  XrHapticActionInfo info(const char* subaction = nullptr) {
    return {XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz,
            subaction == nullptr ? XR_NULL_PATH : path(subaction)};
  }
  template <class Effect>
  XrResult apply(const Effect& effect, const char* subaction = nullptr) {
    const XrHapticActionInfo where = info(subaction);
    return get<PFN_xrApplyHapticFeedback>("xrApplyHapticFeedback")(
        session, &where, reinterpret_cast<const XrHapticBaseHeader*>(&effect));
  }
  XrResult stop(const char* subaction = nullptr) {
    const XrHapticActionInfo where = info(subaction);
    return get<PFN_xrStopHapticFeedback>("xrStopHapticFeedback")(session, &where);
  }
  XrHapticVibration vibration(float amplitude = 0.5f) {
    return {XR_TYPE_HAPTIC_VIBRATION, nullptr, 30'000'000, 120, amplitude};
  }
  XrHapticPcmVibrationFB pcm(XrBool32 append = XR_FALSE) {
    return {XR_TYPE_HAPTIC_PCM_VIBRATION_FB,
            nullptr,
            static_cast<uint32_t>(wave.size()),
            wave.data(),
            rate_Hz,
            append,
            &consumed};
  }
  XrHapticAmplitudeEnvelopeVibrationFB envelope() {
    return {XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB, nullptr, 40'000'000,
            static_cast<uint32_t>(wave.size()), wave.data()};
  }
  /// All that was told, once `count` have come.
  std::vector<Told> told(std::size_t count) {
    EXPECT_TRUE(service->await(ipc::Kind::Haptic, count));
    std::vector<Told> all;
    for (const Message& message : service->received(ipc::Kind::Haptic)) {
      Told one{message.head<ipc::Haptic>(), {}};
      one.points.resize(one.said.count);
      EXPECT_EQ(message.body.size(), sizeof(ipc::Haptic) + one.said.count * sizeof(float));
      const auto* points = message.body.data() + sizeof(ipc::Haptic);
      std::copy_n(points, one.points.size() * sizeof(float),
                  reinterpret_cast<std::byte*>(one.points.data()));
      all.push_back(one);
    }
    EXPECT_EQ(all.size(), count);
    return all;
  }
  /// Nothing more was told than `count`: another message, which comes after, is the witness.
  void expect_told(std::size_t count) {
    enter(XR_SESSION_STATE_VISIBLE);
    EXPECT_TRUE(service->await(ipc::Kind::Focus, 2));
    EXPECT_EQ(service->received(ipc::Kind::Haptic).size(), count);
  }
  XrActionSet set = XR_NULL_HANDLE;
  XrAction buzz = XR_NULL_HANDLE;
  std::vector<float> wave = {0, 0.5f, 1, -1};
  float rate_Hz = 8000;
  uint32_t consumed = 99;
};

TEST_F(HapticTest, VibrationGoesToTheHandOfItsPathAndToTheRuntime) {
  begin_with_gloves({});
  ASSERT_EQ(apply(vibration(), "/user/hand/right"), XR_SUCCESS);
  const ipc::Haptic said = told(1)[0].said;
  EXPECT_EQ(said.hands, 2u);
  EXPECT_EQ(said.form, ipc::HapticForm::Tone);
  EXPECT_EQ(said.duration_ns, 30'000'000);
  EXPECT_FLOAT_EQ(said.amplitude, 0.5f);
  EXPECT_FLOAT_EQ(said.frequency_Hz, 120);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
}
TEST_F(HapticTest, WithoutAPathItGoesToWhatTheActionIsBoundTo) {
  begin_with_gloves({});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].said.hands, 3u);
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  EXPECT_EQ(told(2)[1].said.hands, 1u);
  ASSERT_EQ(apply(vibration(), "/user/hand/right"), XR_SUCCESS);
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/gamepad/output/haptic_left"});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  expect_told(2);
}
TEST_F(HapticTest, ShortestAndUnsoundAreMadePlayable) {
  begin_with_gloves({});
  XrHapticVibration strange = vibration(std::nanf(""));
  strange.duration = XR_MIN_HAPTIC_DURATION;
  strange.frequency = -std::numeric_limits<float>::infinity();
  ASSERT_EQ(apply(strange), XR_SUCCESS);
  const ipc::Haptic said = told(1)[0].said;
  EXPECT_EQ(said.duration_ns, 20'000'000);
  EXPECT_EQ(said.amplitude, 0);
  EXPECT_EQ(said.frequency_Hz, 0);
}
TEST_F(HapticTest, TheRuntimesVerdictIsOurs) {
  begin_with_gloves({kPcm});
  for (const XrResult verdict :
       {XR_SESSION_NOT_FOCUSED, XR_ERROR_ACTIONSET_NOT_ATTACHED, XR_ERROR_ACTION_TYPE_MISMATCH,
        XR_ERROR_PATH_UNSUPPORTED, XR_ERROR_SESSION_LOST}) {
    runtime.haptic_result = verdict;
    EXPECT_EQ(apply(vibration()), verdict);
    EXPECT_EQ(apply(pcm()), verdict);
    EXPECT_EQ(stop(), verdict);
  }
  expect_told(0);
}
TEST_F(HapticTest, StopStopsBoth) {
  begin_with_gloves({});
  ASSERT_EQ(apply(vibration()), XR_SUCCESS);
  ASSERT_EQ(stop("/user/hand/left"), XR_SUCCESS);
  const ipc::Haptic said = told(2)[1].said;
  EXPECT_EQ(said.form, ipc::HapticForm::Stop);
  EXPECT_EQ(said.hands, 1u);
  EXPECT_EQ(runtime.applied.back(), XR_TYPE_UNKNOWN);
}
TEST_F(HapticTest, ActionsThatAreGoneAreForgotten) {
  begin_with_gloves({});
  ASSERT_EQ(get<PFN_xrDestroyAction>("xrDestroyAction")(buzz), XR_SUCCESS);
  EXPECT_EQ(apply(vibration()), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(get<PFN_xrDestroyAction>("xrDestroyAction")(buzz), XR_ERROR_HANDLE_INVALID);
  ASSERT_EQ(get<PFN_xrDestroyActionSet>("xrDestroyActionSet")(set), XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrDestroyActionSet>("xrDestroyActionSet")(set), XR_ERROR_HANDLE_INVALID);
  expect_told(0);
}
TEST_F(HapticTest, WithoutAServiceTheRuntimeVibratesAsEver) {
  begin({kEnvelope});
  XrActionSetCreateInfo set_info{};
  ASSERT_EQ(get<PFN_xrCreateActionSet>("xrCreateActionSet")(instance, &set_info, &set), XR_SUCCESS);
  buzz = make_action(XR_ACTION_TYPE_VIBRATION_OUTPUT, {"/user/hand/left/output/haptic"});
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(runtime.last_vibration.duration, 40'000'000);
  EXPECT_NEAR(runtime.last_vibration.amplitude, 0.75f, 1e-6f) << "the root of the mean square";
}

class FB_haptic_pcm : public HapticTest {
 protected:
  XrResult ask_rate(XrSession of, const XrHapticActionInfo* where,
                    XrDevicePcmSampleRateStateFB* out) {
    return get<PFN_xrGetDeviceSampleRateFB>("xrGetDeviceSampleRateFB")(of, where, out);
  }
  float sample_rate(const char* subaction = nullptr) {
    const XrHapticActionInfo where = info(subaction);
    EXPECT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
    return state.sampleRate;
  }
  XrDevicePcmSampleRateStateFB state{XR_TYPE_DEVICE_PCM_SAMPLE_RATE_STATE_FB, nullptr, 99};
};

TEST_F(FB_haptic_pcm, Must_1_1_Positive) {
  begin_with_gloves({kPcm});
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  ASSERT_EQ(apply(pcm(XR_TRUE)), XR_SUCCESS);
  const std::vector<Told> all = told(2);
  EXPECT_EQ(all[0].said.append, 0u);
  EXPECT_EQ(all[1].said.append, 1u);
  EXPECT_EQ(all[1].points, wave) << "at the gloves' own rate: as it is";
}
TEST_F(FB_haptic_pcm, Must_1_1_Negative_NoMoreThanTheQueueHolds) {
  begin_with_gloves({kPcm});
  wave.assign(4000, 0.5f);
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 4000u);
  ASSERT_EQ(apply(pcm(XR_TRUE)), XR_SUCCESS);
  EXPECT_LT(consumed, 4000u) << "half a second waits already";
}
TEST_F(FB_haptic_pcm, Must_1_2_Positive_PartsOfOneBufferFollowOneAnother) {
  begin_with_gloves({kPcm});
  wave.assign(1300, 0.25f);
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  const std::vector<Told> all = told(3);
  EXPECT_EQ(all[0].said.append, 0u);
  EXPECT_EQ(all[1].said.append, 1u);
  EXPECT_EQ(all[2].said.append, 1u);
  EXPECT_EQ(all[0].said.count + all[1].said.count + all[2].said.count, 1300u);
}
TEST_F(FB_haptic_pcm, Must_1_2_Negative_AfterAReplacementTheQueueIsEmpty) {
  begin_with_gloves({kPcm});
  wave.assign(4000, 0.5f);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(apply(pcm()), XR_SUCCESS);
    EXPECT_EQ(consumed, 4000u);
  }
}
TEST_F(FB_haptic_pcm, Must_1_3_Positive_AtAnyRate) {
  begin_with_gloves({kPcm});
  for (const float wanted_Hz : {8000.0f, 4000.0f, 2000.0f, 16000.0f, 44100.0f}) {
    rate_Hz = wanted_Hz;
    wave.assign(400, 0.5f);
    consumed = 99;
    ASSERT_EQ(apply(pcm()), XR_SUCCESS);
    EXPECT_EQ(consumed, 400u) << wanted_Hz;
  }
  rate_Hz = 1000;
  wave.assign(4000, 0.5f);
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 500u) << "half a second of 1 kHz";
}
TEST_F(FB_haptic_pcm, Must_1_3_Negative_NoneIsTakenWithoutFocus) {
  begin_with_gloves({kPcm});
  runtime.haptic_result = XR_SESSION_NOT_FOCUSED;
  ASSERT_EQ(apply(pcm()), XR_SESSION_NOT_FOCUSED);
  EXPECT_EQ(consumed, 0u);
}
TEST_F(FB_haptic_pcm, Must_1_4_Positive) {
  begin_with_gloves({kPcm});
  EXPECT_EQ(sample_rate(), 8000);
  EXPECT_EQ(sample_rate("/user/hand/left"), 8000);
}
TEST_F(FB_haptic_pcm, Must_1_4_Negative_OfTheHandThatIsMeant) {
  begin_with_gloves({kPcm});
  service->beat(host(1'000'000'000), true, false);
  EXPECT_EQ(sample_rate("/user/hand/left"), 8000);
  EXPECT_EQ(sample_rate("/user/hand/right"), 0);
}
TEST_F(FB_haptic_pcm, Must_1_5_Positive) {
  begin_with_gloves({kPcm});
  service->beat(host(1'000'000'000), false, false);
  EXPECT_EQ(sample_rate(), 0);
}
TEST_F(FB_haptic_pcm, Must_1_5_Negative) {
  begin_with_gloves({kPcm});
  service->beat(host(1'000'000'000), false, true);
  EXPECT_EQ(sample_rate(), 8000);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_1_Positive) {
  begin_with_gloves({kPcm});
  EXPECT_EQ(ask(instance, "xrGetDeviceSampleRateFB"), XR_SUCCESS);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_1_Negative) {
  begin_with_gloves({});
  EXPECT_EQ(ask(instance, "xrGetDeviceSampleRateFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_2_Positive) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_2_Negative) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_rate(reinterpret_cast<XrSession>(0xbad), &where, &state), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(state.sampleRate, 99);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_3_Positive) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info("/user/hand/right");
  EXPECT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_3_Negative) {
  begin_with_gloves({kPcm});
  EXPECT_EQ(ask_rate(session, nullptr, &state), XR_ERROR_VALIDATION_FAILURE);
  XrHapticActionInfo where = info();
  where.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_VALIDATION_FAILURE);
  where = info();
  where.action = reinterpret_cast<XrAction>(0xbad);
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_HANDLE_INVALID);
  buzz = make_action(XR_ACTION_TYPE_BOOLEAN_INPUT, {"/user/hand/left/input/select/click"});
  where = info();
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_ACTION_TYPE_MISMATCH);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_4_Positive) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  ASSERT_EQ(ask_rate(session, &where, &state), XR_SUCCESS);
  EXPECT_EQ(state.sampleRate, 8000);
}
TEST_F(FB_haptic_pcm, Must_xrGetDeviceSampleRateFB_4_Negative) {
  begin_with_gloves({kPcm});
  const XrHapticActionInfo where = info();
  EXPECT_EQ(ask_rate(session, &where, nullptr), XR_ERROR_VALIDATION_FAILURE);
  state.type = XR_TYPE_UNKNOWN;
  EXPECT_EQ(ask_rate(session, &where, &state), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(state.sampleRate, 99);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_1_Positive_TheRuntimeIsGivenWhatItKnows) {
  begin_with_gloves({kPcm});
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(runtime.last_vibration.duration, 500'000) << "four samples of 8 kHz";
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_1_Negative_NotEnabledItIsTheRuntimesToJudge) {
  begin_with_gloves({});
  runtime.haptic_result = XR_ERROR_VALIDATION_FAILURE;
  EXPECT_EQ(apply(pcm()), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_PCM_VIBRATION_FB});
  EXPECT_EQ(consumed, 99u);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_4_Positive_UnsoundSamplesAreMadePlayable) {
  begin_with_gloves({kPcm});
  wave = {0.5f, std::nanf(""), 7, -7};
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].points, (std::vector<float>{0.5f, 0, 1, -1}));
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_4_Negative) {
  begin_with_gloves({kPcm});
  XrHapticPcmVibrationFB effect = pcm();
  effect.buffer = nullptr;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
  for (const float wrong : {0.0f, -8000.0f, std::nanf("")}) {
    effect = pcm();
    effect.sampleRate = wrong;
    EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
  }
  EXPECT_TRUE(runtime.applied.empty());
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_5_Positive) {
  begin_with_gloves({kPcm});
  ASSERT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 4u);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_5_Negative) {
  begin_with_gloves({kPcm});
  XrHapticPcmVibrationFB effect = pcm();
  effect.samplesConsumed = nullptr;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_6_Positive) {
  begin_with_gloves({kPcm});
  wave = {1};
  EXPECT_EQ(apply(pcm()), XR_SUCCESS);
  EXPECT_EQ(consumed, 1u);
}
TEST_F(FB_haptic_pcm, Must_XrHapticPcmVibrationFB_6_Negative) {
  begin_with_gloves({kPcm});
  XrHapticPcmVibrationFB effect = pcm();
  effect.bufferSize = 0;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
}

class FB_haptic_amplitude_envelope : public HapticTest {};

TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_1_Positive) {
  begin_with_gloves({kEnvelope});
  EXPECT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_VIBRATION});
  EXPECT_EQ(told(1)[0].said.form, ipc::HapticForm::Envelope);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_1_Negative) {
  begin_with_gloves({});
  runtime.haptic_result = XR_ERROR_VALIDATION_FAILURE;
  EXPECT_EQ(apply(envelope()), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(runtime.applied, std::vector{XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB});
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_duration_Positive) {
  begin_with_gloves({kEnvelope});
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].said.duration_ns, 40'000'000);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_duration_Negative) {
  begin_with_gloves({kEnvelope});
  XrHapticAmplitudeEnvelopeVibrationFB effect = envelope();
  effect.duration = XR_MIN_HAPTIC_DURATION;
  ASSERT_EQ(apply(effect), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].said.duration_ns, 20'000'000) << "the shortest that is felt";
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_4_Positive) {
  begin_with_gloves({kEnvelope});
  wave.clear();
  for (int i = 0; i < 4000; ++i) wave.push_back(static_cast<float>(i) / 4000.0f);
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  const std::vector<float> points = told(1)[0].points;
  ASSERT_EQ(points.size(), ipc::kMaxHapticPoints);
  EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
  EXPECT_NEAR(points.back(), 1, 1e-3f);
  EXPECT_NEAR(points[256], 0.5f, 2e-3f);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_4_Negative) {
  begin_with_gloves({kEnvelope});
  XrHapticAmplitudeEnvelopeVibrationFB effect = envelope();
  effect.amplitudes = nullptr;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(runtime.applied.empty());
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_5_Positive) {
  begin_with_gloves({kEnvelope});
  wave = {0.75f};
  ASSERT_EQ(apply(envelope()), XR_SUCCESS);
  EXPECT_EQ(told(1)[0].points, wave);
}
TEST_F(FB_haptic_amplitude_envelope, Must_XrHapticAmplitudeEnvelopeVibrationFB_5_Negative) {
  begin_with_gloves({kEnvelope});
  XrHapticAmplitudeEnvelopeVibrationFB effect = envelope();
  effect.amplitudeCount = 0;
  EXPECT_EQ(apply(effect), XR_ERROR_VALIDATION_FAILURE);
}

}  // namespace
}  // namespace tactus::layer_test
